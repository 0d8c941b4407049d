import type { Entry } from '../errors';

/** What can be wrong with how an experiment is set up, and what can go wrong while it trains. */
export const experimentMessages = {
  'experiment.unknown-column': {
    en: (f) => ({ message: `There is no column "${f.column}".`, remedy: `Choose one of: ${f.columns}.` }),
    ko: (f) => ({ message: `"${f.column}" 열이 없습니다.`, remedy: `다음 중에서 선택하세요: ${f.columns}.` }),
  },
} satisfies Record<string, Entry>;
