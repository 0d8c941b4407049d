import { explain } from '../errors';
import type { CellName } from '../nn/model';
import type { Baseline, Evidence, PartMetrics, Predictions, Verdict } from '../run';
import { level, naiveOn, windowLosses } from './evidence';
import { type PairedTest, pairedTest } from './significance';
import { mean } from './statistics';

/** One trained model as the verdict sees it. Without `test` two models are not compared beyond their mean errors. */
export interface Contender {
  cell: CellName;
  seed: number;
  metrics: PartMetrics;
  evidence: Evidence;
  test?: Predictions | null;
}

/** A cell under all its seeds. */
interface Group {
  name: string;
  cell: CellName;
  mae: number;
  copy: boolean;
  contenders: Contender[];
}

/** A baseline counts as better than naive, where no model is, from this share of its error on. */
const clearlyBelow = 0.95;

/**
 * The answer in one sentence, from the test part's numbers: which model has the least mean absolute error, whether it
 * beats "tomorrow equals today" by more than chance explains (Diebold–Mariano, the level shared out among the models
 * tried), whether its forecast is a copy of the past, and whether a simple baseline does better still. Models are
 * compared by their mean over seeds.
 */
export function judge(contenders: Contender[], baselines: Baseline[]): Verdict {
  const groups = grouped(contenders);
  const naive = maeOf(baselines.find(({ name }) => name === 'naive'));
  const [best, second] = groups;
  if (!best) return verdict('verdict.none', {}, 'naive', false);
  const simple = leastBaseline(baselines);
  const skill = 1 - best.mae / naive;
  const test = againstNaive(best);
  const p = test ? Math.min(1, test.p * groups.length) : null;
  const facts = {
    model: label(best),
    skill: Math.round(1000 * skill) / 10,
    mae: short(best.mae),
    naiveMae: short(naive),
    windows: best.contenders[0]!.test?.origins.length ?? test?.windows ?? best.contenders[0]!.metrics.test.n,
    p: p === null ? 'none' : short(p),
    baseline: simple.name,
    baselineMae: short(simple.mae),
    second: second ? label(second) : '',
  };
  if (!(skill > 0) || (p !== null && p >= level)) {
    if (simple.mae < clearlyBelow * naive) return verdict('verdict.only-baseline', facts, simple.name, false);
    if (best.copy) return verdict('verdict.copy', facts, 'naive', false);
    return verdict(skill > 0 ? 'verdict.chance' : 'verdict.naive-stands', facts, 'naive', false);
  }
  if (simple.mae < best.mae) return verdict('verdict.baseline-better', facts, simple.name, true);
  if (p === null) return verdict('verdict.untested', facts, best.name, true);
  if (best.copy) return verdict('verdict.better-copy', facts, best.name, true);
  if (second && differs(best, second)) return verdict('verdict.best-of-all', facts, best.name, true);
  return verdict(second ? 'verdict.best-alike' : 'verdict.beats', facts, best.name, true);
}

function verdict(code: string, facts: Record<string, string | number>, best: string, beatsNaive: boolean): Verdict {
  return { best, beatsNaive, code, facts, sentence: explain(code, facts).message };
}

/** Cells by rising mean error; runs whose errors are not finite are left out. */
function grouped(contenders: Contender[]): Group[] {
  const sound = contenders.filter(({ metrics }) => metrics.test.mae !== null);
  const cells = [...new Set(sound.map(({ cell }) => cell))];
  return cells
    .map((cell) => {
      const own = sound.filter((contender) => contender.cell === cell);
      return {
        name: cell,
        cell,
        mae: mean(own.map(({ metrics }) => metrics.test.mae!)),
        copy: own.filter(({ evidence }) => evidence.copy).length > own.length / 2,
        contenders: own,
      };
    })
    .sort((a, b) => a.mae - b.mae);
}

const label = ({ cell }: Group): string => cell.toUpperCase();
const maeOf = (baseline: Baseline | undefined): number => baseline?.metrics.test.mae ?? Number.NaN;

function leastBaseline(baselines: Baseline[]): { name: string; mae: number } {
  const sound = baselines.filter(({ metrics }) => metrics.test.mae !== null);
  const least = sound.reduce((a, b) => (maeOf(b) < maeOf(a) ? b : a), sound[0]!);
  return { name: least?.name ?? 'naive', mae: maeOf(least) };
}

/** Loss in each window, mean over seeds; null unless the forecasts of all runs are there. */
function meanLosses({ contenders }: Group): Float64Array | null {
  const all = contenders.map(({ test }) => (test ? windowLosses(test) : null));
  if (all.includes(null)) return null;
  return all[0]!.map((_, w) => mean(all.map((losses) => losses![w]!)));
}

function againstNaive(group: Group): PairedTest | null {
  const { contenders } = group;
  const losses = meanLosses(group);
  if (!losses) return contenders.length === 1 ? contenders[0]!.evidence.againstNaive : null;
  const test = contenders[0]!.test!;
  return pairedTest(losses, windowLosses(naiveOn(test)), test.firstStep + test.steps - 1);
}

/** Whether the difference between two models means anything. */
function differs(best: Group, second: Group): boolean {
  const first = meanLosses(best);
  const other = meanLosses(second);
  if (!first || !other) return false;
  const { firstStep, steps } = best.contenders[0]!.test!;
  // Two-sided: which of the two is the better one was not known beforehand.
  const test = pairedTest(first, other, firstStep + steps - 1);
  return test !== null && 2 * test.p < level;
}

/** Four significant digits, without trailing zeros. */
const short = (value: number): number => Number(value.toPrecision(4));
