import type { Entry } from '../errors';

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
} satisfies Record<string, Entry>;
