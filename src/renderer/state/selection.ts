import { type LineLook, looksOf } from '../../core/draw/dashes';
import type { Language } from '../../core/errors';
import type { ComparedRun, RunComparison } from '../../core/forecast/compare';
import { groupOf, namesOf } from '../../core/forecast/compare/differing';
import type { Annotation, RunRecord } from '../../core/run';
import { type ExperimentState, type RunState, runOf } from './training';

/** Under this name runs that were ticked stand on the bench like an experiment of their own. */
export const ticked = 'ticked';

/** Runs ticked in the table, in the order of ticking, and what is known of them side by side. */
export interface Selection {
  runs: string[];
  comparison: RunComparison | null;
}
export const noSelection: Selection = { runs: [], comparison: null };

/** The ticked runs as the bench shows them; what is known of their forecasts already is kept. */
export function benchOf({ runs, comparison }: Selection, records: RunRecord[], known: RunState[]): ExperimentState {
  const found = runs.flatMap((id) => records.find((record) => record.id === id) ?? []);
  const barred = comparison?.objections.find(({ bars }) => bars);
  return {
    experiment: ticked,
    runs: found.map((record) => runOf(record, known.find(({ run }) => run === record.id)?.test ?? null)),
    comparison: comparison && {
      experiment: ticked,
      runs: found,
      baselines: comparison.baselines,
      verdict: comparison.verdict,
    },
    objection: barred ?? null,
  };
}

/** How each run on the bench is drawn, by run: one colour to a model, one dash to a run. */
export function looksOfRuns(runs: RunState[], annotations: Record<string, Annotation>): Map<string, LineLook> {
  const records = runs.flatMap(({ record }) => record ?? []);
  if (records.length === runs.length)
    return looksOf(
      groupsOf(records, annotations, null).map(({ runs: own }) => ({
        cell: own[0]!.record.cell,
        runs: own.map(({ record }) => record.id),
      })),
    );
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  return looksOf(cells.map((cell) => ({ cell, runs: runs.filter((run) => run.cell === cell).map(({ run }) => run) })));
}

/** Finished runs by models with names of their own, as the comparison and the report call them. */
export function groupsOf(records: RunRecord[], annotations: Record<string, Annotation>, language: Language | null) {
  const runs = records.map((record): ComparedRun => {
    return { record, name: annotations[record.id]?.name ?? null, test: null };
  });
  return namesOf(groupOf(runs), language);
}

/** What each run on the bench is called: by its model, and by its seed where a model has several. */
export function namesOfRuns(
  runs: RunState[],
  annotations: Record<string, Annotation>,
  cellName: (run: RunState) => string,
  language: Language,
): Map<string, string> {
  const records = runs.flatMap(({ record }) => record ?? []);
  if (records.length === runs.length)
    return new Map(
      groupsOf(records, annotations, language).flatMap(({ name, runs: own }) =>
        own.map(({ record }) => [record.id, own.length > 1 ? `${name} ${record.seed}` : name] as const),
      ),
    );
  const several = runs.length > new Set(runs.map(({ cell }) => cell)).size;
  return new Map(runs.map((run) => [run.run, several ? `${cellName(run)} ${run.seed}` : cellName(run)]));
}
