import { expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
import { rateFactor } from '../../../src/core/learn/schedule';
import { options, sine, spec, whole } from './lesson';

test('factors follow their formulas', () => {
  const over = (name: 'constant' | 'decay' | 'cosine', epochs: number) =>
    Array.from({ length: epochs }, (_, i) => Number(rateFactor(name, i + 1, epochs).toFixed(6)));
  expect(over('constant', 3)).toEqual([1, 1, 1]);
  expect(over('decay', 6)).toEqual([1, 1, 1, 0.9, 0.81, 0.729]);
  expect(over('cosine', 4)).toEqual([1, 0.853553, 0.5, 0.146447]);
});

test('plain descent moves by the rate of its epoch', async () => {
  const engine = createEngine({ kernels: 'plain', threads: 1 });
  const model = spec('rnn');
  const table = sine(300, 12);
  // one batch an epoch, so that an epoch is a step; without momentum in the first
  const after = async (epochs: number, learningRate: number, schedule: 'constant' | 'cosine') =>
    (
      await whole(engine, {
        model,
        table: { ...table, starts: { ...table.starts, validation: new Int32Array(0) } },
        options: { ...options, optimizer: 'sgd', batch: 4096, epochs, learningRate, schedule, patience: 0 },
      })
    ).epochs.at(-1)!.train;
  // the loss of epoch 2 is that of the weights after the first step, whose factor is 1; the third also sees ½(1 + cos 60°)
  expect(await after(2, 0.01, 'cosine')).toBe(await after(2, 0.01, 'constant'));
  expect(await after(3, 0.01, 'cosine')).not.toBe(await after(3, 0.01, 'constant'));
  engine.close();
});
