import type { Entry, Facts } from '../errors';

/** The verdict's sentences. `skill` is in percent; `naive` is spoken of as "tomorrow equals today". */
const only = (message: string) => ({ message, remedy: '' });

const lead = (f: Facts) =>
  `${f.model} forecasts best: over ${f.windows} unseen windows its mean error (${f.mae}) is ${f.skill} % below that of “tomorrow equals today” (${f.naiveMae})`;
const leadKorean = (f: Facts) =>
  `${f.model} 모델의 예측이 가장 좋습니다. 처음 보는 ${f.windows}개 구간에서 평균 오차(${f.mae})가 “내일은 오늘과 같다”(${f.naiveMae})보다 ${f.skill}% 작`;

export const verdictMessages = {
  'verdict.none': {
    en: () =>
      only('No model finished with finite errors, so there is nothing to compare with “tomorrow equals today”.'),
    ko: () => only('오차가 유한한 모델이 없어 “내일은 오늘과 같다”와 비교할 수 없습니다.'),
  },
  'verdict.beats': {
    en: (f) => only(`${lead(f)}, more than chance explains.`),
    ko: (f) => only(`${leadKorean(f)}고, 이 차이는 우연으로 설명되지 않습니다.`),
  },
  'verdict.best-of-all': {
    en: (f) => only(`${lead(f)}, more than chance explains; its lead over ${f.second} is real too.`),
    ko: (f) => only(`${leadKorean(f)}고, ${f.second} 모델과의 차이도 우연으로 설명되지 않습니다.`),
  },
  'verdict.best-alike': {
    en: (f) => only(`${lead(f)}, more than chance explains; its lead over ${f.second} may be chance.`),
    ko: (f) =>
      only(
        `${leadKorean(f)}고, 이 차이는 우연으로 설명되지 않습니다. 다만 ${f.second} 모델보다 앞선 것은 우연일 수 있습니다.`,
      ),
  },
  'verdict.better-copy': {
    en: (f) =>
      only(`${lead(f)}, yet its forecast follows the past with a delay and calls the direction no better than a coin.`),
    ko: (f) =>
      only(`${leadKorean(f)}지만, 예측이 과거를 늦게 따라갈 뿐이고 방향은 동전 던지기보다 잘 맞히지 못합니다.`),
  },
  'verdict.untested': {
    en: (f) =>
      only(`${lead(f)}; ${f.windows === 1 ? 'one window is' : 'so few windows are'} too little to rule out chance.`),
    ko: (f) => only(`${leadKorean(f)}습니다. 다만 구간이 적어 우연이 아니라고 하기는 어렵습니다.`),
  },
  'verdict.baseline-better': {
    en: (f) =>
      only(
        `The simple baseline “${f.baseline}” forecasts best (mean error ${f.baselineMae}); ${f.model} (${f.mae}) beats “tomorrow equals today” (${f.naiveMae}) but not that.`,
      ),
    ko: (f) =>
      only(
        `단순한 기준 예측 “${f.baseline}”의 평균 오차(${f.baselineMae})가 가장 작습니다. ${f.model} 모델(${f.mae})은 “내일은 오늘과 같다”(${f.naiveMae})보다 낫지만 여기에는 미치지 못합니다.`,
      ),
  },
  'verdict.only-baseline': {
    en: (f) =>
      only(
        `No model beats “tomorrow equals today” on this series (${f.model} ${f.mae}, against ${f.naiveMae}); the simple baseline “${f.baseline}” does (${f.baselineMae}).`,
      ),
    ko: (f) =>
      only(
        `이 시계열에서는 어떤 모델도 “내일은 오늘과 같다”를 이기지 못합니다(${f.model} ${f.mae}, 기준 ${f.naiveMae}). 단순한 기준 예측 “${f.baseline}”은 이깁니다(${f.baselineMae}).`,
      ),
  },
  'verdict.naive-stands': {
    en: (f) =>
      only(
        `On this series no model beats “tomorrow equals today”: the best, ${f.model}, has a mean error of ${f.mae} against ${f.naiveMae}.`,
      ),
    ko: (f) =>
      only(
        `이 시계열에서는 어떤 모델도 “내일은 오늘과 같다”를 이기지 못합니다. 가장 나은 ${f.model} 모델의 평균 오차가 ${f.mae}, 기준은 ${f.naiveMae}입니다.`,
      ),
  },
  'verdict.chance': {
    en: (f) =>
      only(
        `On this series no model reliably beats “tomorrow equals today”: ${f.model}’s mean error is ${f.skill} % lower (${f.mae} against ${f.naiveMae}), which may well be chance.`,
      ),
    ko: (f) =>
      only(
        `이 시계열에서는 어떤 모델도 “내일은 오늘과 같다”를 확실히 이기지 못합니다. ${f.model} 모델의 평균 오차가 ${f.skill}% 작지만(${f.mae}, 기준 ${f.naiveMae}) 우연일 수 있습니다.`,
      ),
  },
  'verdict.copy': {
    en: (f) =>
      only(
        `On this series no model beats “tomorrow equals today”; ${f.model}’s forecast is the last known value, shifted (mean error ${f.mae} against ${f.naiveMae}).`,
      ),
    ko: (f) =>
      only(
        `이 시계열에서는 어떤 모델도 “내일은 오늘과 같다”를 이기지 못합니다. ${f.model} 모델의 예측은 이미 아는 값을 뒤로 민 것입니다(평균 오차 ${f.mae}, 기준 ${f.naiveMae}).`,
      ),
  },
} satisfies Record<string, Entry>;
