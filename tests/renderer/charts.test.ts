import { describe, expect, test } from 'vitest';
import { linearLabel, logarithmicTicks, timeTicks } from '../../src/core/draw/ticks';
import type { SeriesView } from '../../src/core/protocol';
import type { RunRecord } from '../../src/core/run';
import { otherForms, pairsOf, residualChart, scatterChart, stepsChart } from '../../src/renderer/charts/errors';
import { forecastChart, overviewChart } from '../../src/renderer/charts/forecast';
import { legendOf } from '../../src/renderer/charts/legend';
import { lossChart } from '../../src/renderer/charts/loss';
import type { Marks } from '../../src/renderer/charts/marks';
import { dashes, faded, type Palette } from '../../src/renderer/charts/palette';
import { clip, type Forecast, neighbour, readoutAt, sceneOf, testPoints } from '../../src/renderer/charts/scene';
import { Formatter } from '../../src/renderer/format';
import { messages } from '../../src/renderer/messages';
import { RowAxis } from '../../src/renderer/state/view';
import { dayMilliseconds as day, record, startDay, valueAt } from './fake-lab';

const format = new Formatter('en-GB');
const names = [
  'ink',
  'ink2',
  'ink3',
  'line',
  'grid',
  'surface',
  'validation',
  'test',
  'future',
  'actual',
  'naive',
  'rnn',
  'lstm',
  'gru',
];
const palette = Object.fromEntries(names.map((name, i) => [name, `rgb(${i}, 0, 0)`])) as unknown as Palette;

const overview: SeriesView = {
  column: 'close',
  rows: 20,
  at: Array.from({ length: 20 }, (_, i) => i),
  times: Array.from({ length: 20 }, (_, i) => startDay + i * day),
  values: Array.from({ length: 20 }, (_, i) => (i === 5 ? null : valueAt(i))),
};
const axis = new RowAxis([overview]);
const whole = { from: axis.start, to: axis.end + 2 * day };
const parts = {
  train: [0, 10] as [number, number],
  validation: [10, 4] as [number, number],
  test: [14, 6] as [number, number],
};
const lstm: Forecast = {
  tone: 'lstm',
  dash: dashes.lstm,
  name: 'LSTM',
  test: { firstStep: 1, steps: 1, origins: [13, 14, 15, 16, 17, 18], values: [[1], [2], [3], [4], [5], [6]] },
  future: [
    { step: 1, time: '2024-01-21', value: 7, lower80: 6, upper80: 8, lower95: 5, upper95: 9 },
    { step: 2, time: '2024-01-22', value: 8, lower80: null, upper80: null, lower95: null, upper95: null },
  ],
};
const scene = sceneOf({ overview, detail: null }, axis, whole, parts, [lstm], whole);

const stepped = (run: RunRecord) => ({
  tone: run.cell,
  dash: dashes[run.cell],
  name: run.cell.toUpperCase(),
  record: run,
});

describe('the scene', () => {
  test('a forecast stands at the row it is for: origin + firstStep', () => {
    expect(scene.models[0]!.test[0]).toEqual({ x: startDay + 14 * day, y: 1 });
    expect(scene.models[0]!.test.at(-1)).toEqual({ x: startDay + 19 * day, y: 6 });
  });
  test('the future stands at its own dates, and at counted rows without dates', () => {
    expect(scene.models[0]!.future[0]!.x).toBe(Date.UTC(2024, 0, 21));
    const counted = new RowAxis([{ ...overview, times: null }]);
    const rowScene = sceneOf(
      { overview: { ...overview, times: null }, detail: null },
      counted,
      { from: 0, to: 21 },
      parts,
      [lstm],
      { from: 0, to: 21 },
    );
    expect(rowScene.models[0]!.future[1]!.x).toBe(21);
  });
  test('parts meet where the plan says, and the future begins at the last row', () => {
    expect(scene.parts.map(({ kind, from }) => [kind, from])).toEqual([
      ['train', startDay],
      ['validation', startDay + 10 * day],
      ['test', startDay + 14 * day],
      ['future', startDay + 19 * day],
    ]);
  });
  test('a missing value is a gap, not a zero', () => {
    expect(scene.actual[5]!.y).toBeNaN();
  });
  test('detail is drawn only where it covers what is visible', () => {
    const detail = {
      ...overview,
      at: [8, 9, 10, 11],
      times: [8, 9, 10, 11].map((i) => startDay + i * day),
      values: [1, 1, 1, 1],
    };
    const inside = { from: startDay + 9 * day, to: startDay + 10 * day };
    expect(sceneOf({ overview, detail }, axis, inside, parts, [], whole).actual).toHaveLength(4);
    expect(sceneOf({ overview, detail }, axis, whole, parts, [], whole).actual).toHaveLength(20);
  });
});

describe('forecasts several steps ahead', () => {
  const origins = [0, 1, 2, 3, 4, 5, 6];
  const several = { firstStep: 1, steps: 3, origins, values: origins.map((w) => [w, w + 0.1, w + 0.2]) };
  const points = testPoints(several, axis);

  test('forecast every row once, from origins counted back from the last', () => {
    const drawn = points.filter(({ y }) => !Number.isNaN(y));
    expect(drawn.map(({ y }) => y)).toEqual([0, 0.1, 0.2, 3, 3.1, 3.2, 6, 6.1, 6.2]);
    expect(new Set(drawn.map(({ x }) => x)).size).toBe(drawn.length);
  });
  test('and break the line between origins', () => {
    expect(points.map(({ y }) => Number.isNaN(y))).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('the readout', () => {
  test('reads all series at the nearest time', () => {
    const readout = readoutAt(scene, startDay + 15 * day + day / 3)!;
    expect(readout.x).toBe(startDay + 15 * day);
    expect(readout.actual).toBe(valueAt(15));
    expect(readout.models[0]!.value).toBe(2);
  });
  test('beyond the last row there is the forecast and its interval, and no actual value', () => {
    const readout = readoutAt(scene, Date.UTC(2024, 0, 21))!;
    expect(readout.actual).toBeNull();
    expect(readout.models[0]).toMatchObject({ value: 7, interval: { lower95: 5, upper95: 9 } });
  });
  test('before the test part a model has nothing to say', () => {
    expect(readoutAt(scene, startDay)!.models[0]!.value).toBeNull();
  });
  test('arrow keys go from time to time, into the future, and stop at the ends', () => {
    const last = startDay + 19 * day;
    expect(neighbour(scene, last, 1)).toBe(Date.UTC(2024, 0, 21));
    expect(neighbour(scene, last, -1)).toBe(last - day);
    expect(neighbour(scene, startDay, -1)).toBe(startDay);
    expect(neighbour(scene, null, 1)).toBe(last);
  });
});

describe('the chart of the forecast', () => {
  const config = forecastChart(scene, whole, palette, format, messages.en, { banded: 'LSTM', logarithmic: false });
  const named = (label: string) => config.data.datasets.find((dataset) => dataset.label === label)!;

  test('draws each model in its own colour, and the actual values in ink', () => {
    expect(named('LSTM test').borderColor).toBe(palette.lstm);
    expect(named('actual').borderColor).toBe(palette.actual);
  });
  test('the actual values lie over the forecasts of the test part, the future over both', () => {
    const over = (label: string) => config.data.datasets.indexOf(named(label));
    expect(over('LSTM future')).toBeLessThan(over('actual'));
    expect(over('actual')).toBeLessThan(over('LSTM test'));
    expect(named('actual').borderWidth).toBeLessThan(Number(named('LSTM test').borderWidth));
  });
  test('the future begins at the last known value', () => {
    expect(named('LSTM future').data[0]).toEqual(scene.now);
  });
  test('naive carries the last value on, dotted', () => {
    expect(named('naive').data.map(({ y }) => y)).toEqual([scene.now!.y, scene.now!.y]);
    expect(named('naive').borderDash).toEqual([1, 3]);
  });
  test('bands lie behind all lines: 95 % at 12 %, 80 % at 22 %', () => {
    const fills = config.data.datasets.map(({ fill }) => fill);
    expect(fills.slice(-4)).toEqual([false, '-1', false, '-1']);
    expect(config.data.datasets.at(-3)!.backgroundColor).toBe(faded(palette.lstm, 0.12));
    expect(config.data.datasets.at(-1)!.backgroundColor).toBe(faded(palette.lstm, 0.22));
    expect(config.data.datasets.at(-3)!.data.map(({ y }) => y)).toEqual([scene.now!.y, 9, Number.NaN]);
  });
  test('a rule "now" and a name at the end of each line', () => {
    const marks = config.options!.plugins!.marks as Marks;
    expect(marks.rule).toEqual({ at: scene.now!.x, word: 'now' });
    expect(marks.ends.map(({ word }) => word)).toEqual(['LSTM']);
    const past = { from: startDay, to: startDay + 18 * day };
    const before = forecastChart(scene, past, palette, format, messages.en).options!.plugins!.marks as Marks;
    expect(before.ends.map(({ word }) => word)).toEqual(['LSTM', 'actual']);
  });
  test('one band at a time: another model’s is not drawn', () => {
    const other = forecastChart(scene, whole, palette, format, messages.en, { banded: 'GRU', logarithmic: true });
    expect(other.data.datasets.some(({ fill }) => fill === '-1')).toBe(false);
    expect(other.options!.scales!.y!.type).toBe('logarithmic');
  });
  test('nothing is animated, and nothing lies outside what is visible but one point on either side', () => {
    expect(config.options!.animation).toBe(false);
    const visible = { from: startDay + 3 * day, to: startDay + 4 * day };
    expect(clip(scene.actual, visible).map(({ x }) => (x - startDay) / day)).toEqual([2, 3, 4, 5]);
  });
  test('the overview fills its strip', () => {
    const { y } = overviewChart(scene.actual, whole, palette).options!.scales!;
    const known = overview.values.filter((value) => value !== null);
    expect(y!.min).toBeLessThan(Math.min(...known));
    expect(y!.min).toBeGreaterThan(0);
  });
});

describe('loss curves', () => {
  const curve = {
    tone: 'rnn' as const,
    dash: dashes.rnn,
    name: 'RNN',
    train: [1, 0.5, null],
    validation: [0.9, 0, 0.7],
    bestEpoch: 3,
  };
  const config = lossChart([curve], 30, palette, format);
  test('stand on a logarithmic axis from epoch 1', () => {
    expect(config.options!.scales!.y!.type).toBe('logarithmic');
    expect(config.options!.scales!.x).toMatchObject({ min: 1, max: 30 });
    expect(config.data.datasets[0]!.data[0]).toEqual({ x: 1, y: 1 });
  });
  test('what was not finite, or zero, is a gap', () => {
    expect(config.data.datasets[0]!.data[2]!.y).toBeNaN();
    expect(config.data.datasets[1]!.data[1]!.y).toBeNaN();
  });
  test('the best epoch alone is marked, on the validation curve', () => {
    const [train, validation, best] = config.data.datasets;
    expect([train!.pointRadius, validation!.pointRadius]).toEqual([0, 0]);
    expect(best).toMatchObject({ data: [{ x: 3, y: 0.7 }], pointRadius: 3.5 });
    expect(lossChart([{ ...curve, bestEpoch: 0 }], 30, palette, format).data.datasets[2]!.data).toEqual([]);
  });
  test('of many epochs the peaks and the last are drawn', () => {
    const losses = Array.from({ length: 50_000 }, (_, i) => (i === 31_415 ? 9 : 1 / (i + 2)));
    const { data } = lossChart([{ ...curve, train: losses }], 50_000, palette, format).data.datasets[0]!;
    expect(data.length).toBeLessThan(1300);
    expect(data).toContainEqual({ x: 31_416, y: 9 });
    expect(data.at(-1)).toEqual({ x: 50_000, y: 1 / 50_001 });
  });
});

describe('dashes', () => {
  test('tell any two of the lines apart that are drawn together', () => {
    const models = [dashes.rnn, dashes.lstm, dashes.gru, dashes.naive].map(String);
    expect(new Set(models).size).toBe(models.length);
  });
  test('are a model’s own in the chart, in its loss curves and in its errors', () => {
    const line = forecastChart(scene, whole, palette, format, messages.en).data.datasets;
    expect(line.filter(({ label }) => label?.startsWith('LSTM')).map(({ borderDash }) => borderDash)).toEqual([
      dashes.lstm,
      dashes.lstm,
    ]);
    const curve = { tone: 'gru' as const, dash: dashes.gru, name: 'GRU', train: [1], validation: [1], bestEpoch: 1 };
    for (const { borderDash } of lossChart([curve], 10, palette, format).data.datasets)
      expect(borderDash).toEqual(dashes.gru);
    const [model, naive] = stepsChart([stepped(record('a'))], palette, format, messages.en).data.datasets;
    expect([model!.borderDash, naive!.borderDash]).toEqual([dashes.lstm, dashes.naive]);
  });
});

describe('errors on the test part', () => {
  const several: Forecast = {
    ...lstm,
    test: {
      firstStep: 1,
      steps: 2,
      origins: [13, 14],
      values: [
        [1, 150],
        [3, 160],
      ],
    },
  };
  const [pairs] = pairsOf([several], overview, axis);

  test('pair the last step with the truth of its own row', () => {
    expect(pairs!.pairs).toEqual([
      { row: 15, x: startDay + 15 * day, forecast: 150, actual: valueAt(15) },
      { row: 16, x: startDay + 16 * day, forecast: 160, actual: valueAt(16) },
    ]);
  });
  test('leave out rows whose truth is missing', () => {
    const early = { ...several, test: { firstStep: 1, steps: 1, origins: [4], values: [[1]] } };
    expect(pairsOf([early], overview, axis)[0]!.pairs).toEqual([]);
  });
  test('residuals are forecast minus truth, over a zero line', () => {
    const { datasets } = residualChart([pairs!], whole, 'day', palette, format).data;
    expect(datasets[0]!.data[0]!.y).toBeCloseTo(150 - valueAt(15), 9);
    expect(datasets[1]!.data.map(({ y }) => y)).toEqual([0, 0]);
  });
  test('the scatter has truth across, forecast up, and the diagonal', () => {
    const { datasets } = scatterChart([pairs!], palette, format, messages.en).data;
    expect(datasets[1]!.data[0]).toEqual({ x: valueAt(15), y: 150 });
    for (const { x, y } of datasets[0]!.data) expect(x).toBe(y);
  });
  test('by step: each model beside naive', () => {
    const byStep = [
      { step: 1, mae: 1, rmse: 2, naiveMae: 3 },
      { step: 2, mae: 1.5, rmse: 2, naiveMae: 4 },
    ];
    const { datasets } = stepsChart([stepped(record('a', { byStep }))], palette, format, messages.en).data;
    expect(datasets.map(({ label, data }) => [label, data.map(({ y }) => y)])).toEqual([
      ['LSTM', [1, 1.5]],
      ['Naive', [3, 4]],
    ]);
  });
  test('by step, used otherwise: what is judged stands faint behind', () => {
    const error = (step: number, mae: number) => ({ step, mae, rmse: mae, naiveMae: 9 });
    const run = record('a', {
      byStep: [error(1, 1)],
      forms: [
        { form: 'direct', windows: 5, byStep: [error(1, 1)] },
        { form: 'rolled-out', windows: 4, byStep: [error(1, 2), error(2, 3)] },
      ],
    });
    expect(otherForms([run])).toEqual(['rolled-out']);
    const { datasets } = stepsChart([stepped(run)], palette, format, messages.en, 'rolled-out').data;
    expect(datasets.map(({ label, data }) => [label, data.map(({ y }) => y)])).toEqual([
      ['LSTM', [2, 3]],
      ['Naive', [9, 9]],
      ['', [1]],
    ]);
  });
});

describe('ticks', () => {
  test('are round moments of the file’s own clock', () => {
    const years = timeTicks(Date.UTC(2000, 0, 3), Date.UTC(2020, 3, 17), 10);
    expect(years.every((time) => new Date(time).toISOString().endsWith('-01-01T00:00:00.000Z'))).toBe(true);
    const hours = timeTicks(Date.UTC(2020, 2, 28, 3), Date.UTC(2020, 2, 29, 20), 8);
    expect(hours.every((time) => new Date(time).getUTCHours() % 6 === 0)).toBe(true);
  });
  test('are no finer than the data', () => {
    const quarters = timeTicks(Date.UTC(2000, 0, 1), Date.UTC(2000, 11, 31), 20, 'quarter');
    expect(quarters.map((time) => new Date(time).getUTCMonth())).toEqual([0, 3, 6, 9]);
    expect(timeTicks(Date.UTC(2000, 0, 1), Date.UTC(2000, 2, 1), 9, 'month')).toHaveLength(3);
  });
  test('have as many decimals as tell neighbours apart', () => {
    expect(linearLabel(1500, [{ value: 1000 }, { value: 1500 }], format)).toBe('1,500');
    expect(linearLabel(0.25, [{ value: 0.2 }, { value: 0.25 }], format)).toBe('0.25');
  });
  test('on a logarithmic axis are as few round values as tell enough', () => {
    expect(logarithmicTicks(0.001, 10)).toEqual([0.001, 0.01, 0.1, 1, 10].map((tick) => expect.closeTo(tick, 9)));
    expect(logarithmicTicks(600, 3500)).toEqual([700, 1000, 1500, 2000, 3000]);
    expect(logarithmicTicks(500, 3500)).toEqual([500, 1000, 2000]);
    // written as they are, they are round
    expect(logarithmicTicks(0.12, 0.7).map(String)).toEqual(['0.15', '0.2', '0.3', '0.5', '0.7']);
    expect(logarithmicTicks(0.34, 0.38)).toEqual([0.34, 0.35, 0.36, 0.37, 0.38].map((tick) => expect.closeTo(tick, 9)));
  });
});

test('a picture’s legend names what its view draws, lines with their dash and clouds and bars without', () => {
  const t = messages.en;
  const future = [{ step: 1, time: null, value: 1, lower80: 0, upper80: 2, lower95: 0, upper95: 2 }];
  const forecasts = [{ name: 'LSTM', tone: 'lstm' as const, dash: dashes.lstm, future }];
  const legend = (view: Parameters<typeof legendOf>[0]) =>
    legendOf(view, forecasts, palette, t).map(({ word, dash }) => [word, dash]);
  expect(legend('series')).toEqual([
    [t.chart.actual, []],
    ['LSTM', dashes.lstm],
    [t.models.baselines.naive, dashes.naive],
  ]);
  expect(legend('residuals')).toEqual([['LSTM', dashes.lstm]]);
  expect(legend('steps')).toEqual([
    ['LSTM', dashes.lstm],
    [t.models.baselines.naive, dashes.naive],
  ]);
  expect(legend('scatter')).toEqual([['LSTM', []]]);
  expect(legend('lag')).toEqual([['LSTM', []]]);
});

test('dashed lines lie over solid ones, which would else cover them', () => {
  const models = [
    { tone: 'rnn' as const, dash: dashes.rnn, name: 'RNN', pairs: [] },
    { tone: 'lstm' as const, dash: dashes.lstm, name: 'LSTM', pairs: [] },
  ];
  const drawn = residualChart(models, { from: 0, to: 9 }, null, palette, format).data.datasets;
  // the first is drawn last
  expect(drawn.map(({ label }) => label).slice(0, 2)).toEqual(['LSTM', 'RNN']);
  const curves = models.map((model) => ({ ...model, train: [1], validation: [1], bestEpoch: 1 }));
  const lossNames = lossChart(curves, 10, palette, format).data.datasets.map(({ label }) => label!.split(' ')[0]);
  expect(lossNames.indexOf('LSTM')).toBeLessThan(lossNames.indexOf('RNN'));
});
