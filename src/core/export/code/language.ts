import type { TextRecord } from '../../text/record';
import { plainPrime } from '../language';
import { cellOf as javascriptCell, loading as javascriptLoading } from './javascript';
import { cellOf as pythonCell, loading as pythonLoading } from './python';

/**
 * Short programs that write text with an exported language model. They draw by the lab's own generator (nn/random.ts,
 * text/sample.ts), so that the same beginning, length, temperature and seed give the letters of `unroll sample`; a letter may
 * differ where the drawn number falls within rounding of the border between two.
 */
const usage = (program: string, record: TextRecord) =>
  `${program} [PRIME] [LENGTH] [TEMPERATURE] [SEED] writes text after PRIME (default ${JSON.stringify(plainPrime(record))} 400 0.8 1).`;

const pythonDrawing = `# letters, drawn by xoshiro128** seeded by SplitMix32
def uniforms(seed):
    mask, s, words = 0xFFFFFFFF, seed, []
    for _ in range(4):
        s = (s + 0x9E3779B9) & mask
        x = ((s ^ s >> 16) * 0x85EBCA6B) & mask
        x = ((x ^ x >> 13) * 0xC2B2AE35) & mask
        words.append(x ^ x >> 16)
    a, b, c, d = words
    while True:
        drawn = []
        for _ in range(2):
            m = b * 5 & mask
            drawn.append((m << 7 | m >> 25) * 9 & mask)
            e = d ^ b
            a, b, c, d = a ^ e, b ^ c ^ a, (c ^ a ^ b << 9) & mask, (e << 11 | e >> 21) & mask
        yield ((drawn[0] >> 5) * 67108864 + (drawn[1] >> 6)) / 9007199254740992

def draw(scores, temperature, u):
    if temperature < 1e-3:
        return int(np.argmax(scores))
    p = np.exp((scores - scores.max()) / temperature)
    return min(int(np.searchsorted(np.cumsum(p / p.sum()), u, side="right")), len(p) - 1)

`;

const pythonWriting = `given = sys.argv[1:] + [None] * 4
prime = given[0] if given[0] is not None else PRIME
length, temperature, seed = int(given[1] or 400), float(given[2] or 0.8), int(given[3] or 1)
for token in map(vocabulary.index, prime):
    scores = read(token)
written, random = [], uniforms(seed)
for _ in range(length):
    token = draw(scores, temperature, next(random))
    written.append(vocabulary[token])
    scores = read(token)
print((prime[1:] if prime.startswith("\\n") else prime) + "".join(written))
`;

const pythonReading = ({ model }: TextRecord) => `vocabulary = model["vocabulary"]
h, c = np.zeros((2, ${model.L}, ${model.H}))

def read(token):
    """Reads one character; scores which comes next."""
    x = ${model.tokens?.embedding === 'learned' ? 'w["embedding.weight"][token]' : `np.eye(${model.D})[token]`}
    for l in range(${model.L}):
        h[l], c[l] = cell(x, h[l], c[l], l)
        x = h[l]
    return w["head.weight"] @ x + w["head.bias"]

`;

const withPrime = (program: string, record: TextRecord) =>
  program.replace('PRIME', () => JSON.stringify(plainPrime(record)));

const javascriptDrawing = `// letters, drawn by xoshiro128** seeded by SplitMix32
function uniforms(seed) {
  let s = seed >>> 0;
  let [a, b, c, d] = Array.from({ length: 4 }, () => {
    s = (s + 0x9e3779b9) >>> 0;
    let x = Math.imul(s ^ (s >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
  });
  const word = () => {
    const m = Math.imul(b, 5);
    const drawn = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const e = d ^ b;
    [a, b, c, d] = [a ^ e, b ^ c ^ a, c ^ a ^ (b << 9), (e << 11) | (e >>> 21)];
    return drawn;
  };
  return () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
}
function draw(scores, temperature, u) {
  const most = Math.max(...scores);
  if (temperature < 1e-3) return scores.indexOf(most);
  const p = scores.map((score) => Math.exp((score - most) / temperature));
  let left = u * p.reduce((sum, v) => sum + v, 0);
  const found = p.findIndex((v) => (left -= v) < 0);
  return found < 0 ? p.length - 1 : found;
}

`;

const javascriptReading = ({
  model,
}: TextRecord) => `const states = Array.from({ length: ${model.L} }, () => [Array(H).fill(0), Array(H).fill(0)]);
/** Reads one character; scores which comes next. */
function read(token) {
  let x = ${model.tokens?.embedding === 'learned' ? "W['embedding.weight'][token]" : `Array.from({ length: ${model.D} }, (_, v) => Number(v === token))`};
  for (let l = 0; l < ${model.L}; l++) {
    states[l] = cell(x, ...states[l], l);
    x = states[l][0];
  }
  return linear('head.weight', 'head.bias', x);
}

`;

/** `wait` before each reading, where it is a promise. */
const javascriptWriting = (
  wait = '',
) => `const [prime = PRIME, length = 400, temperature = 0.8, seed = 1] = process.argv.slice(2);
let scores;
for (const character of prime) scores = ${wait}read(vocabulary.indexOf(character));
const random = uniforms(Number(seed));
let written = '';
for (let i = 0; i < Number(length); i++) {
  const token = draw(scores, Number(temperature), random());
  written += vocabulary[token];
  scores = ${wait}read(token);
}
console.log(prime.replace(/^\\n/, '') + written);
`;

export interface LanguageCode {
  python: string;
  javascript: string;
}

/** Programs for the weights as safetensors. */
export const languageCode = (record: TextRecord): LanguageCode => ({
  python:
    pythonLoading(usage('python3 THIS.py', record).replaceAll('\\', '\\\\'), ['sys']) +
    pythonCell(record.model) +
    pythonReading(record) +
    pythonDrawing +
    withPrime(pythonWriting, record),
  javascript:
    javascriptLoading(usage('node THIS.mjs', record), '{ vocabulary }') +
    javascriptCell(record.model) +
    javascriptReading(record) +
    javascriptDrawing +
    withPrime(javascriptWriting(), record),
});

const onnxPython = ({ model }: TextRecord) => `import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(str(Path(__file__).with_suffix("")), providers=["CPUExecutionProvider"])
vocabulary = json.loads(session.get_modelmeta().custom_metadata_map["vocabulary"])
names = ["h"${model.cell === 'lstm' ? ', "c"' : ''}]
states = {f"{name}_before": np.zeros((${model.L}, 1, ${model.H}), np.float32) for name in names}

def read(token):
    """Reads one character; scores which comes next."""
    logits, *after = session.run(["logits", *(f"{name}_after" for name in names)],
                                 {"tokens": np.array([[token]]), **states})
    states.update({f"{name}_before": value for name, value in zip(names, after)})
    return logits[0, 0].astype(float)

`;

const onnxJavascript = ({ model }: TextRecord) => `import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const model = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const { vocabulary } = JSON.parse(readFileSync(\`\${model}.json\`, 'utf8'));
const session = await InferenceSession.create(model);
const names = ['h'${model.cell === 'lstm' ? ", 'c'" : ''}];
let states = names.map(() => new Tensor('float32', new Float32Array(${model.L * model.H}), [${model.L}, 1, ${model.H}]));
/** Reads one character; scores which comes next. */
async function read(token) {
  const tokens = new Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]);
  const found = await session.run(Object.fromEntries([['tokens', tokens], ...names.map((name, i) => [\`\${name}_before\`, states[i]])]));
  states = names.map((name) => found[\`\${name}_after\`]);
  return Array.from(found.logits.data);
}

`;

/** Programs for the ONNX file, a character at a time. */
export const languageOnnxCode = (record: TextRecord): LanguageCode => ({
  python:
    `"""${usage('python3 THIS.py', record).replaceAll('\\', '\\\\')} Needs onnxruntime and NumPy."""\n` +
    onnxPython(record) +
    pythonDrawing +
    withPrime(pythonWriting, record),
  javascript:
    `// ${usage('node THIS.mjs', record)} Needs: npm install onnxruntime-node\n` +
    onnxJavascript(record) +
    javascriptDrawing +
    withPrime(javascriptWriting('await '), record),
});
