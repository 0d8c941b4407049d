import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { z } from 'zod';
import { LabError } from '../../core/errors';
import { kernelsHere } from '../../core/kernels/modules';
import {
  type BenchGrid,
  type BenchHost,
  type BenchKernels,
  type BenchRow,
  bench,
  cases,
  defaultGrid,
  memoryOf,
} from '../../core/learn/bench';
import { cellNames } from '../../core/nn/model';
import { progressOn, table } from '../terminal';
import { startThread } from '../threads';
import { print, printJson } from './context';
import type { Texts } from './options';

const cells = z.array(z.enum(cellNames)).min(1);
const whole = z.number().int().positive();
const gridSchema = z.strictObject({
  D: whole.max(1024),
  cells,
  shapes: z
    .array(
      z.strictObject({
        ...{ T: whole, B: whole, H: whole, layers: whole.max(4).optional(), cells: cells.optional() },
        ...{ D: whole.max(1024).optional(), V: whole.min(2).max(5000).optional() },
      }),
    )
    .min(1),
});

/** Milliseconds one row may take, warm-up included. */
const rowMilliseconds = 900;

const host: BenchHost = {
  now: () => performance.now(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  startThread,
};

/** `unroll bench`: training steps and forecasts on this machine, beside the most its processor can do. */
export async function benchCommand(texts: Texts): Promise<number> {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const grid = texts.grid ? readGrid(String(texts.grid)) : defaultGrid;
  const threads = threadsOf(texts.threads as string | undefined);
  const kernels = (texts.kernels ?? kernelsHere()) as BenchKernels;
  if (kernels === 'relaxed' && kernelsHere() !== 'relaxed') throw new LabError('experiment.no-relaxed-kernels');
  if (texts.memory) return showMemory(grid, threads, Boolean(texts.json));
  const counts = kernels === 'reference' ? [1] : threads;
  const all = cases(grid);
  const total = all.length * counts.length + all.filter(({ V }) => V === undefined).length;
  const progress = progressOn(process.stderr, Boolean(texts.quiet));
  const steps = bench(grid, { threads: counts, kernels, milliseconds: rowMilliseconds }, host);
  const rows: BenchRow[] = [];
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) {
    rows.push(step.value);
    progress.show(rows.length / total, `${step.value.cell} T ${step.value.T} H ${step.value.H}`);
  }
  progress.end();
  const peak = step.value;
  if (texts.json) printJson({ version: 1, peak, rows });
  else {
    const head = [
      'task',
      'cell',
      'layers',
      'T',
      'B',
      'D',
      'H',
      'V',
      'threads',
      'ms',
      'samples/s',
      'GFLOP/s',
      'of peak',
    ];
    print(table(head, rows.map(cellsOf)));
    print(`\nkernels ${kernels}; multiply-add loop ${peak.gflopsPerThread.toFixed(1)} GFLOP/s per thread`);
  }
  return 0;
}

const cellsOf = ({ task, cell, layers, T, B, D, H, V, threads, ms, samplesPerSecond, gflops, ofPeak }: BenchRow) => [
  ...[task, cell],
  ...[layers, T, B, D, H, V ?? '', threads].map(String),
  ...[ms.toFixed(3), samplesPerSecond.toFixed(0), gflops.toFixed(1), `${(100 * ofPeak).toFixed(0)}%`],
];

function showMemory(grid: BenchGrid, threads: number[], json: boolean): number {
  const most = Math.max(...threads);
  const all = cases(grid).map((about) => ({ ...about, threads: most, ...memoryOf(about, most) }));
  if (json) {
    printJson({ version: 1, memory: all });
    return 0;
  }
  for (const { cell, layers, T, B, D, H, V, bytes, table: buffers } of all) {
    const text = V ? `, V ${V}` : '';
    print(`${cell}, layers ${layers}, T ${T}, B ${B}, D ${D}, H ${H}${text}, threads ${most}: ${megabytes(bytes)} MB`);
    const rows = buffers.map(({ name, shape, bytes: size }) => [name, shape.join(' × '), megabytes(size)]);
    print(`${table(['buffer', 'shape', 'MB'], rows)}\n`);
  }
  return 0;
}
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(3);

function readGrid(file: string): BenchGrid {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new LabError('host.bench-grid', { file, detail: 'cannot be read' }, { file });
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new LabError('host.bench-grid', { file, detail: 'is not JSON' }, { file });
  }
  const checked = gridSchema.safeParse(given);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new LabError(
    'host.bench-grid',
    { file, detail: `${issue?.path.join('.') || '{}'}: ${issue?.message}` },
    { file },
  );
}

/** `1,2`; by default one thread and all. */
function threadsOf(text: string | undefined): number[] {
  if (text === undefined) return [...new Set([1, availableParallelism()])];
  const counts = text.split(',').map(Number);
  if (counts.every((n) => Number.isInteger(n) && n >= 1 && n <= 112)) return counts;
  throw new LabError('host.bench-threads', { value: text });
}
