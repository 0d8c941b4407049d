import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Arena } from '../../../src/core/kernels/arena';
import { dropOf, noDrop } from '../../../src/core/nn/layers';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { placeTokens, Tokens } from '../../../src/core/nn/tokens';
import { type Backend, backends, difference, flat, floor, panelAt } from './workbench';

// odd and unequal, so that no axis can be taken for another
const [V, E, H, n] = [7, 5, 6, 3];
const S = 4;

interface Options {
  backend: Backend;
  cell: ModelSpec['cell'];
  embedding: 'learned' | 'one-hot';
  T?: number;
  L?: number;
  dropout?: number;
  /** Tokens there could be; V of them occur. */
  known?: number;
}

/** A language model of random weights over a random text, read in chunks of T. */
function language({ backend, cell, embedding, T = 4, L = 2, dropout = 0, known = V }: Options) {
  const D = embedding === 'learned' ? E : V;
  const model: ModelSpec = { cell, activation: 'tanh', D, H, L, O: V, dropout, tokens: { V: known, embedding } };
  const arena = new Arena();
  const places = placeTokens(arena, model, { S, T, kept: T, extra: 0, seats: 1, slices: 2, slots: 2 });
  const tokens = arena.add('tokens', [40]);
  const starts = arena.add('starts', [S]);
  const gradient = arena.add('gradient', [places.size]);
  const { k, f, i } = floor(backend, arena.bytes);
  const net = new Tokens(k, f, model, places, 0);
  const random = new Random(5);
  i.set(
    Array.from({ length: 40 }, () => Math.floor(random.uniform() * V)),
    tokens / 4,
  );
  f.set(
    Array.from({ length: net.count }, () => random.normal() * 0.6),
    places.weights / 4,
  );
  net.pack();
  const drop = dropOf(dropout, 99);
  /** Reads one chunk of every stream and returns its mean loss. */
  const read = (from: number, slot: number, kept: boolean) => {
    i.set([from, from + 13, from + 26], starts / 4);
    net.carry(slot);
    net.gather({ S, n, T, D, centre: 0, table: tokens, starts });
    net.label(tokens + 4);
    net.forward(S, kept ? drop : null);
    const { y, target, dy, dyRows } = net.outputs;
    return k.crossEntropy(V, T * S, T * S, 1, y, target, dy, dyRows, 1 / (n * T)) / (n * T);
  };
  const scores = () =>
    Array.from({ length: T * S }, (_, r) =>
      Array.from({ length: V }, (_, v) => f[panelAt(net.outputs.y, T * S * 32, r, v)] as number),
    ).filter((_, r) => r % S < n);
  return { model, net, f, places, gradient, drop, read, scores, parameters: parameterTable(model) };
}

const cells = ['rnn', 'lstm', 'gru'] as const;
const embeddings = ['learned', 'one-hot'] as const;

describe.each(cells)('%s reads streams of tokens', (cell) => {
  test.each(embeddings)('%s: the gradient is that of central differences, states being given', (embedding) => {
    const m = language({ backend: 'twin64', cell, embedding, dropout: 0.3 });
    const { at, bytes } = m.places.states;
    m.net.forget(0);
    m.read(0, 0, true);
    const states = m.f.slice(at / 4, (at + bytes) / 4);
    expect(states.some((x) => Math.abs(x) > 0.01)).toBe(true);
    const second = () => {
      m.f.set(states, at / 4);
      return m.read(4, 0, true);
    };
    second();
    m.net.backward(0, S, m.drop);
    m.net.collect(1, m.gradient);
    for (const { name, offset, size } of m.parameters) {
      const at = m.places.weights / 4 + offset;
      const slopes = Array.from({ length: size }, (_, j) => {
        const was = m.f[at + j] as number;
        const value = (x: number) => {
          m.f[at + j] = x;
          m.net.pack();
          return second();
        };
        const slope = (value(was + 1e-5) - value(was - 1e-5)) / 2e-5;
        value(was);
        return slope;
      });
      const stated = Array.from(m.f.subarray(m.gradient / 4 + offset, m.gradient / 4 + offset + size));
      expect(difference(stated, slopes), name).toBeLessThan(1e-6);
      expect(
        stated.some((x) => Math.abs(x) > 1e-6),
        `${name} has a gradient`,
      ).toBe(true);
    }
  });

  test.each(backends)(
    '%s: of many tokens the rows are read, of few a table: scores and gradients are the same',
    (backend) => {
      const close = backend === 'twin64' ? 1e-13 : 1e-5;
      const few = language({ backend, cell, embedding: 'learned', dropout: 0.3 });
      const many = language({ backend, cell, embedding: 'learned', dropout: 0.3, known: 263 });
      expect(few.places.inputTable).not.toBeNull();
      expect(many.places.inputTable).toBeNull();
      const of = (m: typeof few, from: number, name: string) => {
        const { offset, size } = m.parameters.find((parameter) => parameter.name === name)!;
        return m.f.subarray(from / 4 + offset, from / 4 + offset + size);
      };
      for (const { name } of few.parameters) of(many, many.places.weights, name).set(of(few, few.places.weights, name));
      many.net.pack();
      const losses = [few, many].map((m) => {
        const loss = m.read(0, 0, true) + m.read(4, 0, true);
        m.net.backward(0, S, m.drop);
        m.net.collect(1, m.gradient);
        return loss;
      });
      expect(difference([losses[0]!], [losses[1]!])).toBeLessThan(close);
      expect(difference(flat(few.scores()), flat(many.scores()))).toBeLessThan(close);
      for (const { name, size } of few.parameters) {
        const [mine, other] = [few, many].map((m) => Array.from(of(m, m.gradient, name)));
        expect(difference(mine!, other!.slice(0, size)), name).toBeLessThan(close);
        // what never occurs learns nothing
        expect(other!.slice(size).every((x) => x === 0)).toBe(true);
      }
    },
  );

  test.each(backends)('%s: two chunks with the state handed on are one chunk of both', (backend) => {
    for (const kept of [true, false]) {
      const short = language({ backend, cell, embedding: 'learned', T: 3 });
      const long = language({ backend, cell, embedding: 'learned', T: 6 });
      long.f.set(
        short.f.subarray(short.places.weights / 4, short.places.weights / 4 + short.net.count),
        long.places.weights / 4,
      );
      long.net.pack();
      const parts = [0, 3].flatMap((from) => {
        short.read(from, 1, kept);
        return short.scores();
      });
      long.read(0, 0, kept);
      expect(difference(flat(parts), flat(long.scores()))).toBeLessThan(backend === 'twin64' ? 1e-12 : 1e-5);
      // and anew, it is as at first
      const first = parts.slice(0, 3 * n);
      short.net.forget(1);
      short.read(0, 1, kept);
      expect(difference(flat(short.scores()), flat(first))).toBe(0);
      short.read(0, 1, kept);
      expect(difference(flat(short.scores()), flat(first))).toBeGreaterThan(1e-3);
    }
  });

  test.each(backends)('%s: one-hot tokens are an embedding by the unit matrix', (backend) => {
    const hot = language({ backend, cell, embedding: 'one-hot' });
    const loss = hot.read(0, 0, false);
    expect(loss).toBeGreaterThan(0.5);
    const same = language({ backend: 'twin64', cell, embedding: 'one-hot' });
    expect(difference([loss], [same.read(0, 0, false)])).toBeLessThan(1e-5);
    expect(difference(flat(hot.scores()), flat(same.scores()))).toBeLessThan(backend === 'twin64' ? 1e-14 : 2e-5);
  });

  test.each(['plain', 'relaxed', 'twin32'] as const)(
    '%s: every gradient as the twin in double precision has it',
    (backend) => {
      const [fast, slow] = [backend, 'twin64' as const].map((name) => {
        const m = language({ backend: name, cell, embedding: 'learned', dropout: 0.3 });
        m.read(0, 0, true);
        m.net.backward(0, S, m.drop);
        m.read(4, 0, true);
        m.net.backward(1, S, m.drop);
        m.net.collect(2, m.gradient);
        return m;
      });
      for (const { name, offset, size } of fast!.parameters) {
        const of = (m: typeof fast) =>
          Array.from(m!.f.subarray(m!.gradient / 4 + offset, m!.gradient / 4 + offset + size));
        expect(difference(of(fast), of(slow)), name).toBeLessThan(2e-5);
      }
    },
  );
});

const url = new URL('../../fixtures/golden/softmax_ce_many_to_many.json', import.meta.url);

describe.each(backends)('%s: a class at every step of read tokens equals PyTorch', (backend) => {
  const tolerance = backend === 'twin64' ? 1e-10 : 5e-6;

  test.each(['full', 'masked'] as const)('%s', (which) => {
    const g = JSON.parse(readFileSync(url, 'utf8'));
    const [steps, B] = [g.T as number, g.B as number];
    const mask = which === 'masked' ? (g.masked.mask as number[][]) : null;
    // every step of every row is a token of its own, so that the embedding's rows are the golden inputs
    const tokens = { V: steps * B, embedding: 'learned' } as const;
    const model: ModelSpec = { cell: 'lstm', activation: 'tanh', D: g.D, H: g.H, L: 1, O: g.V, dropout: 0, tokens };
    const arena = new Arena();
    const options = { S, T: steps, kept: steps, extra: 0, seats: 1, slices: 1, slots: 1 };
    const places = placeTokens(arena, model, options);
    const list = arena.add('tokens', [steps * B]);
    const labels = arena.add('labels', [steps * B]);
    const starts = arena.add('starts', [S]);
    const gradient = arena.add('gradient', [places.size]);
    const { k, f, i } = floor(backend, arena.bytes);
    const net = new Tokens(k, f, model, places, 0);
    let count = 0;
    const embedding: number[] = [];
    const expected: Record<string, number[]> = { 'embedding.weight': [] };
    const { grad, loss } = mask ? g.masked : { grad: g.grad, loss: g.forward.loss };
    for (let b = 0; b < B; b++) {
      i[starts / 4 + b] = b * steps;
      for (let t = 0; t < steps; t++) {
        const judged = !mask || mask[t]![b] === 1;
        i[list / 4 + b * steps + t] = b * steps + t;
        i[labels / 4 + b * steps + t] = judged ? g.target[t][b] : -1;
        embedding.push(...g.x[t][b]);
        expected['embedding.weight']!.push(...grad.x[t][b]);
        if (judged) count++;
      }
    }
    const part = (from: typeof g, name: string) =>
      flat(name.startsWith('head.') ? from.head[name.slice(5)] : from.weights[name]);
    for (const { name, offset } of parameterTable(model))
      f.set(name === 'embedding.weight' ? embedding : part(g, name), places.weights / 4 + offset);
    net.pack();
    for (let b = 0; b < B; b++) {
      f.set(g.h0[0][b], places.states.at / 4 + b * Math.ceil(g.H / 8) * 8);
      (g.c0[0][b] as number[]).forEach((c, j) => {
        f[panelAt(places.states.at + places.states.layer / 2, S * 32, b, j)] = c;
      });
    }
    net.carry(0);
    net.gather({ S, n: B, T: steps, D: g.D, centre: 0, table: list, starts });
    net.label(labels);
    net.forward(S, noDrop);
    const { y, target, dy, dyRows } = net.outputs;
    const sum = k.crossEntropy(g.V, steps * S, steps * S, 1, y, target, dy, dyRows, 1 / count);
    net.backward(0, S, noDrop);
    net.collect(1, gradient);
    expect(difference([sum / count], [loss])).toBeLessThan(tolerance);
    for (const { name, offset, size } of parameterTable(model)) {
      const mine = Array.from(f.subarray(gradient / 4 + offset, gradient / 4 + offset + size));
      expect(difference(mine, expected[name] ?? part(grad, name)), name).toBeLessThan(4 * tolerance);
    }
  });
});
