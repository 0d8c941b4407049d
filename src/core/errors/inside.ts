import type { Entry } from './entry';

/** What can be wrong with a look into a network. */
export const insideMessages = {
  'inside.no-window': {
    en: (f) => ({
      message: `No window of ${f.lookback} steps ends at "${f.at}".`,
      remedy: `Windows of this length end at rows ${f.first} to ${f.last} (${f.start} to ${f.end}).`,
    }),
    ko: (f) => ({
      message: `"${f.at}"에서 끝나는 길이 ${f.lookback}의 입력 구간이 없습니다.`,
      remedy: `이 길이의 구간은 ${f.first}~${f.last}행(${f.start}~${f.end})에서 끝날 수 있습니다.`,
    }),
  },
  'inside.lookback': {
    en: (f) => ({
      message: `A window of ${f.lookback} steps does not fit: this run's series has room for ${f.least} to ${f.most}${Number(f.multiple) > 1 ? `, in multiples of ${f.multiple}` : ''}.`,
      remedy: 'Ask for another length.',
    }),
    ko: (f) => ({
      message: `길이 ${f.lookback}의 입력 구간은 쓸 수 없습니다. 이 실행에서는 ${f.least}~${f.most}${Number(f.multiple) > 1 ? ` 범위의 ${f.multiple}의 배수` : ''}만 가능합니다.`,
      remedy: '다른 길이를 지정하세요.',
    }),
  },
  'inside.no-epoch': {
    en: (f) => ({
      message: `The weights of epoch ${f.epoch} were not kept with run "${f.run}".`,
      remedy: `Kept are the best, ${f.best}${f.epochs ? `, and ${f.epochs}` : ''}.`,
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행에는 에포크 ${f.epoch}의 가중치가 보관되어 있지 않습니다.`,
      remedy: `보관된 에포크: 최적 ${f.best}${f.epochs ? `, 그 밖에 ${f.epochs}` : ''}.`,
    }),
  },
  'inside.edit': {
    en: (f) => ({
      message: `Step ${f.step} of column "${f.column}" cannot be changed: the window has steps 0 to ${f.last} of ${f.columns}.`,
      remedy: 'Change one of those.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열의 ${f.step}번째 시점은 바꿀 수 없습니다. 구간에는 ${f.columns}의 0~${f.last}번째 시점이 있습니다.`,
      remedy: '그중에서 바꾸세요.',
    }),
  },
  'inside.no-data': {
    en: (f) => ({
      message: `The data of run "${f.run}" is not open: "${f.file}" came through a browser, and nobody kept where it lies.`,
      remedy: 'Open the file again.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행의 데이터가 열려 있지 않습니다. "${f.file}" 파일은 브라우저로 받아 위치를 알 수 없습니다.`,
      remedy: '파일을 다시 열어 주세요.',
    }),
  },
  'inside.too-large': {
    en: (f) => ({
      message: `A window of ${f.lookback} steps through ${f.hidden} units is more than can be shown at once.`,
      remedy: `Look at no more than ${f.most} steps.`,
    }),
    ko: (f) => ({
      message: `은닉 유닛 ${f.hidden}개를 ${f.lookback}시점에 걸쳐 한꺼번에 보여 줄 수 없습니다.`,
      remedy: `${f.most}시점 이하로 보세요.`,
    }),
  },
} satisfies Record<string, Entry>;
