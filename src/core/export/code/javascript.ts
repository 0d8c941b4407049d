import type { CellName, ModelSpec } from '../../nn/model';
import type { RunRecord } from '../../run';

/** A model in JavaScript for Node: what `codeFor` puts together. */
const cells: Record<CellName, string> = {
  rnn: 'return [ACTIVATION(a[j] + b[j]), 0];',
  lstm: `const [i, f, g, o] = [0, 1, 2, 3].map((gate) => a[gate * H + j] + b[gate * H + j]);
    const next = sigmoid(f) * c[j] + sigmoid(i) * Math.tanh(g);
    return [sigmoid(o) * Math.tanh(next), next];`,
  gru: `const r = sigmoid(a[j] + b[j]);
    const z = sigmoid(a[H + j] + b[H + j]);
    return [(1 - z) * Math.tanh(a[2 * H + j] + r * b[2 * H + j]) + z * h[j], 0];`,
};
const activations = { tanh: 'Math.tanh', relu: '((v) => Math.max(v, 0))', sigmoid: 'sigmoid' };

/** The program's beginning: what it does, what it takes from the description, and the weights W by their names. */
export const loading = (does: string, facts: string): string => `// ${does} Needs Node alone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// the model
const stem = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const ${facts} = JSON.parse(readFileSync(\`\${stem}.json\`, 'utf8'));
const raw = readFileSync(\`\${stem}.safetensors\`);
const start = 8 + Number(raw.readBigUInt64LE(0));
const { __metadata__, ...tensors } = JSON.parse(raw.toString('utf8', 8, start));
const w = (name) => {
  const { shape: [rows, width = 1], data_offsets: [from] } = tensors[name];
  const at = (i) => raw.readFloatLE(start + from + 4 * i);
  return Array.from({ length: rows }, (_, i) => Array.from({ length: width }, (_, j) => at(i * width + j)));
};
const W = Object.fromEntries(Object.keys(tensors).map((name) => [name, w(name)]));
`;

/** One step of one layer, `cell(x, h, c, l)`, and `linear`. */
export function cellOf(model: ModelSpec): string {
  const cell = cells[model.cell].replace('ACTIVATION', activations[model.activation]);
  return `const H = ${model.H};
const sigmoid = (v) => 1 / (1 + Math.exp(-v));
const linear = (name, bias, x) =>
  W[name].map((row, i) => row.reduce((sum, v, j) => sum + v * x[j], W[bias][i][0]));

function cell(x, h, c, l) {
  const a = linear(\`weight_ih_l\${l}\`, \`bias_ih_l\${l}\`, x);
  const b = linear(\`weight_hh_l\${l}\`, \`bias_hh_l\${l}\`, h);
  const next = h.map((_, j) => {
    ${cell}
  });
  return [next.map(([v]) => v), next.map(([, v]) => v)];
}

`;
}

const networkOf = ({ model }: RunRecord): string => `${cellOf(model)}function network(window) {
  const states = Array.from({ length: ${model.L} }, () => [Array(H).fill(0), Array(H).fill(0)]);
  for (let x of window)
    for (let l = 0; l < ${model.L}; l++) {
      states[l] = cell(x, ...states[l], l);
      x = states[l][0];
    }
  return linear('head.weight', 'head.bias', states.at(-1)[0]);
}

`;

const reading = `// the last rows of the file, prepared as in training (a plain CSV: no quoted commas)
const [header, ...lines] = readFileSync(process.argv[2], 'utf8').replace(/^\\ufeff/, '').trim().split(/\\r?\\n/).map((line) => line.split(','));
function ready({ name, log, floor, lag, offset, factor }) {
  const y = lines.map((cells) => Number(cells[header.indexOf(name)]));
  const g = log ? y.map((v) => Math.log(Math.max(v, floor))) : y;
  const u = g.map((v, t) => (lag ? v - g[t - lag] : v)).slice(lag);
  return { y, g, x: u.map((v) => (v - offset) / factor).slice(-settings.lookback) };
}
const prepared = columns.map(ready);
const T = targets.length;
const window = prepared[0].x.map((_, t) => prepared.map(({ x }) => x[t]));
`;

/** `levels`: [quantiles][steps][targets], scaled; the targets are the first of the columns. */
function forecasting({ model, settings, preparation }: RunRecord): string {
  const last = preparation.scale === 'window' ? 'window.at(-1)' : 'columns.map(() => 0)';
  const Q = model.quantiles?.length ?? 1;
  if (settings.task === 'autoregressive')
    return `const scaled = [];
for (let k = 0; k < settings.horizon; k++) {
  const last = ${last};
  const next = network(window.map((x) => x.map((v, d) => v - last[d]))).map((v, d) => v + last[d]);
  window.shift();
  window.push(next);
  scaled.push(next);
}
const levels = [scaled];
`;
  return `const last = ${last};
const all = network(window.map((x) => x.map((v, d) => v - last[d])));
const steps = all.length / T / ${Q};
const outputs = Array.from({ length: ${Q} * steps }, (_, k) => all.slice(k * T, (k + 1) * T).map((v, i) => v + last[i]));
const levels = Array.from({ length: ${Q} }, (_, q) => outputs.slice(q * steps, (q + 1) * steps));
`;
}

const restoring = (firstStep: number) => `
// back into the units of the file
function restored(scaled, { log, lag, offset, factor }, g) {
  const out = [];
  scaled.forEach((x, k) => {
    const back = ${firstStep} + k - lag;
    const base = lag === 0 ? 0 : back > 0 ? out[back - ${firstStep}] : g[g.length - 1 + back];
    out.push(base + offset + factor * x);
  });
  return log ? out.map(Math.exp) : out;
}
`;

const quantiles = `/** Forecast and bands of a target, by step. */
function told(i) {
  const own = levels.map((level) => restored(level.map((x) => x[i]), columns[i], prepared[i].g));
  return own[0].map((_, k) => {
    const [low95, low80, value, high80, high95] = own.map((level) => level[k]).sort((a, b) => a - b);
    return [value, low80, high80, low95, high95];
  });
}
`;

const bands = `/** Forecast and bands of a target, by step. */
function told(i) {
  const { y, g } = prepared[i];
  const { bands } = targets[i];
  const level = bands.log ? y.map((v) => Math.log(Math.max(v, bands.floor))) : y;
  const changes = level.map((v, t) => Math.abs(v - level[t - 1])).slice(1).slice(-bands.rows);
  const spread = (0.8 * changes.reduce((sum, v) => sum + v, 0)) / changes.length + 0.2 * bands.usual;
  const end = (value, half, sign) =>
    half === null ? 'nan' : bands.log ? value * Math.exp(sign * half * spread) : value + sign * half * spread;
  return restored(levels[0].map((x) => x[i]), columns[i], g).map((value, k) => {
    const ends = [bands.half80[k], bands.half95[k]].flatMap((half) => [end(value, half, -1), end(value, half, 1)]);
    return [value, ...ends];
  });
}
`;

const printing = (firstStep: number) => `const names = ['forecast', 'lower80', 'upper80', 'lower95', 'upper95'];
console.log(['step', ...targets.flatMap((_, i) => names.map((name) => name + (i > 0 ? \`_\${i + 1}\` : '')))].join());
const found = targets.map((_, i) => told(i));
found[0].forEach((_, k) => console.log([${firstStep} + k, ...found.flatMap((own) => own[k])].join()));
`;

/** @param firstStep of the forecast, counted from the last row */
export const javascript = (record: RunRecord, firstStep: number): string =>
  loading(
    'node THIS.mjs FILE.csv prints the forecast after the last row of FILE.csv.',
    '{ settings, preparation: { columns }, bands, targets = [{ bands }] }',
  ) +
  networkOf(record) +
  reading +
  forecasting(record) +
  restoring(firstStep) +
  (record.model.quantiles ? quantiles : bands) +
  printing(firstStep);
