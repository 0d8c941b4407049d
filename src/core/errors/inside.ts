import type { Entry } from './entry';

/** A factor that may have any number of digits: 2.9e16. */
const short = (factor: unknown) => (Number(factor) < 1e6 ? factor : Number(factor).toExponential().replace('e+', 'e'));

/** What can be wrong with a look into a network. */
export const insideMessages = {
  'inside.no-window': {
    en: (f) => ({
      message: `No window of ${f.lookback} steps ends at "${f.at}".`,
      remedy: `Windows of this length end at rows ${f.first} to ${f.last} (${f.start} to ${f.end}).`,
    }),
    ko: (f) => ({
      message: `"${f.at}"에서 끝나는 길이 ${f.lookback}의 입력 구간이 없습니다.`,
      remedy: `이 길이의 구간은 ${f.first}~${f.last}행(${f.start}~${f.end})에서 끝날 수 있습니다.`,
    }),
  },
  'inside.lookback': {
    en: (f) => ({
      message: `A window of ${f.lookback} steps does not fit: this run's series has room for ${f.least} to ${f.most}${Number(f.multiple) > 1 ? `, in multiples of ${f.multiple}` : ''}.`,
      remedy: 'Ask for another length.',
    }),
    ko: (f) => ({
      message: `길이 ${f.lookback}의 입력 구간은 쓸 수 없습니다. 이 실행에서는 ${f.least}~${f.most}${Number(f.multiple) > 1 ? ` 범위의 ${f.multiple}의 배수` : ''}만 가능합니다.`,
      remedy: '다른 길이를 지정하세요.',
    }),
  },
  'inside.no-epoch': {
    en: (f) => ({
      message: `The weights of epoch ${f.epoch} were not kept with run "${f.run}".`,
      remedy: `Kept are the best, ${f.best}${f.epochs ? `, and ${f.epochs}` : ''}.`,
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행에는 에포크 ${f.epoch}의 가중치가 보관되어 있지 않습니다.`,
      remedy: `보관된 에포크: 최적 ${f.best}${f.epochs ? `, 그 밖에 ${f.epochs}` : ''}.`,
    }),
  },
  'inside.no-target': {
    en: (f) => ({
      message: `Inside run "${f.run}" no target is called "${f.target}".`,
      remedy: `Choose ${f.targets}.`,
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행의 내부에서 볼 수 있는 대상 중에 "${f.target}"이(가) 없습니다.`,
      remedy: `다음에서 고르세요: ${f.targets}.`,
    }),
  },
  'inside.edit': {
    en: (f) => ({
      message: `Step ${f.step} of column "${f.column}" cannot be changed: the window has steps 0 to ${f.last} of ${f.columns}.`,
      remedy: 'Change one of those.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열의 ${f.step}번째 시점은 바꿀 수 없습니다. 구간에는 ${f.columns}의 0~${f.last}번째 시점이 있습니다.`,
      remedy: '그중에서 바꾸세요.',
    }),
  },
  'inside.no-data': {
    en: (f) => ({
      message: `The data of run "${f.run}" is not open: "${f.file}" came through a browser, and nobody kept where it lies.`,
      remedy: 'Open the file again.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행의 데이터가 열려 있지 않습니다. "${f.file}" 파일은 브라우저로 받아 위치를 알 수 없습니다.`,
      remedy: '파일을 다시 열어 주세요.',
    }),
  },
  'inside.too-large': {
    en: (f) => ({
      message: `A window of ${f.lookback} steps through ${f.hidden} units is more than can be shown at once.`,
      remedy: `Look at no more than ${f.most} steps.`,
    }),
    ko: (f) => ({
      message: `은닉 유닛 ${f.hidden}개를 ${f.lookback}시점에 걸쳐 한꺼번에 보여 줄 수 없습니다.`,
      remedy: `${f.most}시점 이하로 보세요.`,
    }),
  },
  'health.vanishing': {
    en: (f) => ({
      message: `Gradients die after ${f.steps} steps of ${f.lookback}: what lies further back teaches this RNN nothing.`,
      remedy: `An LSTM or GRU${f.init === 'orthogonal' ? '' : ', orthogonal weights'} or a lookback nearer to ${f.steps} would help.`,
    }),
    ko: (f) => ({
      message: `기울기가 ${f.lookback}시점 중 ${f.steps}시점 만에 소실됩니다. 그보다 먼 과거는 이 RNN이 배우지 못합니다.`,
      remedy: `LSTM이나 GRU${f.init === 'orthogonal' ? '' : ', 직교 가중치'}를 쓰거나 되돌아볼 구간을 ${f.steps}에 가깝게 줄여 보세요.`,
    }),
  },
  'health.vanishing-gated': {
    en: (f) => ({
      message: `Gradients die after ${f.steps} steps of ${f.lookback}: this ${String(f.cell).toUpperCase()} uses little of what lies further back.`,
      remedy: `A lookback nearer to ${f.steps} would do, and train faster; attention reaches further.`,
    }),
    ko: (f) => ({
      message: `기울기가 ${f.lookback}시점 중 ${f.steps}시점 만에 소실됩니다. 이 ${String(f.cell).toUpperCase()}은(는) 그보다 먼 과거를 거의 쓰지 않습니다.`,
      remedy: `되돌아볼 구간을 ${f.steps}에 가깝게 줄이면 더 빨리 학습합니다. 더 멀리 보려면 어텐션을 쓰세요.`,
    }),
  },
  'health.exploding': {
    en: (f) => ({
      message: `Gradients explode: over ${f.lookback} steps back they grow ${short(f.times)} times.`,
      remedy:
        f.memory === 'after'
          ? 'Let memory enter before the activation, clip at 1, or lower the learning rate.'
          : 'Clip at 1, lower the learning rate, or use tanh, orthogonal weights or truncation.',
    }),
    ko: (f) => ({
      message: `기울기가 폭발합니다. ${f.lookback}시점을 거슬러 가는 동안 ${short(f.times)}배로 커집니다.`,
      remedy:
        f.memory === 'after'
          ? '기억을 활성화 앞에 넣거나, 기울기를 1로 제한하거나, 학습률을 낮춰 보세요.'
          : '기울기를 1로 제한하거나 학습률을 낮추고, tanh, 직교 가중치, 역전파 단계 제한을 써 보세요.',
    }),
  },
  'health.not-finite': {
    en: (f) => ({
      message: `The ${f.what} stopped being finite in epoch ${f.epoch}: values grew beyond all bounds.`,
      remedy: 'Lower the learning rate, clip at 1, or use tanh in place of ReLU.',
    }),
    ko: (f) => ({
      message: `에포크 ${f.epoch}에서 ${f.what === 'loss' ? '손실' : '기울기'}이(가) 유한한 값을 벗어났습니다. 값이 한없이 커졌기 때문입니다.`,
      remedy: '학습률을 낮추거나 기울기를 1로 제한하고, ReLU 대신 tanh를 써 보세요.',
    }),
  },
  'health.saturated': {
    en: (f) => ({
      message: `${f.share}% of the states are saturated: their gradients are next to nothing.`,
      remedy: 'Scale the inputs, lower the learning rate, or use tanh in place of sigmoid.',
    }),
    ko: (f) => ({
      message: `상태의 ${f.share}%가 포화되어 기울기가 거의 전달되지 않습니다.`,
      remedy: '입력 크기를 조정하거나 학습률을 낮추고, sigmoid 대신 tanh를 써 보세요.',
    }),
  },
  'health.dead-units': {
    en: (f) => ({
      message: `${f.share}% of the ReLU units are at zero: they neither remember nor learn.`,
      remedy: 'Lower the learning rate, or use tanh.',
    }),
    ko: (f) => ({
      message: `ReLU 유닛의 ${f.share}%가 0에 머물러 기억도 학습도 하지 못합니다.`,
      remedy: '학습률을 낮추거나 tanh를 써 보세요.',
    }),
  },
} satisfies Record<string, Entry>;
