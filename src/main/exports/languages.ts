import { type LanguageCode, languageCode, languageOnnxCode } from '../../core/export/code/language';
import type { Checked, Exported, ExportedFile, ExportFormat } from '../../core/export/formats';
import { describeLanguage, languageText } from '../../core/export/language';
import { languageReadme } from '../../core/export/language-readme';
import { languageMetadata, languageOnnx } from '../../core/export/onnx/language';
import { languageDifference } from '../../core/export/onnx/language-check';
import { encodeModel } from '../../core/export/onnx/schema';
import { validate } from '../../core/export/onnx/validate';
import { weightsFrom } from '../../core/export/weights';
import { Random } from '../../core/nn/random';
import type { TextRecord } from '../../core/text/record';
import type { Datasets } from '../datasets';
import { forecastingEngine } from '../forecasting';
import { startOnnx } from '../onnx';
import { tokensOf } from '../text-data';
import { version } from '../version';
import { languageHtmlExport } from './html';
import { checkMetadata, refuseOther } from './onnx';

/** A language model as its writers are given it. */
export interface LanguageSource {
  record: TextRecord;
  /** The run's own file of weights. */
  weights: Uint8Array;
  /** Where the run's text is found again. */
  datasets: Datasets;
}

/** What there is to take away of a language model. */
export const languageWriters: Partial<Record<ExportFormat, (source: LanguageSource) => Exported | Promise<Exported>>> =
  {
    onnx: onnxExport,
    safetensors: safetensorsExport,
    html: languageHtmlExport,
  };

const file = (ending: string, content: string): ExportedFile => ({ ending, bytes: new TextEncoder().encode(content) });
const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
const programs = (ending: string, { python, javascript }: LanguageCode) => [
  file(`${ending}.py`, python),
  file(`${ending}.mjs`, javascript),
];

/** The weights by PyTorch's names, beside them the vocabulary and all else, and short programs that write with both. */
function safetensorsExport({ record, weights }: LanguageSource): Exported {
  const beside = [file('.json', json(describeLanguage(record))), file('.md', languageReadme(record, 'safetensors'))];
  return {
    files: [{ ending: '.safetensors', bytes: weights }, ...beside, ...programs('', languageCode(record))],
    checked: null,
  };
}

/** The model as one ONNX file, tried in onnxruntime before it is handed over. */
async function onnxExport({ record, weights, datasets }: LanguageSource): Promise<Exported> {
  const { model } = record;
  const flat = weightsFrom(model, weights);
  const described = { version, metadata: languageMetadata(record), text: languageText(record) };
  const bare = languageOnnx(model, flat, described);
  const wrong = validate(bare);
  if (wrong) throw new Error(`the ONNX graph is not sound: ${wrong}`);
  const checked = await tried(record, flat, encodeModel(bare), datasets);
  refuseOther(checked);
  const metadata = { ...described.metadata, ...checkMetadata(checked) };
  const whole = languageOnnx(model, flat, { ...described, metadata });
  const beside = [
    file('.onnx.json', json({ vocabulary: record.vocabulary })),
    file('.onnx.md', languageReadme(record, 'onnx')),
    ...programs('.onnx', languageOnnxCode(record)),
  ];
  return { files: [{ ending: '.onnx', bytes: encodeModel(whole) }, ...beside], checked };
}

/** Stretches of the test part that a file is tried on at most, and characters of each. */
const mostStretches = 40;
const stretchLength = 50;

/** How far the file is from the lab, over stretches of the text's test part where it is to be had; else over chance. */
async function tried(
  record: TextRecord,
  weights: Float32Array,
  bytes: Uint8Array,
  datasets: Datasets,
): Promise<Checked> {
  const { model } = record;
  const test = (await tokensOf(record, datasets))?.subarray(-record.split.test) ?? null;
  const stretches = test ? cut(test) : madeUp(model.O);
  const engine = forecastingEngine(record.kernels);
  const { run, close } = await startOnnx(bytes);
  try {
    const difference = await languageDifference({ engine, model, weights }, stretches, run);
    return { difference, windows: stretches.length, of: test ? 'test' : 'made-up' };
  } finally {
    await close();
    engine.close();
  }
}

/** Evenly over a part, of equal length; one shorter where the part is. */
function cut(part: Int32Array): Int32Array[] {
  const length = Math.min(stretchLength, part.length);
  const count = Math.min(mostStretches, Math.floor(part.length / length));
  const stride = Math.floor(part.length / count);
  return Array.from({ length: count }, (_, n) => part.subarray(n * stride, n * stride + length));
}

function madeUp(V: number): Int32Array[] {
  const random = new Random(1);
  return Array.from({ length: mostStretches }, () =>
    Int32Array.from({ length: stretchLength }, () => Math.floor(random.uniform() * V)),
  );
}
