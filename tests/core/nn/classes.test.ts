import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelSpec } from '../../../src/core/nn/model';
import { backward, collect, forward, noDrop } from '../../../src/core/nn/stack';
import { type Backend, backends, difference, flat, floor, panelAt, workbench } from './workbench';

const url = new URL('../../fixtures/golden/softmax_ce_many_to_many.json', import.meta.url);
const g = JSON.parse(readFileSync(url, 'utf8'));
const weighted = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/softmax_ce_weighted.json', import.meta.url), 'utf8'),
) as Weighted;
const { T, B, D, H, V } = g as Record<string, number> as { T: number; B: number; D: number; H: number; V: number };
const S = 4;

/** A class at every step of every window; a step that is masked has none. */
function labelled(backend: Backend, mask: number[][] | null) {
  const model: ModelSpec = { cell: 'lstm', activation: 'tanh', D, H, L: 1, O: V, dropout: 0 };
  const w = workbench(backend, model, { S, T, kept: T, headSteps: T, inputGradient: true });
  w.setWeights((name) => flat(name.startsWith('head.') ? g.head[name.slice(5)] : g.weights[name]));
  w.setInputs(g.x, S);
  w.setStates(g.h0, g.c0);
  const R = T * S;
  let count = 0;
  for (let r = 0; r < R; r++) {
    const [t, b] = [Math.floor(r / S), r % S];
    const real = b < B && (!mask || mask[t]![b] === 1);
    if (real) count++;
    w.setPanel(w.work.target, R * 32, r, 0, real ? g.target[t][b] : -1);
  }
  const pass = { S, drop: noDrop, shift: 0, keepState: true };
  forward(w.net, w.work, pass);
  const { y, target, dy, dyRows } = w.work;
  const loss = w.k.crossEntropy(V, R, R, 1, y, target, dy, dyRows, 1 / count) / count;
  backward(w.net, w.work, w.grads, 0, pass);
  collect(w.net, w.grads, 1, w.gradient);
  const each = (pointer: number, n: number, panel = R * 32) =>
    Array.from({ length: T }, (_, t) =>
      Array.from({ length: B }, (_, b) => Array.from({ length: n }, (_, v) => w.panel(pointer, panel, t * S + b, v))),
    );
  return { w, loss, logits: each(y, V), dLogits: each(dy, V), dx: each(w.work.layers[0]!.dx, D, w.work.dxPanel) };
}

describe.each(backends)('%s: a class at every step equals PyTorch', (backend) => {
  const tolerance = backend === 'twin64' ? 1e-10 : 5e-6;

  test.each(['full', 'masked'] as const)('%s: loss and every gradient', (which) => {
    const { w, loss, logits, dLogits, dx } = labelled(backend, which === 'masked' ? g.masked.mask : null);
    const expected = which === 'masked' ? g.masked : { loss: g.forward.loss, grad: g.grad };
    expect(difference([loss], [expected.loss])).toBeLessThan(tolerance);
    expect(difference(flat(logits), flat(g.forward.logits))).toBeLessThan(tolerance);
    expect(difference(flat(dLogits), flat(expected.grad.logits))).toBeLessThan(tolerance);
    expect(difference(flat(dx), flat(expected.grad.x))).toBeLessThan(4 * tolerance);
    for (const [name, values] of Object.entries(w.named(w.gradient))) {
      const known = name.startsWith('head.') ? expected.grad.head[name.slice(5)] : expected.grad.weights[name];
      expect(difference(values, flat(known)), name).toBeLessThan(4 * tolerance);
    }
  });

  test('scores in the thousands neither overflow nor lose the loss', () => {
    for (const { logits, target, loss, grad } of g.extreme_logits as Extreme[]) {
      const { k, f } = floor(backend, 4096);
      const at = { y: 256, target: 512, dy: 1024, dyRows: 2048 };
      logits.forEach((score, v) => {
        f[panelAt(at.y, 128, 0, v)] = score;
      });
      f[panelAt(at.target, 128, 0, 0)] = target;
      expect(k.crossEntropy(3, 4, 1, 1, at.y, at.target, at.dy, at.dyRows, 1)).toBeCloseTo(loss, 6);
      const found = [0, 1, 2].map((v) => f[panelAt(at.dy, 128, 0, v)]!);
      expect(difference(found, grad)).toBeLessThan(2e-7);
      expect(Array.from(f.subarray(at.dyRows / 4, at.dyRows / 4 + 3))).toEqual(found);
    }
  });

  test('weighted classes equal PyTorch', () => {
    const at = { y: 256, target: 1024, dy: 2048, dyRows: 3072, weights: 4096 };
    const { k, f } = floor(backend, 8192);
    const { V: classes, logits, target, weights, loss, grad } = weighted;
    logits.forEach((row, r) => {
      row.forEach((score, v) => {
        f[panelAt(at.y, 256, r, v)] = score;
      });
      f[panelAt(at.target, 256, r, 0)] = target[r]!;
    });
    f.set(weights, at.weights / 4);
    const sum = k.crossEntropy(classes, 8, logits.length, 1, at.y, at.target, at.dy, at.dyRows, 1, at.weights);
    expect(difference([sum], [loss])).toBeLessThan(tolerance);
    const found = logits.map((_, r) => Array.from({ length: classes }, (__, v) => f[panelAt(at.dy, 256, r, v)]!));
    expect(difference(flat(found), flat(grad))).toBeLessThan(tolerance);
    expect(Array.from(f.subarray(at.dyRows / 4 + 8, at.dyRows / 4 + 8 + classes))).toEqual(found[1]);
  });

  test.each([
    [1, 3],
    [2, 1],
    [3, 5],
    [7, 2],
    [8, 1],
    [13, 1],
    [66, 3],
  ])('%i classes, %i outputs: as the twin in double precision has it, whatever stood there', (classes, outputs) => {
    const [R, n] = [8, 6];
    const size = Math.ceil((classes * outputs) / 8) * 32 * R;
    const at = { y: 256, target: 256 + size, dy: 256 + 2 * size, dyRows: 256 + 3 * size, weights: 256 + 4 * size };
    const [mine, twin] = [backend, 'twin64' as const].map((name) => {
      const { k, f } = floor(name, at.weights + 4 * classes + 64);
      for (let o = at.y / 4; o < at.weights / 4; o++) f[o] = 4 * Math.sin(o * o);
      for (let r = 0; r < R; r++)
        for (let o = 0; o < outputs; o++) f[panelAt(at.target, R * 32, r, o)] = ((5 * r + 3 * o) % (classes + 1)) - 1;
      for (let v = 0; v < classes; v++) f[at.weights / 4 + v] = 1 + v / 7;
      const sum = k.crossEntropy(classes, R, n, outputs, at.y, at.target, at.dy, at.dyRows, 0.3, at.weights);
      return { sum, slopes: Array.from(f.subarray(at.dy / 4, at.weights / 4)) };
    });
    expect(difference([mine!.sum], [twin!.sum])).toBeLessThan(2e-6);
    expect(difference(mine!.slopes, twin!.slopes)).toBeLessThan(1e-6);
  });

  test('several outputs to a row keep their scores apart', () => {
    const { k, f } = floor(backend, 8192);
    const at = { y: 256, target: 2048, dy: 4096, dyRows: 6144 };
    const [classes, outputs] = [3, 5];
    const score = (r: number, o: number) => Math.sin(7 * r + 3 * o);
    for (let r = 0; r < 3; r++) {
      for (let o = 0; o < classes * outputs; o++) f[panelAt(at.y, 128, r, o)] = score(r, o);
      for (let n = 0; n < outputs; n++) f[panelAt(at.target, 128, r, n)] = (r + n) % classes;
    }
    let expected = 0;
    for (let r = 0; r < 3; r++)
      for (let n = 0; n < outputs; n++) {
        const powers = [0, 1, 2].map((v) => Math.exp(score(r, n * classes + v)));
        expected -= Math.log(powers[(r + n) % classes]! / (powers[0]! + powers[1]! + powers[2]!));
      }
    const sum = k.crossEntropy(classes, 4, 3, outputs, at.y, at.target, at.dy, at.dyRows, 1);
    expect(sum).toBeCloseTo(expected, 5);
    const rows = Array.from({ length: 3 }, (_, r) =>
      Array.from(f.subarray(at.dyRows / 4 + r * 16, at.dyRows / 4 + r * 16 + 15)),
    );
    for (const row of rows)
      for (let n = 0; n < outputs; n++) expect(row[3 * n]! + row[3 * n + 1]! + row[3 * n + 2]!).toBeCloseTo(0, 6);
  });
});
interface Extreme {
  logits: number[];
  target: number;
  loss: number;
  grad: number[];
}
interface Weighted {
  V: number;
  logits: number[][];
  target: number[];
  weights: number[];
  loss: number;
  grad: number[][];
}
