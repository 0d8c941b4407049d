import type { Messages } from '../en';

export const chart: Pick<Messages, 'chart' | 'lag' | 'verdict'> = {
  chart: {
    region: '예측',
    views: {
      series: '시계열',
      returns: '수익률',
      residuals: '잔차',
      scatter: '산점도',
      steps: '단계별 오차',
      lag: '지연',
      inside: '내부',
      values: '값',
    },
    what: {
      residuals: '시험 구간에서 예측값에서 실제 값을 뺀 차이 (마지막 단계 기준)',
      scatter: '시험 구간의 예측값과 실제 값. 정확한 예측은 대각선 위에 놓입니다',
      steps: '시험 구간의 단계별 평균 절대 오차',
    },
    use: '사용 방식',
    forms: {
      judged: '평가한 방식',
      direct: '한 번에 예측',
      'one-step': '실제 값 다음 단계',
      'rolled-out': '한 단계씩 되먹임',
      blocks: '묶음으로 되먹임',
      decoded: '디코더 연장',
    },
    emptyErrors: '학습이 끝나면 시험 구간의 오차가 여기에 나타납니다.',
    classErrors:
      '클래스는 맞거나 틀릴 뿐이어서 이런 오차가 없습니다. 모델 비교에서 무엇으로 예측했는지, 값에서 행마다 볼 수 있습니다.',
    firstOnly: (target: string) =>
      `목표가 여럿이면 첫 목표의 시험 예측만 행마다 남습니다. 이 보기를 보려면 목표 ${target}을(를) 선택하세요.`,
    oneStep:
      '이 모델들은 한 단계만 예측합니다. 예측 길이까지 모든 단계를 예측하는 과제에서는 단계별 오차가 여기에 나타납니다.',
    errorSummary: (model, mae, r2) => `${model}: 평균 절대 오차 ${mae}, R² ${r2}.`,
    forecast: '예측',
    stepsAhead: '앞으로 몇 단계',
    showBand: (model) => `${model}의 예측 구간 보기`,
    log: '로그',
    logWhat: '로그 축에서는 같은 높이가 같은 비율입니다. 양수에만 쓸 수 있습니다.',
    viewsLabel: '차트에 표시할 내용',
    ranges: '범위',
    all: '전체',
    test: '시험',
    years: (n) => `${n}년`,
    months: (n) => `${n}개월`,
    days: (n) => `${n}일`,
    hours: (n) => `${n}시간`,
    actual: '실제',
    naive: '단순 예측',
    seasonalNaive: '계절 단순 예측',
    train: '학습',
    validation: '검증',
    testPart: '시험',
    now: '현재',
    bracket: { lookback: '차트에서 입력 길이', horizon: '차트에서 예측 길이' },
    keys: '화살표 키로 기준선을 옮기고, 더하기와 빼기로 확대·축소하며, 0을 누르면 전체를 봅니다.',
    summary: (series, start, end, low, high, last) =>
      `${series}: ${start}부터 ${end}까지. 최저 ${low}, 최고 ${high}, 마지막 값 ${last}.`,
    summaryForecast: (model, time, value) => `${model}의 ${time} 예측값은 ${value}입니다.`,
    row: (row) => `${row}행`,
    overview: '전체 시계열 개요',
    emptySeries: '여기에 시계열이 그려집니다.',
    when: '시점',
    band95: (low, high) => `${low} ~ ${high}`,
  },
  lag: {
    axis: (unit) => `실제 값을 뒤로 민 ${unit} 수, 시험 구간 예측과의 상관`,
    empty: '학습이 끝나면 예측이 앞뒤 시점의 실제 값과 얼마나 닮았는지 여기에 나타납니다.',
    right: (model, at) => `${model} 모델의 예측은 예측하려던 바로 그 시점의 값과 가장 닮았습니다(${at}).`,
    behind: (model, count, at, zero, copy) =>
      `${model} 모델의 예측은 시계열을 ${count} 늦게 따라갑니다(상관 ${at}, 0에서는 ${zero}).${copy ? ' 과거를 늦게 베낀 것입니다.' : ''}`,
    ahead: (model, count, at, zero) =>
      `${model} 모델의 예측은 ${count} 뒤의 값과 가장 닮았습니다(상관 ${at}, 0에서는 ${zero}).`,
  },
  verdict: {
    label: '판정',
    none: '아직 학습한 모델이 없습니다. 학습이 끝나면 보지 않은 구간에서 단순 예측보다 나은지 알려 드립니다.',
    training: '학습 중입니다. 시험 구간에서 평가가 끝나면 판정을 알려 드립니다.',
    waiting: '진행 중인 학습이 끝나기를 기다리고 있습니다. 모델을 평가하면 판정을 알려 드립니다.',
    judging: '시험 구간에서 모델을 평가하고 있습니다.',
    nothing: '평가할 만큼 학습한 모델이 없습니다. 판정을 보려면 다시 학습하세요.',
    other: (data) => `${data} 데이터에서 평가한 결과입니다.`,
    cutShort: (model, epoch, epochs) =>
      `${model} 모델은 ${epochs}에포크 중 ${epoch}에포크에서 멈추었으며, 그중 가장 나은 에포크로 평가했습니다.`,
    notJudged: (model) => `${model} 모델은 평가할 것이 없습니다.`,
    leak: (model, change, better) =>
      `${model} 모델이 시험 구간을 보았다면: ${change} ${better ? '더 좋음' : '더 나쁨'} – 실제가 아닙니다`,
  },
};
