import { explain } from '../errors';
import type { CellName } from '../nn/model';
import type { Evidence, Metrics, Predictions, Verdict } from '../run';
import { level, naiveOn, overlap, windowLosses } from './evidence';
import { type PairedTest, pairedTest } from './significance';
import { mean } from './statistics';

/** One trained model as the verdict sees it. Without `test` two models are not compared beyond their mean errors. */
export interface Contender {
  cell: CellName;
  /** What it is called where its cell does not tell it apart; runs of one name are one model under several seeds. */
  called?: string;
  seed: number;
  /** Where it has no memory it is the plain network. */
  model?: { memory?: string };
  metrics: { test: Metrics };
  evidence: Evidence;
  test?: Predictions | null;
}

/** What the verdict needs of a baseline. */
interface Simple {
  name: string;
  metrics: { test: Metrics };
}

/** A model under all its seeds. */
interface Group {
  name: string;
  label: string;
  mae: number;
  copy: boolean;
  contenders: Contender[];
}

/** A baseline counts as better than naive, where no model is, from this share of its error on. */
const clearlyBelow = 0.95;

/**
 * The answer in one sentence, from the test part's numbers: which model has the least mean absolute error, which models
 * beat "tomorrow equals today" by more than chance explains (Diebold–Mariano, the level shared out among the models
 * tried), whether the best one's lead is real and its forecast more than a copy of the past, and whether a simple baseline
 * does better still. Models are compared by their mean over seeds.
 */
export function judge(contenders: Contender[], baselines: Simple[]): Verdict {
  const groups = grouped(contenders);
  const naive = maeOf(baselines.find(({ name }) => name === 'naive'));
  const beating = groups.filter((group) => beatsNaive(group, naive, groups.length));
  // of those that beat it the best; another may have a smaller error by what chance explains
  const best = beating[0] ?? groups[0];
  if (!best) return verdict('verdict.none', {}, 'naive', false);
  const simple = leastBaseline(baselines);
  const facts = {
    model: label(best),
    skill: Math.round(1000 * (1 - best.mae / naive)) / 10,
    mae: short(best.mae),
    naiveMae: short(naive),
    windows: windowsOf(best),
    baseline: simple.name,
    baselineMae: short(simple.mae),
    ...yardstick(baselines),
  };
  if (beating.length === 0) {
    const simpleWins = simple.mae < clearlyBelow * naive;
    const why = best.copy ? 'copy' : best.mae < naive ? 'chance' : 'worse';
    return verdict(
      'verdict.naive-stands',
      { ...facts, why, simple: simpleWins ? 1 : 0, behind: simple.mae >= best.mae ? 1 : 0 },
      simpleWins ? simple.name : 'naive',
      false,
    );
  }
  const proven = againstNaive(best) !== null;
  const ahead = groups[0] === best ? null : groups[0]!;
  const second = ahead ? undefined : groups[1];
  const also = beating.slice(1).map(label);
  const reliably = simple.mae < best.mae && loses(best, simple.name);
  const clauses = {
    ...(ahead && { ahead: label(ahead), aheadMae: short(ahead.mae) }),
    proven: proven ? 1 : 0,
    also: also.join(', '),
    rival: second ? label(second) : '',
    lead: second && proven ? leadOver(best, second) : '',
    copy: best.copy ? 1 : 0,
    simple: simple.mae < best.mae ? (reliably ? 'better' : 'lower') : '',
  };
  return verdict('verdict.beats', { ...facts, ...clauses }, reliably ? simple.name : best.name, true);
}

/** What naive is where curves are judged: those have no drift, and with dates the row before as naive beside the mean curve. */
function yardstick(baselines: Simple[]): { yardstick?: string } {
  const has = (wanted: string) => baselines.some(({ name }) => name === wanted);
  if (has('mean-curve')) return { yardstick: 'row-before' };
  return has('linear') && !has('drift') ? { yardstick: 'mean-curve' } : {};
}

/** By more than chance explains, or, where the windows are too few to tell, at all. */
function beatsNaive(group: Group, naive: number, tried: number): boolean {
  if (!(group.mae < naive)) return false;
  const test = againstNaive(group);
  return test === null || Math.min(1, test.p * tried) < level;
}

/** Whether a baseline is better than the model by more than chance explains, under most of its seeds. */
function loses({ contenders }: Group, baseline: string): boolean {
  const losing = contenders.filter(({ evidence }) => {
    const test = evidence.againstBaselines.find(({ name }) => name === baseline);
    return test !== undefined && 2 * (1 - test.p) < level;
  });
  return losing.length > contenders.length / 2;
}

function windowsOf({ contenders }: Group): number {
  const { test, evidence, metrics } = contenders[0]!;
  return test?.origins.length ?? evidence.againstNaive?.windows ?? metrics.test.n;
}

function verdict(code: string, facts: Record<string, string | number>, best: string, beatsNaive: boolean): Verdict {
  return { best, beatsNaive, code, facts, sentence: explain(code, facts).message };
}

/** Models by rising mean error; runs whose errors are not finite are left out. */
function grouped(contenders: Contender[]): Group[] {
  const sound = contenders.filter(({ metrics }) => metrics.test.mae !== null);
  const nameOf = ({ called, cell, model }: Contender) => called ?? (model?.memory === 'none' ? 'mlp' : cell);
  return [...new Set(sound.map(nameOf))]
    .map((name) => {
      const own = sound.filter((contender) => nameOf(contender) === name);
      return {
        name,
        label: own[0]!.called ?? name.toUpperCase(),
        mae: mean(own.map(({ metrics }) => metrics.test.mae!)),
        copy: own.filter(({ evidence }) => evidence.copy).length > own.length / 2,
        contenders: own,
      };
    })
    .sort((a, b) => a.mae - b.mae);
}

const label = (group: Group): string => group.label;
const maeOf = (baseline: Simple | undefined): number => baseline?.metrics.test.mae ?? Number.NaN;

function leastBaseline(baselines: Simple[]): { name: string; mae: number } {
  const sound = baselines.filter(({ metrics }) => metrics.test.mae !== null);
  const least = sound.reduce((a, b) => (maeOf(b) < maeOf(a) ? b : a), sound[0]!);
  return { name: least?.name ?? 'naive', mae: maeOf(least) };
}

/** Loss in each window, mean over seeds; null unless the forecasts of all runs are there. */
export function meanLosses({ contenders }: { contenders: Pick<Contender, 'test'>[] }): Float64Array | null {
  const all = contenders.map(({ test }) => (test ? windowLosses(test) : null));
  if (all.includes(null)) return null;
  return all[0]!.map((_, w) => mean(all.map((losses) => losses![w]!)));
}

function againstNaive(group: Group): PairedTest | null {
  const { contenders } = group;
  const losses = meanLosses(group);
  if (!losses) {
    // what the runs recorded; of several seeds the median, so that no single one decides
    const found = contenders.flatMap(({ evidence }) => evidence.againstNaive ?? []).toSorted((a, b) => a.p - b.p);
    return found.length < contenders.length ? null : found[Math.floor(found.length / 2)]!;
  }
  const test = contenders[0]!.test!;
  return pairedTest(losses, windowLosses(naiveOn(test)), overlap(test));
}

/** Whether the difference between two models means anything; nothing is said of it where it cannot be tested. */
function leadOver(best: Group, second: Group): 'real' | 'chance' | '' {
  const first = meanLosses(best);
  const other = meanLosses(second);
  if (!first || !other) return '';
  // Two-sided: which of the two is the better one was not known beforehand.
  const test = pairedTest(first, other, overlap(best.contenders[0]!.test!));
  return test !== null && 2 * test.p < level ? 'real' : 'chance';
}

/** Four significant digits, without trailing zeros. */
const short = (value: number): number => Number(value.toPrecision(4));
