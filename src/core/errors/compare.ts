import type { Entry } from './entry';

/** Why runs side by side are not one against the other. Facts: what differs, of which model and of the first. */
const both = (f: Parameters<Entry['en']>[0]) => `${f.first}: ${f.ofFirst}; ${f.model}: ${f.ofModel}`;

export const compareMessages = {
  /** Facts: a run of either kind, by model and task. */
  'compare.classes-with-numbers': {
    en: (f) => ({
      message: `${f.classes} tells classes and ${f.numbers} forecasts numbers: what the one gets wrong cannot be set against what the other does.`,
      remedy: 'Choose runs of one kind.',
    }),
    ko: (f) => ({
      message: `${f.classes} 실행은 클래스를 답하고 ${f.numbers} 실행은 숫자를 예측하므로 오차를 서로 견줄 수 없습니다.`,
      remedy: '같은 종류의 실행만 선택하세요.',
    }),
  },
  'compare.other-data': {
    en: (f) => ({
      message: `The models were not made from the same data (${both(f)}).`,
      remedy: 'Their errors cannot be set against each other; train both on one file.',
    }),
    ko: (f) => ({
      message: `모델을 만든 데이터가 서로 다릅니다(${both(f)}).`,
      remedy: '오차를 견줄 수 없습니다. 같은 파일로 학습하세요.',
    }),
  },
  'compare.other-target': {
    en: (f) => ({
      message: `The models forecast different columns (${both(f)}).`,
      remedy: 'Their errors cannot be set against each other.',
    }),
    ko: (f) => ({
      message: `모델이 예측하는 열이 서로 다릅니다(${both(f)}).`,
      remedy: '오차를 견줄 수 없습니다.',
    }),
  },
  /** Facts also: settings, those that make the windows differ. */
  'compare.other-windows': {
    en: (f) => ({
      message: `The models were not judged on the same windows (${both(f)}).`,
      remedy: f.settings
        ? `Make these settings the same and train again: ${f.settings}.`
        : 'Train them again in one experiment.',
    }),
    ko: (f) => ({
      message: `모델을 평가한 구간이 서로 다릅니다(${both(f)}).`,
      remedy: f.settings ? `다음 설정을 같게 하여 다시 학습하세요: ${f.settings}.` : '한 실험에서 다시 학습하세요.',
    }),
  },
  'compare.other-budget': {
    en: (f) => ({
      message: `The models did not have the same budget: ${f.setting} is not the same (${both(f)}).`,
      remedy: 'A lead may come from that, and not from the model.',
    }),
    ko: (f) => ({
      message: `모델에 들인 예산이 다릅니다. ${f.setting} 값이 서로 다릅니다(${both(f)}).`,
      remedy: '차이가 모델이 아니라 예산에서 왔을 수 있습니다.',
    }),
  },
  'compare.other-seeds': {
    en: (f) => ({
      message: `The models were not trained under the same seeds (${both(f)}).`,
      remedy: 'Part of the difference is luck; train both under the same seeds.',
    }),
    ko: (f) => ({
      message: `모델을 학습한 시드가 서로 다릅니다(${both(f)}).`,
      remedy: '차이의 일부는 우연입니다. 같은 시드로 학습하세요.',
    }),
  },
  'compare.one-seed': {
    en: () => ({
      message: 'Each model was trained under one seed.',
      remedy: 'How much is luck shows with several: set Seeds to 3 or more.',
    }),
    ko: () => ({
      message: '모델마다 시드 하나로만 학습했습니다.',
      remedy: '우연이 얼마나 되는지 보려면 시드 수를 3 이상으로 하세요.',
    }),
  },
  'compare.stopped': {
    en: (f) => ({
      message: `${f.model} was stopped before it was done.`,
      remedy: 'It might have done better; run it again to the end.',
    }),
    ko: (f) => ({
      message: `${f.model} 학습을 끝나기 전에 중지했습니다.`,
      remedy: '더 나아졌을 수 있습니다. 끝까지 다시 실행하세요.',
    }),
  },
  'compare.other-machine': {
    en: (f) => ({
      message: `Training time and speed are not comparable: ${f.setting} is not the same (${both(f)}).`,
      remedy: '',
    }),
    ko: (f) => ({
      message: `학습 시간과 속도는 견줄 수 없습니다. ${f.setting} 값이 서로 다릅니다(${both(f)}).`,
      remedy: '',
    }),
  },
} satisfies Record<string, Entry>;
