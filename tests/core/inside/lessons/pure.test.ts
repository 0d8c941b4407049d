import { describe, expect, test } from 'vitest';
import { activations, steepest } from '../../../../src/core/inside/lessons/activations';
import {
  gated,
  halfLifeOf,
  learnedAlpha,
  meanLoss,
  plainKept,
  runningMean,
} from '../../../../src/core/inside/lessons/averages';
import { cellParameters, denseParameters, unroll, visibleCell } from '../../../../src/core/inside/lessons/cell';
import { clipped, recurrence } from '../../../../src/core/inside/lessons/scalar';
import {
  backward,
  batchGradient,
  forward,
  lossOf,
  restlessGradient,
  tinyBatch,
  tinyNames,
  tinyStart,
  updated,
} from '../../../../src/core/inside/lessons/tiny';
import { parameterCount } from '../../../../src/core/nn/parameters';

describe('lesson 1, the cell', () => {
  test('two steps as reckoned by hand', () => {
    const [one, two] = unroll(visibleCell, [
      [1, 0, -1],
      [0.5, 1, 0],
    ]);
    // 0.5·1 − 0.3·0 + 0.8·(−1) = −0.3; −0.6 − 0.2 = −0.8; biases 0.1 and −0.1
    expect(one!.fromInput.map((v) => Number(v.toFixed(12)))).toEqual([-0.3, -0.8]);
    expect(one!.fromState).toEqual([0, 0]);
    expect(one!.h).toEqual([Math.tanh(-0.3 + 0.1), Math.tanh(-0.8 - 0.1)].map((v) => expect.closeTo(v, 12)));
    const [a, b] = [Math.tanh(-0.2), Math.tanh(-0.9)];
    expect(two!.before).toEqual([expect.closeTo(a, 12), expect.closeTo(b, 12)]);
    expect(two!.a[0]).toBeCloseTo(0.25 - 0.3 + 0.7 * a - 0.4 * b + 0.1, 12);
    expect(two!.a[1]).toBeCloseTo(-0.3 + 0.9 + 0.3 * a + 0.6 * b - 0.1, 12);
    expect(two!.y[0]).toBeCloseTo(1.2 * Math.tanh(two!.a[0]!) - 0.8 * Math.tanh(two!.a[1]!) + 0.05, 12);
  });

  test('parameters are those of the engine, less its second bias, and do not grow with the window', () => {
    const engine = parameterCount({ cell: 'rnn', activation: 'tanh', D: 3, H: 2, L: 1, O: 1, dropout: 0 });
    expect(cellParameters(3, 2, 1)).toBe(engine - 2);
    expect(cellParameters(3, 2, 1)).toBe(15);
    expect(denseParameters(8, 3, 2, 1) - denseParameters(7, 3, 2, 1)).toBe(6);
  });
});

describe('lesson 2, five numbers trained', () => {
  test('the gradient equals differences of the loss, for every weight', () => {
    const gradient = batchGradient(tinyStart, tinyBatch);
    const d = 1e-5;
    for (const name of tinyNames) {
      const at = (shift: number) => lossOf({ ...tinyStart, [name]: tinyStart[name] + shift }, tinyBatch);
      expect(gradient[name], name).toBeCloseTo((at(d) - at(-d)) / (2 * d), 8);
    }
  });

  test('the last step’s error as reckoned by hand', () => {
    const window = tinyBatch[0]!;
    const seen = forward(tinyStart, window);
    const out = (2 * (seen.forecast - window.y)) / 2;
    const { delta, gradient } = backward(tinyStart, window, seen, 2);
    expect(delta[2]).toBeCloseTo(out * 0.5 * (1 - seen.h[2]! ** 2), 12);
    expect(gradient.c).toBeCloseTo(out, 12);
  });

  test('a step lowers the loss; weights that move in the batch sum to another gradient', () => {
    const gradient = batchGradient(tinyStart, tinyBatch);
    expect(lossOf(updated(tinyStart, gradient, 0.1), tinyBatch)).toBeLessThan(lossOf(tinyStart, tinyBatch));
    const restless = restlessGradient(tinyStart, tinyBatch, 0.5);
    const turned = restlessGradient(tinyStart, tinyBatch.toReversed(), 0.5);
    expect(Math.abs(restless.wy - gradient.wy)).toBeGreaterThan(0.01);
    expect(Math.abs(restless.wy - turned.wy)).toBeGreaterThan(0.01);
    expect(restlessGradient(tinyStart, tinyBatch, 0).wy).toBeCloseTo(gradient.wy, 12);
  });
});

describe('lesson 3, the non-linearities', () => {
  test.each(['tanh', 'sigmoid', 'relu'] as const)('%s: slope by differences, and its maximum', (name) => {
    const { value, slope } = activations[name];
    const places = Array.from({ length: 81 }, (_, i) => (i - 40) / 10 + 1e-3);
    for (const a of places) expect(slope(a)).toBeCloseTo((value(a + 1e-6) - value(a - 1e-6)) / 2e-6, 6);
    expect(Math.max(...[...places, 0].map(slope))).toBe(steepest[name]);
  });
  test('maxima 1, ¼, 1', () => expect(Object.values(steepest)).toEqual([1, 0.25, 1]));
});

describe('lesson 4, powers', () => {
  test.each([3, 0.2, 1, -0.9])('w = %d: the gradient is w to the t', (w) => {
    for (const { t, gradient, h } of recurrence(w, 0.5, 30, { tanh: false })) {
      expect(gradient).toBeCloseTo(w ** t, -Math.log10(Math.abs(w) ** t) + 9);
      expect(h / 0.5).toBeCloseTo(w ** t, -Math.log10(Math.abs(w) ** t) + 9);
    }
  });
  test('with tanh it equals differences, and stays within 1 where the powers leave it', () => {
    const d = 1e-6;
    const steps = recurrence(3, 0.1, 12, { tanh: true });
    const [high, low] = [0.1 + d, 0.1 - d].map((start) => recurrence(3, start, 12, { tanh: true }));
    for (const { t, gradient } of steps.slice(0, 8))
      expect(gradient).toBeCloseTo((high![t]!.h - low![t]!.h) / (2 * d), 4);
    expect(steps.every(({ h }) => Math.abs(h) < 1)).toBe(true);
    expect(steps.at(-1)!.gradient).toBeLessThan(1e-3);
    expect(recurrence(3, 0.1, 12, { tanh: false }).at(-1)!.gradient).toBe(3 ** 12);
  });
  test('clipping keeps the direction', () =>
    expect([clipped(-8, 2), clipped(1, 2), clipped(9, 0)]).toEqual([-2, 1, 9]));
});

describe('lesson 7, averages', () => {
  const x = [1, 3, 2, 5, 4, 4, 1, 0];
  test('the running mean by hand', () => {
    expect(runningMean([2, 4, 0], 0.5)).toEqual([2, 3, 1.5]);
    expect(runningMean([2, 4, 0], 0)).toEqual([2, 4, 0]);
  });
  test('its slope by α equals differences', () => {
    for (const alpha of [0.1, 0.5, 0.8])
      expect(meanLoss(x, alpha).slope).toBeCloseTo(
        (meanLoss(x, alpha + 1e-6).loss - meanLoss(x, alpha - 1e-6).loss) / 2e-6,
        6,
      );
  });
  test('the learned α is where the loss is least', () => {
    const noisy = Array.from({ length: 60 }, (_, t) => 2 + (t % 2 ? 1 : -1) * (1 + (t % 3) / 3));
    const alpha = learnedAlpha(noisy, { steps: 400, rate: 5 }).at(-1)!;
    const grid = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const least = grid.reduce((best, a) => (meanLoss(noisy, a).loss < meanLoss(noisy, best).loss ? a : best));
    expect(meanLoss(noisy, alpha).loss).toBeLessThanOrEqual(meanLoss(noisy, least).loss + 1e-3);
  });
  test('two gates with f = α and i = 1 − α are the running mean; what is kept is a power of f', () => {
    const mean = runningMean([0, ...x], 0.7).slice(1);
    const cells = gated(x, { f: 0.7, i: 0.3, o: 1 });
    cells.forEach(({ C, h, kept }, t) => {
      expect(C).toBeCloseTo(mean[t]!, 12);
      expect(h).toBeCloseTo(Math.tanh(C), 12);
      expect(kept).toBeCloseTo(0.7 ** (x.length - 1 - t), 12);
    });
    expect(halfLifeOf(0.5)).toBe(1);
    expect(gated(x, { f: 1, i: 1, o: 1 })[0]!.kept).toBe(1);
  });
  test('what a plain cell keeps equals differences', () => {
    const run = (shift: number) => {
      let h = 0;
      x.forEach((value, t) => {
        h = Math.tanh(0.9 * h + value * 0.1) + (t === 3 ? shift : 0);
      });
      return h;
    };
    const small = x.map((value) => value * 0.1);
    expect(plainKept(small, 0.9)[3]).toBeCloseTo((run(1e-6) - run(-1e-6)) / 2e-6, 6);
  });
});
