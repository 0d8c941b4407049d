import type { WindowTable } from '../data/windows';
import { LabError } from '../errors';
import { lessonOf } from '../forecast/lesson';
import { prepared, restored } from '../forecast/prepare';
import { medianAndEdges } from '../forecast/quantiles';
import { shapeOf, startsOf } from '../forecast/tasks';
import { quantilesOf } from '../nn/model';
import type { Series } from '../protocol';
import type { RunRecord } from '../run';
import { classSubjectOf, labelsOf, type SubjectClasses } from './classes';
import type { LookWindow } from './look';
import { timeAt, timeOf } from './times';
import type { Edit, InsideProbe, InsideWindow } from './view';

/** A trained run beside the series it learned: all that windows can be made of. */
export interface Subject {
  record: RunRecord;
  series: Series;
  /** As the run was trained on it. */
  table: WindowTable;
  /** Of a run that forecasts classes. */
  classes?: SubjectClasses;
}

/** A window that was asked for and found. */
export interface Aim {
  at: number;
  lookback: number;
  range: [first: number, last: number];
  /** Of the target whose forecast and loss it is, among the targets. */
  column: number;
}

export function subjectOf(record: RunRecord, series: Series): Subject {
  if (record.model.classes) return classSubjectOf(record, series);
  const { transform, scale } = record.preparation;
  return { record, series, table: lessonOf(series, record.settings, { transform, scale }).table };
}

/** The columns that are read as numbers, the target first unless it is a label. */
function numbersOf({ record, series }: Subject): Pick<Series, 'names' | 'values'> {
  const { task } = record.settings;
  const from = task === 'classify' || task === 'labelling' ? 1 : 0;
  return { names: series.names.slice(from), values: series.values.slice(from) };
}

/** Rows before a window whose values its first differences need. */
const reach = ({ preparation }: RunRecord): number => Math.max(0, ...preparation.columns.map(({ lag }) => lag));

/** Targets that may be asked for: all that share a network, else the first. */
export function targetsOf({ record, series }: Pick<Subject, 'record' | 'series'>): string[] {
  return series.names.slice(0, record.model.sharing?.tasks ?? 1);
}

function columnOf(subject: Pick<Subject, 'record' | 'series'>, target: string | undefined): number {
  if (target === undefined) return 0;
  const targets = targetsOf(subject);
  const column = targets.indexOf(target);
  if (column >= 0) return column;
  throw new LabError('inside.no-target', { run: subject.record.id, target, targets: targets.join(', ') });
}

/** Where the window is. A time is that of a row, or the last row before it. */
export function aimAt(
  { record, series }: Subject,
  { at, lookback = record.settings.lookback, target }: InsideWindow,
): Aim {
  const column = columnOf({ record, series }, target);
  const rows = series.values[0]!.length;
  const { segment } = record.settings;
  const least = Math.max(1, segment);
  const most = rows - reach(record);
  const multiple = Math.max(1, segment);
  if (!Number.isInteger(lookback) || lookback < least || lookback > most || lookback % multiple > 0)
    throw new LabError('inside.lookback', { lookback, least, most: most - (most % multiple), multiple });
  const range: Aim['range'] = [reach(record) + lookback - 1, rows - 1];
  if (series.curve) return aimAtCurve({ record, series }, at);
  const row = at === undefined ? rows - 1 : typeof at === 'number' ? at : rowOf(series, at);
  if (Number.isInteger(row) && row >= range[0] && row <= range[1]) return { at: row, lookback, range, column };
  const [first, last] = range;
  const [start, end] = range.map((edge) => timeAt(series, edge) ?? String(edge)) as [string, string];
  throw new LabError('inside.no-window', { lookback, at: at ?? '', first, last, start, end });
}

/** The row before the curve that `at` lies in; without it, before the open one, or the last. */
function aimAtCurve({ record, series }: Pick<Subject, 'record' | 'series'>, at: InsideWindow['at']): Aim {
  const K = series.curve!;
  const rows = series.values[0]!.length;
  const curves = (series.ahead?.values[0]?.length ?? rows) / K;
  const range: Aim['range'] = [K - 1, (curves - 1) * K - 1];
  const row = at === undefined ? range[1] + 1 : typeof at === 'number' ? at : rowOf(series, at);
  const origin = Math.floor(row / K) * K - 1;
  if (origin >= range[0] && origin <= range[1]) return { at: origin, lookback: 1, range, column: 0 };
  const { lookback } = record.settings;
  const [start, end] = range.map((edge) => timeAt(series, edge + 1) ?? String(edge + 1)) as [string, string];
  throw new LabError('inside.no-window', { lookback, at: at ?? '', first: K, last: range[1] + 1, start, end });
}

/** The row with this time, or the last before it; without dates the row of this number. NaN where there is none. */
function rowOf({ times }: Series, text: string): number {
  if (!times) return Number(text);
  const bare = text.trim().replace(' ', 'T');
  // times of a series have no zone: both sides are read as UTC
  const wanted = Date.parse(/T[\d:.]+$/.test(bare) ? `${bare}Z` : bare);
  if (Number.isNaN(wanted)) return Number.NaN;
  const after = times.findIndex((time) => time > wanted);
  return (after < 0 ? times.length : after) - 1;
}

/** The window as the network reads it, edits made, with the rows after it that its targets are. */
export function windowOf(subject: Subject, { at, lookback, column }: Aim, edits: Edit[] = []): LookWindow {
  const { record, series, table } = subject;
  const { D, firstStep, steps, targetColumns: columns, centre, known } = table;
  const start = series.curve ? startsOf(record.settings)(at) : at - lookback + 1;
  // a roll-out reads what is known of each of its steps
  const { rollout } = shapeOf(record.settings);
  const after = Math.max(firstStep + steps - 1, rollout > 1 ? rollout : 0);
  const judged = at + after < subject.series.values[0]!.length && edits.length === 0;
  const classes = subject.classes && judged ? labelsOf(subject, subject.classes, { at, lookback }) : null;
  // the table has the same number of rows whether the truth is known or not, so that a look finds its memory again
  const values = new Float32Array((lookback + after) * D);
  values.set(table.inputs.subarray(start * D, Math.min(table.rows, start + lookback + after) * D));
  for (const [d, edited] of editedColumns(subject, { at, lookback }, edits)) {
    const x = prepared(edited, record.preparation.columns[d]!).subarray(-lookback);
    for (let t = 0; t < lookback; t++) values[t * D + d] = x[t]!;
  }
  const targets = judged && !subject.classes ? { firstStep, steps } : null;
  return {
    T: lookback,
    table: values,
    centre,
    ...(known ? { known } : {}),
    columns,
    targets,
    ...(record.model.sharing && { only: column }),
    ...(classes && { labels: classes }),
    loss: record.settings.loss,
  };
}

/** Of each edited column its values from as far back as its differences reach, up to the window's last. */
function editedColumns(
  subject: Subject,
  { at, lookback }: Pick<Aim, 'at' | 'lookback'>,
  edits: Edit[],
): Map<number, Float64Array> {
  const { record } = subject;
  const { names, values: columns } = numbersOf(subject);
  const all = new Map<number, Float64Array>();
  const from = at - lookback + 1 - reach(record);
  for (const { step, column, value } of edits) {
    const d = names.indexOf(column);
    // the start sign is no value, and inputs of a curve stand at each of its steps
    if (d < 0 || step >= lookback || subject.series.curve)
      throw new LabError('inside.edit', { step, column, last: lookback - 1, columns: names.join(', ') });
    const values = all.get(d) ?? columns[d]!.slice(from, at + 1);
    values[reach(record) + step] = value;
    all.set(d, values);
  }
  return all;
}

/** The forecast [steps][columns] of the engine in the target's own units, beside the truth where it is known. */
export function forecastOf(
  subject: Subject,
  aim: Aim,
  scaled: Float32Array,
  edits: Edit[] = [],
): InsideProbe['forecast'] {
  if (subject.classes) return [];
  const { record, series, table } = subject;
  const { firstStep, steps } = shapeOf(record.settings).judged;
  const target = series.values[aim.column]!;
  const from = aim.at - aim.lookback + 1 - reach(record);
  const seen = editedColumns(subject, aim, edits).get(aim.column) ?? target.slice(from, aim.at + 1);
  const column = record.preparation.columns[aim.column]!;
  const levels = Array.from({ length: quantilesOf(record.model) }, (_, q) => {
    const own = Float64Array.from(
      { length: steps },
      (_, k) => scaled[(q * steps + k) * table.targetColumns + aim.column]!,
    );
    return restored(own, column, seen, seen.length - 1, firstStep);
  });
  const values = levels.length === 1 ? levels[0]! : medianAndEdges(levels).values;
  return Array.from(values, (value, k) => {
    const row = aim.at + firstStep + k;
    const time = timeOf(series, row);
    const actual = edits.length === 0 ? (target[row] ?? null) : null;
    return { step: firstStep + k, time, value: Number.isFinite(value) ? value : null, actual };
  });
}

/** What the window holds, column by column. */
export function inputsOf(
  subject: Subject,
  aim: Aim,
  { table, centre, known = 0 }: LookWindow,
  edits: Edit[],
): InsideProbe['inputs'] {
  const { series, classes } = subject;
  const { names: columns, values } = numbersOf(subject);
  const { D } = subject.table;
  const { at, lookback } = aim;
  const edited = editedColumns(subject, aim, edits);
  const last = (d: number) => table[(lookback - 1) * D + d]!;
  // a label is read as a column per class
  const labels = subject.record.settings.task === 'classify' ? (classes?.labels.slice(0, classes.learned) ?? []) : [];
  const own = labels.map((label) => `${series.names[0]} = ${label}`);
  const names = [...columns, ...own, ...(series.ahead?.names ?? [])];
  return Array.from({ length: D }, (_, d) => {
    const seen = series.curve
      ? series.ahead!.values[d - 1]?.subarray(at + 1, at + 2)
      : (edited.get(d)?.subarray(-lookback) ?? values[d]?.subarray(at - lookback + 1, at + 1));
    return {
      name: names[d] ?? `calendar ${d - names.length + 1}`,
      values: seen ? Array.from(seen) : null,
      scaled: Array.from(
        { length: lookback },
        (_, t) => table[t * D + d]! - (centre === 'last' && d < D - known ? last(d) : 0),
      ),
    };
  });
}
