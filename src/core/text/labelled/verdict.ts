import { explain } from '../../errors';
import { level } from '../../forecast/evidence';
import { mean } from '../../forecast/statistics';
import type { Verdict } from '../../run';
import type { LabelledRecord } from './record';

/**
 * The answer in one sentence: which network is right most often, and whether it beats the better of the baselines by more than
 * chance explains (the share of wrong labels by text, paired; the level shared out among the networks tried; of several seeds the
 * median p).
 */
export function judgeLabels(records: readonly LabelledRecord[]): Verdict {
  const [first] = records;
  if (!first) throw new Error('nothing to judge');
  const cells = [...new Set(records.map(({ cell }) => cell))];
  const groups = cells
    .map((cell) => {
      const own = records.filter((record) => record.cell === cell);
      return { cell, own, accuracy: mean(own.map(({ metrics }) => metrics.test.accuracy ?? 0)) };
    })
    .sort((a, b) => b.accuracy - a.accuracy);
  const best = groups[0]!;
  const reference = first.baselines
    .map(({ name, metrics }) => ({ name, accuracy: metrics.test.accuracy ?? 0 }))
    .reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const found = best.own.flatMap(({ evidence }) => evidence.filter(({ name }) => name === reference.name));
  const p =
    found.length === best.own.length ? found.map((one) => one.p).sort((a, b) => a - b)[found.length >> 1]! : null;
  const better = best.accuracy > reference.accuracy;
  const beats = better && p !== null && p * groups.length < level;
  const facts = {
    kind: first.kind,
    model: best.cell.toUpperCase(),
    accuracy: percent(best.accuracy),
    reference: reference.name,
    referenceAccuracy: percent(reference.accuracy),
    n: first.metrics.test.n,
    ...(!beats && { why: better ? 'chance' : 'worse' }),
  };
  const code = beats ? 'labels.beats' : 'labels.stands';
  const winner = beats ? best.cell : reference.name;
  return { best: winner, beatsNaive: beats, code, facts, sentence: explain(code, facts).message };
}

/** One digit after the point. */
const percent = (share: number): number => Math.round(1000 * share) / 10;
