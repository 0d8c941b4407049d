import type { CellName, ModelSpec } from '../../nn/model';
import type { RunRecord } from '../../run';

/** A model in NumPy: what `codeFor` puts together. */
const cells: Record<CellName, string[]> = {
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
const activations = { tanh: 'np.tanh', relu: '(lambda v: np.maximum(v, 0))', sigmoid: 'sigmoid' };

/** The program's beginning: what it does, what it needs, and the weights w by their names. */
export const loading = (does: string, imports: string[]): string => `"""${does} Needs NumPy."""
${imports.map((name) => `import ${name}\n`).join('')}import json
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

def sigmoid(v):
    return 1 / (1 + np.exp(-v))

`;

/** One step of one layer, `cell(x, h, c, l)`. */
export function cellOf(model: ModelSpec): string {
  const cell = cells[model.cell].map((line) => line.replace('ACTIVATION', activations[model.activation]));
  return `def cell(x, h, c, l):
    a = w[f"weight_ih_l{l}"] @ x + w[f"bias_ih_l{l}"]
    b = w[f"weight_hh_l{l}"] @ h + w[f"bias_hh_l{l}"]
${cell.map((line) => `    ${line}`).join('\n')}

`;
}

const networkOf = ({ model }: RunRecord): string => `${cellOf(model)}def network(window):
    h, c = np.zeros((2, ${model.L}, ${model.H}))
    for x in window:
        for l in range(${model.L}):
            h[l], c[l] = cell(x, h[l], c[l], l)
            x = h[l]
    return w["head.weight"] @ x + w["head.bias"]

`;

const reading = `settings, columns = model["settings"], model["preparation"]["columns"]
targets = model.get("targets") or [model]

# the last rows of the file, prepared as in training
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))

def ready(c):
    y = np.array([float(row[c["name"]]) for row in rows])
    g = np.log(np.maximum(y, c["floor"])) if c["log"] else y
    u = g[c["lag"]:] - g[:len(g) - c["lag"]]
    return y, g, ((u if c["lag"] else g) - c["offset"]) / c["factor"]

window = np.stack([ready(c)[2][-settings["lookback"]:] for c in columns], axis=1)
`;

/** `levels`: [quantiles][steps][targets], scaled; the targets are the first of the columns. */
function forecasting({ model, settings, preparation }: RunRecord): string {
  const last = preparation.scale === 'window' ? 'window[-1]' : '0 * window[-1]';
  if (settings.task === 'autoregressive')
    return `scaled = []
for _ in range(settings["horizon"]):
    last = ${last}
    window = np.vstack([window[1:], network(window - last) + last])
    scaled.append(window[-1])
levels = np.array([scaled])
`;
  return `last = ${last}
levels = network(window - last).reshape(${model.quantiles?.length ?? 1}, -1, len(targets)) + last[:len(targets)]
`;
}

const restoring = (firstStep: number) => `
# back into the units of the file
def restored(scaled, target, g):
    out = []
    for k, x in enumerate(scaled):
        back = ${firstStep} + k - target["lag"]
        base = 0 if not target["lag"] else out[back - ${firstStep}] if back > 0 else g[back - 1]
        out.append(base + target["offset"] + target["factor"] * x)
    return np.exp(out) if target["log"] else np.array(out)

`;

const quantiles = `def told(i):
    """Forecast and bands of a target."""
    y, g, _ = ready(columns[i])
    low95, low80, value, high80, high95 = np.sort([restored(x, columns[i], g) for x in levels[..., i]], axis=0)
    return value, low80, high80, low95, high95
`;

const bands = `def told(i):
    """Forecast and bands of a target."""
    y, g, _ = ready(columns[i])
    bands = targets[i]["bands"]
    value = restored(levels[0][:, i], columns[i], g)
    level = np.log(np.maximum(y, bands["floor"])) if bands["log"] else y
    spread = 0.8 * np.abs(np.diff(level))[-bands["rows"]:].mean() + 0.2 * bands["usual"]
    reach80, reach95 = (np.array([np.nan if h is None else h * spread for h in bands[k]]) for k in ("half80", "half95"))
    ends = [(np.exp(s * r) * value if bands["log"] else value + s * r) for r in (reach80, reach95) for s in (-1, 1)]
    return value, *ends
`;

const printing = (firstStep: number) => `
names = ["forecast", "lower80", "upper80", "lower95", "upper95"]
print("step", *(name + (f"_{i + 1}" if i else "") for i in range(len(targets)) for name in names), sep=",")
for k, line in enumerate(zip(*(column for i in range(len(targets)) for column in told(i)))):
    print(${firstStep} + k, *(repr(float(v)) for v in line), sep=",")
`;

/** @param firstStep of the forecast, counted from the last row */
export const python = (record: RunRecord, firstStep: number): string =>
  loading('python3 THIS.py FILE.csv prints the forecast after the last row of FILE.csv.', ['csv']) +
  networkOf(record) +
  reading +
  forecasting(record) +
  restoring(firstStep) +
  (record.model.quantiles ? quantiles : bands) +
  printing(firstStep);
