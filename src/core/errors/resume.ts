import type { Entry } from './entry';

/** What can stand in the way of a training that is to go on. */
export const resumeMessages = {
  'resume.damaged': {
    en: (f) => ({
      message: `The checkpoint after epoch ${f.epoch} cannot be used: ${f.reason}.`,
      remedy: 'Train again from the beginning; the run itself is as it was.',
    }),
    ko: (f) => ({
      message: `에포크 ${f.epoch} 이후의 체크포인트를 쓸 수 없습니다: ${f.reason}.`,
      remedy: '처음부터 다시 학습하세요. 실행 결과는 그대로입니다.',
    }),
  },
  'resume.none-kept': {
    en: (f) => ({
      message: `Nothing was kept of run "${f.run}" to go on from: it was made before checkpoints were, or elsewhere.`,
      remedy: 'Run it again with `unroll rerun`, or train anew with more epochs.',
      inWindow: 'Press “Run again” on it, or train anew with more epochs.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행에는 이어서 학습할 체크포인트가 없습니다. 체크포인트가 생기기 전이나 다른 곳에서 만든 실행입니다.`,
      remedy: '`unroll rerun`으로 다시 실행하거나 에포크를 늘려 새로 학습하세요.',
      inWindow: '다시 실행하거나 에포크를 늘려 새로 학습하세요.',
    }),
  },
  'resume.not-kept': {
    en: (f) => ({
      message: `Nothing of a training can be kept in "${f.folder}" (${f.reason}).`,
      remedy: 'Check that you may write there and that its disk has room.',
    }),
    ko: (f) => ({
      message: `"${f.folder}"에 학습 상태를 저장할 수 없습니다(${f.reason}).`,
      remedy: '쓰기 권한과 디스크 공간을 확인하세요.',
    }),
  },
  'resume.training': {
    en: (f) => ({ message: `Run "${f.run}" is being trained.`, remedy: 'Stop it first, or let it end.' }),
    ko: (f) => ({ message: `"${f.run}" 실행은 학습 중입니다.`, remedy: '먼저 중지하거나 끝날 때까지 기다리세요.' }),
  },
  'resume.elsewhere': {
    en: (f) => ({
      message: `Run "${f.run}" is being trained by another program of this project.`,
      remedy: 'Stop it there, or let it end.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 이 프로젝트를 쓰는 다른 프로그램에서 학습 중입니다.`,
      remedy: '그곳에서 중지하거나 끝날 때까지 기다리세요.',
    }),
  },
  'resume.diverged': {
    en: (f) => ({
      message: `Run "${f.run}" diverged in epoch ${f.epoch}, and would diverge there again.`,
      remedy: 'Train anew with a smaller learning rate or with clipping.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 에포크 ${f.epoch}에서 발산했고, 이어서 학습해도 다시 발산합니다.`,
      remedy: '학습률을 낮추거나 기울기 클리핑을 켜서 새로 학습하세요.',
    }),
  },
  'resume.ended': {
    en: (f) => ({
      message: `Run "${f.run}" has learned all of its ${f.done} epochs.`,
      remedy: 'To go on, give more with --epochs.',
      inWindow: 'Train anew with more epochs.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 에포크 ${f.done}개를 모두 학습했습니다.`,
      remedy: '이어서 학습하려면 --epochs로 에포크 수를 늘리세요.',
      inWindow: '에포크를 늘려 새로 학습하세요.',
    }),
  },
  'resume.patience': {
    en: (f) => ({
      message: `Run "${f.run}" ended because nothing was better than epoch ${f.best} for ${f.patience} epochs.`,
      remedy: 'To go on, give a larger --patience, or 0 for none.',
      inWindow: 'Train anew with a larger patience, or 0 for none.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 에포크 ${f.best} 이후 ${f.patience}번 동안 나아지지 않아 끝났습니다.`,
      remedy: '이어서 학습하려면 --patience를 늘리거나 0으로 지정하세요.',
      inWindow: '인내(patience) 값을 늘리거나 0으로 두고 새로 학습하세요.',
    }),
  },
  'resume.fewer': {
    en: (f) => ({
      message: `Run "${f.run}" has learned ${f.done} epochs already; ${f.epochs} are fewer.`,
      remedy: `Give more than ${f.done}, counted from the beginning.`,
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 이미 에포크 ${f.done}개를 학습했는데 ${f.epochs}개는 그보다 적습니다.`,
      remedy: `처음부터 센 수로 ${f.done}보다 크게 지정하세요.`,
    }),
  },
  'resume.schedule': {
    en: (f) => ({
      message: `Run "${f.run}" cannot go on to ${f.epochs} epochs: with its option "${f.option}" each epoch depends on how many there are in all.`,
      remedy: `Train anew with --epochs ${f.epochs}.`,
      inWindow: `Train anew with ${f.epochs} epochs.`,
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 에포크 ${f.epochs}개까지 늘릴 수 없습니다. "${f.option}" 옵션 때문에 각 에포크가 전체 에포크 수에 따라 달라집니다.`,
      remedy: `--epochs ${f.epochs}(으)로 새로 학습하세요.`,
      inWindow: `에포크 ${f.epochs}개로 새로 학습하세요.`,
    }),
  },
  'resume.unfinished': {
    en: (f) => ({
      message: `Run "${f.run}" has no results yet: its training was interrupted after epoch ${f.epoch}.`,
      remedy: '`unroll resume` or Resume in the window goes on from there.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행은 에포크 ${f.epoch} 이후 학습이 중단되어 아직 결과가 없습니다.`,
      remedy: '`unroll resume`이나 창의 "이어서 학습"으로 계속할 수 있습니다.',
    }),
  },
} satisfies Record<string, Entry>;
