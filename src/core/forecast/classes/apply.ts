import { formatTime } from '../../data/civil';
import type { Frame, NumberColumn } from '../../data/frame';
import { seriesOf } from '../../data/series';
import { LabError } from '../../errors';
import type { Control, Engine, Weights } from '../../learn/engine';
import type { Series } from '../../protocol';
import type { ClassForecast, RunRecord } from '../../run';
import { type Allowances, onCalendar, refuseMissing, rowsRead, withNames } from '../apply';
import { likeliest, probabilitiesOf } from './judged';
import { labelled } from './labels';
import { judgedSteps, type Layout } from './layout';
import { inputTable } from './lesson';

/** A trained model whose answer is a class. */
export interface TrainedClasses {
  record: Pick<RunRecord, 'model' | 'settings' | 'preparation' | 'dataset' | 'classes'>;
  weights: Weights;
}

/**
 * A model of classes on rows it has not seen: the class of the step after the last row with its probabilities; of labelling the
 * class of every row, whose labels need not be there. On the run's own file its last answer is the run's own.
 * @throws LabError predict.*, data.*, experiment.*
 */
export async function applyClasses(
  { record, weights }: TrainedClasses,
  found: Frame,
  allowed: Allowances,
  engine: Pick<Engine, 'predict'>,
  control: Control,
): Promise<ClassForecast[]> {
  const { settings, preparation, model } = record;
  const names = record.classes!.names;
  const { series, codes, measured } = rowsFor(record, found, allowed);
  const V = names.length;
  const about = { series, settings, preparation, codes, classes: V };
  const none = new Int32Array(0);
  const table = { ...inputTable(about, measured), starts: { train: none, validation: none, test: none } };
  if (table.D !== model.D || V !== model.O) throw new LabError('predict.not-whole', { part: 'D' });
  const lag = Math.max(0, ...preparation.columns.map((column) => column.lag));
  const layout = settings.task === 'labelling' ? everyRow(table, lag) : lastWindow(table);
  const probabilities = await probabilitiesOf(
    { engine, model, weights, lesson: { table, classes: V } },
    layout,
    control,
  );
  return Array.from(likeliest(probabilities, V), (told, i) => {
    const step = layout.rows[i]! - (table.rows - 1);
    const time = series.times?.[layout.rows[i]!] ?? series.future?.[step - 1];
    return {
      step,
      time: time === undefined ? null : formatTime(time, series.dateOnly),
      class: names[told]!,
      probabilities: Array.from(probabilities.subarray(i * V, (i + 1) * V)),
    };
  });
}

interface Rows {
  series: Series;
  /** [rows] of labels by the model's own names; −1 where a row has none of them. */
  codes: Int32Array;
  /** The columns that are read as numbers, as the preparation has them. */
  measured: Float64Array[];
}

function rowsFor(
  { settings, preparation, dataset, classes }: TrainedClasses['record'],
  found: Frame,
  allowed: Allowances,
) {
  const columns = preparation.columns.map(({ name }) => name);
  const past = settings.task === 'classify' ? [settings.target] : [];
  const frame = onCalendar(
    withNames(found, [...past, ...columns], allowed.columns ?? {}),
    dataset.frequency,
    allowed.anyFrequency === true,
  );
  const need = rowsRead({ settings, preparation });
  const missing = allowed.missing ?? settings.missing;
  if (allowed.missing === undefined && missing === 'leave-out') refuseMissing(frame, columns, need);
  const { horizon, season, lookback } = settings;
  const read = past.length > 0 ? labelled(frame, settings.target) : { frame, labels: [] };
  const [target, ...inputs] = [...past, ...columns];
  // a model may read nothing but the calendar
  const counted = target === undefined ? { ...frame, columns: [zeros(settings.target, frame.rows)] } : read.frame;
  const series = seriesOf(counted, { target: target ?? settings.target, inputs, missing, horizon, season });
  const rows = series.values[0]!.length;
  if (rows < need) throw new LabError('predict.too-few-rows', { rows, need, lookback, more: need - lookback });
  const codeOf = read.labels.map((label) => classes!.names.indexOf(label));
  const codes =
    past.length > 0 ? Int32Array.from(series.values[0]!, (code) => codeOf[code] ?? -1) : new Int32Array(rows).fill(-1);
  return { series, codes, measured: series.values.slice(past.length, past.length + columns.length) } satisfies Rows;
}

const zeros = (name: string, rows: number): NumberColumn => ({
  kind: 'number',
  name,
  values: new Float64Array(rows),
  missing: 0,
});

type Asked = Pick<Layout, 'starts' | 'outputs' | 'rows'>;
interface Table {
  rows: number;
  T: number;
  firstStep: number;
}

const lastWindow = ({ rows, T, firstStep }: Table): Asked => ({
  starts: Int32Array.of(rows - T),
  outputs: Int32Array.of(0),
  rows: Int32Array.of(rows - 1 + firstStep),
});

/** Every row from `earliest` on, once, the later half of a window at a time as where labelling is judged; the first window whole. */
function everyRow({ rows, T }: Table, earliest: number): Asked {
  const windows: { start: number; first: number; end: number }[] = [];
  for (let end = rows; end > earliest; end = windows[0]!.first) {
    const start = Math.max(earliest, end - T);
    const first = start === earliest ? earliest : end - judgedSteps(T);
    windows.unshift({ start, first, end });
  }
  const told = windows.flatMap(({ start, first, end }, w) =>
    Array.from({ length: end - first }, (_, i) => ({ row: first + i, output: w * T + first + i - start })),
  );
  return {
    starts: Int32Array.from(windows, ({ start }) => start),
    rows: Int32Array.from(told, ({ row }) => row),
    outputs: Int32Array.from(told, ({ output }) => output),
  };
}
