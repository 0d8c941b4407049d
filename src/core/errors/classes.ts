import type { Entry, Facts } from './entry';

/** A note or a sentence that needs no remedy. */
const only = (message: string) => ({ message, remedy: '' });

/** How a reference is spoken of: always the commonest class, or the last known one again. */
const reference = (f: Facts) =>
  f.reference === 'majority' ? `always saying “${f.class}”` : 'saying the last known class again';
const referenceKorean = (f: Facts) =>
  f.reference === 'majority' ? `언제나 “${f.class}”라고 답하는 것` : '마지막으로 알려진 클래스를 되풀이하는 것';

function beats(f: Facts): string {
  const begins = f.ahead ? `${f.model} beats ${reference(f)}` : `${f.model} tells classes best`;
  const clauses = [
    `${begins}: of ${f.n} unseen rows it is right in ${f.accuracy}%, ${f.ahead ? 'that' : reference(f)} in ${f.referenceAccuracy}%`,
    f.proven ? ', more than chance explains' : ', though so few rows cannot rule out chance',
    f.also ? `; ${f.also} ${String(f.also).includes(',') ? 'beat' : 'beats'} it too` : '',
    f.ahead ? `; ${f.ahead} is right in ${f.aheadAccuracy}%, which may be chance` : '',
    f.lead === 'real' ? `; the lead over ${f.rival} is real` : '',
    f.lead === 'chance' ? `; the lead over ${f.rival} may be chance` : '',
  ];
  return `${clauses.join('')}.`;
}

function beatsKorean(f: Facts): string {
  const clauses = [
    `${f.model} 모델이 클래스를 ${f.ahead ? '기준보다' : '가장'} 잘 맞힙니다. 처음 보는 ${f.n}개 행에서 정확도가 ${f.accuracy}%로, ${referenceKorean(f)}(${f.referenceAccuracy}%)보다 높`,
    f.proven ? '고, 이 차이는 우연으로 설명되지 않습니다.' : '지만, 행이 적어 우연이 아니라고 하기는 어렵습니다.',
    f.also ? ` ${f.also} 모델도 이 기준보다 낫습니다.` : '',
    f.ahead ? ` ${f.ahead} 모델은 ${f.aheadAccuracy}%를 맞혔지만 우연일 수 있습니다.` : '',
    f.lead === 'real' ? ` ${f.rival} 모델보다 앞선 것도 우연이 아닙니다.` : '',
    f.lead === 'chance' ? ` ${f.rival} 모델보다 앞선 것은 우연일 수 있습니다.` : '',
  ];
  return clauses.join('');
}

function stands(f: Facts): string {
  const reasons: Record<string, string> = {
    same: `${f.model} itself says “${f.class}” every time`,
    chance: `${f.model} is right in ${f.accuracy}% of ${f.n} unseen rows against ${f.referenceAccuracy}%, which may well be chance`,
    worse: `the best, ${f.model}, is right in ${f.accuracy}% of ${f.n} unseen rows against ${f.referenceAccuracy}%`,
  };
  return `On this series no model beats ${reference(f)}: ${reasons[f.why as string] ?? reasons.worse}.`;
}

function standsKorean(f: Facts): string {
  const reasons: Record<string, string> = {
    same: `${f.model} 모델 자신도 매번 “${f.class}”라고 답합니다.`,
    chance: `${f.model} 모델은 처음 보는 ${f.n}개 행의 ${f.accuracy}%를 맞혔지만(기준 ${f.referenceAccuracy}%) 우연일 수 있습니다.`,
    worse: `가장 나은 ${f.model} 모델이 처음 보는 ${f.n}개 행의 ${f.accuracy}%를 맞혔고, 기준은 ${f.referenceAccuracy}%입니다.`,
  };
  return `이 시계열에서는 어떤 모델도 ${referenceKorean(f)}보다 낫지 않습니다. ${reasons[f.why as string] ?? reasons.worse}`;
}

/** The tasks whose answer is a class: what can be wrong with them, what was chosen, and their verdict. */
export const classMessages = {
  'verdict.class-beats': { en: (f) => only(beats(f)), ko: (f) => only(beatsKorean(f)) },
  'verdict.class-stands': { en: (f) => only(stands(f)), ko: (f) => only(standsKorean(f)) },

  'experiment.text-target': {
    en: (f) => ({
      message: `Column "${f.column}" holds words, and task ${f.task} forecasts numbers.`,
      remedy: `Choose task classify or labelling for it, or a column of numbers: ${f.columns}.`,
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에는 글자가 들어 있는데 ${f.task} 작업은 숫자를 예측합니다.`,
      remedy: `classify나 labelling 작업을 선택하거나 숫자 열을 고르세요: ${f.columns}.`,
    }),
  },
  'experiment.not-labels': {
    en: (f) => ({
      message: `Column "${f.column}" does not hold labels: words, or at most ${f.most} different whole numbers.`,
      remedy: `Choose a column of labels (${f.columns}), or task direction or many-to-one for numbers.`,
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에는 레이블이 없습니다. 레이블은 글자이거나 ${f.most}가지 이하의 정수여야 합니다.`,
      remedy: `레이블 열(${f.columns})을 고르거나, 숫자라면 direction 또는 many-to-one 작업을 선택하세요.`,
    }),
  },
  'experiment.too-many-classes': {
    en: (f) => ({
      message: `Column "${f.column}" has ${f.classes} different labels; at most ${f.most} can be told apart.`,
      remedy: 'Choose another column, or join rare labels in the file.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에는 서로 다른 레이블이 ${f.classes}개 있는데 ${f.most}개까지만 다룰 수 있습니다.`,
      remedy: '다른 열을 선택하거나 드문 레이블을 파일에서 합치세요.',
    }),
  },
  'experiment.one-class': {
    en: (f) => ({
      message: `Every row of the training part has the same class of "${f.column}"${f.class === '' ? '' : `, “${f.class}”`}, so there is nothing to tell apart.`,
      remedy: 'Choose another column, other parts, or for task direction another width of "flat".',
    }),
    ko: (f) => ({
      message: `학습 구간의 모든 행에서 "${f.column}"의 클래스가 ${f.class === '' ? '' : `“${f.class}”로 `}같아 구별할 것이 없습니다.`,
      remedy: '다른 열이나 다른 분할을 선택하고, direction 작업이라면 "flat" 폭을 바꾸세요.',
    }),
  },
  'experiment.no-known-class': {
    en: (f) => ({
      message: `No row of the validation part has a class of "${f.column}" that the training part has too.`,
      remedy: 'Choose other parts.',
    }),
    ko: (f) => ({
      message: `검증 구간에는 학습 구간에 나온 "${f.column}" 클래스가 하나도 없습니다.`,
      remedy: '분할을 바꾸세요.',
    }),
  },
  'experiment.no-label-inputs': {
    en: (f) => ({
      message: `Labelling finds "${f.column}" from other columns, and none is given.`,
      remedy: 'Name columns of numbers with "inputs", or choose task classify, which reads past labels.',
    }),
    ko: (f) => ({
      message: `labelling 작업은 다른 열을 읽고 "${f.column}"을(를) 찾는데 입력 열이 없습니다.`,
      remedy: '"inputs"에 숫자 열을 지정하거나, 과거 레이블을 읽는 classify 작업을 선택하세요.',
    }),
  },
  'experiment.softmax-of-values': {
    en: (f) => ({
      message: `Cross-entropy is the loss of softmax, which makes probabilities of classes; task ${f.task} forecasts numbers.`,
      remedy: 'Choose loss mse, mae, huber or quantile, or task direction, classify or labelling.',
    }),
    ko: (f) => ({
      message: `교차 엔트로피는 클래스의 확률을 만드는 소프트맥스의 손실인데 ${f.task} 작업은 숫자를 예측합니다.`,
      remedy: '손실을 mse, mae, huber, quantile 중에서 고르거나 direction, classify, labelling 작업을 선택하세요.',
    }),
  },
  'experiment.class-option': {
    en: (f) => ({
      message: `Option "${f.option}" cannot be ${f.value} with task ${f.task}, whose answer is a class.`,
      remedy: `Use ${f.without} for "${f.option}", or leave it out.`,
    }),
    ko: (f) => ({
      message: `클래스를 답하는 ${f.task} 작업에는 "${f.option}" 옵션에 ${f.value}을(를) 쓸 수 없습니다.`,
      remedy: `"${f.option}"을(를) ${f.without}(으)로 하거나 비워 두세요.`,
    }),
  },
  'experiment.class-backtest': {
    en: (f) => ({
      message: `There is no backtest of task ${f.task} yet: rolling origins are judged by errors of values.`,
      remedy: 'Use `unroll forecast`, which judges classes on the unseen test part.',
    }),
    ko: (f) => ({
      message: `${f.task} 작업은 아직 백테스트할 수 없습니다. 백테스트는 값의 오차로 평가합니다.`,
      remedy: '처음 보는 시험 구간에서 클래스를 평가하는 `unroll forecast`를 사용하세요.',
    }),
  },

  'plan.classes': {
    en: (f) => only(`Tells ${f.count} classes apart: ${f.classes}.`),
    ko: (f) => only(`${f.count}개 클래스를 구별합니다: ${f.classes}.`),
  },
  'plan.unseen-classes': {
    en: (f) =>
      only(`${f.rows} ${f.rows === 1 ? 'row' : 'rows'} of ${f.part} with ${f.classes}, not learned, count as wrong.`),
    ko: (f) =>
      only(`${partKorean(f)} 구간의 ${f.rows}개 행은 배우지 않은 클래스(${f.classes})라서 틀린 것으로 셉니다.`),
  },
} satisfies Record<string, Entry>;

const partKorean = ({ part }: Facts): string => (part === 'test' ? '시험' : '검증');
