import { expect, test } from 'vitest';
import { logReturns } from '../../../src/core/data/returns';
import { correlationsByShift, peakOf } from '../../../src/core/forecast/lag';

// a walk from a small fixed generator
let state = 11;
const walk = Float64Array.from({ length: 400 }, () => 0);
for (let i = 1; i < walk.length; i++) {
  state = (state * 1103515245 + 12345) % 2 ** 31;
  walk[i] = walk[i - 1]! + state / 2 ** 31 - 0.5;
}
const truth = (row: number) => walk[row] ?? Number.NaN;
const rows = Array.from({ length: 100 }, (_, i) => 300 + i);

test.each([0, 1, 4, -3])('what copies the truth of %i rows earlier peaks there, at 1', (shift) => {
  const known = rows.filter((row) => row - shift < 400);
  const shifted = correlationsByShift(
    known.map((row) => walk[row - shift]!),
    known,
    truth,
    [-5, 6],
  );
  expect(shifted.map((one) => one.shift)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
  expect(peakOf(shifted)!.shift).toBe(shift);
  expect(peakOf(shifted)!.correlation).toBeCloseTo(1, 12);
});
test('a sign turned round is −1, and what does not vary has no correlation', () => {
  const [turned] = correlationsByShift(
    rows.map((row) => -walk[row]!),
    rows,
    truth,
    [0, 0],
  );
  expect(turned!.correlation).toBeCloseTo(-1, 12);
  const flat = correlationsByShift(
    rows.map(() => 3),
    rows,
    truth,
    [0, 1],
  );
  expect(flat.every(({ correlation }) => Number.isNaN(correlation))).toBe(true);
  expect(peakOf(flat)).toBeNull();
});
test('rows whose truth is not known are left out, and too few are not compared', () => {
  const late = [397, 398, 399];
  const shifted = correlationsByShift(
    late.map((row) => walk[row]!),
    late,
    truth,
    [-1, 0],
  );
  expect(shifted[0]!.correlation).toBeNaN();
  expect(shifted[1]!.correlation).toBeCloseTo(1, 12);
});

test('log returns: of each row from the one before, where both are positive', () => {
  const returns = Array.from(logReturns([100, 110, 99, 0, 5, Number.NaN, 7, 7]));
  expect(returns[0]).toBeNaN();
  expect(returns[1]).toBeCloseTo(Math.log(1.1), 15);
  expect(returns[2]).toBeCloseTo(Math.log(0.9), 15);
  for (const row of [3, 4, 5, 6]) expect(returns[row]).toBeNaN();
  expect(returns[7]).toBe(0);
});
