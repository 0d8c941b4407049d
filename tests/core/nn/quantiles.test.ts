import { describe, expect, test } from 'vitest';
import { cellNames, type ModelSpec } from '../../../src/core/nn/model';
import { problem } from './problem';
import { backends, difference, floor, panelAt } from './workbench';

const levels = [0.5, 0.025, 0.1, 0.9, 0.975];
const spec = (cell: ModelSpec['cell']): ModelSpec => ({
  cell,
  activation: 'tanh',
  D: 2,
  H: 6,
  L: 1,
  O: 15,
  dropout: 0,
  quantiles: levels,
});
const given = { T: 7, n: 3, rows: 40, centre: 1 } as const;

describe.each(cellNames)('%s with a head of quantiles', (cell) => {
  test('gradients are slopes', () => {
    const p = problem({ ...given, backend: 'twin64', model: spec(cell) });
    const gradient = p.gradient();
    for (const { name, offset, size } of p.parameters)
      for (let i = 0; i < size; i += size > 60 ? 7 : 1)
        expect(Math.abs(gradient[offset + i]! - p.slope(offset + i)), `${name} ${i}`).toBeLessThan(1e-8);
    expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
  });

  test.each(['twin32', 'plain', 'relaxed'] as const)('%s gives loss and gradients of the double twin', (backend) => {
    const exact = problem({ ...given, backend: 'twin64', model: spec(cell) });
    const other = problem({ ...given, backend, model: spec(cell) });
    expect(difference([other.loss()], [exact.loss()])).toBeLessThan(2e-6);
    expect(difference(other.gradient(), exact.gradient())).toBeLessThan(2e-5);
  });
});

/** The loss of one output for each of the levels, on five targets. */
function lossOf(backend: (typeof backends)[number], value: number, targets: number[], Q = levels.length) {
  const at = { levels: 64, y: 4096, target: 8192, dy: 12_288, dyRows: 16_384 };
  const { k, f } = floor(backend, 65536);
  f.set(levels, at.levels / 4);
  const S = Math.ceil(targets.length / 4) * 4;
  targets.forEach((target, s) => {
    f[panelAt(at.target, S * 32, s, 0)] = target;
    for (let q = 0; q < Q; q++) f[panelAt(at.y, S * 32, s, q)] = value;
  });
  const sum = k.pinball(Q, at.levels, S, targets.length, 1, at.y, at.target, at.dy, at.dyRows, 1);
  const slopes = targets.map((_, s) => Array.from({ length: Q }, (_, q) => f[panelAt(at.dy, S * 32, s, q)]!));
  return { sum, slopes };
}

describe.each(backends)('%s', (backend) => {
  test('a worked example: what lies above costs the level, what lies below one minus it', () => {
    // targets 4 above, 0 at and 2 below the forecast
    const { sum, slopes } = lossOf(backend, 10, [14, 10, 8]);
    expect(sum).toBeCloseTo(4 * (0.5 + 0.025 + 0.1 + 0.9 + 0.975) + 2 * (0.5 + 0.975 + 0.9 + 0.1 + 0.025), 5);
    expect(slopes[0]).toEqual(levels.map((level) => expect.closeTo(-level, 6)));
    expect(slopes[1]).toEqual([0, 0, 0, 0, 0]);
    expect(slopes[2]).toEqual(levels.map((level) => expect.closeTo(1 - level, 6)));
  });

  test('it is least at the quantile', () => {
    const targets = Array.from({ length: 40 }, (_, i) => (i * 17) % 40);
    const losses = Array.from({ length: 40 }, (_, value) => lossOf(backend, value, targets, 1).sum);
    expect([19, 20]).toContain(losses.indexOf(Math.min(...losses)));
  });

  test('NaN is not hidden', () => {
    expect(lossOf(backend, Number.NaN, [1]).sum).toBeNaN();
    expect(lossOf(backend, Number.NaN, [1]).slopes[0]![0]).toBeNaN();
  });
});
