import { describe, expect, test } from 'vitest';
import { Look, type LookWindow, placeLook } from '../../../../src/core/inside/look';
import { textProbeOf } from '../../../../src/core/inside/texts/present';
import { answerTokens } from '../../../../src/core/inside/texts/request';
import type { CellName, ModelSpec } from '../../../../src/core/nn/model';
import { parameterTable } from '../../../../src/core/nn/parameters';
import { Random } from '../../../../src/core/nn/random';
import { difference, floor } from '../../nn/workbench';
import { engine, learnedText } from '../../text/learned';
import { plainNetwork } from '../plain';

/** What is shown of a language model is what the equations give, and its gradient is that of the loss. */
const [V, D, H, L, T] = [7, 5, 6, 2, 9];

function subject(cell: CellName, embedding: 'learned' | 'one-hot', backend: 'twin64' | 'plain') {
  const model: ModelSpec = {
    ...{ cell, activation: 'tanh', D: embedding === 'learned' ? D : V, H, L, O: V, dropout: 0.3 },
    tokens: { V, embedding },
  };
  const random = new Random(5);
  const table = parameterTable(model);
  const named = Object.fromEntries(
    table.map(({ name, size }) => [name, Array.from({ length: size }, () => 0.6 * random.normal())]),
  );
  const read = Int32Array.from({ length: T }, () => Math.floor(random.uniform() * V));
  const labels = new Int32Array(T).fill(-1);
  labels[T - 2] = read[T - 1]!;
  const places = placeLook(model, T, T);
  const { k, f, i } = floor(backend, places.bytes);
  const look = new Look(k, f, model, places, i);
  look.take(table.flatMap(({ name }) => named[name]!));
  const window: LookWindow = {
    ...{ T, table: new Float32Array(), centre: 'none', columns: 1, targets: null, loss: 'cross-entropy' },
    tokens: { read, labels },
  };
  const x = Array.from(read, (token) =>
    embedding === 'learned'
      ? named['embedding.weight']!.slice(token * D, (token + 1) * D)
      : Array.from({ length: V }, (_, v) => Number(v === token)),
  );
  return { model, look, window, named, x, read };
}

const kinds = (['rnn', 'lstm', 'gru'] as const).flatMap((cell) =>
  (['learned', 'one-hot'] as const).map((embedding) => [cell, embedding] as const),
);
describe.each(kinds)('%s, %s', (cell, embedding) => {
  const { model, look, window, named, x, read } = subject(cell, embedding, 'twin64');
  const seen = look.see(window, { back: true });
  const { quantities } = plainNetwork(model, named, x);
  const list = (values: ArrayLike<number> | null | undefined) => Array.from(values ?? []);

  test('states, gates and scores of every step equal the plain twin’s', () => {
    seen.stacks[0]!.layers.forEach((layer, l) => {
      const own = { h: layer.h, ...(layer.c && { c: layer.c }), ...(layer.a && { a: layer.a }), ...layer.gates };
      expect(Object.keys(own).sort()).toEqual(Object.keys(quantities[l]!).sort());
      for (const [name, values] of Object.entries(own))
        expect(difference(list(values), quantities[l]![name]!.flat()), `${name} of ${l}`).toBeLessThan(1e-12);
    });
    const scores = quantities
      .at(-1)!
      .h!.map((h) =>
        Array.from({ length: V }, (_, v) =>
          h.reduce((sum, value, j) => sum + value * named['head.weight']![v * H + j]!, named['head.bias']![v]!),
        ),
      );
    expect(difference(list(seen.outputs), scores.flat())).toBeLessThan(1e-12);
  });

  test('the gradient of the last known character’s loss by every state is that of differences', () => {
    /** −ln p of the last character after all before it, one state nudged. */
    const loss = (nudge: { l: number; t: number; j: number; by: number }) => {
      const h = plainNetwork(model, named, x, { nudge }).quantities.at(-1)!.h![T - 2]!;
      const scores = Array.from({ length: V }, (_, v) =>
        h.reduce((sum, value, j) => sum + value * named['head.weight']![v * H + j]!, named['head.bias']![v]!),
      );
      const most = Math.max(...scores);
      return Math.log(scores.reduce((sum, s) => sum + Math.exp(s - most), 0)) + most - scores[read[T - 1]!]!;
    };
    expect(seen.loss).toBeCloseTo(loss({ l: 0, t: 0, j: 0, by: 0 }), 10);
    for (let l = 0; l < L; l++)
      for (let t = 0; t < T; t++) {
        const slopes = Array.from(
          { length: H },
          (_, j) => (loss({ l, t, j, by: 1e-5 }) - loss({ l, t, j, by: -1e-5 })) / 2e-5,
        );
        expect(seen.stacks[0]!.layers[l]!.gradient!.h![t], `layer ${l}, step ${t}`).toBeCloseTo(
          Math.hypot(...slopes),
          7,
        );
      }
  });

  test('what steps give to a weight’s gradient sums to it, and the kernels say the same', () => {
    const compiled = subject(cell, embedding, 'plain');
    const other = compiled.look.see(compiled.window, { back: true });
    seen.stacks[0]!.layers.forEach(({ gradient, h }, l) => {
      for (const side of ['recurrent', 'input'] as const)
        expect(list(gradient![side].share).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      const theirs = other.stacks[0]!.layers[l]!;
      expect(difference(list(h), list(theirs.h))).toBeLessThan(1e-5);
      expect(difference(list(gradient!.h), list(theirs.gradient!.h))).toBeLessThan(1e-5);
    });
  });
});

test('a probe of a trained model scores as the reader does, and leaves its lead out', async () => {
  const { record, weights, tokens } = await learnedText('lstm', { embedding: 0, layers: 2 });
  const read = tokens.subarray(100, 160);
  const what = { type: 'stretch', back: true } as const;
  const answer = answerTokens(engine, { type: 'tokens', model: record.model, weights, tokens: read, what });
  if (answer.type !== 'stretch') throw new Error('not what was asked for');
  const probe = textProbeOf(record, { tokens: read, lead: 20, at: 120, whole: null }, answer, null);
  expect(probe.steps).toHaveLength(40);
  expect(probe.of).toBe(38);
  expect(probe.layers[1]!.states.h).toHaveLength(40);
  expect(probe.layers[1]!.gradient!.h).toHaveLength(40);
  const reader = engine.reader(record.model, weights);
  const scores = Array.from(read, (token) => [...reader.read(token)]);
  probe.steps.forEach(({ guesses, entropy, nats, character }, t) => {
    const powers = scores[t + 20]!.map(Math.exp);
    const all = powers.reduce((a, b) => a + b, 0);
    const p = powers.map((power) => power / all);
    const best = p.indexOf(Math.max(...p));
    expect(character).toBe(record.vocabulary[read[t + 20]!]);
    expect(guesses[0]).toEqual({ character: record.vocabulary[best], p: expect.closeTo(p[best]!, 5) });
    expect(entropy).toBeCloseTo(-p.reduce((sum, share) => sum + share * Math.log2(share), 0), 4);
    if (t < 39) expect(nats).toBeCloseTo(-Math.log(p[read[t + 21]!]!), 4);
    else expect(nats).toBeNull();
  });
  expect(probe.loss).toBeCloseTo(probe.steps[38]!.nats!, 5);
  const one = textProbeOf(record, { tokens: read, lead: 20, at: 120, whole: null }, answer, {
    layer: 1,
    quantity: 'c',
  });
  expect(one.layers.map(({ states }) => Object.keys(states))).toEqual([[], ['c']]);
});
