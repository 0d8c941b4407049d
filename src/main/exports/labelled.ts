import { labelledCode, labelledOnnxCode } from '../../core/export/code/labelled';
import { labelledOnnxPython, labelledPython } from '../../core/export/code/labelled-python';
import type { Checked, Exported, ExportedFile, ExportFormat } from '../../core/export/formats';
import { describeLabelled, lexiconFacts } from '../../core/export/labelled';
import { labelledReadme } from '../../core/export/labelled-readme';
import { labelledDescribed, labelledOnnx } from '../../core/export/onnx/labelled';
import { labelledDifference } from '../../core/export/onnx/labelled-check';
import { encodeModel } from '../../core/export/onnx/schema';
import { validate } from '../../core/export/onnx/validate';
import { weightsFrom } from '../../core/export/weights';
import { Random } from '../../core/nn/random';
import { delayOf, type ReadText } from '../../core/text/labelled/lesson';
import type { LabelledRecord } from '../../core/text/labelled/record';
import { tokensOf } from '../../core/text/labelled/words';
import type { Datasets } from '../datasets';
import { forecastingEngine, unhindered } from '../forecasting';
import { startOnnx } from '../onnx';
import { testTexts } from '../text-data';
import { version } from '../version';
import { labelledHtmlExport } from './html';
import { checkMetadata, refuseOther } from './onnx';

/** A model that labels texts as its writers are given it. */
export interface LabelledSource {
  record: LabelledRecord;
  /** The run's own file of weights. */
  weights: Uint8Array;
  /** Where the run's texts are found again. */
  datasets: Datasets;
}

/** What there is to take away of it. */
export const labelledWriters: Partial<Record<ExportFormat, (source: LabelledSource) => Exported | Promise<Exported>>> =
  {
    onnx: onnxExport,
    safetensors: safetensorsExport,
    html: labelledHtmlExport,
  };

const file = (ending: string, content: string): ExportedFile => ({ ending, bytes: new TextEncoder().encode(content) });
const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;

/** The weights by PyTorch's names, beside them vocabulary, labels and all else, and short programs that use both. */
function safetensorsExport({ record, weights }: LabelledSource): Exported {
  return {
    files: [
      { ending: '.safetensors', bytes: weights },
      file('.json', json(describeLabelled(record))),
      file('.md', labelledReadme(record, 'safetensors')),
      file('.py', labelledPython(record)),
      file('.mjs', labelledCode(record)),
    ],
    checked: null,
  };
}

/** The model as one ONNX file, tried in onnxruntime before it is handed over. */
async function onnxExport({ record, weights, datasets }: LabelledSource): Promise<Exported> {
  const { model, kind, settings } = record;
  const flat = weightsFrom(model, weights);
  const described = labelledDescribed(record, version);
  const subject = { model, kind, delay: delayOf(kind, settings) };
  const bare = labelledOnnx(subject, flat, described);
  const wrong = validate(bare);
  if (wrong) throw new Error(`the ONNX graph is not sound: ${wrong}`);
  const checked = await tried(record, flat, encodeModel(bare), datasets);
  refuseOther(checked);
  const metadata = { ...described.metadata, ...checkMetadata(checked) };
  const whole = labelledOnnx(subject, flat, { ...described, metadata });
  return {
    files: [
      { ending: '.onnx', bytes: encodeModel(whole) },
      file('.onnx.json', json(lexiconFacts(record))),
      file('.onnx.md', labelledReadme(record, 'onnx')),
      file('.onnx.py', labelledOnnxPython(record)),
      file('.onnx.mjs', labelledOnnxCode(record)),
    ],
    checked,
  };
}

/** Texts that a file is tried on, and their words or characters together, at most. */
const mostTexts = 200;
const mostTokens = 60_000;

/** How far the file is from the lab, over texts of the test part where they are to be had; else over texts of chance words. */
async function tried(
  record: LabelledRecord,
  weights: Float32Array,
  bytes: Uint8Array,
  datasets: Datasets,
): Promise<Checked> {
  const { kind, lexicon, settings, model } = record;
  const given = await testTexts(record, datasets);
  const most = Math.max(1, Math.min(mostTexts, Math.floor(mostTokens / settings.length)));
  const contents = given?.map((text) => tokensOf(text, settings.input)) ?? madeUp(record, most);
  const stride = Math.ceil(contents.length / most);
  const texts = contents
    .filter((_, i) => i % stride === 0)
    .map((tokens): ReadText => ({ tokens, codes: kind === 'tagging' ? tokens.map(() => -1) : [-1] }));
  const engine = forecastingEngine(record.kernels);
  const { run, close } = await startOnnx(bytes);
  try {
    const learned = { engine, model, weights };
    const difference = await labelledDifference(learned, texts, { kind, lexicon, settings }, unhindered, run);
    return { difference, windows: texts.length, of: given ? 'test' : 'made-up' };
  } finally {
    await close();
    engine.close();
  }
}

/** Of words of the vocabulary, up to half as long again as is read at once. */
function madeUp({ lexicon, settings }: LabelledRecord, count: number): string[][] {
  const random = new Random(1);
  const below = (n: number) => Math.floor(random.uniform() * n);
  const word = () => lexicon.words[below(lexicon.words.length + 1)] ?? '\u{10ffff}';
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(Math.ceil(1.5 * settings.length)) }, () => word()),
  );
}
