import type { Step } from '../core/data/frame';

/** What the page says, in the reader's language. */
export interface Words {
  title(target: string, tells: Tells): string;
  trained(facts: Trained): string;
  judged(mae: string, naive: string, values: string, of: keyof Words['naive']): string;
  naive: Record<'last' | 'before' | 'mean', string>;
  /** Where another plain guess is better than that. */
  bestPlain(name: string, mae: string): string;
  target: string;
  told(accuracy: string, rows: string, others: Record<'majority' | 'persistence', string>, tells: Tells): string;
  values(count: string): string;
  class: string;
  probability(name: string): string;
  paste: string;
  choose: string;
  drop: string;
  example: string;
  reading: string;
  after(file: string, rows: string, last: string): string;
  pasted: string;
  row(number: string): string;
  time: string;
  forecast: string;
  band(level: string): string;
  save: string;
  print: string;
  chart(target: string): string;
  curve(target: string): string;
  use(column: string): string;
  anyway: string;
  missing: Record<'leave-out' | 'carry-forward' | 'interpolate', string>;
  steps: Record<Step, (count: string) => string>;
  offline: string;
  broken: string;
}

/** What it tells: values to come, a row's own curve, the class of a row to come, which way it goes, or the class of every row read. */
export type Tells = 'ahead' | 'curve' | 'class' | 'direction' | 'label';

interface Trained {
  model: string;
  lookback: string;
  horizon: string;
  tells: Tells;
  rows: string;
  /** Of the training part; null without dates. */
  from: string | null;
  to: string | null;
}

const unit = (one: string) => (count: string) => `${count} ${one}${count === '1' ? '' : 's'}`;

const englishTells = {
  ahead: (horizon: string) => `forecasts ${horizon} ahead`,
  curve: (horizon: string) => `forecasts its curve of ${horizon}`,
  class: (horizon: string) => `tells the class ${horizon} ahead`,
  direction: (horizon: string) => `tells the direction ${horizon} ahead`,
  label: () => 'tells the class of every row',
};
const koreanTells = {
  ahead: (horizon: string) => `${horizon} 앞까지 예측합니다`,
  curve: (horizon: string) => `그 행의 ${horizon}로 된 곡선을 예측합니다`,
  class: (horizon: string) => `${horizon} 뒤의 클래스를 예측합니다`,
  direction: (horizon: string) => `${horizon} 뒤의 방향을 예측합니다`,
  label: () => '모든 행의 클래스를 판별합니다',
};

/** The last class that is known, which a plain forecast says again. */
const englishLast: Partial<Record<Tells, string>> = {
  class: 'the last known class again',
  direction: 'the last direction again',
  label: 'always the class before them',
};
const koreanLast: Partial<Record<Tells, string>> = {
  class: '직전 클래스를 그대로 쓰면',
  direction: '직전 방향을 그대로 쓰면',
  label: '언제나 그 앞의 클래스를 고르면',
};

/** With the particle that marks an object: 을 after a final consonant, 를 after a vowel. */
const object = (text: string) => `${text}${(text.charCodeAt(text.length - 1) - 0xac00) % 28 > 0 ? '을' : '를'}`;

const english: Words = {
  title: (target, tells) =>
    `${{ direction: 'Direction', label: 'Classes' }[tells as string] ?? 'Forecast'} of ${target}`,
  trained: ({ model, lookback, horizon, tells, rows, from, to }) =>
    `${model}: reads ${lookback}, ${englishTells[tells](horizon)}. Trained on ${rows} rows${from && to ? `, ${from} to ${to}` : ''}.`,
  judged: (mae, naive, values, of) =>
    `Mean error on ${values} unseen values: ${mae}; of ${english.naive[of]}: ${naive}.`,
  naive: { last: 'repeating the last value', before: 'repeating the row before', mean: 'always the mean curve' },
  bestPlain: (name, mae) => `The best of the plain forecasts, ${name}: ${mae}.`,
  target: 'Target',
  told: (accuracy, rows, { majority, persistence }, tells) =>
    `Right on ${accuracy} of ${rows} unseen rows; always the commonest class: ${majority}; ${englishLast[tells]}: ${persistence}.`,
  values: unit('value'),
  class: 'Class',
  probability: (name) => `p(${name})`,
  paste: 'Paste a table',
  choose: 'Choose a file',
  drop: 'or drop a CSV anywhere on this page',
  example: 'A header line and the latest rows, for example:',
  reading: 'Reading',
  after: (file, rows, last) => `${file}: ${rows} rows, the last ${last}`,
  pasted: 'Pasted table',
  row: (number) => `row ${number}`,
  time: 'Time',
  forecast: 'Forecast',
  band: (level) => `${level} band`,
  save: 'Save as CSV',
  print: 'Print',
  chart: (target) => `The latest rows of ${target} and the forecast with its bands`,
  curve: (target) => `The forecast curve of ${target} with its bands`,
  use: (column) => `Use “${column}”`,
  anyway: 'Forecast anyway',
  missing: {
    'leave-out': 'Leave the row out',
    'carry-forward': 'Carry the last value forward',
    interpolate: 'Interpolate',
  },
  steps: {
    second: unit('second'),
    minute: unit('minute'),
    hour: unit('hour'),
    day: unit('day'),
    'business-day': unit('business day'),
    week: unit('week'),
    month: unit('month'),
    quarter: unit('quarter'),
    year: unit('year'),
    irregular: unit('row'),
    index: unit('row'),
  },
  offline: 'This page works offline: nothing that is entered here leaves it.',
  broken: 'This page could not forecast here',
};

const korean: Words = {
  title: (target, tells) => `${target} ${{ direction: '방향 예측', label: '클래스' }[tells as string] ?? '예측'}`,
  trained: ({ model, lookback, horizon, tells, rows, from, to }) =>
    `${model}: ${object(lookback)} 읽어 ${koreanTells[tells](horizon)}. ${from && to ? `${from}부터 ${to}까지 ` : ''}${rows}개 행으로 학습했습니다.`,
  judged: (mae, naive, values, of) =>
    `학습에 쓰지 않은 값 ${values}개에서 평균 오차는 ${mae}, ${korean.naive[of]} 예측의 오차는 ${naive}입니다.`,
  naive: { last: '마지막 값을 그대로 쓴', before: '앞 행을 그대로 쓴', mean: '언제나 평균 곡선을 쓴' },
  bestPlain: (name, mae) => `기준 예측 가운데 가장 나은 것은 ${name}(으)로, 오차가 ${mae}입니다.`,
  target: '목표',
  told: (accuracy, rows, { majority, persistence }, tells) =>
    `학습에 쓰지 않은 ${rows}개 행에서 정확도는 ${accuracy}, 언제나 가장 흔한 클래스를 고르면 ${majority}, ${koreanLast[tells]} ${persistence}입니다.`,
  values: (count) => `값 ${count}개`,
  class: '클래스',
  probability: (name) => `p(${name})`,
  paste: '표 붙여넣기',
  choose: '파일 선택',
  drop: '또는 CSV 파일을 이 페이지에 끌어 놓으세요',
  example: '머리글과 최근 행을 넣으세요. 예:',
  reading: '읽는 중',
  after: (file, rows, last) => `${file}: ${rows}개 행, 마지막 ${last}`,
  pasted: '붙여넣은 표',
  row: (number) => `${number}번째 행`,
  time: '시점',
  forecast: '예측',
  band: (level) => `${level} 예측 구간`,
  save: 'CSV로 저장',
  print: '인쇄',
  chart: (target) => `${target}의 최근 값과 예측, 예측 구간`,
  curve: (target) => `${target} 곡선의 예측과 예측 구간`,
  use: (column) => `“${column}” 열 사용`,
  anyway: '그래도 예측',
  missing: { 'leave-out': '빈 행 빼기', 'carry-forward': '직전 값으로 채우기', interpolate: '보간하기' },
  steps: {
    second: (count) => `${count}초`,
    minute: (count) => `${count}분`,
    hour: (count) => `${count}시간`,
    day: (count) => `${count}일`,
    'business-day': (count) => `${count}영업일`,
    week: (count) => `${count}주`,
    month: (count) => `${count}개월`,
    quarter: (count) => `${count}분기`,
    year: (count) => `${count}년`,
    irregular: (count) => `${count}개 행`,
    index: (count) => `${count}개 행`,
  },
  offline: '인터넷 없이 작동하며, 입력한 내용은 이 페이지 밖으로 나가지 않습니다.',
  broken: '이 브라우저에서는 예측하지 못했습니다',
};

export const wordsFor = (language: 'en' | 'ko'): Words => (language === 'ko' ? korean : english);
