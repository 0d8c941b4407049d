import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/core/data/frame';
import { joinedCsv, joinOnTime, type Part, targetsOf } from '../../../src/core/data/join';
import type { LabError } from '../../../src/core/errors';

const day = 86_400_000;
function part(file: string, first: number, columns: Record<string, number[]>, more: Partial<Frame> = {}): Part {
  const rows = Object.values(columns)[0]!.length;
  const frame: Frame = {
    rows,
    columns: [
      { kind: 'date', name: 'date', times: new Float64Array(rows), missing: 0 },
      ...Object.entries(columns).map(([name, values]) => ({
        ...{ kind: 'number' as const, name, missing: 0, values: Float64Array.from(values) },
      })),
    ],
    times: Float64Array.from({ length: rows }, (_, row) => (first + row) * day),
    dateOnly: true,
    frequency: { step: 'day', every: 1 },
    ...more,
  };
  return { file, frame };
}
const north = part('north', 0, { sales: [1, 2, 3, 4], rain: [5, 6, 7, 8] });
const south = part('south', 2, { sales: [30, Number.NaN, 50] });
const refused = (use: () => unknown) => {
  try {
    use();
  } catch (thrown) {
    return (thrown as LabError).view();
  }
  throw new Error('nothing was refused');
};

test('rows whose times stand in all files, each with the values of its day', () => {
  expect(joinedCsv(joinOnTime([north, south]))).toBe(
    'date,north:sales,north:rain,south:sales\n1970-01-03,3,7,30\n1970-01-04,4,8,\n',
  );
});

describe('the target of each file', () => {
  const parts = [north, south].map((one) => ({ ...one, usual: 'sales' }));
  test.each<[string[], string[]]>([
    [[], ['north:sales', 'south:sales']],
    [['sales'], ['north:sales', 'south:sales']],
    [
      ['north:rain', 'sales'],
      ['north:rain', 'south:sales'],
    ],
    [['north:rain'], ['north:rain', 'south:sales']],
  ])('%o is %o', (asked, found) => {
    expect(targetsOf(parts, asked)).toEqual(found);
  });

  test('a column called target goes before the one that was guessed', () => {
    const named = { ...part('east', 0, { sales: [1], target: [2] }), usual: 'sales' };
    expect(targetsOf([named], [])).toEqual(['east:target']);
  });

  test('one that no file has is named, with those there are', () => {
    expect(refused(() => targetsOf(parts, ['wind'])).message).toContain('"wind"');
    expect(refused(() => targetsOf(parts, ['wind'])).message).toContain('north:sales, north:rain, south:sales');
  });
});

test.each<[string, Part]>([
  ['data.join-no-overlap', part('late', 40, { sales: [1, 2] })],
  ['data.join-frequency', part('weekly', 0, { sales: [1, 2] }, { frequency: { step: 'week', every: 1 } })],
  ['data.join-no-dates', part('bare', 0, { sales: [1, 2] }, { times: null })],
])('%s', (code, other) => {
  const { remedy, ...told } = refused(() => joinOnTime([north, other]));
  expect(told.code).toBe(code);
  expect(remedy).not.toBe('');
});
