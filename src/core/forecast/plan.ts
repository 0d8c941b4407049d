import { curvesOf } from '../data/curves';
import type { Frame, Inspection, ReadingChoices } from '../data/frame';
import { seriesOf } from '../data/series';
import { LabError, type LabErrorView } from '../errors';
import type { CellName } from '../nn/model';
import { parameterCount } from '../nn/parameters';
import type { ExperimentPlan, Series } from '../protocol';
import type { KernelName, Settings } from '../settings';
import { isClassTask, readsLabels, readsOneRow } from '../task-kinds';
import { calendarFeatures } from './calendar-features';
import { candidatesFor } from './choose';
import { labelled, likelyLabels } from './classes/labels';
import { type ClassPlan, classPlan, lossRefusal, usualWithLabels } from './classes/plan';
import { completeSettings, type Known } from './defaults';
import { modelOf } from './lesson';
import { oneRowRefusal, usualOfOneRow } from './one-row';
import { checkOptions } from './options';
import { differenceLag, takesLogarithm } from './prepare';
import { sharingRefusal } from './sharing/refusal';
import { type Parts, partsOf, type Rows } from './split';
import { originsOf, shapeOf, targetColumns } from './tasks';

export interface Machine {
  threads: number;
  kernels: KernelName;
}

/** A plan with the series it is for; null where the refusals leave no series. */
export interface PlannedExperiment extends ExperimentPlan {
  series: Series | null;
}

/**
 * Completes what a person chose, from the data, and says what prevents a start. Nothing is trained. What is chosen from
 * values is chosen from the training part alone.
 */
export function planExperiment(
  file: Frame,
  inspection: Inspection,
  chosen: Partial<Settings>,
  machine: Machine,
  reading: ReadingChoices = {},
): PlannedExperiment {
  const { sound, refusals } = checkOptions(chosen);
  const labels = readsLabels(sound.task);
  let frame = file;
  const known: Known = {
    values: new Float64Array(0),
    frequency: frame.frequency,
    target: sound.target ?? (labels ? likelyLabels(file) : null) ?? inspection.target ?? '',
    date: inspection.dateColumn,
    reading,
    machine,
  };
  const refused = (more: LabError[]): PlannedExperiment => ({
    settings: completeSettings(sound, known),
    parts: null,
    windows: null,
    parameters: {},
    notes: [],
    refusals: [...refusals, ...more.map((error) => error.view())],
    series: null,
  });
  let names: string[] | undefined;
  try {
    if (labels) ({ frame, labels: names } = labelled(file, known.target));
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    return refused([thrown]);
  }
  const { future = [], also = [], outputs = [] } = sound;
  if (outputs.length > 0) known.target = outputs[0]!;
  const others = numberColumns(frame).filter(
    (name) => name !== known.target && ![...also, ...future, ...outputs].includes(name),
  );
  if (sound.inputs?.join() === 'all' && !others.includes('all')) sound.inputs = others;
  // labels follow from what is measured beside them
  if (labels || outputs.length > 0) sound.inputs ??= others;
  if (sound.inputs) sound.inputs = sound.inputs.filter((name) => !future.includes(name) && !also.includes(name));
  const further = [...also, ...(sound.inputs ?? []), ...future, ...outputs.slice(1)];
  const columns = columnRefusals(frame, known.target, further, sound.task);
  if (columns.length > 0) return refused(columns);
  const usual = { ...(labels ? usualWithLabels : usualOfOneRow(sound)), ...sound };
  let series: Series;
  try {
    series = seriesWith(frame, known.target, { missing: reading.missing, ...usual });
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    return refused([thrown]);
  }
  const settings = completeSettings(usual, { ...known, values: series.values[0]! });
  if (names) series.labels = names;
  const planned = planFor({ ...series, season: settings.season }, settings, usual, refusals);
  if (
    settings.missing === 'interpolate' &&
    frame.columns.some(({ name, missing: gaps }) => series.names.includes(name) && gaps > 0)
  )
    planned.notes.push({ code: 'plan.interpolated', facts: {} });
  return planned;
}

/** The columns that are chosen, as a series, or as curves one after another. */
function seriesWith(frame: Frame, target: string, chosen: Partial<Settings>): Series {
  const { also = [], inputs = [], future = [], outputs = [], missing = 'leave-out', horizon = 1, season = 1 } = chosen;
  if (outputs.length > 0) return curvesOf(frame, { outputs, inputs });
  return seriesOf(frame, { target, inputs: [...also, ...inputs], future, missing, horizon, season });
}

function planFor(
  series: Series,
  settings: Settings,
  chosen: Partial<Settings>,
  refusals: LabErrorView[],
): PlannedExperiment {
  const rows = series.values[0]!.length;
  const parts = partsOf(rows, settings);
  const wrong = seriesRefusals(series, settings, parts);
  const classes = wrong.length === 0 && isClassTask(settings.task) ? classPlan(series, settings, parts) : null;
  wrong.push(...(classes?.refusals ?? []));
  const sound = wrong.length === 0;
  const origins = sound ? originsOf(parts, settings, longestLag(series, settings)) : null;
  const notes = notesOn(settings, chosen, (rows - parts.test.end) / (series.curve ?? 1));
  if (series.curve && !series.times) notes.push({ code: 'plan.file-order', facts: {} });
  const whole = ({ first, end }: Rows): [number, number] => [first, end - first];
  return {
    settings,
    parts: sound ? { train: whole(parts.train), validation: whole(parts.validation), test: whole(parts.test) } : null,
    windows: origins && {
      train: origins.train.length,
      validation: origins.validation.length,
      test: origins.test.length,
    },
    parameters: sound ? parameterCounts(series, settings) : {},
    notes,
    refusals: [...refusals, ...wrong.map((error) => error.view())],
    series,
    ...(classes && sound && ofClasses(classes, notes)),
  };
}

/** A plan's own windows, parameters and notes where the answer is a class. */
const ofClasses = ({ windows, parameters, classes, notes }: ClassPlan, before: ExperimentPlan['notes']) => ({
  ...{ windows, parameters, classes },
  notes: [...before, ...notes],
});

const numberColumns = (frame: Frame): string[] =>
  frame.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);

function columnRefusals(
  frame: Frame,
  target: string,
  inputs: string[],
  task: Settings['task'] = 'many-to-one',
): LabError[] {
  const usable = numberColumns(frame);
  if (usable.length === 0) return [new LabError('experiment.no-number-column')];
  const columns = usable.join(', ');
  const errors: LabError[] = [];
  for (const column of [target, ...inputs]) {
    const found = frame.columns.find(({ name }) => name === column);
    if (!found) errors.push(new LabError('experiment.unknown-column', { column, columns }));
    else if (found.kind === 'text' && column === target)
      errors.push(new LabError('experiment.text-target', { column, columns, task }));
    else if (found.kind !== 'number')
      errors.push(new LabError('experiment.not-a-number-column', { column, columns, kind: found.kind }));
  }
  if (inputs.includes(target)) errors.push(new LabError('experiment.input-is-target', { column: target }));
  return errors;
}

/** The longest difference any preparation in question takes. */
function longestLag(series: Series, settings: Settings): number {
  const { firstStep, steps } = shapeOf(settings);
  const lags = candidatesFor(settings, series).map((choice) =>
    differenceLag({ ...choice, season: settings.season, firstStep, steps, lookback: settings.lookback }),
  );
  return Math.max(...lags);
}

function seriesRefusals(series: Series, settings: Settings, parts: Parts): LabError[] {
  const target = series.values[0]!;
  const { split, splitRows, lookback, horizon, season } = settings;
  const network =
    lossRefusal(settings) ?? oneRowRefusal(settings) ?? sharingRefusal(settings) ?? networkRefusal(settings);
  if (network) return [network];
  const K = series.curve ?? 1;
  const rows = target.length / K;
  if (splitRows && parts.test.end > target.length)
    return [new LabError('experiment.rows-beyond-end', { asked: parts.test.end / K, rows })];
  if (!splitRows && (Math.abs(split[0] + split[1] + split[2] - 1) > 1e-6 || Math.min(...split) <= 0))
    return [new LabError('experiment.shares', { value: split.join(',') })];
  const transform = settings.transform;
  if (transform.includes('seasonal') && season === 1) return [new LabError('experiment.no-season', { transform })];
  const [train, validation, test] = [parts.train, parts.validation, parts.test].map(
    ({ first, end }) => (end - first) / K,
  );
  const needPart = horizon / K;
  const needTrain = longestLag(series, settings) + lookback + needPart;
  const facts = { rows, train: train!, validation: validation!, test: test!, lookback, horizon };
  if (train! < needTrain || validation! < needPart || test! < needPart)
    return [new LabError('experiment.too-short', { ...facts, needTrain, needPart })];
  if (season >= train! * K) return [new LabError('experiment.season-too-long', { season, train: train! })];
  const calendar = calendarRefusal(series, settings);
  if (series.labels || calendar) return calendar ? [calendar] : [];
  const seen = target.subarray(parts.train.first, parts.train.end);
  const lowest = seen.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const column = settings.target;
  if (seen.every((value) => value === seen[0])) return [new LabError('experiment.constant', { column, value: lowest })];
  if (transform !== 'auto' && takesLogarithm(transform) && lowest <= 0)
    return [new LabError('experiment.logarithm', { column, transform, lowest })];
  return [];
}

function calendarRefusal({ times, future }: Series, { calendar }: Settings): LabError | null {
  return calendar && !(times && future) ? new LabError('experiment.no-dates') : null;
}

/** What the network asked for cannot do. */
function networkRefusal({ segment, task, lookback, loss, attention, sampling, also }: Settings): LabError | null {
  const decodes = task === 'seq2seq' || task === 'one-to-many';
  if (loss === 'quantile' && (task === 'autoregressive' || decodes))
    return new LabError('experiment.quantile-fed-back', { task });
  if (task !== 'seq2seq' && attention !== 'none')
    return new LabError('experiment.decoder-only', { option: 'attention', without: 'none', task });
  if (!decodes && task !== 'autoregressive' && sampling > 0) return new LabError('experiment.sampling-task', { task });
  if (also.length > 0 && (segment > 0 || isClassTask(task)))
    return new LabError('experiment.one-target', { task, segment });
  if (segment === 0) return null;
  if (task !== 'many-to-many') return new LabError('experiment.segment-task', { task });
  const below = segment * Math.floor(lookback / segment);
  if (below !== lookback)
    return new LabError('experiment.segment-lookback', { segment, lookback, near: Math.max(segment, below) });
  return null;
}

function parameterCounts(series: Series, settings: Settings): Partial<Record<CellName, number>> {
  const { steps } = shapeOf(settings);
  const past = series.values.length;
  const known = (series.ahead?.names.length ?? 0) + (settings.calendar ? calendarFeatures(series, 1).length : 0);
  return Object.fromEntries(
    settings.models.map((cell) => [
      cell,
      parameterCount(
        modelOf(cell, {
          table: { D: past + known, known, steps, targetColumns: targetColumns(settings, past) },
          settings,
        }),
      ),
    ]),
  );
}

/** What the program chose, for the person to see: only what was left to it. */
function notesOn(settings: Settings, chosen: Partial<Settings>, unused: number): ExperimentPlan['notes'] {
  const { lookback, season, transform, scale } = settings;
  const notes: ExperimentPlan['notes'] = [];
  if (chosen.lookback === undefined && !readsOneRow(settings.task))
    notes.push({ code: 'plan.lookback', facts: { lookback } });
  if (chosen.season === undefined)
    notes.push(season > 1 ? { code: 'plan.season', facts: { season } } : { code: 'plan.no-season', facts: {} });
  if (chosen.transform === undefined || chosen.scale === undefined)
    notes.push({ code: 'plan.preparation', facts: { transform, scale } });
  if (unused > 0) notes.push({ code: 'plan.rows-unused', facts: { rows: unused } });
  return notes;
}
