import { describe, expect, test } from 'vitest';
import { pairedErrors } from '../../../../src/core/forecast/classes/paired';
import { normals } from '../series';

/** Σ_{k ≥ won} C(n, k) / 2ⁿ, counted out. */
function counted(won: number, n: number): number {
  const choose = (k: number) => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
  let sum = 0;
  for (let k = won; k <= n; k++) sum += choose(k);
  return sum / 2 ** n;
}

/** Errors of two models over `n` rows: `won` rows only the second gets wrong, `lost` only the first, each `run` rows long. */
function apart(n: number, won: number, lost: number, run = 1) {
  const [first, second] = [new Float64Array(n), new Float64Array(n)];
  const every = Math.floor(n / (won + lost));
  for (let i = 0; i < won + lost; i++) for (let k = 0; k < run; k++) (i < won ? second : first)[i * every + k] = 1;
  // what both get wrong says nothing
  for (let i = every - 1; i < n; i += every) first[i] = second[i] = 1;
  return [first, second] as const;
}

describe('right and wrong in pairs', () => {
  test.each([
    [3, 0],
    [9, 1],
    [12, 5],
    [5, 12],
    [40, 31],
  ])('%i : %i rows apart: McNemar’s exact test, both ways', (won, lost) => {
    const [first, second] = apart(1200, won, lost);
    const found = pairedErrors(first, second, 1)!;
    expect(found.p).toBeCloseTo(counted(won, won + lost), 10);
    expect(found.pSecond).toBeCloseTo(counted(lost, won + lost), 10);
    expect(found.statistic).toBeCloseTo((lost - won) / Math.sqrt(won + lost), 10);
    expect(found.windows).toBe(1200);
    expect(pairedErrors(second, first, 1)!.p).toBeCloseTo(found.pSecond, 12);
  });

  test('one mistake six rows long is one mistake', () => {
    const [first, second] = apart(6000, 9, 1, 6);
    const found = pairedErrors(first, second, 1)!;
    // D of runs of six in a long quiet is 1 + 2 (5 + 4 + 3 + 2 + 1) / 6 = 6
    expect(found.statistic).toBeCloseTo((6 * -8) / Math.sqrt(60 * 6), 1);
    expect(Math.abs(found.p - counted(9, 10))).toBeLessThan(0.003);
    // taken for sixty that have nothing to do with each other they would prove the impossible
    expect(counted(54, 60)).toBeLessThan(1e-8);
  });

  test('rows that hang together by the windows count less even where single lags cancel', () => {
    const n = 400;
    const first = Float64Array.from({ length: n }, (_, i) => ([0, 3].includes(i % 40) ? 1 : 0));
    const second = new Float64Array(n);
    const alone = pairedErrors(first, second, 1)!;
    const overlapping = pairedErrors(first, second, 4)!;
    expect(alone.pSecond).toBeCloseTo(0.5 ** 20, 12);
    expect(overlapping.statistic ** 2).toBeCloseTo(alone.statistic ** 2 / designEffect(first, 3), 6);
    expect(overlapping.pSecond).toBeGreaterThan(alone.pSecond);
  });

  test('means over seeds count by their effective size; equal models by nothing', () => {
    const n = 300;
    const first = new Float64Array(n);
    // ten rows which one of two seeds gets wrong, ten which both do
    const second = Float64Array.from({ length: n }, (_, i) => (i % 30 === 0 ? 1 : i % 30 === 15 ? 0.5 : 0));
    const found = pairedErrors(first, second, 1)!;
    // (10 · 1 + 10 · ½)² / (10 · 1 + 10 · ¼) = 18
    expect(found.p).toBeCloseTo(0.5 ** 18, 12);
    expect(pairedErrors(second, second, 1)).toBeNull();
    expect(pairedErrors([], [], 1)).toBeNull();
  });
});

/** 1 + 2 Σ ρ_k over the first lags, written out. */
function designEffect(d: Float64Array, lags: number): number {
  const centre = d.reduce((a, b) => a + b) / d.length;
  const own = Array.from(d, (one) => one - centre);
  const at = (k: number) => own.slice(k).reduce((sum, one, i) => sum + one * own[i]!, 0);
  return 1 + (2 * Array.from({ length: lags }, (_, k) => at(k + 1)).reduce((a, b) => a + b)) / at(0);
}

describe('how often it speaks of a difference', () => {
  const share = (worse: number, verdict: (a: Float64Array, b: Float64Array) => boolean) => {
    let said = 0;
    const series = 200;
    for (let s = 0; s < series; s++) {
      const [one, other] = [mistakes(2 * s + 1, 0), mistakes(2 * s + 2, worse)];
      if (verdict(one, other)) said++;
    }
    return said / series;
  };
  /** A model that is wrong where a slow process is high: for some twenty rows at a time, in a quarter of the rows or more. */
  function mistakes(seed: number, more: number): Float64Array {
    const normal = normals(1000 + seed);
    let level = normal();
    return Float64Array.from({ length: 600 }, () => {
      level = 0.9 * level + Math.sqrt(1 - 0.81) * normal();
      return level > 0.67 - more ? 1 : 0;
    });
  }
  const tested = (a: Float64Array, b: Float64Array) => pairedErrors(a, b, 1)!.p < 0.05;

  test('where there is none, no more often than it says, though mistakes last for many rows', () => {
    expect(share(0, tested)).toBeLessThanOrEqual(0.07);
    const asIfIndependent = (a: Float64Array, b: Float64Array) => {
      let [won, lost] = [0, 0];
      for (const [i, error] of a.entries()) {
        won += Math.max(0, b[i]! - error);
        lost += Math.max(0, error - b[i]!);
      }
      return (lost - won) / Math.sqrt(won + lost) < -1.645;
    };
    expect(share(0, asIfIndependent)).toBeGreaterThan(0.2);
  });

  test('where there is a large one, nearly always', () => {
    expect(share(1.2, tested)).toBeGreaterThan(0.9);
  });
});
