import { curvesOf } from '../../core/data/curves';
import { seriesOf } from '../../core/data/series';
import { LabError } from '../../core/errors';
import { onnxCode, onnxFacts, onnxReadme } from '../../core/export/code/onnx';
import type { Checked, Exported, ExportedFile } from '../../core/export/formats';
import { differenceOf, madeUpSeries, type RunGraph } from '../../core/export/onnx/check';
import { classDifference } from '../../core/export/onnx/class-check';
import { metadataOf, textOf } from '../../core/export/onnx/metadata';
import { graphRows, onnxModel } from '../../core/export/onnx/model';
import { encodeModel } from '../../core/export/onnx/schema';
import { validate } from '../../core/export/onnx/validate';
import { weightsFrom } from '../../core/export/weights';
import { classLessonOf } from '../../core/forecast/classes/lesson';
import { planExperiment } from '../../core/forecast/plan';
import { partsOf } from '../../core/forecast/split';
import { originsOf } from '../../core/forecast/tasks';
import type { Engine } from '../../core/learn/engine';
import type { Series } from '../../core/protocol';
import type { RunRecord } from '../../core/run';
import { ofCurves } from '../../core/task-kinds';
import type { Datasets } from '../datasets';
import { forecastingEngine, unhindered } from '../forecasting';
import { startOnnx } from '../onnx';
import { datasetOf } from '../run-data';
import { version } from '../version';
import type { ExportSource } from '.';

/** Further from the lab's own forecasts than this, relative, and a file is not handed over. */
const mostDifference = 1e-4;
/** Windows it is tried on. */
const mostWindows = 200;

/** The model as one ONNX file, tried in onnxruntime before it is handed over. */
export async function onnxExport({ record, weights, datasets }: ExportSource): Promise<Exported> {
  const flat = weightsFrom(record.model, weights);
  const described = { version, metadata: metadataOf(record), text: textOf(record) };
  const bare = onnxModel(record, flat, described);
  const wrong = validate(bare);
  if (wrong) throw new Error(`the ONNX graph is not sound: ${wrong}`);
  const checked = await tried({ record, weights: flat, datasets }, encodeModel(bare));
  refuseOther(checked);
  const whole = onnxModel(record, flat, {
    ...described,
    metadata: { ...described.metadata, ...checkMetadata(checked) },
  });
  const beside = companions(record, described.metadata, described.text);
  return { files: [{ ending: '.onnx', bytes: encodeModel(whole) }, ...beside], checked };
}

/** @throws LabError export.differs */
export function refuseOther({ difference, windows }: Checked): void {
  if (difference <= mostDifference) return;
  throw new LabError('export.differs', {
    format: 'ONNX',
    windows,
    difference: difference.toExponential(1),
    limit: mostDifference.toExponential(0),
  });
}

/** A README and short programs that run the file. */
function companions(record: RunRecord, metadata: Record<string, string>, text: string): ExportedFile[] {
  const code = onnxCode(record);
  const file = (ending: string, content: string) => ({ ending, bytes: new TextEncoder().encode(content) });
  return [
    file('.onnx.json', onnxFacts(metadata, record)),
    file('.onnx.md', onnxReadme(metadata, text, code !== null)),
    ...(code ? [file('.onnx.py', code.python), file('.onnx.mjs', code.javascript)] : []),
  ];
}

export const checkMetadata = ({ difference, windows, of }: Checked) => ({
  checked_difference: difference.toExponential(2),
  checked_windows: `${windows}`,
  checked_on: of === 'test' ? 'windows of the test part' : 'made-up windows',
});

interface Windows {
  series: Series;
  origins: Int32Array;
  of: Checked['of'];
}

interface Source {
  record: RunRecord;
  weights: Float32Array;
  datasets: Datasets;
}

/** How far the file is from the lab, over windows of the run's test part where they are to be had. */
async function tried(source: Source, bytes: Uint8Array): Promise<Checked> {
  const engine = forecastingEngine(source.record.kernels);
  const { run, close } = await startOnnx(bytes);
  try {
    return await (source.record.model.classes ? classesTried : valuesTried)(source, engine, run);
  } finally {
    await close();
    engine.close();
  }
}

async function valuesTried({ record, weights, datasets }: Source, engine: Engine, run: RunGraph): Promise<Checked> {
  const { series, origins, of } = await windowsFor(record, datasets);
  const difference = await differenceOf({ record, weights, engine }, series, origins, unhindered, run);
  return { difference, windows: origins.length, of };
}

/** Labels are not made up: without its file such a run is not taken away. */
async function classesTried({ record, weights, datasets }: Source, engine: Engine, run: RunGraph): Promise<Checked> {
  const { reading } = await datasetOf(record, datasets);
  const { settings, model, kernels } = record;
  const { series } = planExperiment(
    reading.frame!,
    reading.inspection,
    settings,
    { threads: 1, kernels },
    reading.choices,
  );
  const lesson = classLessonOf(series!, settings);
  const { starts } = lesson.layouts.test;
  const stride = Math.ceil(starts.length / mostWindows);
  const some = starts.filter((_, w) => w % stride === 0);
  const difference = await classDifference(record, { engine, model, weights, lesson }, some, unhindered, run);
  return { difference, windows: some.length, of: 'test' };
}

/** Windows of the run's own test part; made up ones where its file is not to be had. */
async function windowsFor(record: RunRecord, datasets: Datasets): Promise<Windows> {
  const rows = graphRows(record);
  const series = await seriesOfRun(record, datasets);
  if (series) {
    const { settings, preparation } = record;
    const parts = partsOf(series.values[0]!.length, settings);
    const test = originsOf(parts, settings, preparation.columns[0]!.lag).test.filter((origin) => origin >= rows - 1);
    const stride = Math.ceil(test.length / mostWindows);
    const origins = test.filter((_, w) => w % stride === 0);
    if (origins.length > 0) return { series, origins, of: 'test' };
  }
  const K = ofCurves(record.settings) ? record.settings.horizon : 1;
  const origins = Int32Array.from({ length: mostWindows }, (_, w) => K * (rows - 1 + w) - (K > 1 ? 1 : 0));
  return { series: madeUpSeries(record, K * (rows - 1 + mostWindows)), origins, of: 'made-up' };
}

async function seriesOfRun(record: RunRecord, datasets: Datasets): Promise<Series | null> {
  const { settings } = record;
  const { target, horizon, season, missing } = settings;
  try {
    const frame = datasets.frameOf(await datasetOf(record, datasets));
    if (ofCurves(settings)) return curvesOf(frame, settings);
    const { columns } = record.preparation;
    const [, ...inputs] = columns.flatMap(({ name, known }) => (known ? [] : [name]));
    const future = columns.flatMap(({ name, known }) => (known ? [name] : []));
    return seriesOf(frame, { target, inputs, future, missing, horizon, season });
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}
