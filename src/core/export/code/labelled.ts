import type { LabelledRecord } from '../../text/labelled/record';
import { wordSource } from '../../text/labelled/words';
import { cellOf, loading } from './javascript';

/** Short programs that label the texts they are given, with the labels and probabilities of `unroll predict`. */
const usage = ({ kind }: LabelledRecord) =>
  `node THIS.mjs TEXT… ${kind === 'tagging' ? 'tags the words of each sentence' : 'tells the class of each text'}.`;

/** From a text to numbers, as text/labelled/words.ts and lexicon.ts do it. */
function reading({ kind, lexicon, settings }: LabelledRecord): string {
  const pattern = `const wordPattern = new RegExp(${JSON.stringify(wordSource)}, 'gu');\n`;
  const tokens =
    lexicon.unit === 'character'
      ? "const tokensOf = (text) => [...text.replace(/\\s+/gu, ' ').trim()];\n"
      : `${pattern}const tokensOf = (text) => text${kind === 'classification' ? '.toLowerCase()' : ''}.match(wordPattern) ?? [];\n`;
  return `// from a text to numbers: 0 behind its end, 1 unknown, then shapes of unknown words, then words
const { shapes, words } = lexicon;
const [ofShape, ofWord] = [new Map(), new Map()];
shapes.forEach((shape, i) => ofShape.set(shape, 2 + i));
words.forEach((word, i) => ofWord.set(word, 2 + shapes.length + i));
${tokens}function shapesOf(word) {
  const letters = word.replace(/[^\\p{L}\\p{M}]/gu, '');
  if (letters === '') return [/\\p{N}/u.test(word) ? 'digits' : 'signs'];
  const [small, large] = [letters.toLowerCase(), letters.toUpperCase()];
  const kind = [];
  if (small !== large && letters[0] !== letters[0].toLowerCase())
    kind.push(letters === large && letters.length > 1 ? 'capitals' : 'capital');
  if (/\\p{N}/u.test(word)) kind.push('digits');
  if (/\\p{L}-|-\\p{L}/u.test(word)) kind.push('hyphen');
  const end = [...small];
  const found = [];
  for (let n = Math.min(3, end.length - 1); n > 0; n--) found.push(\`\${kind.join(' ')} -\${end.slice(-n).join('')}\`.trim());
  return [...found, kind.join(' ') || 'letters'];
}
function numberOf(token) {
  const own = ofWord.get(token)${lexicon.unit === 'word' ? ' ?? ofWord.get(token.toLowerCase())' : ''};
  return own ?? (shapes.length > 0 ? ofShape.get(shapesOf(token).find((shape) => ofShape.has(shape))) : undefined) ?? 1;
}
const softmax = (scores) => {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  return powers.map((power) => power / powers.reduce((sum, v) => sum + v, 0));
};
const likeliest = (p) => [labels[p.indexOf(Math.max(...p))], Math.max(...p)].join('\\t');
const [LENGTH, DELAY] = [${settings.length}, ${kind === 'tagging' ? settings.delay : 0}];

`;
}

/** Of one text after the other; `tell` gives scores for the tokens it is given. */
const telling = ({ kind }: LabelledRecord): string =>
  kind === 'tagging'
    ? `for (const text of process.argv.slice(2)) {
  const tokens = tokensOf(text);
  for (let from = 0; from < tokens.length; from += LENGTH) {
    // a tag is said DELAY words later, or behind the end
    const some = tokens.slice(from, from + LENGTH + DELAY).map(numberOf);
    const own = tokens.slice(from, from + LENGTH);
    while (some.length < own.length + DELAY) some.push(0);
    const scores = await tell(some);
    own.forEach((token, t) => console.log(\`\${token}\\t\${likeliest(softmax(scores[t]))}\`));
  }
  console.log();
}
`
    : `for (const text of process.argv.slice(2)) {
  const some = tokensOf(text).slice(0, LENGTH).map(numberOf);
  const scores = await tell(some.length > 0 ? some : [0]);
  console.log(\`\${likeliest(softmax(scores[0]))}\\t\${text}\`);
}
`;

/** For the weights as safetensors. */
export const labelledCode = (record: LabelledRecord): string =>
  `${loading(usage(record), '{ lexicon, labels }')}${cellOf(record.model)}${reading(record)}function tell(numbers) {
  const states = Array.from({ length: ${record.model.L} }, () => [Array(H).fill(0), Array(H).fill(0)]);
  const scores = numbers.map((number) => {
    let x = W['embedding.weight'][number];
    for (let l = 0; l < ${record.model.L}; l++) {
      states[l] = cell(x, ...states[l], l);
      x = states[l][0];
    }
    return linear('head.weight', 'head.bias', x);
  });
  return scores.slice(${record.kind === 'tagging' ? 'DELAY' : '-1'});
}

${telling(record)}`;

/** For the ONNX file. */
export const labelledOnnxCode = (record: LabelledRecord): string =>
  `// ${usage(record)} Needs: npm install onnxruntime-node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const model = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const { labels, ...lexicon } = JSON.parse(readFileSync(\`\${model}.json\`, 'utf8'));
const session = await InferenceSession.create(model);
${reading(record)}async function tell(numbers) {
  const tokens = new Tensor('int64', BigInt64Array.from(numbers, BigInt), [1, numbers.length]);
  const { scores } = await session.run({ tokens });
  const V = labels.length;
  return Array.from({ length: scores.data.length / V }, (_, t) => Array.from(scores.data.slice(t * V, (t + 1) * V)));
}

${telling(record)}`;
