import { expect, test } from 'vitest';
import { createEngine, parameterCount } from '../../../src/core/learn';
import { options, sine, spec, whole } from './lesson';

const engine = createEngine({ kernels: 'plain', threads: 1 });

test.each(['rnn', 'lstm', 'gru'] as const)('%s learns a sine and rolls it out', async (cell) => {
  const table = sine(400, 12, cell === 'gru' ? 'last' : 'none');
  const { trained, epochs } = await whole(engine, { model: spec(cell), table, options });
  const losses = epochs.map((epoch) => epoch.validation);
  expect(losses).toHaveLength(20);
  expect(Math.min(...losses)).toBeLessThan(2e-3);
  expect(losses[trained.bestEpoch - 1]).toBe(Math.min(...losses));
  const at = table.starts.validation;
  const forecast = engine.predict(spec(cell), trained.weights, table, at);
  const squares = Array.from(forecast, (y, i) => (y - table.inputs[at[i]! + 12]!) ** 2);
  expect(squares.reduce((a, b) => a + b) / squares.length).toBeCloseTo(losses[trained.bestEpoch - 1]!, 6);
  const rolled = engine.rollOut(spec(cell), trained.weights, table, at.slice(0, 5), 9);
  for (let w = 0; w < 5; w++)
    for (let k = 0; k < 9; k++) expect(rolled[w * 9 + k]).toBeCloseTo(table.inputs[at[w]! + 12 + k]!, 0);
});

test.each(['none', 'last'] as const)('a roll-out is the forecast of each step fed back, centred: %s', (centre) => {
  const table = { ...sine(120, 7, centre), D: 2, targetColumns: 2 };
  table.rows = 60;
  const model = spec('gru', { D: 2, O: 2, L: 2, H: 9 });
  const weights = Float32Array.from({ length: parameterCount(model) }, (_, i) => 0.4 * Math.sin(i * 1.3));
  const starts = Int32Array.from({ length: 21 }, (_, s) => s * 2);
  const horizon = 5;
  const rolled = engine.rollOut(model, weights, table, starts, horizon);
  for (const [w, start] of starts.entries()) {
    // a table that holds this one window alone, and its forecasts after it
    const inputs = new Float32Array(60 * 2);
    inputs.set(table.inputs.subarray(start * 2, (start + 7) * 2));
    for (let k = 0; k < horizon; k++) {
      const next = engine.predict(model, weights, { ...table, inputs: inputs.slice() }, Int32Array.of(k));
      inputs.set(next, (7 + k) * 2);
      for (let d = 0; d < 2; d++) expect(rolled[(w * horizon + k) * 2 + d]).toBeCloseTo(next[d]!, 5);
    }
  }
});

test('many windows at once are forecast as each alone', () => {
  for (const cell of ['rnn', 'lstm', 'gru'] as const) {
    const table = sine(200, 11);
    const model = spec(cell, { L: 2, H: 33 });
    const weights = Float32Array.from({ length: parameterCount(model) }, (_, i) => 0.3 * Math.sin(i * 0.7));
    const starts = table.starts.test.slice(0, 37);
    const all = engine.predict(model, weights, table, starts);
    for (const [i, start] of starts.entries())
      expect(all[i]).toBeCloseTo(engine.predict(model, weights, table, Int32Array.of(start))[0]!, 5);
    expect(engine.predict(model, weights, table, new Int32Array(0))).toHaveLength(0);
  }
});
