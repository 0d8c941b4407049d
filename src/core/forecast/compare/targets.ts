import type { RunRecord } from '../../run';
import type { ComparedRun, RunComparison } from '.';

/**
 * A run as it stands with another of its targets, by place: the first is the run itself. What is kept of the first target
 * alone, other ways of use and the leak demonstration, is left out of the others.
 */
export function seenFrom(run: RunRecord, place: number): RunRecord {
  const other = place > 0 ? run.targets?.[place] : undefined;
  if (!other) return run;
  const { name: _, ...judged } = other;
  return { ...run, ...judged, forms: [], leak: null };
}

/** The columns a run forecasts. */
const targetsOf = ({ dataset, targets }: RunRecord): string[] => targets?.map(({ name }) => name) ?? [dataset.target];

/** Runs as they stand with a column that all of them forecast. */
export interface SeenTogether<R extends ComparedRun> {
  runs: R[];
  /** Which columns there are, in the order of the first run. */
  targets: string[];
  /** The one they are seen with; null where there is none. */
  target: string | null;
}

/**
 * Runs of several targets beside others, of as many or of one: by the column asked for, else by the first that all of them
 * forecast. Window by window only forecasts of a run's first target are kept, so that with another there is nothing to test.
 */
export function seenTogether<R extends ComparedRun>(runs: R[], wanted: string | null = null): SeenTogether<R> {
  const [first = [], ...others] = runs.map(({ record }) => targetsOf(record));
  const targets = first.filter((name) => others.every((own) => own.includes(name)));
  const target = targets.find((name) => name === wanted) ?? targets[0] ?? null;
  if (target === null) return { runs, targets, target };
  const seen = runs.map((run): R => {
    const { record } = run;
    if (record.dataset.target === target) return run;
    const dataset = { ...record.dataset, target };
    return { ...run, record: { ...seenFrom(record, targetsOf(record).indexOf(target)), dataset }, test: null };
  });
  return { runs: seen, targets, target };
}

/** Whether nothing could be tested because forecasts with this target are not kept window by window. */
export const isUntested = (
  { tests, verdict }: Pick<RunComparison, 'tests' | 'verdict'>,
  runs: Pick<ComparedRun, 'record'>[],
): boolean => tests.length === 0 && verdict !== null && runs.some(({ record }) => record.targets);
