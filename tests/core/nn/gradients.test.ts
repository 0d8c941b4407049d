import { describe, expect, test } from 'vitest';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { backward, collect, dropOf, forward, pack } from '../../../src/core/nn/stack';
import { lossNames } from '../../../src/core/setting-names';
import { type Workbench, workbench } from './workbench';

// odd and unequal, so that no axis can be taken for another
const [N, T, D, H] = [3, 4, 5, 6];
const S = 4;

const kinds: [string, Partial<ModelSpec>][] = [
  ['rnn tanh', { cell: 'rnn', activation: 'tanh' }],
  ['rnn relu', { cell: 'rnn', activation: 'relu' }],
  ['rnn sigmoid', { cell: 'rnn', activation: 'sigmoid' }],
  ['rnn, memory after', { cell: 'rnn', memory: 'after' }],
  ['rnn, memory after, sigmoid', { cell: 'rnn', activation: 'sigmoid', memory: 'after' }],
  ['rnn, memory with input', { cell: 'rnn', memory: 'input' }],
  ['rnn, memory with input, relu', { cell: 'rnn', activation: 'relu', memory: 'input' }],
  ['rnn without memory', { cell: 'rnn', memory: 'none' }],
  ['rnn without memory, relu', { cell: 'rnn', activation: 'relu', memory: 'none' }],
  ['lstm', { cell: 'lstm' }],
  ['gru', { cell: 'gru' }],
];

/** A model of random numbers with its loss as a function of its weights and inputs. */
function made(model: ModelSpec, kind: number) {
  const w = workbench('twin64', model, { S, T, kept: T, inputGradient: true });
  const random = new Random(7);
  // without an activation round the state, larger weights grow it beyond what differences resolve
  const size = model.memory ? 0.3 : 0.6;
  const normal = () => random.normal() * size;
  const weights = new Map(
    parameterTable(model).map(({ name, size }) => [name, Array.from({ length: size }, normal)] as const),
  );
  w.setWeights((name) => weights.get(name)!);
  w.setInputs(
    Array.from({ length: T }, () => Array.from({ length: N }, () => Array.from({ length: D }, normal))),
    S,
  );
  for (let n = 0; n < N; n++) for (let o = 0; o < model.O; o++) w.setPanel(w.work.target, S * 32, n, o, 2 * normal());
  const pass = { S, drop: dropOf(model.dropout, 77), shift: 0, keepState: false };
  const loss = () => {
    forward(w.net, w.work, pass);
    const { y, target, dy, dyRows } = w.work;
    return w.k.loss(kind, S, N, model.O, y, target, dy, dyRows, 1 / (N * model.O), 0.7) / (N * model.O);
  };
  const gradient = () => {
    loss();
    backward(w.net, w.work, w.grads, 0, pass);
    collect(w.net, w.grads, 1, w.gradient);
  };
  return { w, loss, gradient };
}

/** Central difference of `loss` by the number at index `i` of the memory. */
function slope(w: Workbench, i: number, loss: () => number): number {
  const step = 1e-5;
  const was = w.f[i]!;
  const at = (x: number) => {
    w.f[i] = x;
    pack(w.net);
    return loss();
  };
  const d = (at(was + step) - at(was - step)) / (2 * step);
  at(was);
  return d;
}

describe.each(kinds)('%s', (_, kind) => {
  test.each([
    { L: 1, O: 1, dropout: 0, loss: 'mse' },
    { L: 1, O: 9, dropout: 0, loss: 'mae' },
    { L: 2, O: 2, dropout: 0.4, loss: 'huber' },
    { L: 4, O: 1, dropout: 0.2, loss: 'mse' },
  ] as const)(
    'gradients are slopes: $L layers, $O outputs, dropout $dropout, $loss',
    ({ L, O, dropout, loss: name }) => {
      const model = { cell: 'rnn', activation: 'tanh', D, H, L, O, dropout, ...kind } as ModelSpec;
      const { w, loss, gradient } = made(model, lossNames.indexOf(name));
      gradient();
      // a difference of losses is known only to the digits of the loss
      const tolerance = 1e-8 + 1e-10 * loss();
      const found = w.named(w.gradient);
      const dx = Array.from({ length: T * N * D }, (_, i) => {
        const [t, n, d] = [Math.floor(i / (N * D)), Math.floor(i / D) % N, i % D];
        return w.panel(w.work.layers[0]!.dx, w.work.dxPanel, t * S + n, d);
      });
      for (const { name: parameter, offset, size } of parameterTable(model)) {
        const values = found[parameter]!;
        // every number of a small array, every seventh of a large one
        for (let i = 0; i < size; i += size > 100 ? 7 : 1)
          expect(Math.abs(values[i]! - slope(w, w.buffers.weights / 4 + offset + i, loss)), parameter).toBeLessThan(
            tolerance,
          );
        expect(
          values.some((value) => value !== 0),
          parameter,
        ).toBe(true);
      }
      const { E, H: width } = w.net.shapes[0]!;
      for (let i = 0; i < dx.length; i += 3) {
        const row = Math.floor(i / (N * D)) * S + (Math.floor(i / D) % N);
        const at = w.work.layers[0]!.rows / 4 + row * (E + width) + E - 1 - D + (i % D);
        expect(Math.abs(dx[i]! - slope(w, at, loss))).toBeLessThan(tolerance);
      }
    },
  );
});
