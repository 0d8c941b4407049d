import type { Entry } from './entry';

/** What can go wrong between the window, its host and the trainer. */
export const hostMessages = {
  'host.bug': {
    en: (f) => ({
      message: `Unroll made a mistake: ${String(f.detail).split('\n')[0]}`,
      remedy: 'Your data and runs are unchanged; please report this with the details shown.',
    }),
    ko: (f) => ({
      message: `Unroll에 오류가 생겼습니다: ${String(f.detail).split('\n')[0]}`,
      remedy: '데이터와 실행 결과는 그대로입니다. 표시된 내용과 함께 알려 주세요.',
    }),
  },
  'host.bad-option': {
    en: (f) => ({
      message: `"${f.option}" cannot be ${f.value === '' ? 'empty' : f.value}.`,
      remedy: `Allowed: ${f.allowed}.`,
    }),
    ko: (f) => ({
      message: `"${f.option}"에는 ${f.value === '' ? '빈 값' : f.value}을(를) 쓸 수 없습니다.`,
      remedy: `쓸 수 있는 값: ${f.allowed}.`,
    }),
  },
  'host.unknown-option': {
    en: (f) => ({ message: `There is no option "${f.option}".`, remedy: 'Check its spelling, or leave it out.' }),
    ko: (f) => ({ message: `"${f.option}" 옵션은 없습니다.`, remedy: '철자를 확인하거나 빼고 다시 시도하세요.' }),
  },
  'host.connection-lost': {
    en: () => ({
      message: 'The connection to Unroll was lost before it answered.',
      remedy: 'If Unroll was closed, start it again; this window connects by itself.',
    }),
    ko: () => ({
      message: '응답을 받기 전에 Unroll과의 연결이 끊어졌습니다.',
      remedy: 'Unroll을 닫았다면 다시 시작하세요. 이 창은 스스로 다시 연결합니다.',
    }),
  },
  'host.unknown-call': {
    en: (f) => ({
      message: `This host does not know the call "${f.call}".`,
      remedy: 'Reload the window; if that does not help, close Unroll and start it again.',
    }),
    ko: (f) => ({
      message: `이 프로그램은 "${f.call}" 요청을 알지 못합니다.`,
      remedy: '창을 새로 고치세요. 그래도 안 되면 Unroll을 닫고 다시 시작하세요.',
    }),
  },
  'host.no-file': {
    en: (f) => ({ message: `There is no file "${f.file}".`, remedy: 'Check the path and its spelling.' }),
    ko: (f) => ({ message: `"${f.file}" 파일이 없습니다.`, remedy: '경로와 철자를 확인하세요.' }),
  },
  'host.not-kept': {
    en: (f) => ({
      message: `Unroll keeps no copy of "${f.file}" that came through the browser.`,
      remedy: 'Open it again with Open CSV; how it was read is remembered.',
    }),
    ko: (f) => ({
      message: `브라우저로 연 "${f.file}" 파일의 사본은 보관하지 않습니다.`,
      remedy: 'CSV 열기로 다시 열어 주세요. 읽는 방법은 기억하고 있습니다.',
    }),
  },
  'host.not-a-file': {
    en: (f) => ({ message: `"${f.file}" is a folder, not a file.`, remedy: 'Name the CSV inside it.' }),
    ko: (f) => ({ message: `"${f.file}"은(는) 파일이 아니라 폴더입니다.`, remedy: '폴더 안의 CSV 파일을 고르세요.' }),
  },
  'host.unreadable': {
    en: (f) => ({
      message: `"${f.file}" could not be read (${f.reason}).`,
      remedy: 'Check that you may read the file and that its disk is there, then try again.',
    }),
    ko: (f) => ({
      message: `"${f.file}" 파일을 읽지 못했습니다(${f.reason}).`,
      remedy: '읽기 권한과 디스크 상태를 확인한 뒤 다시 시도하세요.',
    }),
  },
  'host.unknown-example': {
    en: (f) => ({ message: `There is no example "${f.name}".`, remedy: `Choose one of: ${f.names}.` }),
    ko: (f) => ({ message: `"${f.name}" 예제는 없습니다.`, remedy: `다음 중에서 고르세요: ${f.names}.` }),
  },
  'host.unknown-source': {
    en: (f) => ({ message: `The file "${f.name}" is no longer at hand.`, remedy: 'Open it again.' }),
    ko: (f) => ({ message: `"${f.name}" 파일을 더는 쓸 수 없습니다.`, remedy: '파일을 다시 여세요.' }),
  },
  'host.unknown-dataset': {
    en: () => ({ message: 'This data is no longer open.', remedy: 'Open the file again.' }),
    ko: () => ({ message: '이 데이터는 더 이상 열려 있지 않습니다.', remedy: '파일을 다시 여세요.' }),
  },
  'host.unknown-run': {
    en: (f) => ({
      message: `There is no run "${f.run}" in this project.`,
      remedy: '`unroll runs` lists those there are; another project is chosen with --project.',
      inWindow: 'Choose another under Runs; it may have been deleted meanwhile.',
    }),
    ko: (f) => ({
      message: `이 프로젝트에는 "${f.run}" 실행이 없습니다.`,
      remedy: '`unroll runs`로 목록을 볼 수 있고, 다른 프로젝트는 --project로 고릅니다.',
      inWindow: '실행 목록에서 다른 실행을 고르세요. 그사이 삭제되었을 수 있습니다.',
    }),
  },
  'host.file-unknown': {
    en: (f) => ({
      message: `The file "${f.file}" of run "${f.run}" came through a browser, and nobody kept where it lies.`,
      remedy: 'Name it with --file.',
      inWindow: 'Open the file again, and train on it anew.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행의 "${f.file}" 파일은 브라우저로 받은 것이라 위치를 알 수 없습니다.`,
      remedy: '--file로 파일을 알려 주세요.',
      inWindow: '파일을 다시 열어 새로 학습하세요.',
    }),
  },
  'host.file-changed': {
    en: (f) => ({
      message: `"${f.file}" is not the file that run "${f.run}" was made from: its contents differ.`,
      remedy: 'Name the original with --file, or train on this one with `unroll forecast`.',
      inWindow: 'Open the original, or open this one and train on it anew.',
    }),
    ko: (f) => ({
      message: `"${f.file}"의 내용이 "${f.run}" 실행에 쓴 파일과 다릅니다.`,
      remedy: '--file로 원래 파일을 지정하거나 `unroll forecast`로 이 파일을 새로 학습하세요.',
      inWindow: '원래 파일을 열거나 이 파일을 열어 새로 학습하세요.',
    }),
  },
  'host.unknown-experiment': {
    en: (f) => ({
      message: `There is no experiment "${f.experiment}" in this project.`,
      remedy: 'Choose one of its runs again.',
    }),
    ko: (f) => ({
      message: `이 프로젝트에는 "${f.experiment}" 실험이 없습니다.`,
      remedy: '실행 목록에서 다시 고르세요.',
    }),
  },
  'host.question': {
    en: (f) => ({ message: `${f.question}`, remedy: `Answer it first: ${f.choices}.` }),
    ko: (f) => ({
      message: `파일을 읽는 방법이 정해지지 않았습니다. ${f.question}`,
      remedy: `먼저 고르세요: ${f.choices}.`,
    }),
  },
  'host.stopped-waiting': {
    en: () => ({
      message: 'This run was taken off the queue before it began.',
      remedy: 'Start it again when you want it.',
    }),
    ko: () => ({ message: '이 실행은 시작하기 전에 대기열에서 빠졌습니다.', remedy: '필요할 때 다시 시작하세요.' }),
  },
  'host.closed': {
    en: () => ({ message: 'The lab has been closed.', remedy: 'Start it again.' }),
    ko: () => ({ message: '실험실이 닫혔습니다.', remedy: '다시 시작하세요.' }),
  },
  'host.trainer-lost': {
    en: (f) => ({
      message: `The training process ended unexpectedly (${f.reason}).`,
      remedy:
        'Your data and finished runs are unchanged, and a run that was under way can be resumed from its last checkpoint. If memory was short, use a smaller model or batch.',
    }),
    ko: (f) => ({
      message: `학습 프로세스가 갑자기 종료되었습니다(${f.reason}).`,
      remedy:
        '데이터와 끝난 실행은 그대로이며, 학습 중이던 실행은 마지막 체크포인트부터 이어서 학습할 수 있습니다. 메모리가 부족했다면 모델이나 배치를 줄이세요.',
    }),
  },
  'host.not-saved': {
    en: (f) => ({
      message: `The run could not be written to "${f.folder}" (${f.reason}).`,
      remedy: 'Make room there, or choose another folder with --project, and train again.',
      inWindow: 'Make room there, and train again.',
    }),
    ko: (f) => ({
      message: `실행 결과를 "${f.folder}"에 저장하지 못했습니다(${f.reason}).`,
      remedy: '공간을 확보하거나 --project로 다른 폴더를 정한 뒤 다시 학습하세요.',
      inWindow: '공간을 확보한 뒤 다시 학습하세요.',
    }),
  },
  'host.damaged-run': {
    en: (f) => ({
      message: `The run in "${f.folder}" could not be read and was left out (${f.reason}).`,
      remedy: 'Restore the folder from a copy, or remove it.',
    }),
    ko: (f) => ({
      message: `"${f.folder}"의 실행을 읽지 못해 목록에서 뺐습니다(${f.reason}).`,
      remedy: '사본에서 폴더를 되살리거나 지우세요.',
    }),
  },
  'host.newer-run': {
    en: (f) => ({
      message: `The run "${f.run}" was made by a newer Unroll: its record is of version ${f.version}, and this one reads ${f.readable}.`,
      remedy: 'It is left as it is; update Unroll to see it.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 더 새로운 Unroll에서 만들었습니다(기록 버전 ${f.version}, 읽을 수 있는 버전 ${f.readable}).`,
      remedy: '기록은 그대로 두었습니다. 보시려면 Unroll을 업데이트하세요.',
    }),
  },
  'host.older-run': {
    en: (f) => ({
      message: `The run "${f.run}" was made by an older Unroll: its record is of version ${f.version}, and this one reads ${f.readable}.`,
      remedy: 'It is left as it is; the Unroll that made it still reads it, or train it anew.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 이전 Unroll에서 만들었습니다(기록 버전 ${f.version}, 읽을 수 있는 버전 ${f.readable}).`,
      remedy: '기록은 그대로 두었습니다. 만들 때 쓴 Unroll로 보시거나 다시 학습하세요.',
    }),
  },
  'host.not-changed': {
    en: (f) => ({
      message: `Nothing could be changed in the project "${f.folder}" (${f.reason}).`,
      remedy: 'Check that you may write there and that its disk has room, then try again.',
    }),
    ko: (f) => ({
      message: `"${f.folder}" 프로젝트를 바꾸지 못했습니다(${f.reason}).`,
      remedy: '쓰기 권한과 디스크 공간을 확인한 뒤 다시 시도하세요.',
    }),
  },
  'host.upload-too-large': {
    en: (f) => ({
      message: `"${f.name}" is larger than the ${f.limitMegabytes} MB that can be handed over through the browser.`,
      remedy: 'Open it in the desktop window or with `unroll forecast FILE`, which read from disk.',
    }),
    ko: (f) => ({
      message: `"${f.name}" 파일은 브라우저로 넘길 수 있는 ${f.limitMegabytes} MB보다 큽니다.`,
      remedy: '데스크톱 창이나 `unroll forecast FILE`로 여시면 디스크에서 바로 읽습니다.',
    }),
  },
  'host.port': {
    en: (f) => ({
      message: `Port ${f.port} cannot be used.`,
      remedy: 'Choose another with --port, or 0 for any free one.',
    }),
    ko: (f) => ({
      message: `${f.port}번 포트를 쓸 수 없습니다.`,
      remedy: '--port로 다른 포트를 정하거나 0으로 빈 포트를 쓰세요.',
    }),
  },
  'host.usage': {
    en: (f) => ({ message: `${f.problem}.`, remedy: 'See `unroll --help`.' }),
    ko: (f) => ({ message: `명령을 이해하지 못했습니다: ${f.problem}.`, remedy: '`unroll --help`를 보세요.' }),
  },
  'host.bench-grid': {
    en: (f) => ({
      message: `The grid ${f.file} cannot be used: ${f.detail}.`,
      remedy: 'Write {"D": 1, "cells": ["rnn", "lstm", "gru"], "shapes": [{"T": 60, "B": 32, "H": 64}]} into it.',
    }),
    ko: (f) => ({
      message: `측정표 ${f.file}을(를) 쓸 수 없습니다: ${f.detail}.`,
      remedy: '{"D": 1, "cells": ["rnn", "lstm", "gru"], "shapes": [{"T": 60, "B": 32, "H": 64}]} 형식으로 적으세요.',
    }),
  },
  'host.bench-threads': {
    en: (f) => ({
      message: `--threads cannot be "${f.value}".`,
      remedy: 'Give whole numbers from 1 to 112 with commas between them, such as 1,2.',
    }),
    ko: (f) => ({
      message: `--threads에 "${f.value}"을(를) 쓸 수 없습니다.`,
      remedy: '1부터 112까지의 정수를 1,2처럼 쉼표로 나누어 적으세요.',
    }),
  },
  'host.weights': {
    en: (f) => ({
      message: `The weights could not be read: ${f.reason}.`,
      remedy: 'Train the model again, or restore the file from a copy.',
    }),
    ko: (f) => ({
      message: `가중치를 읽지 못했습니다: ${f.reason}.`,
      remedy: '모델을 다시 학습하거나 사본에서 파일을 되살리세요.',
    }),
  },
} satisfies Record<string, Entry>;
