import type { Language } from '../errors';

/** What baselines are called before a person, by their names in records. */
export const baselineNames: Record<Language, Record<string, string>> = {
  en: {
    naive: 'Naive',
    'seasonal-naive': 'Seasonal naive',
    drift: 'Drift',
    mean: 'Mean',
    'moving-average': 'Moving average',
    'exponential-smoothing': 'Exponential smoothing',
    'holt-winters': 'Holt–Winters',
    'mean-curve': 'Mean curve',
    'weekday-curve': 'Mean curve of the weekday',
    linear: 'Linear regression',
    majority: 'Majority',
    persistence: 'Persistence',
    coin: 'Coin',
  },
  ko: {
    naive: '단순 예측',
    'seasonal-naive': '계절 단순 예측',
    drift: '추세 연장',
    mean: '평균',
    'moving-average': '이동 평균',
    'exponential-smoothing': '지수 평활',
    'holt-winters': '홀트–윈터스',
    'mean-curve': '평균 곡선',
    'weekday-curve': '요일별 평균 곡선',
    linear: '선형 회귀',
    majority: '최빈 클래스',
    persistence: '직전 클래스',
    coin: '동전',
  },
};
