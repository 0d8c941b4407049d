import { explain } from '../../errors';
import type { CellName } from '../../nn/model';
import type { Baseline, ClassReport, Predictions, Verdict } from '../../run';
import type { Settings } from '../../settings';
import { level } from '../evidence';
import { mean } from '../statistics';
import { overlapOf } from './layout';
import { pairedErrors } from './paired';

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
    const found = other && pairedErrors(errorsOf(test), errorsOf(other), overlap);
    return found ? [{ name, statistic: found.statistic, p: found.p, windows: found.windows }] : [];
  });
}

/** One trained model as the verdict sees it. Without `test` two models are not compared beyond their shares of errors. */
export interface ClassContender {
  cell: CellName;
  /** What it is called where its cell does not tell it apart; runs of one name are one model under several seeds. */
  called?: string;
  settings: Pick<Settings, 'task' | 'horizon' | 'lookback'>;
  classes?: ClassReport;
  test?: Predictions | null;
}

interface Group {
  name: string;
  label: string;
  accuracy: number;
  contenders: (ClassContender & { classes: ClassReport })[];
}

/**
 * The answer in one sentence: which model is right most often, and whether it beats the better of "always the commonest class" and "the
 * last known class again" by more than chance explains (McNemar's test on right and wrong, mean over seeds, in paired.ts; the level
 * shared out among the models tried). That nothing beats always saying "up" is a good answer too.
 */
export function judgeClasses(contenders: ClassContender[], baselines: Baseline[]): Verdict {
  const groups = grouped(contenders);
  const reference = betterBaseline(baselines);
  const beating = reference ? groups.filter((group) => beats(group, reference, groups.length)) : [];
  // of those that beat it the best; another may be right more often by rows that chance explains
  const best = beating[0] ?? groups[0];
  if (!best || !reference) return verdict('verdict.none', {}, 'majority', false);
  const { metrics, balance } = best.contenders[0]!.classes;
  const { train } = balance;
  const facts = {
    model: best.label,
    accuracy: percent(best.accuracy),
    reference: reference.name,
    class: balance.classes[train.indexOf(Math.max(...train))] ?? '',
    referenceAccuracy: percent(reference.accuracy),
    n: metrics.test.n,
    balanced: percent(mean(best.contenders.map(({ classes }) => classes.metrics.test.balancedAccuracy ?? 0))),
  };
  if (beating.length === 0) {
    const same = best.contenders.every(({ classes }) => sameAsMajority(classes));
    const why = same ? 'same' : best.accuracy > reference.accuracy ? 'chance' : 'worse';
    return verdict('verdict.class-stands', { ...facts, why }, reference.name, false);
  }
  const ahead = groups[0] === best ? null : groups[0]!;
  const second = ahead ? undefined : groups[1];
  const also = beating.slice(1).map(({ label }) => label);
  const clauses = {
    ...(ahead && { ahead: ahead.label, aheadAccuracy: percent(ahead.accuracy) }),
    proven: proof(best, reference.name) === null ? 0 : 1,
    also: also.join(', '),
    rival: second ? second.label : '',
    lead: second ? (differs(best, second) ? 'real' : 'chance') : '',
  };
  return verdict('verdict.class-beats', { ...facts, ...clauses }, best.name, true);
}

function verdict(code: string, facts: Verdict['facts'], best: string, beatsNaive: boolean): Verdict {
  return { best, beatsNaive, code, facts, sentence: explain(code, facts).message };
}

/** Models by falling accuracy, mean over seeds. */
function grouped(contenders: ClassContender[]): Group[] {
  const sound = contenders.flatMap((one) =>
    one.classes && one.classes.metrics.test.accuracy !== null ? [{ ...one, classes: one.classes }] : [],
  );
  const nameOf = ({ called, cell }: ClassContender) => called ?? cell;
  return [...new Set(sound.map(nameOf))]
    .map((name) => {
      const own = sound.filter((one) => nameOf(one) === name);
      const accuracy = mean(own.map(({ classes }) => classes.metrics.test.accuracy!));
      return { name, label: own[0]!.called ?? name.toUpperCase(), accuracy, contenders: own };
    })
    .sort((a, b) => b.accuracy - a.accuracy);
}

/** The baseline that counts: majority or persistence, whichever is right more often on the test part. */
export function betterBaseline(baselines: Baseline[]): { name: string; accuracy: number } | null {
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

/**
 * The p value against a baseline, of the mean errors over seeds; without the answers row by row the median one of those that the
 * runs recorded, so that no single seed decides.
 */
function proof({ contenders }: Group, baseline: string): number | null {
  const [first] = contenders;
  const errors = meanErrors(contenders);
  if (errors && first?.test) {
    const reference = referenceErrors(baseline, first.test, first.classes);
    return pairedErrors(errors, reference, overlapOf(first.settings))?.p ?? null;
  }
  const found = contenders.flatMap(({ classes }) =>
    classes.evidence.filter(({ name }) => name === baseline).map(({ p }) => p),
  );
  return found.length < contenders.length ? null : found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)]!;
}

/** What a baseline gets wrong on the rows of a model's answers: [n], as `classBaselines` answers there. */
export function referenceErrors(
  name: string,
  { actual, last }: Predictions,
  { balance, names }: ClassReport,
): Float64Array {
  const learned = balance.train.slice(0, names.length);
  const common = learned.indexOf(Math.max(...learned));
  const values = last.map((code) => (name === 'majority' || code < 0 ? common : code));
  return errorsOf({ values, actual });
}

function sameAsMajority({ metrics, balance }: ClassReport): boolean {
  const common = balance.train.indexOf(Math.max(...balance.train));
  return metrics.test.perClass.every(({ predicted }, v) => v === common || predicted === 0);
}

/** Whether the difference between two models means anything. */
function differs(best: Group, second: Group): boolean {
  const [first, other] = [meanErrors(best.contenders), meanErrors(second.contenders)];
  if (!first || !other) return false;
  const test = pairedErrors(first, other, overlapOf(best.contenders[0]!.settings));
  // two-sided: which of the two is the better one was not known beforehand
  return test !== null && 2 * test.p < level;
}

/** Share of seeds that are wrong, row by row: [n]; null unless the answers of all are there. */
export function meanErrors(contenders: { test?: Predictions | null }[]): Float64Array | null {
  const all = contenders.map(({ test }) => (test ? errorsOf(test) : null));
  if (all.includes(null)) return null;
  return all[0]!.map((_, i) => mean(all.map((errors) => errors![i]!)));
}

/** One digit after the point. */
const percent = (share: number): number => Math.round(1000 * share) / 10;
