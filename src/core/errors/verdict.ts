import type { Entry, Facts } from './entry';

/**
 * The verdict's sentences, put together from clauses. "Tomorrow equals today" is how naive is spoken of, but of curves, by
 * `yardstick`: `row-before` or `mean-curve` (forecast/curves.ts). Facts: `skill` in
 * percent; `proven` 0 where windows are too few to test; `ahead` a model whose smaller error may be chance; `also` the other models that beat naive; `lead` real or chance,
 * over `rival`; `simple` better (reliably) or lower, where the baseline has the least error; `why` naive stands.
 */
const only = (message: string) => ({ message, remedy: '' });

const naive = ({ yardstick }: Facts): string =>
  yardstick === 'row-before'
    ? '“the curve of the row before”'
    : yardstick === 'mean-curve'
      ? '“always the mean curve”'
      : '“tomorrow equals today”';
const naiveKorean = ({ yardstick }: Facts): string =>
  yardstick === 'row-before'
    ? '“앞 행의 곡선과 같다”'
    : yardstick === 'mean-curve'
      ? '“언제나 평균 곡선이다”'
      : '“내일은 오늘과 같다”';

function beats(f: Facts): string {
  const clauses = [
    `${f.model} ${f.ahead ? `beats ${naive(f)}` : 'forecasts best'}: over ${f.windows} unseen ${f.windows === 1 ? 'window' : 'windows'} its mean error (${f.mae}) is ${f.skill}% below ${f.ahead ? 'its' : `that of ${naive(f)}`} (${f.naiveMae})`,
    f.proven ? ', more than chance explains' : ', though so few windows cannot rule out chance',
    f.also ? `; ${f.also} ${String(f.also).includes(',') ? 'beat' : 'beats'} it too` : '',
    f.ahead ? `; that of ${f.ahead} is smaller (${f.aheadMae}), which may be chance` : '',
    f.lead === 'real' ? `; the lead over ${f.rival} is real` : '',
    f.lead === 'chance' ? `; the lead over ${f.rival} may be chance` : '',
    f.copy ? '; yet its forecast follows the past with a delay and calls the direction no better than a coin' : '',
    f.simple === 'better'
      ? `; but the simple baseline “${f.baseline}” is reliably better still (${f.baselineMae})`
      : '',
    f.simple === 'lower' ? `; the simple baseline “${f.baseline}” has a smaller one yet (${f.baselineMae})` : '',
  ];
  return `${clauses.join('')}.`;
}

function beatsKorean(f: Facts): string {
  const clauses = [
    `${f.model} 모델의 예측이 ${f.ahead ? '기준보다' : '가장'} 좋습니다. 처음 보는 ${f.windows}개 구간에서 평균 오차(${f.mae})가 ${naiveKorean(f)}(${f.naiveMae})보다 ${f.skill}% 작`,
    f.proven ? '고, 이 차이는 우연으로 설명되지 않습니다.' : '지만, 구간이 적어 우연이 아니라고 하기는 어렵습니다.',
    f.also ? ` ${f.also} 모델도 이 기준보다 낫습니다.` : '',
    f.ahead ? ` ${f.ahead} 모델의 오차(${f.aheadMae})는 더 작지만 우연일 수 있습니다.` : '',
    f.lead === 'real' ? ` ${f.rival} 모델보다 앞선 것도 우연이 아닙니다.` : '',
    f.lead === 'chance' ? ` ${f.rival} 모델보다 앞선 것은 우연일 수 있습니다.` : '',
    f.copy ? ' 다만 예측이 과거를 늦게 따라갈 뿐이고 방향은 동전 던지기보다 잘 맞히지 못합니다.' : '',
    f.simple === 'better'
      ? ` 그러나 단순한 기준 예측 “${f.baseline}”의 오차가 확실히 더 작습니다(${f.baselineMae}).`
      : '',
    f.simple === 'lower' ? ` 단순한 기준 예측 “${f.baseline}”의 오차는 이보다 작습니다(${f.baselineMae}).` : '',
  ];
  return clauses.join('');
}

function stands(f: Facts): string {
  const reasons: Record<string, string> = {
    copy: `${f.model}’s forecast is the last known value, shifted (mean error ${f.mae} against ${f.naiveMae})`,
    chance: `${f.model}’s mean error is ${f.skill}% lower (${f.mae} against ${f.naiveMae}), which may well be chance`,
    worse: `the best, ${f.model}, has a mean error of ${f.mae} against ${f.naiveMae}`,
  };
  // “better” is said of the model's error: a baseline between it and the yardstick is only the best of its kind
  const better = f.behind
    ? `; of the simple baselines “${f.baseline}” errs least (${f.baselineMae})`
    : `; the simple baseline “${f.baseline}” does better (${f.baselineMae})`;
  const simple = f.simple ? better : '';
  return `On ${f.yardstick ? 'these curves' : 'this series'} no model beats ${naive(f)}: ${reasons[f.why as string] ?? reasons.worse}${simple}.`;
}

function standsKorean(f: Facts): string {
  const reasons: Record<string, string> = {
    copy: `${f.model} 모델의 예측은 마지막으로 알려진 값을 뒤로 민 것입니다(평균 오차 ${f.mae}, 기준 ${f.naiveMae}).`,
    chance: `${f.model} 모델의 평균 오차가 ${f.skill}% 작지만(${f.mae}, 기준 ${f.naiveMae}) 우연일 수 있습니다.`,
    worse: `가장 나은 ${f.model} 모델의 평균 오차가 ${f.mae}, 기준은 ${f.naiveMae}입니다.`,
  };
  const better = f.behind
    ? ` 단순한 기준 예측 가운데서는 “${f.baseline}”의 오차가 가장 작습니다(${f.baselineMae}).`
    : ` 단순한 기준 예측 “${f.baseline}”의 오차는 더 작습니다(${f.baselineMae}).`;
  const simple = f.simple ? better : '';
  return `${f.yardstick ? '이 곡선들' : '이 시계열'}에서는 어떤 모델도 ${naiveKorean(f)}를 이기지 못합니다. ${reasons[f.why as string] ?? reasons.worse}${simple}`;
}

export const verdictMessages = {
  'verdict.none': {
    en: () =>
      only('No model finished with finite errors, so there is nothing to compare with “tomorrow equals today”.'),
    ko: () => only('오차가 유한한 모델이 없어 “내일은 오늘과 같다”와 비교할 수 없습니다.'),
  },
  'verdict.beats': { en: (f) => only(beats(f)), ko: (f) => only(beatsKorean(f)) },
  /** Beside a leak demonstration. Facts: model, mae (honest), leakyMae, gain in percent. */
  'verdict.leak': {
    en: (f) =>
      only(
        `With the scaler fitted on all rows and the epoch picked on the test part, ${f.model} would seem to reach a mean error of ${f.leakyMae} instead of ${f.mae}: a gain of ${f.gain}% that no one would see in use.`,
      ),
    ko: (f) =>
      only(
        `스케일러를 모든 행에 맞추고 시험 구간에서 에폭을 고르면 ${f.model} 모델의 평균 오차가 ${f.mae} 대신 ${f.leakyMae}인 것처럼 보입니다. 실제로는 얻을 수 없는 ${f.gain}%의 이득입니다.`,
      ),
  },
  'verdict.naive-stands': { en: (f) => only(stands(f)), ko: (f) => only(standsKorean(f)) },
} satisfies Record<string, Entry>;
