import type { ReadingChoices } from '../../core/data/frame';
import { LabError } from '../../core/errors';
import { type Allowances, applyModel, type TargetForecast } from '../../core/forecast/apply';
import { applyClasses } from '../../core/forecast/classes/apply';
import type { ClassForecast, RunRecord } from '../../core/run';
import { isLabelled } from '../../core/text/any-record';
import { toldFields } from '../class-documents';
import { type Dataset, Datasets } from '../datasets';
import { bundledExamples } from '../examples';
import { forecastingEngine, unhindered } from '../forecasting';
import { loadModel } from '../models';
import { isText } from '../store';
import { figure, table } from '../terminal';
import { applyLabels } from './apply-labels';
import { openLab, print, printJson, sourceIn } from './context';
import { readingOf, type Texts } from './options';
import { unanswered } from './perform';

/** `unroll predict MODEL FILE`: the forecast after the last row of FILE. Nothing is trained, nothing stored. */
export async function predict(said: string, file: string, texts: Texts): Promise<number> {
  const { store } = openLab(texts.project as string | undefined);
  const { record, weights } = await loadModel(said, store);
  if (isText(record) && isLabelled(record)) return applyLabels({ record, weights }, file, texts);
  if (isText(record)) throw new LabError('text.no-forecast', { run: record.id });
  const allowed = allowancesOf(texts, record);
  const dataset = await read(file, { ...readingLike(record), ...readingOf(texts) });
  const { frame, inspection } = dataset.reading;
  if (!frame) throw unanswered(inspection.question!, file);
  const engine = forecastingEngine(record.kernels);
  try {
    if (record.classes) {
      const told = await applyClasses({ record, weights }, frame, allowed, engine, unhindered);
      const { names } = record.classes;
      if (texts.json) printJson({ ...document(said, record, dataset, toldFields(names, told)), classes: names });
      else print(classesInWords(record, dataset, told));
      return 0;
    }
    const forecast = await applyModel({ record, weights }, frame, allowed, engine, unhindered);
    if (texts.json)
      printJson({
        ...document(said, record, dataset, forecast[0]!.forecast),
        ...(forecast.length > 1 && { targets: forecast }),
      });
    else print(forecast.map((of) => inWords(record, dataset, of)).join('\n\n'));
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.file !== null) throw thrown;
    throw new LabError(thrown.code, thrown.facts, { file });
  } finally {
    engine.close();
  }
}

function read(file: string, choices: ReadingChoices): Promise<Dataset> {
  const datasets = new Datasets(bundledExamples, () => {});
  return datasets.read(sourceIn(datasets, file), choices, 'cli');
}

/** How the model's own file was read, save what another file may do differently. */
function readingLike({ dataset }: RunRecord): ReadingChoices {
  const { encoding: _, delimiter: __, headerLine: ___, target: ____, ...rest } = dataset.reading;
  return rest;
}

function allowancesOf(texts: Texts, record: RunRecord): Allowances {
  const missing = texts.missing as Allowances['missing'];
  const given = (texts.column ?? []) as unknown as string[];
  return {
    columns: Object.fromEntries(given.map((pair) => standsFor(pair, record))),
    missing,
    anyFrequency: texts.anyFrequency === true,
  };
}

/** `COLUMN=NAME`, where either may hold an equals sign itself. */
function standsFor(pair: string, { preparation }: RunRecord): [string, string] {
  const names = preparation.columns.map(({ name }) => name);
  const column = names.find((name) => pair.startsWith(`${name}=`) && pair.length > name.length + 1);
  if (column !== undefined) return [column, pair.slice(column.length + 1)];
  const allowed = names.map((name) => `${name}=NAME`).join(', ');
  throw new LabError('host.bad-option', { option: 'column', value: pair, allowed });
}

function document(model: string, record: RunRecord, { file, sha256, reading }: Dataset, forecast: object[]) {
  const { rows, frequency, start, end } = reading.inspection;
  const { id, name, cell, settings } = record;
  const { target, lookback, horizon, task, outputs } = settings;
  const curve = outputs.length > 0 ? { outputs } : {};
  return {
    version: 1,
    model: { file: model, run: id, name, cell, target, ...curve, task, lookback, horizon },
    dataset: { file, rows, frequency, start, end, sha256 },
    forecast,
  };
}

/** The last rows that are shown of a class for each. */
const shownRows = 20;

function classesInWords(record: RunRecord, { file, reading }: Dataset, told: ClassForecast[]): string {
  const { rows, end } = reading.inspection;
  const { names } = record.classes!;
  const lines = told
    .slice(-shownRows)
    .map((one) => [one.time ?? `${one.step > 0 ? '+' : ''}${one.step}`, one.class, ...one.probabilities.map(figure)]);
  return [
    `${record.settings.target} by ${record.name}, ${told.length > 1 ? 'of the rows up to' : 'after'} ${end ?? `row ${rows}`} of ${file}:`,
    ...(told.length > shownRows ? [`The last ${shownRows} of ${told.length}; all with --json.`] : []),
    table(['time', 'class', ...names.map((name) => `p(${name})`)], lines),
  ].join('\n');
}

function inWords(
  { name, settings }: RunRecord,
  { file, reading }: Dataset,
  { target, forecast }: TargetForecast,
): string {
  const { rows, end } = reading.inspection;
  const lines = forecast.map((p) => [
    `${p.row && !p.time ? `row ${p.row} ` : ''}${p.time ?? `+${p.step}`}`,
    ...[p.value, p.lower80, p.upper80, p.lower95, p.upper95].map(figure),
  ]);
  return [
    settings.outputs.length > 0
      ? `${target} by ${name}, for the rows of ${file} without it:`
      : `${target} by ${name}, after ${end ?? `row ${rows}`} of ${file}:`,
    table(['time', 'forecast', '80% from', 'to', '95% from', 'to'], lines),
  ].join('\n');
}
