import { gates } from '../nn/model';
import { delayOf } from '../text/labelled/lesson';
import type { LabelledRecord } from '../text/labelled/record';
import { fileName } from './description';
import { labelledText } from './labelled';

/** What lies beside an exported model that labels texts, in words. */
export function labelledReadme(record: LabelledRecord, format: 'safetensors' | 'onnx'): string {
  const { dataset, metrics, baselines, split, id, kind } = record;
  const what = kind === 'tagging' ? 'tags' : 'texts';
  const beside = baselines.map(({ name, metrics: own }) => `${name} ${figure(own.test.accuracy)}`).join(', ');
  return `# ${plain(record.name)}, ${kind} of texts by Unroll

${plain(labelledText(record))}

- Trained on ${split.train} texts of \`${plain(fileName(dataset.file))}\` (sha256 \`${dataset.sha256}\`), seed ${record.seed}.
- On ${metrics.test.n} unseen ${what} accuracy ${figure(metrics.test.accuracy)}, macro F1 ${figure(metrics.test.macroF1)}; counting alone reaches ${beside}. Run: \`${id}\`.

## Files
All bear the name of this one.

${format === 'onnx' ? onnxFiles(record) : safetensorsFiles(record)}
## From a text to numbers
${numbersOf(record)}
The programs do all of this, and give the labels and probabilities of \`unroll predict\`:

    python3 NAME${format === 'onnx' ? '.onnx' : ''}.py ${kind === 'tagging' ? '"they walk ."' : '"the soup was good"'}
    node NAME${format === 'onnx' ? '.onnx' : ''}.mjs ${kind === 'tagging' ? '"they walk ."' : '"the soup was good"'}
`;
}

const safetensorsFiles = ({ model, kind }: LabelledRecord) => `\
- \`.safetensors\`: the weights, 32-bit, by PyTorch's names and in its order of gates${model.cell === 'rnn' ? '' : ` (${gates[model.cell]} blocks of rows: ${model.cell === 'lstm' ? 'i, f, g, o' : 'r, z, n'})`}; \`embedding.weight\` has a row per number.
- \`.json\`: everything else: \`lexicon\`, \`labels\`, \`model\`, \`settings\`, \`metrics\`.
- \`.py\`, \`.mjs\`: programs that ${kind === 'tagging' ? 'tag' : 'classify'}, with NumPy and with Node alone.
`;

const onnxFiles = ({ kind, model, settings }: LabelledRecord) => `\
- \`.onnx\`: \`tokens\` int64 [N][T] in, 0 behind a text's end; \`scores\`, \`probabilities\` float ${kind === 'tagging' ? `[N][T − ${settings.delay}]` : '[N]'}[${model.O}] and \`class\`, the likeliest label's place, out. Vocabulary and labels are in the file's metadata. Opset 17; \`docs/onnx.md\` of Unroll.
- \`.onnx.json\`: \`words\`, \`shapes\`, \`labels\` for whoever cannot read the metadata.
- \`.onnx.py\`, \`.onnx.mjs\`: programs that ${kind === 'tagging' ? 'tag' : 'classify'} (pip install onnxruntime numpy; npm install onnxruntime-node).
`;

function numbersOf({ kind, lexicon, settings }: LabelledRecord): string {
  const delay = delayOf(kind, settings);
  const characters = lexicon.unit === 'character';
  const cut = characters
    ? 'Blanks in a row are one, those at the ends none; then every character (code point) is a token.'
    : `A token is a run of letters and digits with apostrophes between them, a letter of a script without blanks, or any other sign${kind === 'tagging' ? '; words that are cut already are taken as they are' : '; the text is put in small letters first'}.`;
  const unknown = characters
    ? '1 stands for any character that is not there.'
    : `A word that is not there goes by its small letters, else by the first of its shapes that is in \`shapes\` (capitals, digits, hyphen and the last three, two or one letters; \`shapesOf\` in the programs), else it is 1.`;
  const long =
    kind === 'tagging'
      ? `Sentences longer than ${settings.length} words go on in a row of their own.${delay > 0 ? ` The tag of a word is said ${delay} later: give the words and ${delay} more, those that follow or 0; row t of the output is that of word t.` : ''}`
      : `The first ${settings.length} tokens are read; the label is said at the last.`;
  return `${cut} Token i of \`words\` has the number ${2 + lexicon.shapes.length} + i${lexicon.shapes.length > 0 ? ', shape i the number 2 + i' : ''}. ${unknown} ${long}\n`;
}

/** Names come from files: one line, nothing that Markdown would take for its own. */
const plain = (text: string): string => text.replaceAll(/[\s`<>|[\]]+/g, ' ').slice(0, 300);
const figure = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
