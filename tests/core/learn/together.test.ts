import { expect, test } from 'vitest';
import { together } from '../../../src/core/learn/together';

async function* counting(name: string, to: number, log: string[]): AsyncGenerator<string> {
  log.push(`${name} begins`);
  try {
    for (let i = 1; i <= to; i++) {
      await Promise.resolve();
      yield `${name}${i}`;
    }
  } finally {
    log.push(`${name} ends`);
  }
}

test('all are taken, in turn', async () => {
  const log: string[] = [];
  const seen: string[] = [];
  for await (const value of together([counting('a', 3, log), counting('b', 3, log)])) seen.push(value);
  expect(seen.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  expect(seen.indexOf('b1')).toBeLessThan(seen.indexOf('a3'));
});

test('no more begin than may be under way', async () => {
  const log: string[] = [];
  for await (const _ of together([counting('a', 2, log), counting('b', 2, log), counting('c', 2, log)], 1));
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('whoever leaves early ends those that have begun', async () => {
  const log: string[] = [];
  for await (const _ of together([counting('a', 9, log), counting('b', 9, log), counting('c', 9, log)], 2)) break;
  expect(log.toSorted()).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('one that throws ends all', async () => {
  const log: string[] = [];
  async function* failing(): AsyncGenerator<string> {
    yield 'f1';
    throw new Error('broken');
  }
  const all = (async () => {
    for await (const _ of together([counting('a', 99, log), failing()]));
  })();
  await expect(all).rejects.toThrow('broken');
  expect(log).toEqual(['a begins', 'a ends']);
});
