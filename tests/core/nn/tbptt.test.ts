import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelSpec } from '../../../src/core/nn/model';
import { update } from '../../../src/core/nn/optimizer';
import { backward, collect, forward, noDrop, pack } from '../../../src/core/nn/stack';
import { type Backend, backends, difference, flat, type Workbench, workbench } from './workbench';

const S = 4;
const pass = { S, drop: noDrop, shift: 0, keepState: true };
type Named = Record<string, unknown>;
const named = (g: { weights: Named; head: Named }) => (name: string) =>
  flat(name.startsWith('head.') ? g.head[name.slice(5)] : g.weights[name]);

interface Chunk {
  start: number;
  length: number;
  loss: number;
  h_out: number[][][];
  c_out?: number[][][];
  grad: { weights: Named; head: Named };
  after?: { weights: Named; head: Named };
}

/** Gradient of the mean loss over all steps of a chunk, begun from the given states. */
function learn(w: Workbench, y: number[][][], B: number) {
  forward(w.net, w.work, pass);
  const R = w.work.headSteps * S;
  // rows beyond the batch are given no error
  for (let r = 0; r < R; r++)
    w.setPanel(w.work.target, R * 32, r, 0, r % S < B ? y[(r / S) | 0]![r % S]![0]! : w.panel(w.work.y, R * 32, r, 0));
  const count = y.length * B;
  const sum = w.k.loss(0, R, R, 1, w.work.y, w.work.target, w.work.dy, w.work.dyRows, 1 / count, 1);
  backward(w.net, w.work, w.grads, 0, pass);
  collect(w.net, w.grads, 1, w.gradient);
  return sum / count;
}

describe.each(backends)('%s: truncated backpropagation equals PyTorch', (backend: Backend) => {
  const within = (single: number) => (backend === 'twin64' ? 1e-10 : single);
  describe.each(['rnn_tanh', 'lstm', 'gru'])('%s', (kind) => {
    const g = JSON.parse(readFileSync(new URL(`../../fixtures/golden/tbptt_${kind}.json`, import.meta.url), 'utf8'));
    const cell = kind === 'rnn_tanh' ? 'rnn' : (kind as 'lstm' | 'gru');
    const model: ModelSpec = { cell, activation: 'tanh', D: g.D, H: g.H, L: 1, O: g.O, dropout: 0 };
    const bench = (T: number) => workbench(backend, model, { S, T, kept: T, headSteps: T });

    /** Goes through the chunks, states handed on, and compares losses, gradients and states. */
    const through = (chunks: Chunk[], between: (w: Workbench, t: number, chunk: Chunk) => void) => {
      const benches: Record<number, Workbench> = { 7: bench(7), 6: bench(6) };
      for (const w of Object.values(benches)) w.setWeights(named(g));
      let [h, c] = [g.h0, g.c0];
      let weights = named(g);
      for (const [i, chunk] of chunks.entries()) {
        const w = benches[chunk.length]!;
        w.setWeights(weights);
        w.setInputs(g.x.slice(chunk.start, chunk.start + chunk.length), S);
        w.setStates(h, c);
        const loss = learn(w, g.y.slice(chunk.start, chunk.start + chunk.length), g.B);
        expect(difference([loss], [chunk.loss])).toBeLessThan(within(1e-5));
        for (const [name, values] of Object.entries(w.named(w.gradient)))
          expect(difference(values, named(chunk.grad)(name)), name).toBeLessThan(within(1e-4));
        h = [w.states(0, S, g.B).at(-1)!];
        expect(difference(flat(h), flat(chunk.h_out))).toBeLessThan(within(1e-5));
        c = chunk.c_out;
        between(w, i + 1, chunk);
        const learned = w.named(w.buffers.weights);
        weights = (name) => learned[name]!;
        if (chunk.after)
          for (const [name, values] of Object.entries(learned))
            expect(difference(values, named(chunk.after)(name)), name).toBeLessThan(within(2e-4));
      }
    };

    test('chunks at the same weights', () => through(g.fixed_weights, () => {}));

    test('a step of Adam after each chunk', () => {
      let moments: number[][] | null = null;
      through(g.adam_between_chunks.chunks, (w, t) => {
        // the chunks of another length have memory of their own, so the moments are carried over
        moments?.forEach((m, i) => {
          w.f.set(m, w.moments[i]! / 4);
        });
        const arrays = { size: w.buffers.size, weights: w.buffers.weights, gradient: w.gradient, moments: w.moments };
        update(w.k, 'adam', arrays, { t, lr: g.adam_between_chunks.lr, clip: 1 });
        moments = w.moments.map((at) => w.read(at, w.buffers.size));
        pack(w.net);
      });
    });

    test('the whole, uncut', () => {
      const w = bench(20);
      w.setWeights(named(g));
      w.setInputs(g.x, S);
      w.setStates(g.h0, g.c0);
      expect(difference([learn(w, g.y, g.B)], [g.full_bptt.loss])).toBeLessThan(within(1e-5));
      for (const [name, values] of Object.entries(w.named(w.gradient)))
        expect(difference(values, named(g.full_bptt.grad)(name)), name).toBeLessThan(within(1e-4));
    });

    test('a window of 20 with the last 7 kept: the gradient of the last 7 from the state before them', () => {
      const last = (w: Workbench) => {
        forward(w.net, w.work, { ...pass, keepState: true });
        for (let r = 0; r < S; r++)
          w.setPanel(w.work.target, S * 32, r, 0, r < g.B ? g.y[19][r][0] : w.panel(w.work.y, S * 32, r, 0));
        w.k.loss(0, S, S, 1, w.work.y, w.work.target, w.work.dy, w.work.dyRows, 1 / g.B, 1);
        backward(w.net, w.work, w.grads, 0, pass);
        collect(w.net, w.grads, 1, w.gradient);
        return w.named(w.gradient);
      };
      const begin = (T: number, kept: number) => {
        const w = workbench(backend, model, { S, T, kept });
        w.setWeights(named(g));
        w.setInputs(g.x.slice(20 - T), S);
        w.setStates(g.h0, g.c0);
        return w;
      };
      const truncated = last(begin(20, 7));
      const whole = last(begin(20, 20));
      const before = begin(20, 20);
      before.setInputs(g.x.slice(0, 13), S);
      forward(before.net, before.work, pass);
      const short = begin(7, 7);
      short.setStates([before.states(0, S, g.B)[13]!], cell === 'lstm' ? [before.cells(0, S, g.B)[13]!] : undefined);
      const cut = last(short);
      for (const name of Object.keys(cut))
        expect(difference(truncated[name]!, cut[name]!), name).toBeLessThan(within(1e-5));
      expect(difference(truncated.weight_hh_l0!, whole.weight_hh_l0!)).toBeGreaterThan(1e-4);
    });
  });
});
