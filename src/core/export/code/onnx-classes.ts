/**
 * Programs that tell classes with an exported ONNX file of a series: the last rows go in raw, as they are in the file, and of task
 * classify the classes of those rows too.
 */
export const classPython = `"""python3 THIS.py FILE.csv tells the class after the last row of FILE.csv, or of each of its last rows. Needs onnxruntime and NumPy."""
import csv
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

here = Path(__file__)
about = json.loads(here.with_suffix(".json").read_text(encoding="utf-8"))
session = onnxruntime.InferenceSession(str(here.with_suffix("")), providers=["CPUExecutionProvider"])
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))
classes, first = about["classes"], about["first_step"]
feeds = {}
for given in (made.name for made in session.get_inputs()):
    if given == "x":
        table = [[float(row[name]) for name in about["columns"]] for row in rows[-about["rows"]:]]
    else:
        table = [[float(row[about["target"]].strip() == name) for name in classes] for row in rows[-about["lookback"]:]]
    feeds[given] = np.array([table], np.float32)
(found,) = session.run(["probabilities"], feeds)
found = found.reshape(-1, len(classes))
print("step", "class", *classes, sep=",")
for k, p in enumerate(found):
    print(first + k - len(found) + 1, classes[int(p.argmax())], *(repr(float(v)) for v in p), sep=",")
`;

export const classJavascript = `// node THIS.mjs FILE.csv tells the class after the last row of FILE.csv, or of each of its last rows. Needs: npm install onnxruntime-node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const model = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const { columns, rows, lookback, first_step, classes, target } = JSON.parse(readFileSync(\`\${model}.json\`, 'utf8'));
// a plain CSV: no quoted commas
const [header, ...lines] = readFileSync(process.argv[2], 'utf8').replace(/^\\ufeff/, '').trim().split(/\\r?\\n/).map((line) => line.split(','));
const tensor = (table) => new Tensor('float32', Float32Array.from(table.flat()), [1, table.length, table[0].length]);
const session = await InferenceSession.create(model);
const feeds = {};
for (const given of session.inputNames)
  feeds[given] = tensor(
    given === 'x'
      ? lines.slice(-rows).map((cells) => columns.map((name) => Number(cells[header.indexOf(name)])))
      : lines.slice(-lookback).map((cells) => classes.map((name) => Number(cells[header.indexOf(target)].trim() === name))),
  );
const { probabilities } = await session.run(feeds);
const V = classes.length;
const found = Array.from({ length: probabilities.data.length / V }, (_, k) => [...probabilities.data.slice(k * V, (k + 1) * V)]);
console.log(['step', 'class', ...classes].join());
found.forEach((p, k) =>
  console.log([first_step + k - found.length + 1, classes[p.indexOf(Math.max(...p))], ...p].join()),
);
`;
