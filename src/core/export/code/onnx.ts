import type { RunRecord } from '../../run';
import { classJavascript, classPython } from './onnx-classes';

/**
 * Programs that forecast from an exported ONNX file by its own metadata: the last rows go in raw, as they are in the file.
 * Null for a model that reads the calendar or what is known ahead, which the caller would have to make (docs/onnx.md says
 * how).
 */
export function onnxCode({ settings, model }: RunRecord): { python: string; javascript: string } | null {
  if (settings.calendar || settings.future.length > 0) return null;
  if (model.classes) return { python: classPython, javascript: classJavascript };
  return { python, javascript };
}

const python = `"""python3 THIS.py FILE.csv prints the forecast after the last row of FILE.csv. Needs onnxruntime and NumPy."""
import csv
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(str(Path(__file__).with_suffix("")), providers=["CPUExecutionProvider"])
about = session.get_modelmeta().custom_metadata_map
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    lines = list(csv.DictReader(file))[-int(about["rows"]):]
x = np.array([[[float(line[name]) for name in json.loads(about["columns"])] for line in lines]], np.float32)
feeds = {"x": x}
if "horizon" in [given.name for given in session.get_inputs()]:
    feeds["horizon"] = np.array(int(about["horizon"]), np.int64)
names = [made.name for made in session.get_outputs()]
print("step", *names, sep=",")
for k, line in enumerate(zip(*(found[0] for found in session.run(names, feeds)))):
    print(int(about["first_step"]) + k, *line, sep=",")
`;

const javascript = `// node THIS.mjs FILE.csv prints the forecast after the last row of FILE.csv. Needs: npm install onnxruntime-node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const model = fileURLToPath(import.meta.url).replace(/\\.mjs$/, '');
const about = JSON.parse(readFileSync(\`\${model}.json\`, 'utf8'));
// a plain CSV: no quoted commas
const [header, ...lines] = readFileSync(process.argv[2], 'utf8').replace(/^\\ufeff/, '').trim().split(/\\r?\\n/).map((line) => line.split(','));
const columns = about.columns.map((name) => header.indexOf(name));
const rows = lines.slice(-about.rows).map((cells) => columns.map((column) => Number(cells[column])));
const session = await InferenceSession.create(model);
const feeds = { x: new Tensor('float32', Float32Array.from(rows.flat()), [1, rows.length, columns.length]) };
if (session.inputNames.includes('horizon')) feeds.horizon = new Tensor('int64', BigInt64Array.of(BigInt(about.horizon)), []);
const found = await session.run(feeds);
const names = session.outputNames;
console.log(['step', ...names].join());
found.forecast.data.forEach((_, k) => console.log([about.first_step + k, ...names.map((name) => found[name].data[k])].join()));
`;

/** What the JavaScript program has to know; onnxruntime for Node does not read a file's metadata. */
export function onnxFacts(metadata: Record<string, string>, { settings }: RunRecord): string {
  const { columns = '[]', rows, horizon, first_step, classes } = metadata;
  const { target, lookback } = settings;
  const facts = {
    columns: JSON.parse(columns) as string[],
    rows: Number(rows),
    horizon: Number(horizon),
    first_step: Number(first_step),
    ...(classes !== undefined && { lookback, target, classes: JSON.parse(classes) as string[] }),
  };
  return `${JSON.stringify(facts, null, 1)}\n`;
}

/** What lies beside the file, in words. */
export function onnxReadme(metadata: Record<string, string>, text: string, code: boolean): string {
  const said = text.replaceAll(/[\s`<>|[\]]+/g, ' ');
  return `# An ONNX model by Unroll

${said}

- Inputs and outputs, gate orders and metadata: \`docs/onnx.md\` of Unroll. Rows of \`x\`: ${metadata.rows}.
- \`.onnx.json\`: the columns in their order, ${metadata.classes ? 'the classes in theirs, ' : ''}and the numbers of rows and steps.
${
  code
    ? `
## Run
    python3 NAME.onnx.py FILE.csv      # pip install onnxruntime numpy
    node NAME.onnx.mjs FILE.csv        # npm install onnxruntime-node
`
    : `
This model also reads the calendar; \`unroll predict NAME.onnx FILE.csv\` makes what it needs.
`
}`;
}
