import type { Messages } from '../en';

export const compare: Pick<Messages, 'compare'> = {
  compare: {
    title: '모델 비교',
    report: '보고서 저장',
    close: '닫기',
    waiting: '비교하는 중…',
    seconds: '학습 시간',
    speed: '초당 윈도',
    bestEpoch: '최고 에포크',
    seeds: (_, seeds) => `시드 ${seeds}`,
    caption: (several, differing) =>
      [
        `시험 구간 기준이며 굵은 값이 가장 좋습니다.${several ? ' ±는 시드에 따른 표준편차입니다.' : ''}`,
        ...(differing ? ['아래는 서로 다른 설정입니다.'] : []),
      ].join(' '),
  },
};
