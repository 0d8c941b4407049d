import type { Step } from '../../data/frame';
import type { Language } from '../../errors';
import { unitsKorean } from '../../errors/export';

/** The report's own words. */
const en = {
  title: (models: string, target: string) => `${models} on ${target}`,
  rows: (rows: string) => `${rows} rows`,
  made: (version: string, when: string) => `Made by Unroll ${version} on ${when}.`,
  noVerdict: 'These models cannot be set against each other.',
  models: 'Models',
  modelsCaption: (n: string, range: string) =>
    `On the test part${range}, ${n} forecast values; ± standard deviation over seeds`,
  columns: {
    model: 'Model',
    seeds: 'Seeds',
    mae: 'MAE',
    rmse: 'RMSE',
    mase: 'MASE',
    skill: 'Skill',
    direction: 'Direction',
    coverage95: '95% covers',
    parameters: 'Parameters',
    time: 'Time',
    speed: 'Windows/s',
    bestEpoch: 'Best epoch',
  },
  tests: 'Are the differences real?',
  testsCaption:
    'Diebold–Mariano tests on the windows of the test part, two-sided; the last p takes the number of tests into account (Holm). Below 0.05 the difference is more than chance explains.',
  untested:
    'Of a run of several targets only the first has its test forecasts kept row by row: with another it is not tested whether differences are real.',
  against: 'against',
  difference: 'Difference of MAE',
  statistic: 'DM',
  p: 'p',
  adjusted: 'p (Holm)',
  finding: 'Finding',
  better: (model: string) => `${model} is better`,
  chance: 'may be chance',
  charts: 'Charts',
  actual: 'actual',
  now: 'now',
  forecasts: 'The test part and the forecast',
  forecastsCaption:
    'Forecasts of the test part, each row forecast once, then past the end of the data with the 80% band of the first model.',
  loss: 'Loss by epoch',
  lossCaption: 'Validation strong, training thin; the dot is the epoch that was kept.',
  epoch: 'epoch',
  steps: 'Error by step ahead',
  stepsAhead: 'steps ahead',
  forecast: 'Forecast',
  forecastCaption: 'With 80% bands.',
  more: (count: string) => `and ${count} more steps`,
  step: 'Step',
  time: 'Time',
  data: 'Data',
  file: 'File',
  target: 'Target',
  every: (count: number, step: Step) => {
    if (step === 'irregular') return 'irregular';
    if (step === 'index') return 'by row';
    const unit = step.replace('-', ' ');
    return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
  },
  range: 'Range',
  reading: 'Read with',
  fingerprint: 'SHA-256',
  parts: { train: 'Training', validation: 'Validation', test: 'Test' },
  settings: 'Settings',
  setting: 'Setting',
  same: 'The same for all models:',
  repeat: 'To repeat it',
  repeatWhat: 'With the same file, each command trains one model anew, to the same numbers on the same machine.',
};
export type ReportWords = typeof en;

const ko: ReportWords = {
  title: (models, target) => `${target} 예측: ${models}`,
  rows: (rows) => `${rows}행`,
  made: (version, when) => `${when}에 Unroll ${version}에서 만들었습니다.`,
  noVerdict: '이 모델들은 서로 견줄 수 없습니다.',
  models: '모델',
  modelsCaption: (n, range) => `시험 구간${range}, 예측값 ${n}개 기준. ±는 시드에 따른 표준편차입니다.`,
  columns: {
    model: '모델',
    seeds: '시드',
    mae: 'MAE',
    rmse: 'RMSE',
    mase: 'MASE',
    skill: '스킬',
    direction: '방향',
    coverage95: '95% 포함률',
    parameters: '파라미터',
    time: '시간',
    speed: '초당 윈도',
    bestEpoch: '최고 에포크',
  },
  tests: '차이가 우연은 아닐까요?',
  testsCaption:
    '시험 구간의 윈도별 오차에 대한 디볼드–마리아노 양측 검정입니다. 마지막 p는 검정 횟수를 고려한 값(홀름)이며, 0.05보다 작으면 우연으로 설명되지 않는 차이입니다.',
  untested:
    '여러 대상을 예측한 실행은 첫 대상의 시험 예측만 행마다 보관합니다. 다른 대상으로는 차이가 우연인지 검정하지 않습니다.',
  against: '비교 상대',
  difference: 'MAE 차이',
  statistic: 'DM',
  p: 'p',
  adjusted: 'p(홀름)',
  finding: '결과',
  better: (model) => `${model} 쪽이 낫습니다`,
  chance: '우연일 수 있습니다',
  charts: '차트',
  actual: '실제',
  now: '현재',
  forecasts: '시험 구간과 예측',
  forecastsCaption:
    '시험 구간의 행마다 한 번씩 예측한 값과 데이터 끝 다음의 예측이며, 띠는 첫 모델의 80% 예측 구간입니다.',
  loss: '에포크별 손실',
  lossCaption: '굵은 선은 검증, 가는 선은 학습이며 점은 선택한 에포크입니다.',
  epoch: '에포크',
  steps: '단계별 오차',
  stepsAhead: '예측 단계',
  forecast: '예측',
  forecastCaption: '괄호 안은 80% 예측 구간입니다.',
  more: (count) => `외 ${count}단계`,
  step: '단계',
  time: '시각',
  data: '데이터',
  file: '파일',
  target: '예측 대상',
  every: (count, step) => {
    if (step === 'irregular') return '불규칙';
    if (step === 'index') return '행 순서';
    return `${count}${unitsKorean[step]} 간격`;
  },
  range: '기간',
  reading: '읽은 방법',
  fingerprint: 'SHA-256',
  parts: { train: '학습', validation: '검증', test: '시험' },
  settings: '설정',
  setting: '설정',
  same: '모든 모델에 같은 설정:',
  repeat: '다시 해 보기',
  repeatWhat: '같은 파일이 있으면 명령 하나가 모델 하나를 다시 학습합니다. 같은 컴퓨터에서는 같은 숫자가 나옵니다.',
};

export const reportWords: Record<Language, ReportWords> = { en, ko };
