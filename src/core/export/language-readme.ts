import { gates } from '../nn/model';
import type { TextRecord } from '../text/record';
import { fileName } from './description';
import { languageText } from './language';

/** What lies beside an exported language model, in words. */
export function languageReadme(record: TextRecord, format: 'safetensors' | 'onnx'): string {
  const { dataset, metrics, baselines, split, settings, id } = record;
  const bigram = baselines.find(({ name }) => name === 'bigram')?.metrics.test.nats;
  return `# ${plain(record.name)}, a language model by Unroll

${plain(languageText(record))}

- Trained on ${split.train} characters of \`${plain(fileName(dataset.file))}\` (sha256 \`${dataset.sha256}\`), seed ${record.seed}, chunks of ${settings.tbptt}.
- On ${metrics.test.n} unseen characters ${figure(metrics.test.nats)} nats (${figure(metrics.test.bits)} bits) per character; counting pairs reaches ${figure(bigram)} nats. Run: \`${id}\`.

## Files
All bear the name of this one.

${format === 'onnx' ? onnxFiles(record) : safetensorsFiles(record)}
With the same beginning, length, temperature and seed the programs write the letters of \`unroll sample\`.
`;
}

const safetensorsFiles = ({
  model,
}: TextRecord) => `- \`.safetensors\`: the weights, 32-bit, by PyTorch's names and in its order of gates${model.cell === 'rnn' ? '' : ` (${gates[model.cell]} blocks of rows: ${model.cell === 'lstm' ? 'i, f, g, o' : 'r, z, n'})`}${model.tokens?.embedding === 'learned' ? '; `embedding.weight` has a row per character' : '; the input is one-hot'}.
- \`.json\`: everything else: \`vocabulary\` (a character's place is its number), \`model\`, \`settings\`, \`metrics\`.
- \`.py\`, \`.mjs\`: programs of a few lines that write text.

## Run
    python3 NAME.py "Once " 200 0.8 1      # needs NumPy
    node NAME.mjs "Once " 200 0.8 1        # needs nothing more
`;

const onnxFiles = ({
  model,
}: TextRecord) => `- \`.onnx\`: \`tokens\` int64 [N][T] and states float [${model.L}][N][${model.H}] in (\`h_before\`${model.cell === 'lstm' ? ', `c_before`' : ''}; zeros to begin with), \`logits\` float
  [N][T][${model.O}] and states out (\`h_after\`${model.cell === 'lstm' ? ', `c_after`' : ''}). The vocabulary is in the file's metadata. Opset 17; \`docs/onnx.md\` of Unroll.
- \`.onnx.json\`: the vocabulary for whoever cannot read the metadata.
- \`.onnx.py\`, \`.onnx.mjs\`: programs of a few lines that write text.

## Run
    python3 NAME.onnx.py "Once " 200 0.8 1      # pip install onnxruntime numpy
    node NAME.onnx.mjs "Once " 200 0.8 1        # npm install onnxruntime-node
`;

/** Names come from files: one line, nothing that Markdown would take for its own. */
const plain = (text: string): string => text.replaceAll(/[\s`<>|[\]]+/g, ' ').slice(0, 300);
const figure = (value: number | undefined): string =>
  value === undefined ? '–' : String(Number(value.toPrecision(4)));
