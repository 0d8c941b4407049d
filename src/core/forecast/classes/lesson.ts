import type { Labels, WindowTable } from '../../data/windows';
import type { CellName, ModelSpec } from '../../nn/model';
import type { Series } from '../../protocol';
import type { ClassBalance, Preparation } from '../../run';
import type { Settings } from '../../settings';
import { calendarFeatures } from '../calendar-features';
import { modelOf } from '../lesson';
import { differenceLag, fitPreparation, prepared, type Scale, type Transform } from '../prepare';
import { type Parts, partsOf, type Rows } from '../split';
import { directionNames, directions, tooRare } from './directions';
import { judgedSteps, type Layouts, layoutsOf } from './layout';

/** Everything the runs of one experiment of classes share. */
export interface ClassLesson {
  series: Series;
  settings: Settings;
  parts: Parts;
  /** Of the columns that are read as numbers. */
  preparation: Preparation;
  /** Labels by their codes: the learned classes first, then those the training part does not have. */
  labels: string[];
  /** V: how many are learned. */
  classes: number;
  /** [rows] −1 where a row has no label. */
  codes: Int32Array;
  /** Rows of each label in what is learned and judged. */
  balance: ClassBalance;
  layouts: Layouts;
  table: WindowTable;
}

/** Prepares a lesson; classes, preparation and weights are fitted on the training part alone. */
export function classLessonOf(
  series: Series,
  settings: Settings,
  parts: Parts = partsOf(series.values[0]!.length, settings),
): ClassLesson {
  const { task, lookback } = settings;
  const { transform, scale } = settings as { transform: Transform; scale: Scale };
  // the label itself is no number that could be scaled
  const from = task === 'direction' ? 0 : 1;
  const columns = series.values.slice(from);
  const request = { transform, scale, season: settings.season, firstStep: 1, lookback, steps: 1 };
  const preparation = fitPreparation(series.names.slice(from), columns, parts.train, request);
  const bare = layoutsOf(parts, settings, differenceLag(request));
  const { codes, labels, classes } = learnedClasses(series, settings, parts, bare);
  const learned = (row: number) => codes[row]! >= 0 && codes[row]! < classes;
  const layouts = task === 'labelling' ? bare : { ...bare, train: keeping(bare.train, learned) };
  const balance = {
    classes: labels,
    train: counted(trainRows(settings, parts, layouts), codes, labels.length),
    validation: counted(layouts.validation.rows, codes, labels.length),
    test: counted(layouts.test.rows, codes, labels.length),
  };
  const lesson = { series, settings, parts, preparation, labels, classes, codes, balance, layouts };
  return { ...lesson, table: tableOf(lesson) };
}

/** The labels of the file by new codes: those there are to learn in the training part first, in their order. */
function learnedClasses(series: Series, settings: Settings, parts: Parts, layouts: Layouts) {
  const target = series.values[0]!;
  const found =
    settings.task === 'direction'
      ? { names: directionNames, codes: directions(target, settings.horizon, settings.flat) }
      : { names: series.labels ?? [], codes: Int32Array.from(target) };
  const rows = trainRows(settings, parts, layouts);
  const counts = counted(rows, found.codes, found.names.length);
  const rare = (code: number) => settings.task === 'direction' && tooRare(code, counts[code]!, rows.length);
  const isLearned = (code: number) => counts[code]! > 0 && !rare(code);
  const old = found.names.map((_, code) => code);
  const order = [...old.filter(isLearned), ...old.filter((code) => !isLearned(code))];
  return {
    labels: order.map((code) => found.names[code]!),
    classes: old.filter(isLearned).length,
    codes: found.codes.map((code) => (code < 0 ? -1 : order.indexOf(code))),
  };
}

/** Rows whose labels are learned, each once. */
function trainRows({ task }: Settings, { train }: Parts, layouts: Layouts): Int32Array {
  if (task !== 'labelling') return layouts.train.rows;
  const first = layouts.train.starts[0] ?? train.first;
  return Int32Array.from({ length: Math.max(0, train.end - first) }, (_, i) => first + i);
}

function counted(rows: Int32Array, codes: Int32Array, labels: number): number[] {
  const counts = Array<number>(labels).fill(0);
  for (const row of rows) if (codes[row]! >= 0) counts[codes[row]!]!++;
  return counts;
}

function keeping(layout: Layouts['train'], keep: (row: number) => boolean): Layouts['train'] {
  const kept = layout.rows.map((_, i) => i).filter((i) => keep(layout.rows[i]!));
  const pick = (values: Int32Array) => kept.map((i) => values[i]!);
  return {
    starts: pick(layout.starts),
    rows: pick(layout.rows),
    outputs: kept.map((_, w) => w),
    known: pick(layout.known),
  };
}

/**
 * What the network reads: of `direction` the target and the extra inputs; of `classify` the label of each row, a column per
 * learned class, and the inputs; of `labelling` the inputs alone, for labels are what it is to find.
 */
export function inputTable(
  {
    series,
    settings,
    preparation,
    codes,
    classes,
  }: Pick<ClassLesson, 'series' | 'settings' | 'preparation' | 'codes' | 'classes'>,
  measured: Float64Array[],
): Omit<WindowTable, 'starts' | 'labels'> {
  const { task, horizon, lookback } = settings;
  const rows = codes.length;
  const columns: ArrayLike<number>[] = measured.map((values, i) => prepared(values, preparation.columns[i]!));
  if (task === 'classify')
    for (let v = 0; v < classes; v++) columns.push(Float32Array.from(codes, (code) => (code === v ? 1 : 0)));
  const calendar = settings.calendar ? calendarFeatures(series, task === 'labelling' ? 0 : horizon) : [];
  columns.push(...calendar);
  const D = columns.length;
  const inputs = new Float32Array(rows * D);
  columns.forEach((column, d) => {
    for (let t = 0; t < rows; t++) inputs[t * D + d] = column[t]!;
  });
  return {
    ...{ rows, D, known: calendar.length, targetColumns: 1, inputs, T: lookback, steps: 1 },
    firstStep: task === 'labelling' ? 0 : horizon,
    centre: preparation.scale === 'window' ? 'last' : 'none',
  };
}

function tableOf({
  series,
  settings,
  preparation,
  codes,
  classes,
  layouts,
  parts,
  balance,
}: Omit<ClassLesson, 'table'>): WindowTable {
  const measured = series.values.slice(settings.task === 'direction' ? 0 : 1);
  const within = ({ first, end }: Rows) =>
    Float32Array.from(codes, (code, row) => (row >= first && row < end && code < classes ? code : -1));
  const labels: Labels = {
    classes,
    train: within(parts.train),
    validation: within(parts.validation),
    validationCount: balance.validation.slice(0, classes).reduce((sum, count) => sum + count, 0),
    weights: classWeights(balance.train.slice(0, classes), settings.classWeights),
    judged: judgedSteps(settings.lookback),
  };
  return {
    ...inputTable({ series, settings, preparation, codes, classes }, measured),
    starts: {
      train: layouts.train.starts,
      validation: layouts.validation.starts,
      test: layouts.test.starts,
    },
    labels,
  };
}

/**
 * `balanced`: n / (V · n(c)), so that every class has the same weight in sum and the mean weight of an example is 1 (King & Zeng
 * 2001; scikit-learn's class_weight='balanced').
 */
export function classWeights(counts: number[], kind: Settings['classWeights']): Float32Array {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count) => (kind === 'balanced' ? n / (counts.length * count) : 1));
}

/** The network a cell name stands for in this lesson: scores of V classes, of the window's end or of every step. */
export function classModelOf(
  cell: CellName,
  { table, settings, classes }: Pick<ClassLesson, 'table' | 'settings' | 'classes'>,
): ModelSpec {
  const model = modelOf(cell, { table, settings });
  return { ...model, O: classes, classes: settings.task === 'labelling' ? 'every' : 'last' };
}
