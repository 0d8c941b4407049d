import { classWords } from '../../core/export/report/class-words';
import type { ComparedModel, RunComparison } from '../../core/forecast/compare';
import type { ComparedClassScore } from '../../core/forecast/compare/classes';
import type { Baseline, Spread } from '../../core/run';
import type { Workspace } from './workspace.svelte';

/** What models are measured by side by side: a row of the comparison. */
export interface Measure {
  label: string;
  /** What a model's value is, with its spread over seeds. */
  of: (model: ComparedModel) => Spread;
  written: (value: number | null, digits?: number) => string;
  /** The same of a baseline; null where it has none. */
  simple: (baseline: Baseline) => number | null;
  /** Which is best: the smallest, the largest, or none. */
  best: 'least' | 'most' | null;
}

const tellsClasses = ({ models }: RunComparison): boolean => models.some(({ classes }) => classes);

/** Of numbers naive alone stands beside the models, of classes every baseline. */
export const baselinesBeside = (comparison: RunComparison): Baseline[] =>
  comparison.baselines.filter(({ name }) => name === 'naive' || tellsClasses(comparison));

export function measuresOf(comparison: RunComparison, words: Words): Measure[] {
  return [...(tellsClasses(comparison) ? ofClasses(words) : ofNumbers(words)), ...ofTraining(words)];
}
type Words = Pick<Workspace, 't' | 'format'> & { language: Workspace['preferences']['language'] };

function writing({ format }: Words) {
  const percent: Measure['written'] = (value) => format.percent(value, 1);
  return {
    percent,
    plain: (value: number | null, digits = 4) => format.significant(value, digits),
    // a spread, which is given with its digits, has no sign
    gain: (value: number | null, digits?: number) =>
      digits === undefined ? format.signedPercent(value) : percent(value),
  };
}

function ofNumbers(words: Words): Measure[] {
  const { models } = words.t;
  const { percent, plain, gain } = writing(words);
  const row = (
    score: keyof ComparedModel['scores'],
    label: string,
    written: Measure['written'],
    best: Measure['best'],
  ): Measure => ({
    ...{ label, written, best },
    of: ({ scores }) => scores[score],
    simple: ({ metrics }) => metrics.test[score],
  });
  return [
    row('mae', models.mae, plain, 'least'),
    row('rmse', models.rmse, plain, 'least'),
    row('mase', models.mase, plain, 'least'),
    row('skill', models.skill, gain, 'most'),
    row('direction', models.direction, percent, null),
    row('coverage95', models.coverage, percent, null),
  ];
}

function ofClasses(words: Words): Measure[] {
  const { columns } = classWords[words.language];
  const { percent, plain, gain } = writing(words);
  const row = (score: ComparedClassScore, written: Measure['written'], best: Measure['best']): Measure => ({
    ...{ label: columns[score], written, best },
    of: ({ classes }) => classes?.scores[score] ?? { mean: null, deviation: null },
    simple: ({ classMetrics }) => classMetrics?.test[score] ?? null,
  });
  return [
    row('accuracy', percent, 'most'),
    row('balancedAccuracy', percent, 'most'),
    row('macroF1', percent, 'most'),
    row('crossEntropy', plain, 'least'),
    row('skill', gain, 'most'),
  ];
}

/** What training came to; baselines need none. */
function ofTraining({ t, format }: Words): Measure[] {
  const whole = (value: number | null) => format.short(value ?? Number.NaN, 3);
  const row = (label: string, of: Measure['of'], written: Measure['written']): Measure => ({
    ...{ label, of, written, best: null },
    simple: () => null,
  });
  return [
    row(
      t.models.parameters,
      ({ parameters }) => ({ mean: parameters, deviation: null }),
      (value) => format.integer(value ?? 0),
    ),
    row(
      t.compare.seconds,
      ({ seconds }) => seconds,
      (value) => format.duration(value ?? Number.NaN),
    ),
    row(t.compare.speed, ({ samplesPerSecond }) => samplesPerSecond, whole),
    row(t.compare.bestEpoch, ({ bestEpoch }) => bestEpoch, whole),
  ];
}

/** The model that is best by a measure; null where there is nothing to choose. */
export function bestBy({ of, best }: Measure, models: ComparedModel[]): ComparedModel | null {
  const known = models.filter((model) => of(model).mean !== null);
  if (!best || known.length < 2) return null;
  const sign = best === 'least' ? 1 : -1;
  return known.reduce((a, b) => (sign * of(b).mean! < sign * of(a).mean! ? b : a));
}
