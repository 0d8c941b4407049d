import { describe, expect, test } from 'vitest';
import { measuresOf } from '../../../../src/core/inside/texts/measures';
import { correlation, trackingUnits } from '../../../../src/core/inside/texts/tracking';
import { Random } from '../../../../src/core/nn/random';

const told = (text: string, name: keyof ReturnType<typeof measuresOf>) => [...measuresOf([...text])[name]].join('');

describe('what can be counted of a text, after each character', () => {
  test.each([
    ['line', 'ab\nc\n', '12010'],
    ['brackets', 'f(a[0])) {', '0112210001'],
    ['quotes', 'a "b" c', '0011000'],
    ['quotes', '“b”c "d\n\ne', '1100011100'],
    ['word', 'ab, cde', '1200123'],
    ['capital', 'Ab cD Éa 1', '1100001100'],
    ['indent', '  a b\n\tc', '12222011'],
  ] as const)('%s of %j', (name, text, expected) => {
    expect(told(text, name)).toBe(expected);
  });
});

describe('units that follow it', () => {
  const T = 400;
  const random = new Random(3);
  const target = Float64Array.from({ length: T }, () => random.normal());
  /** Unit 0 is chance, 1 follows, 2 follows the other way round in the first half alone, 3 keeps still. */
  const values = new Float64Array(T * 4);
  for (let t = 0; t < T; t++) {
    values[t * 4] = random.normal();
    values[t * 4 + 1] = 3 * target[t]! + random.normal() + 5;
    values[t * 4 + 2] = t < T / 2 ? -target[t]! : random.normal();
    values[t * 4 + 3] = 0.5;
  }
  const traces = [{ layer: 1, quantity: 'h' as const, H: 4, values }];

  test('are chosen on the first half, and told of the second', () => {
    const [tracking] = trackingUnits(traces, { line: target });
    expect(tracking!.units.map(({ unit }) => unit).slice(0, 2)).toEqual([2, 1]);
    const [lucky, true1] = tracking!.units;
    expect(lucky!.found).toBeCloseTo(-1, 9);
    expect(Math.abs(lucky!.r)).toBeLessThan(0.2);
    // 3 z + e, z and e of variance 1: r = 3 / √10
    expect(true1!.r).toBeCloseTo(3 / Math.sqrt(10), 1);
    expect(tracking!.units.at(-1)).toMatchObject({ unit: 3, found: 0, r: 0 });
  });
  test('what keeps still in either half is followed by none', () => {
    expect(trackingUnits(traces, { quotes: Float64Array.from(target, (_, t) => Number(t === 5)) })).toEqual([]);
  });
  test('correlation is Pearson’s, worked by hand', () => {
    const x = { layer: 0, quantity: 'h' as const, H: 1, values: Float64Array.of(1, 2, 3, 4) };
    // Σ dx dy = 4, Σ dx² = 5, Σ dy² = 5
    expect(correlation(x, 0, Float64Array.of(2, 1, 4, 3), 0, 4)).toBeCloseTo(3 / 5, 12);
  });
});
