import type { WindowTable } from '../../data/windows';
import type { TokenTable } from '../../learn/tokens';
import { Random } from '../../nn/random';

/** Small series, made from a seed, in which it is known what there is to be learned. */

/** Share of a recalled value that is the earlier one. */
const recalled = 0.95;

/**
 * x_t = φ x_{t−lag} + √(1 − φ²) ε_t, ε standard normal, φ = 0.95: variance 1, and nothing but the value `lag` steps ago tells
 * of the next. A network that cannot reach it has mean squared error 1, one that can has 1 − φ² ≈ 0.1 at best.
 */
export function recall(lag: number, rows: number, seed: number): Float64Array {
  const random = new Random(seed);
  const x = new Float64Array(rows);
  const fresh = Math.sqrt(1 - recalled * recalled);
  for (let t = 0; t < rows; t++) x[t] = t < lag ? random.normal() : recalled * x[t - lag]! + fresh * random.normal();
  return x;
}
export const leastRecallError = 1 - recalled * recalled;

/**
 * Windows of T rows and the one after them: standard normal numbers, of which the first is marked in a second column and comes
 * again as the last, which is to be forecast. To keep the marked one and let the others pass is what a gate does in one step; a
 * plain cell has to bend its activation so that only a marked number gets in (the adding problem of Hochreiter & Schmidhuber 1997,
 * with one number). Knowing nothing the mean squared error is 1, at best 0.
 */
export function marked(T: number, windows: number, seed: number): WindowTable {
  const random = new Random(seed);
  const rows = windows * (T + 1);
  const inputs = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const t = row % (T + 1);
    inputs[2 * row] = t === T ? inputs[2 * (row - T)]! : random.normal();
    inputs[2 * row + 1] = t === 0 ? 1 : 0;
  }
  const starts = Int32Array.from({ length: windows }, (_, w) => w * (T + 1));
  const cut = Math.floor(windows * 0.7);
  return {
    ...{ rows, D: 2, targetColumns: 1, inputs, T, firstStep: 1, steps: 1, centre: 'none' },
    starts: { train: starts.slice(0, cut), validation: starts.slice(cut), test: new Int32Array(0) },
  };
}

/** How often a product's sign is turned. */
const turned = 0.05;

/**
 * x_t = ±1 = x_{t−1} x_{t−lag}, its sign turned with probability p = 0.05: to be learned only by letting two earlier values
 * act on one another. Knowing the product the mean squared error is 1 − (1 − 2p)² = 0.19; from a sum of functions of single
 * values it is 1, as long as less is read than the sequence's period (3, 7, 15, 21, 63 for lags 2 to 6), after which a single
 * value comes again.
 */
export function products(lag: number, rows: number, seed: number): Float64Array {
  const random = new Random(seed);
  const x = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const flip = random.uniform() < (t < lag ? 0.5 : turned) ? -1 : 1;
    x[t] = t < lag ? flip : x[t - 1]! * x[t - lag]! * flip;
  }
  return x;
}
export const leastProductError = 1 - (1 - 2 * turned) ** 2;

/** Two waves over one another, periods 20 and 7 steps, and noise. */
export function waves(rows: number, noise: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from(
    { length: rows },
    (_, t) => Math.sin((2 * Math.PI * t) / 20) + 0.5 * Math.sin((2 * Math.PI * t) / 7) + noise * random.normal(),
  );
}

/** x_{t+1} = 1 − 1.9 x_t², a logistic map: chaotic, though the next value is a function of the last alone. */
export function logisticMap(rows: number, seed: number): Float64Array {
  const x = new Float64Array(rows);
  x[0] = new Random(seed).uniform() * 0.5;
  for (let t = 1; t < rows; t++) x[t] = 1 - 1.9 * x[t - 1]! ** 2;
  return x;
}

/** Columns as windows: the first 70 % learned from, the rest judged, no window across. */
export function tableOf(
  columns: Float64Array[],
  {
    T,
    steps = 1,
    known = 0,
    targetColumns = 1,
    ahead = steps,
  }: { T: number; steps?: number; known?: number; targetColumns?: number; ahead?: number },
): WindowTable {
  const rows = columns[0]!.length;
  const D = columns.length;
  const inputs = new Float32Array(rows * D);
  columns.forEach((column, d) => {
    column.forEach((value, t) => {
      inputs[t * D + d] = value;
    });
  });
  const cut = Math.floor(rows * 0.7);
  const range = (from: number, end: number) =>
    Int32Array.from({ length: Math.max(0, end - T - ahead + 1 - from) }, (_, i) => from + i);
  return {
    rows,
    D,
    ...(known ? { known } : {}),
    targetColumns,
    inputs,
    T,
    firstStep: 1,
    steps,
    centre: 'none',
    starts: { train: range(0, cut), validation: range(cut, rows), test: new Int32Array(0) },
  };
}

/** Random bits, each labelled with whether it is like the one before it (1) or not (0): a class at every step but the first. */
export function likeBefore(length: number, T: number, seed: number): TokenTable {
  const random = new Random(seed);
  const tokens = Int32Array.from({ length }, () => (random.uniform() < 0.5 ? 0 : 1));
  // a window's first bit has none before it
  const labels = tokens.map((token, t) => (t % T === 0 ? -1 : Number(token === tokens[t - 1])));
  const starts = Int32Array.from({ length: Math.floor(length / T) }, (_, i) => i * T);
  const cut = Math.floor(starts.length * 0.7);
  return { tokens, labels, T, starts: { train: starts.slice(0, cut), validation: starts.slice(cut) }, carried: false };
}
