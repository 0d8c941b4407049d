import type { Language } from '../../errors';
import type { ComparedClassScore } from '../../forecast/compare/classes';

/** What the report and the comparison say of models whose answer is a class. */
const en = {
  modelsCaption: (n: string, range: string) => `On the test part${range}, ${n} rows; ± standard deviation over seeds`,
  columns: {
    accuracy: 'Accuracy',
    balancedAccuracy: 'Balanced',
    macroF1: 'Macro F1',
    crossEntropy: 'Cross-entropy',
    skill: 'Skill',
  } satisfies Record<ComparedClassScore, string>,
  testsCaption:
    'McNemar’s exact test on right and wrong, row by row of the test part, two-sided; rows that hang together, as windows that overlap or a regime that was mistaken throughout, count as fewer. The last p takes the number of tests into account (Holm). Below 0.05 the difference is more than chance explains.',
  difference: 'Difference of errors',
  statistic: 'z',
  confusion: 'What was and what was told',
  confusionCaption: (several: boolean) =>
    `A row to each class as it was, a column to each as it was told, on the test part${several ? ', summed over seeds' : ''}.`,
  unseen: (rows: string) => `Rows of classes that were not learned: ${rows}; they count as wrong.`,
  precision: 'Precision',
  recall: 'Recall',
  strips: 'The test part, class by class',
  stripsCaption: 'Each row in its time: as it was, and as the first seed of each model told it.',
  next: 'The next class',
  now: 'The class of the last row',
  lastRow: 'last row',
  class: 'Class',
  balance: 'Rows of each class',
};
export type ClassWords = typeof en;

const ko: ClassWords = {
  modelsCaption: (n, range) => `시험 구간${range}, ${n}개 행 기준. ±는 시드에 따른 표준편차입니다.`,
  columns: {
    accuracy: '정확도',
    balancedAccuracy: '균형 정확도',
    macroF1: '매크로 F1',
    crossEntropy: '교차 엔트로피',
    skill: '기준 대비',
  },
  testsCaption:
    '시험 구간의 행마다 맞고 틀린 것을 견준 맥니마 정확 검정(양측)입니다. 겹치는 윈도나 통째로 잘못 본 구간처럼 서로 이어진 행은 더 적은 수로 셉니다. 마지막 p는 검정 횟수를 고려한 값(홀름)이며, 0.05보다 작으면 우연으로 설명되지 않는 차이입니다.',
  difference: '오류율 차이',
  statistic: 'z',
  confusion: '실제와 예측',
  confusionCaption: (several) =>
    `시험 구간 기준으로 행은 실제 클래스, 열은 예측한 클래스입니다.${several ? ' 시드를 모두 더한 수입니다.' : ''}`,
  unseen: (rows) => `배우지 않은 클래스의 행이 ${rows}개 있으며 틀린 것으로 셉니다.`,
  precision: '정밀도',
  recall: '재현율',
  strips: '시험 구간의 클래스 띠',
  stripsCaption: '시간 순서대로 실제 클래스와, 각 모델의 첫 시드가 예측한 클래스입니다.',
  next: '다음 클래스',
  now: '마지막 행의 클래스',
  lastRow: '마지막 행',
  class: '클래스',
  balance: '클래스별 행 수',
};

export const classWords: Record<Language, ClassWords> = { en, ko };
