import type { Entry, Facts } from './entry';
import { verdictMessages } from './verdict';

/** A note or a sentence that needs no remedy. */
const only = (message: string) => ({ message, remedy: '' });

/** What can be wrong with how an experiment is set up, and what can go wrong while it trains. */
export const experimentMessages = {
  ...verdictMessages,

  'experiment.unknown-column': {
    en: (f) => ({ message: `There is no column "${f.column}".`, remedy: `Choose one of: ${f.columns}.` }),
    ko: (f) => ({ message: `"${f.column}" 열이 없습니다.`, remedy: `다음 중에서 선택하세요: ${f.columns}.` }),
  },
  'experiment.not-a-number-column': {
    en: (f) => ({
      message: `Column "${f.column}" cannot be forecast or used as an input: it holds ${kindEnglish(f)}, not numbers.`,
      remedy: `Choose one of: ${f.columns}.`,
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에는 숫자가 아니라 ${kindKorean(f)} 들어 있어 예측 대상이나 입력으로 쓸 수 없습니다.`,
      remedy: `다음 중에서 선택하세요: ${f.columns}.`,
    }),
  },
  'experiment.no-number-column': {
    en: () => ({
      message: 'The file has no column of numbers to forecast.',
      remedy: 'Choose a file with at least one numeric column, or check how its numbers are written.',
    }),
    ko: () => ({
      message: '예측할 숫자 열이 파일에 없습니다.',
      remedy: '숫자 열이 하나 이상 있는 파일을 선택하거나 숫자 표기 방식을 확인하세요.',
    }),
  },
  'experiment.input-is-target': {
    en: (f) => ({
      message: `Column "${f.column}" is both the target and an extra input.`,
      remedy: 'Leave it out of inputs: the past of the target is always read.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열이 예측 대상이면서 추가 입력이기도 합니다.`,
      remedy: '입력에서 빼세요. 대상의 과거 값은 항상 사용됩니다.',
    }),
  },
  'experiment.too-short': {
    en: (f) => ({
      message: `The series is too short: its ${f.rows} rows give ${f.train} for training, ${f.validation} for validation and ${f.test} for testing, but lookback ${f.lookback} with horizon ${f.horizon} needs at least ${f.needTrain}, ${f.needPart} and ${f.needPart}.`,
      remedy: 'Use a longer series, a shorter lookback or horizon, or other parts.',
    }),
    ko: (f) => ({
      message: `시계열이 너무 짧습니다. ${f.rows}개 행이 학습 ${f.train}, 검증 ${f.validation}, 시험 ${f.test}개로 나뉘는데, 되돌아볼 구간 ${f.lookback}과 예측 구간 ${f.horizon}에는 각각 ${f.needTrain}, ${f.needPart}, ${f.needPart}개 이상이 필요합니다.`,
      remedy: '더 긴 시계열을 쓰거나, 되돌아볼 구간이나 예측 구간을 줄이거나, 분할을 바꾸세요.',
    }),
  },
  'experiment.folds': {
    en: (f) => ({
      message: `The series is too short for ${f.folds} folds: of its ${f.rows} rows the first fold has ${f.train} for training, ${f.validation} for validation and ${f.test} for testing, and needs ${f.needTrain}, ${f.needPart} and ${f.needPart}.`,
      remedy: 'Ask for fewer folds, or for a shorter lookback or horizon.',
    }),
    ko: (f) => ({
      message: `폴드 ${f.folds}개에는 시계열이 너무 짧습니다. ${f.rows}개 행에서 첫 폴드는 학습 ${f.train}, 검증 ${f.validation}, 시험 ${f.test}개인데 각각 ${f.needTrain}, ${f.needPart}, ${f.needPart}개가 필요합니다.`,
      remedy: '폴드 수를 줄이거나, 되돌아볼 구간이나 예측 구간을 줄이세요.',
    }),
  },
  'experiment.backtest-stopped': {
    en: (f) => ({
      message: `The backtest was stopped in fold ${f.fold}, before all folds were judged.`,
      remedy: 'Start it again, with fewer folds if it takes too long.',
    }),
    ko: (f) => ({
      message: `백테스트가 모든 폴드를 평가하기 전에 ${f.fold}번째 폴드에서 중지되었습니다.`,
      remedy: '다시 시작하고, 너무 오래 걸리면 폴드 수를 줄이세요.',
    }),
  },
  'experiment.constant': {
    en: (f) => ({
      message: `Column "${f.column}" is ${f.value} in every row of the training part, so there is nothing to learn.`,
      remedy: 'Choose another target, or other parts.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열은 학습 구간의 모든 행에서 값이 ${f.value}이라 학습할 것이 없습니다.`,
      remedy: '다른 대상을 선택하거나 분할을 바꾸세요.',
    }),
  },
  'experiment.rows-beyond-end': {
    en: (f) => ({
      message: `Option "split-rows" asks for ${f.asked} rows, but the series has ${f.rows}.`,
      remedy: 'Lower the three counts until their sum fits.',
    }),
    ko: (f) => ({
      message: `"split-rows" 옵션이 ${f.asked}개 행을 요구하지만 시계열에는 ${f.rows}개뿐입니다.`,
      remedy: '세 개수의 합이 맞도록 줄이세요.',
    }),
  },
  'experiment.shares': {
    en: (f) => ({
      message: `The three shares of option "split" must be positive and add up to 1; ${f.value} was given.`,
      remedy: 'For example 0.7,0.15,0.15.',
    }),
    ko: (f) => ({
      message: `"split" 옵션의 세 비율은 0보다 크고 합이 1이어야 하는데 ${f.value}이(가) 주어졌습니다.`,
      remedy: '예: 0.7,0.15,0.15.',
    }),
  },
  'experiment.logarithm': {
    en: (f) => ({
      message: `Transform "${f.transform}" takes logarithms, but column "${f.column}" has values of zero or below (the lowest in the training part is ${f.lowest}).`,
      remedy: 'Choose transform none, diff or seasonal-diff.',
    }),
    ko: (f) => ({
      message: `"${f.transform}" 변환은 로그를 취하는데 "${f.column}" 열에는 0 이하의 값이 있습니다(학습 구간의 최솟값 ${f.lowest}).`,
      remedy: '변환을 none, diff, seasonal-diff 중에서 선택하세요.',
    }),
  },
  'experiment.no-season': {
    en: (f) => ({
      message: `Transform "${f.transform}" needs a season, but option "season" is 1.`,
      remedy: 'Give the number of rows in a season, or choose another transform.',
    }),
    ko: (f) => ({
      message: `"${f.transform}" 변환에는 계절 주기가 필요한데 "season" 옵션이 1입니다.`,
      remedy: '한 주기의 행 수를 지정하거나 다른 변환을 선택하세요.',
    }),
  },
  'experiment.season-too-long': {
    en: (f) => ({
      message: `A season of ${f.season} rows does not fit into the training part of ${f.train} rows.`,
      remedy: 'Give a shorter season, or 1 for none.',
    }),
    ko: (f) => ({
      message: `${f.season}개 행의 계절 주기가 ${f.train}개 행의 학습 구간에 들어가지 않습니다.`,
      remedy: '더 짧은 주기를 지정하거나, 주기가 없으면 1을 지정하세요.',
    }),
  },
  'experiment.no-dates': {
    en: () => ({
      message: 'Calendar inputs need dates on a regular calendar, which this file does not have.',
      remedy: 'Turn option "calendar" off, or name the date column.',
    }),
    ko: () => ({
      message: '달력 입력에는 규칙적인 날짜가 필요한데 이 파일에는 없습니다.',
      remedy: '"calendar" 옵션을 끄거나 날짜 열을 지정하세요.',
    }),
  },
  'experiment.one-target': {
    en: (f) => ({
      message: `${f.segment ? 'A network over segments' : `Task ${f.task}`} has one target; option "also" names more.`,
      remedy: f.segment ? 'Leave option "also" empty, or choose 0 for "segment".' : 'Leave option "also" empty.',
    }),
    ko: (f) => ({
      message: `${f.segment ? '세그먼트 모델' : `${f.task} 작업`}의 대상은 하나인데 "also" 옵션에 다른 대상이 있습니다.`,
      remedy: f.segment ? '"also" 옵션을 비우거나 "segment"에 0을 지정하세요.' : '"also" 옵션을 비우세요.',
    }),
  },
  'experiment.decoder-only': {
    en: (f) => ({
      message: `Option "${f.option}" belongs to the decoder of task seq2seq; task ${f.task} has none.`,
      remedy: `Choose task seq2seq, or ${f.without} for "${f.option}".`,
    }),
    ko: (f) => ({
      message: `"${f.option}" 옵션은 seq2seq 작업의 디코더에 쓰입니다. ${f.task} 작업에는 디코더가 없습니다.`,
      remedy: `seq2seq 작업을 선택하거나 "${f.option}"에 ${f.without}을(를) 지정하세요.`,
    }),
  },
  'experiment.sampling-task': {
    en: (f) => ({
      message: `Task ${f.task} is never fed its own outputs, so there is nothing for option "sampling" to share out.`,
      remedy: 'Choose task seq2seq or autoregressive, or 0 for "sampling".',
    }),
    ko: (f) => ({
      message: `${f.task} 작업은 자기 출력을 다시 입력으로 쓰지 않으므로 "sampling" 옵션을 적용할 수 없습니다.`,
      remedy: 'seq2seq 또는 autoregressive 작업을 선택하거나 "sampling"에 0을 지정하세요.',
    }),
  },
  'experiment.quantile-fed-back': {
    en: (f) => ({
      message: `The quantile loss does not go with task ${f.task}: quantiles of one step, fed back, are not those of the next.`,
      remedy: 'Choose task many-to-one or many-to-many, or another loss.',
    }),
    ko: (f) => ({
      message: `분위수 손실은 ${f.task} 작업과 함께 쓸 수 없습니다. 한 스텝의 분위수를 되먹여도 다음 스텝의 분위수가 되지 않습니다.`,
      remedy: 'many-to-one 또는 many-to-many 작업을 선택하거나 다른 손실을 고르세요.',
    }),
  },
  'experiment.segment-task': {
    en: (f) => ({
      message: `Segments are decoded all at once, so option "segment" does not go with task ${f.task}.`,
      remedy: 'Choose task many-to-many, or leave "segment" out.',
    }),
    ko: (f) => ({
      message: `세그먼트는 한꺼번에 복호화되므로 "segment" 옵션을 ${f.task} 작업과 함께 쓸 수 없습니다.`,
      remedy: 'many-to-many 작업을 선택하거나 "segment" 옵션을 빼세요.',
    }),
  },
  'experiment.segment-lookback': {
    en: (f) => ({
      message: `A lookback of ${f.lookback} steps cannot be cut into segments of ${f.segment}.`,
      remedy: `Choose a multiple of ${f.segment}, for example ${f.near}.`,
    }),
    ko: (f) => ({
      message: `되돌아볼 구간 ${f.lookback}을(를) 길이 ${f.segment}의 세그먼트로 나눌 수 없습니다.`,
      remedy: `${f.segment}의 배수를 선택하세요. 예: ${f.near}.`,
    }),
  },
  'experiment.option-range': {
    en: (f) => ({
      message: `Option "${f.option}" must be ${f.whole ? 'a whole number' : 'a number'} from ${f.low} to ${f.high}; ${f.value} was given.`,
      remedy: 'Change it, or leave it out to have it chosen from the data.',
    }),
    ko: (f) => ({
      message: `"${f.option}" 옵션은 ${f.low}에서 ${f.high} 사이의 ${f.whole ? '정수' : '수'}여야 하는데 ${f.value}이(가) 주어졌습니다.`,
      remedy: '값을 바꾸거나, 데이터에 맞게 자동으로 고르도록 비워 두세요.',
    }),
  },
  'experiment.option-choice': {
    en: (f) => ({
      message: `Option "${f.option}" must be one of ${f.choices}; ${f.value} was given.`,
      remedy: 'Change it, or leave it out to have it chosen from the data.',
    }),
    ko: (f) => ({
      message: `"${f.option}" 옵션은 ${f.choices} 중 하나여야 하는데 ${f.value}이(가) 주어졌습니다.`,
      remedy: '값을 바꾸거나, 데이터에 맞게 자동으로 고르도록 비워 두세요.',
    }),
  },
  'experiment.option-form': {
    en: (f) => ({
      message: `Option "${f.option}" cannot be ${f.value}.`,
      remedy: 'Change it, or leave it out to have it chosen from the data.',
    }),
    ko: (f) => ({
      message: `"${f.option}" 옵션에는 ${f.value} 값을 쓸 수 없습니다.`,
      remedy: '값을 바꾸거나, 데이터에 맞게 자동으로 고르도록 비워 두세요.',
    }),
  },
  'experiment.option-unknown': {
    en: (f) => ({ message: `There is no option "${f.option}".`, remedy: 'See --help for all options.' }),
    ko: (f) => ({ message: `"${f.option}" 옵션은 없습니다.`, remedy: '--help로 모든 옵션을 볼 수 있습니다.' }),
  },
  'experiment.diverged': {
    en: (f) => ({
      message: `Training ran away in epoch ${f.epoch}: the loss was no longer a finite number.`,
      remedy: 'Lower the learning rate, or clip the gradient at a smaller norm; the last good weights were kept.',
    }),
    ko: (f) => ({
      message: `학습이 ${f.epoch}번째 에폭에서 발산했습니다. 손실이 더 이상 유한한 수가 아닙니다.`,
      remedy: '학습률을 낮추거나 기울기 자르기 값을 줄이세요. 마지막으로 정상이던 가중치는 보관되어 있습니다.',
    }),
  },
  'experiment.no-relaxed-kernels': {
    en: () => ({
      message: 'This machine cannot run the relaxed kernels.',
      remedy: 'Choose kernels "plain"; they give the same numbers on every machine.',
    }),
    ko: () => ({
      message: '이 컴퓨터에서는 relaxed 커널을 실행할 수 없습니다.',
      remedy: '커널을 "plain"으로 선택하세요. 어느 컴퓨터에서나 같은 값을 냅니다.',
    }),
  },
  'experiment.too-much-memory': {
    en: (f) => ({
      message: `Training this model would need ${f.needed} MB of memory; at most ${f.limit} MB are allowed.`,
      remedy: 'Choose a smaller batch, fewer hidden units or a shorter lookback, or truncate the gradient with tbptt.',
    }),
    ko: (f) => ({
      message: `이 모델을 학습하려면 메모리 ${f.needed} MB가 필요하지만 ${f.limit} MB까지만 쓸 수 있습니다.`,
      remedy: '배치나 은닉 유닛 수를 줄이거나, 되돌아볼 길이를 줄이거나, tbptt로 기울기를 자르세요.',
    }),
  },
  'experiment.nothing-learned': {
    en: () => ({
      message: 'The run was stopped before its first epoch ended, so there is nothing to judge.',
      remedy: 'Start it again and let at least one epoch finish.',
    }),
    ko: () => ({
      message: '첫 에폭이 끝나기 전에 중지되어 평가할 것이 없습니다.',
      remedy: '다시 시작해 에폭이 하나라도 끝나도록 두세요.',
    }),
  },

  'plan.lookback': {
    en: (f) => only(`Reads ${f.lookback} rows before each forecast.`),
    ko: (f) => only(`예측할 때마다 앞의 ${f.lookback}개 행을 읽습니다.`),
  },
  'plan.season': {
    en: (f) => only(`The training part repeats itself every ${f.season} rows.`),
    ko: (f) => only(`학습 구간이 ${f.season}개 행마다 되풀이됩니다.`),
  },
  'plan.no-season': {
    en: () => only('No season was found in the training part.'),
    ko: () => only('학습 구간에서 계절 주기를 찾지 못했습니다.'),
  },
  'plan.preparation': {
    en: (f) => only(`Transform: ${f.transform}; scale: ${f.scale}; judged from the training part.`),
    ko: (f) => only(`변환: ${f.transform}, 스케일: ${f.scale}(학습 구간을 보고 정했습니다).`),
  },
  'plan.interpolated': {
    en: () =>
      only(
        'Gaps are filled by lines to the value after them, which a forecast made inside a gap could not have known.',
      ),
    ko: () => only('빈 곳을 그 뒤의 값까지 직선으로 채웁니다. 빈 곳에서 예측한다면 실제로는 알 수 없는 값입니다.'),
  },
  'plan.rows-unused': {
    en: (f) => only(`${f.rows} rows after the test part are used only as the start of the forecast past the end.`),
    ko: (f) => only(`시험 구간 뒤의 ${f.rows}개 행은 끝 이후 예측의 출발점으로만 쓰입니다.`),
  },
} satisfies Record<string, Entry>;

function kindEnglish({ kind }: Facts): string {
  return kind === 'date' ? 'dates' : kind === 'empty' ? 'nothing' : 'text';
}
function kindKorean({ kind }: Facts): string {
  return kind === 'date' ? '날짜가' : kind === 'empty' ? '아무것도' : '글자가';
}
