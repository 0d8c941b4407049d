import { createReadStream } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/core/data/limits';
import { type ReadingHooks, readTable } from '../../../src/core/data/read';
import { LabError } from '../../../src/core/errors';
import { readText } from './reading';

const calm: ReadingHooks = { breathe: async () => {}, stopping: false };

async function* endless(first: string, then: string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(first);
  const rest = encoder.encode(then);
  for (;;) yield rest;
}

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof LabError ? error : Promise.reject(error)),
  );

describe('what is too much is refused, and reading can be stopped', () => {
  test('a file over the limit by its own size is refused before a byte is read', async () => {
    const source = createReadStream('/dev/null');
    const refusal = await refusalOf(readTable(source, { name: 'big.csv', bytes: limits.fileBytes + 1 }, {}, calm));
    source.destroy();
    expect(refusal?.code).toBe('data.too-large-file');
  });

  test('a row without end is refused where it begins', async () => {
    const refusal = await refusalOf(
      readTable(endless('A,B\n1,2\n', '3'.repeat(100_000)), { name: 'x', bytes: 1 }, {}, calm),
    );
    expect(refusal).toMatchObject({ code: 'data.long-row', line: 3, file: 'x' });
  });

  test('a first row without end', async () => {
    const refusal = await refusalOf(readTable(endless('0', '0'.repeat(100_000)), { name: 'x', bytes: 1 }, {}, calm));
    expect(refusal).toMatchObject({ code: 'data.long-row', line: 1 });
  });

  test('a quotation mark that swallows megabytes is located', async () => {
    const rows = `${'2,3\n'.repeat(20_000)}`;
    const refusal = await refusalOf(readTable(endless('A,B\n1,2\n"4,5\n', rows), { name: 'x', bytes: 1 }, {}, calm));
    expect(refusal).toMatchObject({ code: 'data.unclosed-quote', line: 3 });
  });

  test('two gigabytes of zeros, as bytes and behind a header', async () => {
    const zeros = '\0'.repeat(1 << 20);
    const start = `A,B\n${'1,2\n'.repeat(400_000)}`;
    expect((await refusalOf(readTable(endless(start, zeros), { name: 'x', bytes: 1 }, {}, calm)))?.code).toBe(
      'data.binary',
    );
    expect((await refusalOf(readTable(endless(zeros, zeros), { name: 'x', bytes: 2 ** 30 }, {}, calm)))?.code).toBe(
      'data.binary',
    );
  });

  test('too many columns', async () => {
    const wide = `${Array.from({ length: limits.columns + 1 }, (_, i) => `c${i}`).join(',')}\n`;
    expect((await refusalOf(readText(wide + wide.replaceAll('c', '') + wide.replaceAll('c', '1'))))?.code).toBe(
      'data.too-many-columns',
    );
  });

  test('stopping ends the reading at the next breath', async () => {
    let breaths = 0;
    const hooks = {
      breathe: async () => void breaths++,
      get stopping() {
        return breaths >= 2;
      },
    };
    const refusal = await refusalOf(
      readTable(endless('A,B\n1,2\n', '3,4\n'.repeat(10_000)), { name: 'x', bytes: 1 }, {}, hooks),
    );
    expect(refusal?.code).toBe('data.cancelled');
    expect(breaths).toBe(2);
  });

  test('progress is told in bytes and rows as it goes', async () => {
    const told: [number, number][] = [];
    const text = `A,B\n${'1,2\n'.repeat(1_000_000)}`;
    async function* once() {
      yield new TextEncoder().encode(text);
    }
    const { frame } = await readTable(
      once(),
      { name: 'x', bytes: text.length },
      {},
      { ...calm, onProgress: (...p) => told.push(p) },
    );
    expect(frame?.rows).toBe(1_000_000);
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)![0]).toBe(text.length);
    expect(told.every(([bytes, rows], i) => i === 0 || (bytes > told[i - 1]![0] && rows > told[i - 1]![1]))).toBe(true);
  });
});

describe('no cell takes long to be refused', () => {
  const table = (cell: string) =>
    `Date,A,B\n${Array.from({ length: 28 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},"${cell}",${i * i}`).join('\n')}\n`;
  test.each([
    ['a date and blanks', `2024-01-02${' '.repeat(60)}x`],
    ['a date and half a clock', `2024-01-02${' T'.repeat(30)}x`],
    ['digits', '1'.repeat(50_000)],
    ['groups', '1,'.repeat(50_000)],
    ['months', 'jan '.repeat(19)],
    ['brackets', '('.repeat(50_000)],
  ])('%s', async (_, cell) => {
    const { inspection } = await readText(table(cell));
    expect(inspection).toMatchObject({ rows: 28, columns: [{ kind: 'date' }, { kind: 'text' }, { kind: 'number' }] });
  });
});
