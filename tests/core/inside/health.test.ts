import { expect, test } from 'vitest';
import { explain } from '../../../src/core/errors';
import { lessonOf, modelOf } from '../../../src/core/forecast/lesson';
import { Album } from '../../../src/core/inside/album';
import { flowOf, healthOf, Watch } from '../../../src/core/inside/health';
import { createEngine } from '../../../src/core/learn/index';
import { parameterTable } from '../../../src/core/nn/parameters';
import type { Series } from '../../../src/core/protocol';
import type { Settings } from '../../../src/core/settings';
import { experimentOn, settingsFor } from '../forecast/laboratory';

const series: Series = {
  names: ['y'],
  values: [Float64Array.from({ length: 300 }, (_, t) => Math.sin(t / 4) + ((t * 7919) % 17) / 20)],
  times: null,
  future: null,
  dateOnly: false,
  season: 1,
};
const engine = createEngine({ kernels: 'plain', threads: 1 });

/** A plain RNN of four units whose recurrent weights are `scale` times the identity. */
function patient(scale: number, chosen: Partial<Settings> = {}) {
  const settings = settingsFor(series, { hidden: 4, lookback: 40, ...chosen });
  const lesson = lessonOf(series, settings, { transform: 'none', scale: 'standard' });
  const model = modelOf('rnn', lesson);
  const weights = new Float32Array(parameterTable(model).reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size, shape } of parameterTable(model))
    for (let i = 0; i < size; i++) {
      const diagonal = i % (shape[0]! + 1) === 0 ? scale : 0;
      weights[offset + i] = name.includes('weight_hh') ? diagonal : name.includes('bias') ? 1 : 0.1;
    }
  return { engine, model, weights, lesson };
}
const codes = (...given: Parameters<typeof healthOf>) => healthOf(...given).map(({ code }) => code);

test('a gradient that halves with every step dies after seven of forty', () => {
  // 2⁻⁶ is above 1 %, 2⁻⁷ below
  expect(flowOf(Array.from({ length: 40 }, (_, t) => 0.5 ** (39 - t)))).toEqual({ reach: 7, growth: 0.5 ** 39 });
  const [found] = healthOf(patient(0.5, { activation: 'relu' }));
  expect(found).toMatchObject({ code: 'health.vanishing', facts: { steps: 7, lookback: 40 } });
  const { message, remedy } = explain(found!.code, found!.facts);
  expect(message).toContain('die after 7 steps of 40');
  expect(remedy).toBe('An LSTM or GRU or a lookback nearer to 7 would help.');
  expect(explain(found!.code, { ...found!.facts, init: 'uniform' }).remedy).toContain('orthogonal weights');
});

test('targets that share a network have a layer each, whose gradients are taken together', () => {
  const two = {
    ...series,
    names: ['y', 'x'],
    values: [series.values[0]!, series.values[0]!.map((value) => 2 - value)],
  };
  const settings = settingsFor(two, { hidden: 4, lookback: 40, activation: 'relu', also: ['x'], sharing: 'uniform' });
  const lesson = lessonOf(two, settings, { transform: 'none', scale: 'standard' });
  const halving = { ...patient(0.5, { activation: 'relu' }), lesson, model: modelOf('rnn', lesson) };
  const table = parameterTable(halving.model);
  halving.weights = new Float32Array(table.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size, shape } of table)
    for (let i = 0; i < size; i++) {
      const diagonal = i % (shape[0]! + 1) === 0 ? 0.5 : 0;
      halving.weights[offset + i] = name.includes('weight_hh') ? diagonal : name.includes('bias') ? 1 : 0.1;
      // nothing comes back to the first of them
      if (name === 'task0.head.weight') halving.weights[offset + i] = 0;
    }
  expect(healthOf(halving)).toMatchObject([{ code: 'health.vanishing', facts: { steps: 7, lookback: 40 } }]);
});

test('a gradient that keeps its size is healthy, one that grows explodes', () => {
  expect(codes(patient(1, { activation: 'relu' }))).toEqual([]);
  expect(flowOf([8, 4, 2, 1])).toEqual({ reach: 4, growth: 8 });
  const [found] = healthOf(patient(1.2, { activation: 'relu' }));
  expect(found!.code).toBe('health.exploding');
  // 1.2³⁹ = 1225
  expect(found!.facts.times).toBeGreaterThan(900);
  expect(found!.facts.times).toBeLessThan(1400);
  expect(explain(found!.code, found!.facts).remedy).toContain('Clip at 1');
  const after = { ...found!.facts, memory: 'after', times: 2.9e16 };
  expect(explain(found!.code, after)).toMatchObject({
    message: 'Gradients explode: over 40 steps back they grow 2.9e16 times.',
    remedy: 'Let memory enter before the activation, clip at 1, or lower the learning rate.',
  });
});

test('saturated states, dead units and what was not finite are told', () => {
  const saturated = patient(1, { activation: 'tanh' });
  saturated.weights.fill(40);
  expect(codes(saturated)).toContain('health.saturated');
  const off = patient(0.5, { activation: 'relu' });
  off.weights.fill(-5);
  expect(codes(off)).toContain('health.dead-units');
  expect(healthOf(patient(1, { activation: 'relu' }), { epoch: 3, what: 'loss' })[0]).toEqual({
    code: 'health.not-finite',
    facts: { epoch: 3, what: 'loss' },
  });
});

test('a run says how it fared, and while it trains as well', async () => {
  const chosen = { init: 'uniform', lookback: 40, epochs: 3, hidden: 4, models: ['rnn'] } as const;
  const { outcomes, events } = await experimentOn(series, { ...chosen, models: [...chosen.models] });
  expect(outcomes[0]!.health!.map(({ code }) => code)).toEqual(['health.vanishing']);
  const told = events.flatMap((event) => (event.type === 'epoch' && event.health ? [event.health] : []));
  expect(told[0]!.map(({ code }) => code)).toEqual(['health.vanishing']);
  const trained = events.find((event) => event.type === 'trained');
  expect(trained?.type === 'trained' && trained.epochs?.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
});

test('health is looked at for no more than a fiftieth of the time', () => {
  let clock = 0;
  // a look takes from one reading of the clock to the next
  const watch = new Watch(() => (clock += 10));
  const looks = Array.from({ length: 200 }, () => watch.look(patient(1)) !== null);
  expect(looks.filter(Boolean).length).toBeLessThanOrEqual(200 / 40);
  expect(looks[0]).toBe(true);
});

test('an album keeps epochs evenly, never more than thirty or eight megabytes', () => {
  const album = new Album(100);
  for (let epoch = 1; epoch <= 250; epoch++) album.take(epoch, Float32Array.of(epoch));
  const epochs = album.pages.map(({ epoch }) => epoch);
  expect(epochs).toEqual(Array.from({ length: 16 }, (_, i) => 1 + 16 * i));
  for (const { epoch, weights } of album.pages) expect([...weights]).toEqual([epoch]);
  const large = new Album(500_000);
  for (let epoch = 1; epoch <= 9; epoch++) large.take(epoch, new Float32Array(1));
  expect(large.pages.length * 2_000_000).toBeLessThanOrEqual(8 << 20);
  const huge = new Album(2_000_000);
  huge.take(1, new Float32Array(1));
  expect(huge.pages).toEqual([]);
});
