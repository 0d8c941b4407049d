import { curveName } from '../../data/curves';
import { targetsOf } from '../../forecast/targets';
import { shapeOf } from '../../forecast/tasks';
import type { PreparedColumn, RunRecord } from '../../run';
import { ofCurves } from '../../task-kinds';
import { describe, fileName } from '../description';
import { classFeatures } from './classes';
import { aheadRows, endingOf, graphRows } from './model';
import { lagOf } from './preparation';
import type { Proto } from './schema';

/**
 * What the file says of itself, text by name, for whoever has nothing else (docs/onnx.md). `unroll` is the whole description
 * of the run, from which Unroll reads the model back.
 */
export function metadataOf(record: RunRecord): Record<string, string> {
  const { settings, preparation, dataset, split, metrics, model } = record;
  const { judged } = shapeOf(settings);
  const rows = graphRows(record);
  const paired = record.model.classes ? classFeatures(record) : model.D - preparation.columns.length;
  const features = calendarNames(record, paired);
  const curves = ofCurves(settings);
  const ahead = preparation.columns.filter((column) => column.known);
  const known = curves ? [] : ahead;
  return {
    unroll_format: '1',
    run: record.id,
    model: record.name,
    task: settings.task,
    columns: JSON.stringify(namesOf(curves ? ahead : preparation.columns.filter(({ known }) => !known))),
    rows: `${rows}`,
    lookback: `${settings.lookback}`,
    extra_rows: `${rows - settings.lookback}`,
    rows_for_differences: `${lagOf(preparation.columns.filter(({ known }) => !known))}`,
    horizon: `${settings.horizon}`,
    first_step: `${judged.firstStep}`,
    steps: `${judged.steps}`,
    ...(settings.also.length > 0 ? { targets: JSON.stringify(targetsOf(record).map(({ name }) => name)) } : {}),
    ...(known.length > 0 ? { known: JSON.stringify(namesOf(known)) } : {}),
    ...(features.length > 0 ? { calendar: JSON.stringify(features) } : {}),
    ...(known.length + features.length > 0 ? { ahead_rows: `${aheadRows(record)}` } : {}),
    ...(record.classes ? { classes: JSON.stringify(record.classes.names) } : {}),
    transform: preparation.transform,
    scale: preparation.scale,
    frequency: `${dataset.frequency.every} ${dataset.frequency.step}`,
    training_range: `${split.train.start ?? 1} to ${split.train.end ?? split.train.rows}`,
    training_rows: `${split.train.rows}`,
    test_metrics: JSON.stringify(record.classes?.metrics.test ?? metrics.test),
    data_sha256: dataset.sha256,
    settings: JSON.stringify(settings),
    unroll: JSON.stringify(describe(record)),
  };
}

const namesOf = (columns: PreparedColumn[]): string[] => columns.map(({ name }) => name);

/** Names of the calendar's features, two to each angle (forecast/calendar-features.ts). */
function calendarNames({ dataset }: RunRecord, features: number): string[] {
  const { step } = dataset.frequency;
  const seldom = ['week', 'month', 'quarter', 'year'].includes(step);
  const angles = ['year', ...(seldom ? [] : ['week']), 'day'].slice(0, features / 2);
  return angles.flatMap((angle) => [`sin ${angle}`, `cos ${angle}`]);
}

/** One sentence for who opens the file in a viewer. */
export function textOf(record: RunRecord): string {
  const { settings, dataset, name } = record;
  const { judged } = shapeOf(settings);
  const ahead = judged.steps > 1 ? `steps ${judged.firstStep} to ${settings.horizon}` : `step ${settings.horizon}`;
  if (ofCurves(settings))
    return `${name} forecasts the curve ${curveName(settings.outputs)} of ${fileName(dataset.file)} from a row of raw values, in the file's own units.`;
  if (record.model.classes)
    return `${name} tells the class of ${settings.target} of ${fileName(dataset.file)}, ${judged.firstStep > 0 ? `${ahead} after` : 'of every one of'} ${judged.firstStep > 0 ? 'the last of ' : ''}${graphRows(record)} rows of raw values.`;
  const [, ...further] = targetsOf(record);
  const names = [settings.target, ...further.map((one, i) => `${one.name} (outputs ending in ${endingOf(i + 1)})`)];
  return `${name} forecasts ${names.join(', ')} of ${fileName(dataset.file)}, ${ahead} after the last of ${graphRows(record)} rows of raw values; all it is given and gives is in the series' own units.`;
}

/** The text under `key`, if the file has it. */
export const textIn = ({ metadataProps }: Proto<'ModelProto'>, wanted: string): string | null =>
  metadataProps?.find(({ key }) => key === wanted)?.value ?? null;
