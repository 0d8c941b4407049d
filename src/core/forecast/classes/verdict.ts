import { explain } from '../../errors';
import type { CellName } from '../../nn/model';
import type { Baseline, ClassReport, Predictions, Verdict } from '../../run';
import type { Settings } from '../../settings';
import { level } from '../evidence';
import { pairedTest } from '../significance';
import { mean } from '../statistics';
import { judgedSteps } from './layout';

/** 1 where an answer is wrong, 0 where it is right: [n] */
export const errorsOf = ({ values, actual }: Pick<Predictions, 'values' | 'actual'>): Float64Array =>
  values.map((told, i) => (told === actual[i] ? 0 : 1));

/** What a run's answers say against each baseline, row by row. */
export function classEvidence(
  test: Predictions,
  baselines: { name: string; test: Predictions | null }[],
  overlap: number,
): ClassReport['evidence'] {
  return baselines.flatMap(({ name, test: other }) => {
    const found = other && pairedTest(errorsOf(test), errorsOf(other), overlap);
    return found ? [{ name, ...found }] : [];
  });
}

/** One trained model as the verdict sees it. Without `test` two models are not compared beyond their shares of errors. */
export interface ClassContender {
  cell: CellName;
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback'>;
  classes?: ClassReport;
  test?: Predictions | null;
}

interface Group {
  cell: CellName;
  accuracy: number;
  contenders: (ClassContender & { classes: ClassReport })[];
}

/**
 * The answer in one sentence: which model is right most often, and whether it beats the better of "always the commonest class" and "the
 * last known class again" by more than chance explains (Diebold–Mariano on right and wrong, the level shared out among the models
 * tried). That nothing beats always saying "up" is a good answer too.
 */
export function judgeClasses(contenders: ClassContender[], baselines: Baseline[]): Verdict {
  const groups = grouped(contenders);
  const [best, second] = groups;
  const reference = betterOf(baselines);
  if (!best || !reference) return verdict('verdict.none', {}, 'majority', false);
  const { metrics, balance } = best.contenders[0]!.classes;
  const { train } = balance;
  const facts = {
    model: best.cell.toUpperCase(),
    accuracy: percent(best.accuracy),
    reference: reference.name,
    class: balance.classes[train.indexOf(Math.max(...train))] ?? '',
    referenceAccuracy: percent(reference.accuracy),
    n: metrics.test.n,
    balanced: percent(mean(best.contenders.map(({ classes }) => classes.metrics.test.balancedAccuracy ?? 0))),
  };
  const beating = groups.filter((group) => beats(group, reference, groups.length));
  if (!beating.includes(best)) {
    const same = best.contenders.every(({ classes }) => sameAsMajority(classes));
    const why = same ? 'same' : best.accuracy > reference.accuracy ? 'chance' : 'worse';
    return verdict('verdict.class-stands', { ...facts, why }, reference.name, false);
  }
  const also = beating.filter((group) => group !== best).map(({ cell }) => cell.toUpperCase());
  const clauses = {
    proven: proof(best, reference.name) === null ? 0 : 1,
    also: also.join(', '),
    rival: second ? second.cell.toUpperCase() : '',
    lead: second ? (differs(best, second) ? 'real' : 'chance') : '',
  };
  return verdict('verdict.class-beats', { ...facts, ...clauses }, best.cell, true);
}

function verdict(code: string, facts: Verdict['facts'], best: string, beatsNaive: boolean): Verdict {
  return { best, beatsNaive, code, facts, sentence: explain(code, facts).message };
}

/** Cells by falling accuracy, mean over seeds. */
function grouped(contenders: ClassContender[]): Group[] {
  const sound = contenders.flatMap((one) =>
    one.classes && one.classes.metrics.test.accuracy !== null ? [{ ...one, classes: one.classes }] : [],
  );
  const cells = [...new Set(sound.map(({ cell }) => cell))];
  return cells
    .map((cell) => {
      const own = sound.filter((one) => one.cell === cell);
      return { cell, accuracy: mean(own.map(({ classes }) => classes.metrics.test.accuracy!)), contenders: own };
    })
    .sort((a, b) => b.accuracy - a.accuracy);
}

function betterOf(baselines: Baseline[]): { name: string; accuracy: number } | null {
  const known = baselines.flatMap(({ name, classMetrics }) => {
    const accuracy = classMetrics?.test.accuracy;
    return name !== 'coin' && accuracy !== undefined && accuracy !== null ? [{ name, accuracy }] : [];
  });
  return known.length === 0 ? null : known.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
}

/** By more than chance explains, or, where the rows are too few to tell, at all. */
function beats(group: Group, reference: { name: string; accuracy: number }, tried: number): boolean {
  if (!(group.accuracy > reference.accuracy)) return false;
  const p = proof(group, reference.name);
  return p === null || Math.min(1, p * tried) < level;
}

/** The p value against a baseline; of several seeds the median one, so that no single seed decides. */
function proof({ contenders }: Group, baseline: string): number | null {
  const found = contenders.flatMap(({ classes }) =>
    classes.evidence.filter(({ name }) => name === baseline).map(({ p }) => p),
  );
  return found.length < contenders.length ? null : found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)]!;
}

function sameAsMajority({ metrics, balance }: ClassReport): boolean {
  const common = balance.train.indexOf(Math.max(...balance.train));
  return metrics.test.perClass.every(({ predicted }, v) => v === common || predicted === 0);
}

/** Whether the difference between two models means anything. */
function differs(best: Group, second: Group): boolean {
  const [first, other] = [meanErrors(best), meanErrors(second)];
  if (!first || !other) return false;
  const { task, horizon, lookback } = best.contenders[0]!.settings;
  const test = pairedTest(first, other, task === 'labelling' ? judgedSteps(lookback) : horizon);
  return test !== null && 2 * test.p < level;
}

function meanErrors({ contenders }: Group): Float64Array | null {
  const all = contenders.map(({ test }) => (test ? errorsOf(test) : null));
  if (all.includes(null)) return null;
  return all[0]!.map((_, i) => mean(all.map((errors) => errors![i]!)));
}

/** One digit after the point. */
const percent = (share: number): number => Math.round(1000 * share) / 10;
