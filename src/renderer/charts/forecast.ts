import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { Step } from '../../core/data/frame';
import type { Formatter } from '../format';
import type { Messages } from '../messages';
import type { Range } from '../state/view';
import { axisFace, calm, placeScale, valueScale, zeroLine } from './axes';
import type { Marks } from './marks';
import { dashes, faded, type Palette } from './palette';
import { clip, type Interval, type ModelScene, type Point, type Scene } from './scene';

type Line = ChartDataset<'line', Point[]>;
export type LineConfiguration = ChartConfiguration<'line', Point[]>;

const still = { pointRadius: 0, pointHitRadius: 0, spanGaps: false, tension: 0 } as const;

/** History, forecasts of the test part, and the future with its bands. */
export function forecastChart(
  scene: Scene,
  visible: Range,
  palette: Palette,
  format: Formatter,
  t: Messages,
  shown: { banded: string | null; logarithmic: boolean; step?: Step; returns?: boolean } = {
    banded: null,
    logarithmic: false,
    step: 'day',
  },
): LineConfiguration {
  const actual = clip(scene.actual, visible);
  const sparse = actual.length < 80;
  // the first is drawn last, above the others: dashed lines over solid ones, which show between their dashes
  const models = scene.models.toReversed();
  const datasets: Line[] = [
    ...models.flatMap((model) => futureLine(model, scene.now, palette)),
    {
      ...still,
      label: t.chart.actual,
      data: actual,
      borderColor: palette.actual,
      borderWidth: scene.models.length > 0 ? 1 : 1.2,
      pointRadius: sparse ? 1.5 : 0,
      pointBackgroundColor: palette.actual,
      pointBorderWidth: 0,
    },
    ...models.map((model) => testLine(model, visible, palette)),
    ...naiveLine(scene, palette),
    ...(shown.returns ? [zeroLine(visible, palette)] : []),
    ...scene.models.filter(({ name }) => name === shown.banded).flatMap((model) => bandsOf(model, scene.now, palette)),
  ];
  return {
    type: 'line',
    data: { datasets },
    options: {
      ...calm,
      layout: { padding: { top: 14, right: roomFor(scene.models), bottom: 0, left: 4 } },
      scales: {
        x: placeScale(scene.dated ? (shown.step ?? 'irregular') : null, palette, format, visible),
        y: valueScale(palette, format, shown.logarithmic, shown.returns),
      },
      plugins: { marks: marksOf(scene, visible, palette, t) },
    },
  };
}

/** Right of the plot for the longest name at a line's end, in pixels; letters of 11 px are about 6 wide. */
export function roomFor(models: { name: string }[]): number {
  return Math.min(160, Math.max(64, ...models.map(({ name }) => 16 + 6 * name.length)));
}

/** Wider than the actual values, which are drawn over it: a good forecast shows as their edge. */
function testLine(model: ModelScene, visible: Range, palette: Palette): Line {
  const data = clip(model.test, visible);
  const look = { borderColor: palette[model.tone], borderDash: model.dash };
  return { ...still, label: `${model.name} test`, data, ...look, borderWidth: 2 };
}

function futureLine(model: ModelScene, now: Point | null, palette: Palette): Line[] {
  if (!now || model.future.length === 0) return [];
  const colour = palette[model.tone];
  const data = [now, ...model.future.map(({ x, y }) => ({ x, y }))];
  return [
    {
      ...still,
      label: `${model.name} future`,
      data,
      borderColor: colour,
      borderDash: model.dash,
      borderWidth: 1.5,
      pointRadius: data.map((_, i) => (i === data.length - 1 ? 2.5 : 0)),
      pointBackgroundColor: colour,
      pointBorderWidth: 0,
    },
  ];
}

/** The last known value carried into the future: what the models have to beat. */
function naiveLine({ now, carried, models }: Scene, palette: Palette): Line[] {
  const end = Math.max(...models.flatMap(({ future }) => future.map(({ x }) => x)));
  if (!now || carried === null || !Number.isFinite(end)) return [];
  const look = { ...still, borderColor: palette.naive, borderWidth: 1.25, borderDash: dashes.naive };
  return [
    {
      ...look,
      label: 'naive',
      data: [
        { x: now.x, y: carried },
        { x: end, y: carried },
      ],
    },
  ];
}

/** 95 % and 80 % bands of one model, for several would cover each other; they open from the last known value. */
function bandsOf(model: ModelScene, now: Point | null, palette: Palette): Line[] {
  if (!now || model.future.length === 0) return [];
  const colour = palette[model.tone];
  const edge = (value: (point: Interval) => number | null, fill: Line['fill'], opacity: number): Line => ({
    ...still,
    label: '',
    data: [now, ...model.future.map((point) => ({ x: point.x, y: value(point) ?? Number.NaN }))],
    borderWidth: 0,
    fill,
    backgroundColor: faded(colour, opacity),
  });
  return [
    edge((point) => point.lower95, false, 0),
    edge((point) => point.upper95, '-1', 0.12),
    edge((point) => point.lower80, false, 0),
    edge((point) => point.upper80, '-1', 0.22),
  ];
}

function marksOf(scene: Scene, visible: Range, palette: Palette, t: Messages): Marks {
  const words = { train: t.chart.train, validation: t.chart.validation, test: t.chart.testPart, future: '' };
  const colours = { train: null, validation: palette.validation, test: palette.test, future: palette.future };
  const seen = (points: Point[]) => points.findLast(({ x, y }) => x <= visible.to && !Number.isNaN(y));
  const ends = scene.models.flatMap(({ tone, name, future, test }) => {
    const end = seen(future) ?? seen(test);
    return end ? [{ x: end.x, y: end.y, word: name, colour: palette[tone] }] : [];
  });
  const last = seen(scene.actual);
  // inside the plot the name would lie on the forecast; the readout bears it then
  if (last && !ends.some(({ x }) => x > last.x + (visible.to - visible.from) * 0.02))
    ends.push({ x: last.x, y: last.y, word: t.chart.actual, colour: palette.actual });
  return {
    spans: scene.parts.map(({ kind, from, to }) => ({ from, to, colour: colours[kind], word: words[kind] })),
    rule:
      scene.now && scene.models.some(({ future }) => future.length > 0) ? { at: scene.now.x, word: t.chart.now } : null,
    ends,
    ink: palette.ink3,
    font: axisFace,
  };
}

/** The whole series as a bare line, for choosing the visible part. */
export function overviewChart(points: Point[], whole: Range, palette: Palette): LineConfiguration {
  const known = points.map(({ y }) => y).filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return {
    type: 'line',
    data: {
      datasets: [
        {
          ...still,
          data: points,
          borderColor: palette.ink3,
          borderWidth: 1,
          fill: 'start',
          backgroundColor: palette.grid,
        },
      ],
    },
    options: {
      ...calm,
      scales: {
        x: { type: 'linear', display: false, min: whole.from, max: whole.to },
        y: { type: 'linear', display: false, min: low - (high - low) * 0.1, max: high + (high - low) * 0.1 },
      },
    },
  };
}
