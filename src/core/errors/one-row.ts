import type { Entry } from './entry';

/** What can be wrong where one row is read, and with curves that stand in rows (forecast/one-row.ts). */
export const oneRowMessages = {
  'experiment.outputs-task': {
    en: (f) => ({
      message: `Option "outputs" names the columns of a curve, which task ${f.task} does not forecast.`,
      remedy: 'Choose task one-to-many, or leave "outputs" out.',
    }),
    ko: (f) => ({
      message: `"outputs" 옵션은 곡선의 열을 지정하는데, ${f.task} 작업은 곡선을 예측하지 않습니다.`,
      remedy: 'one-to-many 작업을 선택하거나 "outputs" 옵션을 빼세요.',
    }),
  },
  'experiment.one-row': {
    en: (f) => ({
      message: `Task ${f.task} reads one row, so option "${f.option}" cannot be ${f.value}.`,
      remedy: `Leave it out (${f.without}), or choose a task that reads a window: many-to-one, many-to-many, seq2seq.`,
    }),
    ko: (f) => ({
      message: `${f.task} 작업은 한 행만 읽으므로 "${f.option}" 옵션에 ${f.value}을(를) 쓸 수 없습니다.`,
      remedy: `옵션을 빼거나(${f.without}) 여러 행을 읽는 작업(many-to-one, many-to-many, seq2seq)을 선택하세요.`,
    }),
  },
  'experiment.plain-network': {
    en: (f) => ({
      message: `Task one-to-one trains the plain network, rnn with memory none: one row leaves a cell nothing to remember. Models ${f.models} with memory ${f.memory} were asked for.`,
      remedy: 'Leave "models" and "memory" out, or compare on windows: task many-to-one, with and without memory none.',
    }),
    ko: (f) => ({
      message: `one-to-one 작업은 기억이 없는 기본 신경망(rnn, 기억 none)을 학습합니다. 한 행만으로는 셀이 기억할 것이 없습니다. 모델 ${f.models}, 기억 ${f.memory}이(가) 지정되었습니다.`,
      remedy: '"models"와 "memory"를 비워 두거나, many-to-one 작업에서 기억이 있을 때와 none일 때를 비교하세요.',
    }),
  },
  'experiment.outputs': {
    en: (f) => ({
      message: f.repeated
        ? `Column "${f.repeated}" stands twice in option "outputs".`
        : 'A curve needs at least two columns; option "outputs" names one.',
      remedy: 'Name each column of the curve once, in order, for example h00..h23.',
    }),
    ko: (f) => ({
      message: f.repeated
        ? `"outputs" 옵션에 "${f.repeated}" 열이 두 번 있습니다.`
        : '곡선에는 열이 둘 이상 필요한데 "outputs" 옵션에는 하나뿐입니다.',
      remedy: '곡선의 열을 순서대로 한 번씩 지정하세요. 예: h00..h23.',
    }),
  },
  'experiment.output-is-input': {
    en: (f) => ({
      message: `Column "${f.column}" is a step of the curve and an input too: what is to be forecast cannot be read.`,
      remedy: 'Leave it out of option "inputs".',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열이 곡선의 한 스텝이면서 입력이기도 합니다. 예측할 값을 입력으로 읽을 수는 없습니다.`,
      remedy: '"inputs" 옵션에서 빼세요.',
    }),
  },
  'experiment.no-curve-inputs': {
    en: () => ({
      message: 'There is nothing to forecast the curve from: no column of numbers is an input.',
      remedy: 'Name at least one column that is not part of the curve in option "inputs".',
    }),
    ko: () => ({
      message: '곡선을 예측할 근거가 없습니다. 입력으로 쓸 숫자 열이 없습니다.',
      remedy: '곡선에 속하지 않는 열을 하나 이상 "inputs" 옵션에 지정하세요.',
    }),
  },
  'experiment.curve-option': {
    en: (f) => ({
      message: `Where every row is an example of its own, option "${f.option}" cannot be ${f.value}.`,
      remedy: `Leave it out (${f.without}).`,
    }),
    ko: (f) => ({
      message: `행마다 별개의 예일 때에는 "${f.option}" 옵션에 ${f.value}을(를) 쓸 수 없습니다.`,
      remedy: `옵션을 빼세요(${f.without}).`,
    }),
  },
  'experiment.no-backtest': {
    en: (f) => ({
      message: `A backtest follows a series of values through time; task ${f.task} with curves in rows is not one.`,
      remedy: 'Use forecast, with several seeds if one split is too little.',
    }),
    ko: (f) => ({
      message: `백테스트는 시간에 따른 값의 시계열을 따라갑니다. 행마다 곡선이 있는 ${f.task} 작업에는 쓸 수 없습니다.`,
      remedy: 'forecast를 사용하고, 분할 하나로 부족하면 시드를 여러 개로 하세요.',
    }),
  },
  'predict.no-rows': {
    en: (f) => ({
      message: `No row of the file has all the inputs of this model: ${f.columns}.`,
      remedy: 'Fill them in in the rows whose curve is to be forecast.',
    }),
    ko: (f) => ({
      message: `이 모델의 입력(${f.columns})이 모두 있는 행이 파일에 없습니다.`,
      remedy: '곡선을 예측할 행에 입력값을 채우세요.',
    }),
  },
  'plan.file-order': {
    en: () => ({
      message:
        'The rows have no dates, so they are cut into parts in the order of the file: that is honest only if the order has nothing to do with what is forecast.',
      remedy: '',
    }),
    ko: () => ({
      message:
        '행에 날짜가 없어 파일에 적힌 순서대로 나눕니다. 그 순서가 예측할 값과 관계가 없을 때에만 공정한 평가입니다.',
      remedy: '',
    }),
  },
} satisfies Record<string, Entry>;
