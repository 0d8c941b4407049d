import { formatTime, weekdayOf } from '../data/civil';
import { openCurves, rowsToForecast } from '../data/curves';
import type { Frame, Frequency } from '../data/frame';
import { seriesOf } from '../data/series';
import { LabError } from '../errors';
import type { Control, Engine, Weights } from '../learn/engine';
import type { Series } from '../protocol';
import type { ForecastPoint, RunRecord } from '../run';
import type { Settings } from '../settings';
import { ofCurves } from '../task-kinds';
import { modelOf } from './lesson';
import { curvesAfter, pastTheEnd } from './past-the-end';
import { lookingAt, targetsOf } from './targets';
import { windowTable } from './tasks';

/**
 * A trained model on rows it has not seen: the same preparation, network, inverse and bands as in the run it comes from,
 * so that on the run's own file it gives the run's own forecast. What is asked of a new file stands here.
 */
export interface Trained {
  record: Pick<RunRecord, 'model' | 'settings' | 'preparation' | 'bands' | 'targets' | 'dataset'>;
  weights: Weights;
}

/** What the person decided about a file that does not quite fit. */
export interface Allowances {
  /** Column of the model → column of the file that stands for it. */
  columns?: Record<string, string>;
  /** What becomes of rows that miss a value the forecast reads; without, that is refused where the run left such rows out. */
  missing?: Settings['missing'];
  /** Take the rows as they come, however far apart they are. */
  anyFrequency?: boolean;
}

/** Rows that a forecast reads: the window and what its differences reach back to. */
export const rowsRead = ({ settings, preparation }: Pick<RunRecord, 'settings' | 'preparation'>): number =>
  settings.lookback + Math.max(...preparation.columns.map(({ lag }) => lag));

/** What is forecast of one target. */
export interface TargetForecast {
  target: string;
  forecast: ForecastPoint[];
}

/**
 * The forecast of every target after the last row of `frame`, dated on its calendar, with bands.
 * @throws LabError predict.*, data.*
 */
export async function applyModel(
  { record, weights }: Trained,
  frame: Frame,
  allowed: Allowances,
  engine: Pick<Engine, 'predict' | 'rollOut'>,
  control: Control,
): Promise<TargetForecast[]> {
  const { settings, preparation, model } = record;
  if (ofCurves(settings)) {
    const forecast = await applyToRows({ record, weights }, frame, allowed, engine, control);
    return [{ target: preparation.columns[0]!.name, forecast }];
  }
  const series = seriesFor(record, frame, allowed);
  const none = new Int32Array(0);
  const table = windowTable(series, settings, preparation, { train: none, validation: none, test: none });
  const needed = modelOf(model.cell, { table, settings });
  for (const key of ['D', 'H', 'L', 'O', 'segment'] as const)
    if (needed[key] !== model[key]) throw new LabError('predict.not-whole', { part: key });
  const able = { engine, model, weights, lesson: { series, settings, preparation, table } };
  const told: TargetForecast[] = [];
  for (const [column, { name, bands }] of targetsOf(record).entries())
    told.push({ target: name, forecast: await pastTheEnd(lookingAt(able, column), bands, control) });
  return told;
}

/**
 * The curve of every row that has the inputs and no outputs; where there is none, of every row that has the inputs. The steps
 * of each count from 1, and `row` says of which row of the file they are.
 */
async function applyToRows(
  { record, weights }: Trained,
  found: Frame,
  allowed: Allowances,
  engine: Pick<Engine, 'predict' | 'rollOut'>,
  control: Control,
): Promise<ForecastPoint[]> {
  const { settings, preparation, model, bands } = record;
  const names = preparation.columns.flatMap(({ name, known }) => (known ? [name] : []));
  const read = withNames(found, names, allowed.columns ?? {});
  const outputs = found.columns.filter(({ name }) => settings.outputs.includes(name));
  const frame = { ...read, columns: [...read.columns, ...outputs] };
  const choice = { outputs: settings.outputs, inputs: names };
  const rows = rowsToForecast(frame, choice);
  if (rows.length === 0) throw new LabError('predict.no-rows', { columns: names.join(', ') });
  const series = openCurves(frame, choice, rows);
  const none = new Int32Array(0);
  const table = windowTable(series, settings, preparation, { train: none, validation: none, test: none });
  const able = { engine, model, weights, lesson: { series, settings, preparation, table } };
  const points = await curvesAfter(able, rows.length, bands, control);
  return points.map((point, i) => ({ ...point, row: rows[Math.floor(i / settings.horizon)]! + 1 }));
}

/** The columns the model reads, under its own names. */
function seriesFor(record: Trained['record'], found: Frame, allowed: Allowances): Series {
  const { settings, preparation, dataset } = record;
  const names = preparation.columns.map(({ name }) => name);
  const frame = withNames(found, names, allowed.columns ?? {});
  const dated = onCalendar(frame, dataset.frequency, allowed.anyFrequency === true);
  const need = rowsRead(record);
  const { lookback, horizon, season } = settings;
  const missing = allowed.missing ?? settings.missing;
  const [target = '', ...inputs] = preparation.columns.flatMap(({ name, known }) => (known ? [] : [name]));
  const future = preparation.columns.flatMap(({ name, known }) => (known ? [name] : []));
  // where columns are known ahead, rows without target follow the last one
  if (allowed.missing === undefined && missing === 'leave-out' && future.length === 0)
    refuseMissing(dated, names, need);
  const series = seriesOf(dated, { target, inputs, future, missing, horizon, season });
  const rows = series.values[0]!.length;
  if (rows < need) throw new LabError('predict.too-few-rows', { rows, need, lookback, more: need - lookback });
  return series;
}

/** The frame with the model's columns alone, under the model's names. */
export function withNames(frame: Frame, names: string[], given: Record<string, string>): Frame {
  const columns = names.map((name) => {
    const wanted = Object.hasOwn(given, name) ? given[name]! : name;
    const column = frame.columns.find((one) => one.name === wanted);
    if (column) return { ...column, name };
    const near = frame.columns.filter((one) => plain(one.name) === plain(wanted));
    if (near.length === 1) throw new LabError('predict.similar-column', { column: wanted, near: near[0]!.name });
    const columns = frame.columns.flatMap((one) => (one.kind === 'number' ? [one.name] : []));
    throw new LabError('predict.missing-column', { column: wanted, columns: columns.join(', ') });
  });
  return { ...frame, columns };
}

/** What differs by case, spaces, punctuation or the way letters are composed alone is alike. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The frame in the run's frequency. Few trading days in a row look like days, and are taken for what they can be. */
export function onCalendar(frame: Frame, wanted: Frequency, any: boolean): Frame {
  const { frequency, times } = frame;
  const loose = wanted.step === 'index' || wanted.step === 'irregular';
  if (any || loose || (frequency.step === wanted.step && frequency.every === wanted.every)) return frame;
  const weekend = times?.some((time) => weekdayOf(time) === 0 || weekdayOf(time) === 6) ?? true;
  const daily = frequency.every === 1 && (frequency.step === 'day' || frequency.step === 'business-day');
  if (wanted.step === 'business-day' && daily && !weekend) return { ...frame, frequency: wanted };
  throw new LabError('predict.frequency', {
    wanted: wanted.step,
    wantedEvery: wanted.every,
    found: frequency.step,
    foundEvery: frequency.every,
  });
}

/** Rows that miss a value among the last ones, which a forecast would skip without a word. */
export function refuseMissing(frame: Frame, names: string[], need: number): void {
  for (let row = frame.rows - 1; row >= Math.max(0, frame.rows - need); row--) {
    const column = frame.columns.find((one) => one.kind === 'number' && Number.isNaN(one.values[row]!));
    if (!column || !names.includes(column.name)) continue;
    const time = frame.times?.[row];
    const where = time === undefined ? `${row + 1}` : formatTime(time, frame.dateOnly);
    throw new LabError('predict.missing-value', {
      column: column.name,
      where,
      dated: time === undefined ? 0 : 1,
      need,
    });
  }
}
