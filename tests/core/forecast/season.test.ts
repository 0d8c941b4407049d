import { expect, test } from 'vitest';
import { inferSeason } from '../../../src/core/forecast/season';
import { noisySine, normals, randomWalk } from './series';

const monthly = { step: 'month', every: 1 } as const;

test('a yearly season on a rising level is found', () => {
  const random = normals(1);
  const values = Float64Array.from(
    { length: 100 },
    (_, t) => 100 + 2 * t + 20 * Math.sin((2 * Math.PI * t) / 12) + 4 * random(),
  );
  expect(inferSeason(values, monthly)).toBe(12);
});

test('the stronger of two usual seasons wins', () => {
  const random = normals(2);
  const wave = (period: number, t: number) => Math.sin((2 * Math.PI * t) / period);
  const days = Float64Array.from({ length: 2200 }, (_, t) => 10 * wave(365, t) + wave(7, t) + 2 * random());
  expect(inferSeason(days, { step: 'day', every: 1 })).toBe(365);
  const hours = Float64Array.from({ length: 1500 }, (_, t) => 5 * wave(24, t) + random());
  expect(inferSeason(hours, { step: 'hour', every: 1 })).toBe(24);
  expect(inferSeason(noisySine(1500, 3, 20), { step: 'day', every: 1 })).toBe(20);
});

test('random walks have no season, on any calendar', () => {
  const calendars = ['business-day', 'day', 'month', 'week', 'hour', 'index', 'irregular'] as const;
  let found = 0;
  for (let seed = 0; seed < 40; seed++)
    for (const step of calendars) if (inferSeason(randomWalk(1000, seed), { step, every: 1 }) !== 1) found++;
  expect(found / (40 * calendars.length)).toBeLessThan(0.03);
});

test('without a calendar a clear period is found, not its double', () => {
  for (const noise of [0.05, 0.1]) {
    expect(inferSeason(noisySine(2000, 5, 25, noise), { step: 'index', every: 1 })).toBe(25);
    expect(inferSeason(noisySine(2000, 6, 4, noise), { step: 'index', every: 1 })).toBe(4);
  }
});

test('less than four seasons are too few to tell', () => {
  const values = Float64Array.from({ length: 47 }, (_, t) => Math.sin((2 * Math.PI * t) / 12));
  expect(inferSeason(values, monthly)).toBe(1);
});
