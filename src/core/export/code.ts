import { shapeOf } from '../forecast/tasks';
import type { CellName } from '../nn/model';
import type { RunRecord } from '../run';

/**
 * Short programs that forecast from an exported model, in plain NumPy and in plain JavaScript: for a model whose layers read
 * the window step by step and whose head makes the outputs of their last state. Others are null; the page and
 * `unroll predict` forecast with those.
 */
export interface Code {
  python: string;
  javascript: string;
}

const plainSpec = ['cell', 'activation', 'D', 'H', 'L', 'O', 'dropout', 'quantiles'];

export function codeFor(record: RunRecord): Code | null {
  const { model, settings, preparation } = record;
  const plain = Object.entries(model).every(([key, value]) => plainSpec.includes(key) || value === undefined);
  const task = ['many-to-one', 'many-to-many', 'autoregressive'].includes(settings.task);
  if (!plain || !task || model.D !== preparation.columns.length) return null;
  return { python: python(record), javascript: javascript(record) };
}

const pythonCells: Record<CellName, string[]> = {
  rnn: ['return ACTIVATION(a + b), c'],
  lstm: [
    'i, f, g, o = np.split(a + b, 4)',
    'c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)',
    'return sigmoid(o) * np.tanh(c), c',
  ],
  gru: [
    'ar, az, an = np.split(a, 3)',
    'br, bz, bn = np.split(b, 3)',
    'z = sigmoid(az + bz)',
    'return (1 - z) * np.tanh(an + sigmoid(ar + br) * bn) + z * h, c',
  ],
};
const pythonActivations = { tanh: 'np.tanh', relu: '(lambda v: np.maximum(v, 0))', sigmoid: 'sigmoid' };

function python({ model, settings, preparation }: RunRecord): string {
  const { firstStep } = shapeOf(settings).judged;
  const cell = pythonCells[model.cell].map((line) => line.replace('ACTIVATION', pythonActivations[model.activation]));
  const centred = preparation.scale === 'window';
  const rolled = [
    'scaled = []',
    'for _ in range(settings["horizon"]):',
    `    last = ${centred ? 'window[-1]' : '0'}`,
    '    window = np.vstack([window[1:], network(window - last) + last])',
    '    scaled.append(window[-1][0])',
    'levels = np.array([scaled])',
  ];
  const direct = [
    `last = ${centred ? 'window[-1]' : '0 * window[-1]'}`,
    `levels = network(window - last).reshape(${model.quantiles?.length ?? 1}, -1) + last[0]`,
  ];
  return `"""python3 THIS.py FILE.csv prints the forecast after the last row of FILE.csv. Needs NumPy."""
import csv
import json
import sys
from pathlib import Path

import numpy as np

# the model
here = Path(__file__)
model = json.loads(here.with_suffix(".json").read_text(encoding="utf-8"))
raw = here.with_suffix(".safetensors").read_bytes()
start = 8 + int.from_bytes(raw[:8], "little")
w = {name: np.frombuffer(raw[start:][slice(*t["data_offsets"])], "<f4").reshape(t["shape"]).astype(float)
     for name, t in json.loads(raw[8:start]).items() if name != "__metadata__"}
settings, columns, bands = model["settings"], model["preparation"]["columns"], model["bands"]

def sigmoid(v):
    return 1 / (1 + np.exp(-v))

def cell(x, h, c, l):
    a = w[f"weight_ih_l{l}"] @ x + w[f"bias_ih_l{l}"]
    b = w[f"weight_hh_l{l}"] @ h + w[f"bias_hh_l{l}"]
${cell.map((line) => `    ${line}`).join('\n')}

def network(window):
    h, c = np.zeros((2, ${model.L}, ${model.H}))
    for x in window:
        for l in range(${model.L}):
            h[l], c[l] = cell(x, h[l], c[l], l)
            x = h[l]
    return w["head.weight"] @ x + w["head.bias"]

# the last rows of the file, prepared as in training
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))

def ready(c):
    y = np.array([float(row[c["name"]]) for row in rows])
    g = np.log(np.maximum(y, c["floor"])) if c["log"] else y
    u = g[c["lag"]:] - g[:len(g) - c["lag"]]
    return y, g, ((u if c["lag"] else g) - c["offset"]) / c["factor"]

window = np.stack([ready(c)[2][-settings["lookback"]:] for c in columns], axis=1)
${(settings.task === 'autoregressive' ? rolled : direct).join('\n')}

# back into the units of the file
target = columns[0]
y, g, _ = ready(target)

def restored(scaled):
    out = []
    for k, x in enumerate(scaled):
        back = ${firstStep} + k - target["lag"]
        base = 0 if not target["lag"] else out[back - ${firstStep}] if back > 0 else g[back - 1]
        out.append(base + target["offset"] + target["factor"] * x)
    return np.exp(out) if target["log"] else np.array(out)

${
  model.quantiles
    ? `low95, low80, value, high80, high95 = np.sort([restored(x) for x in levels], axis=0)`
    : `value = restored(levels[0])
level = np.log(np.maximum(y, bands["floor"])) if bands["log"] else y
spread = 0.8 * np.abs(np.diff(level))[-bands["rows"]:].mean() + 0.2 * bands["usual"]
reach80, reach95 = (np.array([np.nan if h is None else h * spread for h in bands[k]]) for k in ("half80", "half95"))
low80, high80 = (value * np.exp(-reach80), value * np.exp(reach80)) if bands["log"] else (value - reach80, value + reach80)
low95, high95 = (value * np.exp(-reach95), value * np.exp(reach95)) if bands["log"] else (value - reach95, value + reach95)`
}
print("step,forecast,lower80,upper80,lower95,upper95")
for k, line in enumerate(zip(value, low80, high80, low95, high95)):
    print(${firstStep} + k, *(repr(float(v)) for v in line), sep=",")
`;
}

const scriptCells: Record<CellName, string> = {
  rnn: 'return [ACTIVATION(a[j] + b[j]), 0];',
  lstm: `const [i, f, g, o] = [0, 1, 2, 3].map((gate) => a[gate * H + j] + b[gate * H + j]);
    const next = sigmoid(f) * c[j] + sigmoid(i) * Math.tanh(g);
    return [sigmoid(o) * Math.tanh(next), next];`,
  gru: `const r = sigmoid(a[j] + b[j]);
    const z = sigmoid(a[H + j] + b[H + j]);
    return [(1 - z) * Math.tanh(a[2 * H + j] + r * b[2 * H + j]) + z * h[j], 0];`,
};
const scriptActivations = { tanh: 'Math.tanh', relu: '((v) => Math.max(v, 0))', sigmoid: 'sigmoid' };

function javascript({ model, settings, preparation }: RunRecord): string {
  const { firstStep } = shapeOf(settings).judged;
  const cell = scriptCells[model.cell].replace('ACTIVATION', scriptActivations[model.activation]);
  const last = preparation.scale === 'window' ? 'window.at(-1)' : 'columns.map(() => 0)';
  const Q = model.quantiles?.length ?? 1;
  const rolled = `const scaled = [];
for (let k = 0; k < settings.horizon; k++) {
  const last = ${last};
  const next = network(window.map((x) => x.map((v, d) => v - last[d]))).map((v, d) => v + last[d]);
  window.shift();
  window.push(next);
  scaled.push(next[0]);
}
const levels = [scaled];`;
  const direct = `const last = ${last};
const outputs = network(window.map((x) => x.map((v, d) => v - last[d]))).map((v) => v + last[0]);
const steps = outputs.length / ${Q};
const levels = Array.from({ length: ${Q} }, (_, q) => outputs.slice(q * steps, (q + 1) * steps));`;
  return `// node THIS.mjs FILE.csv prints the forecast after the last row of FILE.csv. Needs Node alone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// the model
const stem = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const { settings, preparation: { columns }, bands } = JSON.parse(readFileSync(\`\${stem}.json\`, 'utf8'));
const raw = readFileSync(\`\${stem}.safetensors\`);
const start = 8 + Number(raw.readBigUInt64LE(0));
const { __metadata__, ...tensors } = JSON.parse(raw.toString('utf8', 8, start));
const w = (name) => {
  const { shape: [rows, width = 1], data_offsets: [from] } = tensors[name];
  const at = (i) => raw.readFloatLE(start + from + 4 * i);
  return Array.from({ length: rows }, (_, i) => Array.from({ length: width }, (_, j) => at(i * width + j)));
};
const W = Object.fromEntries(Object.keys(tensors).map((name) => [name, w(name)]));
const H = ${model.H};
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

function network(window) {
  const states = Array.from({ length: ${model.L} }, () => [Array(H).fill(0), Array(H).fill(0)]);
  for (let x of window)
    for (let l = 0; l < ${model.L}; l++) {
      states[l] = cell(x, ...states[l], l);
      x = states[l][0];
    }
  return linear('head.weight', 'head.bias', states.at(-1)[0]);
}

// the last rows of the file, prepared as in training (a plain CSV: no quoted commas)
const [header, ...lines] = readFileSync(process.argv[2], 'utf8').replace(/^\\ufeff/, '').trim().split(/\\r?\\n/).map((line) => line.split(','));
function ready({ name, log, floor, lag, offset, factor }) {
  const y = lines.map((cells) => Number(cells[header.indexOf(name)]));
  const g = log ? y.map((v) => Math.log(Math.max(v, floor))) : y;
  const u = g.map((v, t) => (lag ? v - g[t - lag] : v)).slice(lag);
  return { y, g, x: u.map((v) => (v - offset) / factor).slice(-settings.lookback) };
}
const prepared = columns.map(ready);
const window = prepared[0].x.map((_, t) => prepared.map(({ x }) => x[t]));
${settings.task === 'autoregressive' ? rolled : direct}

// back into the units of the file
const { y, g } = prepared[0];
const { log, lag, offset, factor } = columns[0];
function restored(scaled) {
  const out = [];
  scaled.forEach((x, k) => {
    const back = ${firstStep} + k - lag;
    const base = lag === 0 ? 0 : back > 0 ? out[back - ${firstStep}] : g[g.length - 1 + back];
    out.push(base + offset + factor * x);
  });
  return log ? out.map(Math.exp) : out;
}
console.log('step,forecast,lower80,upper80,lower95,upper95');
${
  model.quantiles
    ? `const all = levels.map(restored);
all[0].forEach((_, k) => {
  const [low95, low80, value, high80, high95] = all.map((level) => level[k]).sort((a, b) => a - b);
  console.log([${firstStep} + k, value, low80, high80, low95, high95].join());
});`
    : `const level = bands.log ? y.map((v) => Math.log(Math.max(v, bands.floor))) : y;
const changes = level.map((v, t) => Math.abs(v - level[t - 1])).slice(1).slice(-bands.rows);
const spread = (0.8 * changes.reduce((sum, v) => sum + v, 0)) / changes.length + 0.2 * bands.usual;
const end = (value, half, sign) =>
  half === null ? 'nan' : bands.log ? value * Math.exp(sign * half * spread) : value + sign * half * spread;
restored(levels[0]).forEach((value, k) => {
  const ends = [bands.half80[k], bands.half95[k]].flatMap((half) => [end(value, half, -1), end(value, half, 1)]);
  console.log([${firstStep} + k, value, ...ends].join());
});`
}
`;
}
