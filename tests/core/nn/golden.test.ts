import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelSpec } from '../../../src/core/nn/model';
import { backward, collect, forward, noDrop, pack } from '../../../src/core/nn/stack';
import { type Backend, backends, difference, flat, type Workbench, workbench } from './workbench';

const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}.json`, import.meta.url), 'utf8'));
/** float64 must agree to rounding; float32 as far as its digits go. */
const tolerance = (backend: Backend, single: number) => (backend === 'twin64' ? 1e-10 : single);

type Named = Record<string, unknown>;
const named = (g: { weights: Named; head: Named }) => (name: string) =>
  flat(name.startsWith('head.') ? g.head[name.slice(5)] : g.weights[name]);

const up4 = (n: number) => Math.ceil(n / 4) * 4;

function setUp(backend: Backend, kind: string, layers: number, size: string) {
  const g = golden(`${kind}_l${layers}_${size}`);
  const model: ModelSpec = {
    cell: kind.startsWith('rnn') ? 'rnn' : (kind as 'lstm' | 'gru'),
    activation: kind === 'rnn_relu' ? 'relu' : 'tanh',
    D: g.D,
    H: g.H,
    L: layers,
    O: g.O,
    dropout: 0,
  };
  const S = up4(g.B);
  const w = workbench(backend, model, { S, T: g.T, kept: g.T, inputGradient: true });
  w.setWeights(named(g));
  w.setInputs(g.x, S);
  w.setStates(g.h0, g.c0);
  (g.target as number[][]).forEach((row, n) => {
    row.forEach((value, o) => {
      w.setPanel(w.work.target, S * 32, n, o, value);
    });
  });
  const pass = { S, drop: noDrop, shift: 0, keepState: true };
  const step = (g2: typeof g) => {
    w.setStates(g2.h0, g2.c0);
    forward(w.net, w.work, pass);
    const loss =
      w.k.loss(0, S, g.B, g.O, w.work.y, w.work.target, w.work.dy, w.work.dyRows, 1 / (g.B * g.O), 1) / (g.B * g.O);
    backward(w.net, w.work, w.grads, 0, pass);
    collect(w.net, w.grads, 1, w.gradient);
    return loss;
  };
  return { g, w, S, step };
}

const kinds = ['rnn_tanh', 'rnn_relu', 'lstm', 'gru'];
describe.each(backends)('%s equals PyTorch', (backend) => {
  for (const kind of kinds)
    for (const layers of [1, 2])
      for (const size of ['small', 'large']) {
        test(`${kind}, ${layers} layers, ${size}: forward and every gradient`, () => {
          const { g, w, S, step } = setUp(backend, kind, layers, size);
          const loss = step(g);
          expect(difference([loss], [g.forward.loss])).toBeLessThan(tolerance(backend, 2e-6));
          const states = w.states(layers - 1, S, g.B).slice(1);
          expect(difference(flat(states), flat(g.forward.output))).toBeLessThan(tolerance(backend, 2e-6));
          const y = (g.forward.y as number[][]).map((row, n) => row.map((_, o) => w.panel(w.work.y, S * 32, n, o)));
          expect(difference(flat(y), flat(g.forward.y))).toBeLessThan(tolerance(backend, 2e-6));
          const grads = w.named(w.gradient);
          for (const [name, values] of Object.entries(grads))
            expect(difference(values, named(g.grad)(name)), name).toBeLessThan(tolerance(backend, 2e-5));
          const dx = (g.grad.x as number[][][]).map((rows, t) =>
            rows.map((row, n) => row.map((_, d) => w.panel(w.work.layers[0]!.dx, w.work.dxPanel, t * S + n, d))),
          );
          expect(difference(flat(dx), flat(g.grad.x)), 'x').toBeLessThan(tolerance(backend, 2e-5));
          // the last layer to be gone through backwards is the first
          const state = (at: number) =>
            Array.from({ length: g.B }, (_, n) => Array.from({ length: g.H }, (_, j) => w.panel(at, S * 32, n, j)));
          expect(difference(flat(state(w.work.layers[0]!.dh)), flat(g.grad.h0[0])), 'h0').toBeLessThan(
            tolerance(backend, 2e-5),
          );
          if (kind === 'lstm')
            expect(difference(flat(state(w.work.layers[0]!.dc)), flat(g.grad.c0[0])), 'c0').toBeLessThan(
              tolerance(backend, 2e-5),
            );
        });

        test.each(['adam', 'adamw'])(`${kind}, ${layers} layers, ${size}: three steps of %s`, (optimizer) => {
          const { g, w, step } = setUp(backend, kind, layers, size);
          const o = g[optimizer];
          for (let t = 1; t <= 3; t++) {
            expect(difference([step(g)], [o.losses[t - 1]])).toBeLessThan(tolerance(backend, 1e-5));
            adamStep(w, o, t);
            const after = o.after_each_step?.[t - 1] ?? (t === 3 ? o.after : null);
            if (after)
              for (const [name, values] of Object.entries(w.named(w.buffers.weights)))
                expect(difference(values, named(after)(name)), name).toBeLessThan(tolerance(backend, 3e-4));
          }
          expect(difference([step(g)], [o.losses[3]])).toBeLessThan(tolerance(backend, 1e-4));
        });
      }
});

function adamStep(
  w: Workbench,
  o: { lr: number; betas: [number, number]; eps: number; weight_decay: number },
  t: number,
) {
  const [b1, b2] = o.betas;
  const decay = 1 - o.lr * o.weight_decay;
  w.k.adam(
    w.buffers.size,
    w.buffers.weights,
    w.gradient,
    ...w.moments,
    1,
    o.lr,
    b1,
    b2,
    o.eps,
    1 / (1 - b1 ** t),
    1 / (1 - b2 ** t),
    decay,
  );
  pack(w.net);
}
