import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Look, placeLook } from '../../../src/core/inside/look';
import { type LayerStates, layerPlace, statesOf } from '../../../src/core/inside/reading';
import type { CellName, ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { forward, noDrop } from '../../../src/core/nn/stack';
import { type Backend, difference, flat, floor, workbench } from '../nn/workbench';

/**
 * What is shown of a network against PyTorch's numbers (tests/fixtures/golden/gen.py). PyTorch gives the hidden states of
 * the top layer at every step and all layers' last hidden and cell states, and no gates. A gate at a step is a function of
 * the input and of the hidden state before, so of one layer all gates follow from PyTorch's states by the equations alone,
 * and the cell states from the gates; they must end at PyTorch's.
 */
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}.json`, import.meta.url), 'utf8'));

const kinds = ['rnn_tanh', 'rnn_relu', 'lstm', 'gru'] as const;
const modelOf = (kind: string, shape: Pick<ModelSpec, 'D' | 'H' | 'L' | 'O'>): ModelSpec => ({
  cell: (kind.startsWith('rnn') ? 'rnn' : kind) as CellName,
  activation: kind === 'rnn_relu' ? 'relu' : 'tanh',
  dropout: 0,
  ...shape,
});
const weightOf = (g: { weights: Record<string, unknown>; head: Record<string, unknown> }) => (name: string) =>
  flat(name.startsWith('head.') ? g.head[name.slice(5)] : g.weights[name]);
const S = 4;
const backends = [
  ['twin64', 1e-12],
  ['plain', 2e-6],
  ['relaxed', 2e-6],
] as const;

/** The states of the golden file's window n, by layer, read where the Inside view reads them. */
function statesIn(backend: Backend, g: ReturnType<typeof golden>, kind: string, n: number): LayerStates[] {
  const model = modelOf(kind, { D: g.D, H: g.H, L: g.num_layers, O: g.O });
  const w = workbench(backend, model, { S, T: g.T, kept: g.T });
  w.setWeights(weightOf(g));
  // what is read is the first window of a slice
  const first = (rows: number[][]) => [rows[n]!];
  w.setInputs((g.x as number[][][]).map(first), S);
  w.setStates((g.h0 as number[][][]).map(first), (g.c0 as number[][][] | undefined)?.map(first));
  forward(w.net, w.work, { S, drop: noDrop, shift: 0, keepState: true });
  const place = { f: w.f, S, row: 0, steps: g.T, side: false };
  return w.net.shapes.map((shape, l) => statesOf(place, model, layerPlace(w.work, shape, l)));
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Gates [T][H] of one layer whose states before each step are given, by the equations in docs/inside.md. */
function gatesFrom(kind: string, g: ReturnType<typeof golden>, n: number): Record<string, number[]> {
  const { H, T, D } = g;
  const [W, U, bi, bh] = ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0'].map(weightOf(g));
  const before = (t: number): number[] => (t > 0 ? g.forward.output[t - 1][n] : g.h0[0][n]);
  const inner = (m: number[], row: number, x: number[], width: number) =>
    x.reduce((sum, value, i) => sum + value * m[row * width + i]!, 0);
  const input = (block: number, j: number, t: number) => inner(W!, block * H + j, g.x[t][n], D) + bi![block * H + j]!;
  const state = (block: number, j: number, t: number) => inner(U!, block * H + j, before(t), H) + bh![block * H + j]!;
  const every = (f: (j: number, t: number) => number) =>
    Array.from({ length: T * H }, (_, i) => f(i % H, Math.floor(i / H)));
  const sum = (block: number) => (j: number, t: number) => input(block, j, t) + state(block, j, t);
  const gate = (block: number) => every((j, t) => sigmoid(sum(block)(j, t)));
  if (kind === 'lstm') {
    const [i, f, o] = [gate(0), gate(1), gate(3)];
    const candidate = every((j, t) => Math.tanh(sum(2)(j, t)));
    const c: number[] = [];
    for (let at = 0; at < T * H; at++)
      c[at] = f[at]! * (at < H ? g.c0[0][n][at] : c[at - H]!) + i[at]! * candidate[at]!;
    return { i, f, g: candidate, o, c };
  }
  if (kind !== 'gru') return {};
  const [r, z] = [gate(0), gate(1)];
  return { r, z, n: every((j, t) => Math.tanh(input(2, j, t) + r[t * H + j]! * state(2, j, t))) };
}

describe.each(backends)('%s', (backend, within) => {
  for (const kind of kinds)
    for (const L of [1, 2])
      test(`${kind}, ${L} layers: hidden states, cell states and gates are PyTorch's`, () => {
        const g = golden(`${kind}_l${L}_small`);
        for (let n = 0; n < g.B; n++) {
          const layers = statesIn(backend, g, kind, n);
          const top = layers.at(-1)!;
          const output = (g.forward.output as number[][][]).map((step) => step[n]!);
          expect(difference([...top.h], flat(output))).toBeLessThan(within);
          layers.forEach(({ h, c, before, cellBefore }, l) => {
            expect(difference([...h.subarray(-g.H)], g.forward.hT[l][n])).toBeLessThan(within);
            expect(difference([...before.subarray(0, g.H)], g.h0[l][n])).toBeLessThan(within);
            if (kind !== 'lstm') return;
            expect(difference([...c!.subarray(-g.H)], g.forward.cT[l][n])).toBeLessThan(within);
            expect(difference([...cellBefore!.subarray(0, g.H)], g.c0[l][n])).toBeLessThan(within);
          });
          if (L > 1) continue;
          const expected = gatesFrom(kind, g, n);
          if (kind === 'lstm') expect(difference(expected.c!.slice(-g.H), g.forward.cT[0][n])).toBeLessThan(1e-12);
          for (const [name, values] of Object.entries(expected)) {
            const found = name === 'c' ? top.c : top.gates[name as keyof typeof top.gates];
            expect(difference([...found!], values), name).toBeLessThan(within);
          }
        }
      });

  test.each(kinds)("%s: losses and forecasts of windows looked into are those of PyTorch's training", (kind) => {
    const g = golden(`train_${kind}`);
    const T: number = g.window;
    const model = modelOf(kind, { D: 1, H: g.H, L: 1, O: 1 });
    const places = placeLook(model, T, T + 1);
    const { k, f } = floor(backend, places.bytes);
    const look = new Look(k, f, model, places);
    const series: number[] = g.series;
    const see = (values: number[], known: boolean) =>
      look.see(
        {
          T,
          table: Float32Array.from(values),
          centre: 'none',
          columns: 1,
          targets: known ? { firstStep: 1, steps: 1 } : null,
          loss: 'mse',
        },
        { back: true },
      );
    const takeFrom = (source: Parameters<typeof weightOf>[0]) =>
      look.take(parameterTable(model).flatMap(({ name }) => weightOf(source)(name)));
    takeFrom(g);
    const losses = series.slice(T).map((_, start) => see(series.slice(start, start + T + 1), true).loss!);
    // the series goes in as single precision, whoever reckons
    expect(losses.reduce((sum, loss) => sum + loss, 0) / losses.length).toBeCloseTo(g.losses[0], 6);
    takeFrom(g.after);
    const { outputs } = see([...series.slice(-T), 0], false);
    expect(outputs[0]).toBeCloseTo(g.recursive_forecast_5[0], 5);
  });
});
