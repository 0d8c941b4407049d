import type { Entry } from '../errors';

/** What can be wrong with a file, and what is worth noting in one that was read. */
export const dataMessages = {
  'data.empty': {
    en: () => ({
      message: 'The file is empty.',
      remedy: 'Choose a CSV with a header line and at least a few dozen rows.',
    }),
    ko: () => ({ message: '파일이 비어 있습니다.', remedy: '머리글 행과 수십 개 이상의 행이 있는 CSV를 선택하세요.' }),
  },
} satisfies Record<string, Entry>;
