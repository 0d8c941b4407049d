import { expect, test } from 'vitest';
import type { ClassReport } from '../../src/core/run';
import { readClasses, writeClasses, writeClassForecast } from '../../src/main/class-predictions';
import { readPredictions, writeForecast, writePredictions } from '../../src/main/predictions';
import { predictions, record } from './samples';

const told = (labels: string[]) => ({
  ...{ firstStep: 1, steps: 1, origins: Int32Array.of(4, 5) },
  ...{ values: Float64Array.of(0, 1), actual: Float64Array.of(2, 1), last: Float64Array.of(0, -1) },
  classes: { labels, classes: 2, probabilities: Float64Array.of(0.75, 0.25, 0.4, 0.6) },
});
const times = ['2024-01-05', '2024-01-06'];
const timeAt = (at: number) => times[at] ?? '';
const mark = '\ufeff';

test('classes are announced as UTF-8 where a label is beyond ASCII, learned or not, and read back as they were', () => {
  for (const labels of [
    ['맑음', '비', 'snow'],
    ['dry', 'wet', '눈'],
  ]) {
    const test = told(labels);
    const text = [...writeClasses({ models: [{ name: 'gru', test }], timeAt })].join('');
    expect(text.startsWith(`${mark}time,actual,gru,`)).toBe(true);
    expect(text.split(mark)).toHaveLength(2);
    expect(readClasses(text, labels, 2)).toEqual({ test, edges: null, times });
  }
});

test('tables of plain letters have no mark', () => {
  const test = told(['dry', 'wet', 'snow']);
  expect([...writeClasses({ models: [{ name: 'gru', test }], timeAt })].join('')).toMatch(/^time,/);
  expect([...writePredictions({ models: [{ name: 'gru', test: predictions }], timeAt })].join('')).toMatch(/^time,/);
  expect(writeForecast([record()])).toMatch(/^step,/);
});

test('forecasts of a model that was named in other letters are announced as well, and read back', () => {
  const text = [...writePredictions({ models: [{ name: '내 모델', test: predictions }], timeAt })].join('');
  expect(text.startsWith(`${mark}time,actual,내 모델,`)).toBe(true);
  expect(readPredictions(text)?.test.values).toEqual(predictions.values);
  expect(writeForecast([{ ...record(), name: '내 모델' }]).startsWith(`${mark}step,time,내 모델`)).toBe(true);
  const forecast = [{ step: 1, time: null, class: '비', probabilities: [0.25, 0.75] }];
  const empty = { weights: [1, 1], metrics: {}, evidence: [], balance: {} };
  const classes = { ...empty, names: ['맑음', '비'], forecast } as unknown as ClassReport;
  expect(writeClassForecast([{ ...record(), classes }]).startsWith(`${mark}step,`)).toBe(true);
});
