import { expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
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
