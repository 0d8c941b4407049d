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
} satisfies Record<string, Entry>;
