import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Arena } from '../../../src/core/kernels/arena';
import {
  forwardLinear,
  inputsBackLinear,
  linear,
  packLinear,
  placeLinear,
  weightsBackLinear,
} from '../../../src/core/nn/linear';
import { type Backend, backends, difference, flat, floor, panelAt } from './workbench';

const golden = JSON.parse(readFileSync(new URL('../../fixtures/golden/attention.json', import.meta.url), 'utf8'));
const { B, S: T } = golden as { B: number; S: number };
type Matrix = number[][];
const transposed = (m: Matrix): Matrix => m[0]!.map((_, j) => m.map((row) => row[j]!));

// two windows of a slice of four, every width padded to eight
const [S, width] = [4, 8];
const ld = 4 + width;
const ldE = 8;

/** One case of the golden file laid out for the kernels. */
function laidOut(backend: Backend, kind: string, masked: boolean) {
  const c = golden.cases[kind];
  const query = c.query as Matrix;
  const keys = c.keys as Matrix[];
  const additive = kind === 'additive';
  const general = kind === 'luong_general';
  const O = additive ? 6 : 4;
  const arena = new Arena();
  const panels = (name: string, rows: number) => arena.add(name, [rows, 8]);
  const at = {
    weights: arena.add('weights', [128]),
    query: arena.add('query', [S, ld]),
    keys: arena.add('keys', [T * S, ld]),
    q: panels('q', S),
    k: panels('k', T * S),
    v: arena.add('v', [8]),
    lengths: arena.add('lengths', [S]),
    e: arena.add('e', [S, ldE]),
    context: arena.add('context', [S, ld]),
    dContext: arena.add('dContext', [S, ld]),
    de: arena.add('de', [S, ldE]),
    dKeys: panels('dKeys', T * S),
    dk: panels('dk', T * S),
    dkRows: arena.add('dkRows', [T * S, 8]),
    dq: panels('dq', S),
    dqRows: arena.add('dqRows', [S, 8]),
    dQuery: panels('dQuery', S),
    dv: arena.add('dv', [8]),
    dW: arena.add('dW', [2, 8, ld]),
    scratch: arena.add('scratch', [256, 8]),
  };
  const places = [placeLinear(arena, 'query', 4, O), placeLinear(arena, 'key', 4, O)] as const;
  const { k, f, i } = floor(backend, arena.bytes);
  const offsets = { 'query.weight': 0, 'key.weight': 200, 'key.bias': 400 };
  const Q = query[0]!.length;
  const asked = linear(k, 'query', { I: Q, O, place: places[0], at: offsets });
  const keyed = linear(k, 'key', { I: 4, O, place: places[1], at: offsets });
  const put = (pointer: number, values: number[]) => f.set(values, pointer / 4);
  query.forEach((row, s) => {
    put(at.query + s * ld * 4, [0, 0, 0, 1, ...row]);
  });
  keys.forEach((rows, s) => {
    rows.forEach((row, t) => {
      put(at.keys + (t * S + s) * ld * 4, [0, 0, 0, 1, ...row]);
    });
  });
  if (additive) {
    put(at.weights, flat(c.params.Wq));
    put(at.weights + 200, flat(c.params.Wk));
    put(at.weights + 400, c.params.b);
    put(at.v, c.params.v);
    packLinear(keyed, at.weights);
  }
  if (general) put(at.weights, flat(transposed(c.params.W)));
  if (additive || general) packLinear(asked, at.weights);
  i.set(Array(S).fill(T), at.lengths / 4);
  if (masked) i[at.lengths / 4 + 1] = 3;
  (c.R as Matrix).forEach((row, s) => {
    put(at.dContext + (s * ld + 4) * 4, row);
  });
  return { c, k, f, at, asked, keyed, additive, general, Q };
}

function run(backend: Backend, kind: string, masked: boolean) {
  const { c, k, f, at, asked, keyed, additive, general, Q } = laidOut(backend, kind, masked);
  const keys = at.keys + 16;
  const dot: readonly [number, number, number] = additive || general ? [at.q, S * 32, 32] : [at.query + 16, 32, ld * 4];
  if (additive || general) forwardLinear(asked, S, at.query, ld, at.q);
  if (additive) {
    forwardLinear(keyed, T * S, at.keys, ld, at.k);
    k.scoresAdditive(T, S, 1, at.q, at.k, T * S * 32, at.v, at.e, ldE);
  } else k.scoresDot(T, S, 1, ...dot, keys, ld, at.e, ldE);
  const row = (pointer: number, s: number, from: number, n: number, stride: number) =>
    Array.from(f.subarray(pointer / 4 + s * stride + from, pointer / 4 + s * stride + from + n));
  const both = (pointer: number, from: number, n: number, stride: number) =>
    Array.from({ length: B }, (_, s) => row(pointer, s, from, n, stride));
  const scores = both(at.e, 0, T, ldE);
  k.attend(T, S, 1, masked ? at.lengths : 0, at.e, ldE, keys, ld, at.context + 16, ld);
  k.attendBack(T, S, 1, at.e, ldE, at.dContext + 16, 32, ld * 4, keys, ld, at.de, at.dKeys, T * S * 32);
  if (additive) k.scoresAdditiveBack(T, S, 1, at.de, ldE, at.q, at.k, T * S * 32, at.v, at.dq, at.dk, at.dv);
  else k.scoresDotBack(T, S, 1, at.de, ldE, ...dot, keys, ld, at.dq, at.dKeys, T * S * 32);
  k.toRows(S, 0, 8, at.dq, S * 32, at.dqRows, 8);
  const shared = { ld, scratch: at.scratch };
  if (additive || general) {
    weightsBackLinear(asked, { ...shared, R: S, rows: at.query, dy: at.dq, dW: at.dW });
    inputsBackLinear(asked, { R: S, dyRows: at.dqRows, dx: at.dQuery });
  }
  if (additive) {
    k.toRows(T * S, 0, 8, at.dk, T * S * 32, at.dkRows, 8);
    weightsBackLinear(keyed, { ...shared, R: T * S, rows: at.keys, dy: at.dk, dW: at.dW + 8 * ld * 4 });
    inputsBackLinear(keyed, { R: T * S, dyRows: at.dkRows, dx: at.dKeys, add: 1 });
  }
  const panel = (pointer: number, r: number, n: number) =>
    Array.from({ length: n }, (_, h) => f[panelAt(pointer, 0, r, h)]!);
  const dW = (slice: number, n: number, outputs: number) =>
    Array.from({ length: outputs }, (_, j) => row(at.dW + slice * 8 * ld * 4, j, 4, n, ld));
  const parameters: Record<string, unknown> = additive
    ? {
        Wq: dW(0, 3, 6),
        Wk: dW(1, 4, 6),
        b: Array.from({ length: 6 }, (_, j) => row(at.dW + 8 * ld * 4, j, 3, 1, ld)),
        v: row(at.dv, 0, 0, 6, 0),
      }
    : general
      ? { W: transposed(dW(0, 3, 4)) }
      : {};
  return {
    expected: masked ? c.masked : c.full,
    scores,
    weights: both(at.e, 0, T, ldE),
    context: both(at.context, 4, 4, ld),
    dScores: both(at.de, 0, T, ldE),
    dQuery: Array.from({ length: B }, (_, s) => panel(additive || general ? at.dQuery : at.dq, s, Q)),
    dKeys: Array.from({ length: B }, (_, s) => Array.from({ length: T }, (_, t) => panel(at.dKeys, t * S + s, 4))),
    parameters,
  };
}

describe.each(backends)('%s: attention equals PyTorch', (backend) => {
  test.each(
    ['additive', 'luong_general', 'luong_dot'].flatMap((kind) => [[kind, false] as const, [kind, true] as const]),
  )('%s, masked %s', (kind, masked) => {
    const tolerance = backend === 'twin64' ? 1e-10 : 5e-6;
    const { expected, scores, weights, context, dScores, dQuery, dKeys, parameters } = run(backend, kind, masked);
    if (!masked) expect(difference(flat(scores), flat(expected.scores))).toBeLessThan(tolerance);
    expect(difference(flat(weights), flat(expected.weights))).toBeLessThan(tolerance);
    if (masked) expect(weights[1]!.slice(3)).toEqual([0, 0]);
    expect(difference(flat(context), flat(expected.context))).toBeLessThan(tolerance);
    expect(difference(flat(dScores), flat(expected.grad.scores))).toBeLessThan(tolerance);
    expect(difference(flat(dQuery), flat(expected.grad.query))).toBeLessThan(tolerance);
    expect(difference(flat(dKeys), flat(expected.grad.keys))).toBeLessThan(tolerance);
    for (const [name, values] of Object.entries(parameters))
      expect(difference(flat(values), flat(expected.grad.params[name])), name).toBeLessThan(tolerance);
    expect(Object.keys(parameters)).toEqual(Object.keys(expected.grad.params));
  });
});
