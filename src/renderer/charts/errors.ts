import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { Step } from '../../core/data/frame';
import type { LineLook } from '../../core/draw/dashes';
import type { SeriesView } from '../../core/protocol';
import type { Form, RunRecord } from '../../core/run';
import type { Formatter } from '../format';
import type { Messages } from '../messages';
import type { Range, RowAxis } from '../state/view';
import { firstAtLeast } from '../state/view';
import { axisFace, calm, placeScale, titled, valueScale, zeroLine } from './axes';
import { type LineConfiguration, roomFor } from './forecast';
import { dashes, faded, type Palette } from './palette';
import type { Forecast, Point } from './scene';

/** What the models got wrong on the test part: by time, against the truth, and by step ahead. */
export interface Pair {
  row: number;
  x: number;
  forecast: number;
  actual: number;
}
export interface ModelPairs extends LineLook {
  name: string;
  pairs: Pair[];
}

/** Forecast and truth of every test row that was forecast, several steps ahead by the last step: the farthest look. */
export function pairsOf(forecasts: Forecast[], tested: SeriesView, axis: RowAxis): ModelPairs[] {
  const actualAt = (row: number): number | null => {
    const i = firstAtLeast(tested.at, row);
    return tested.at[i] === row ? (tested.values[i] ?? null) : null;
  };
  return forecasts.map(({ tone, dash, name, test }) => {
    if (!test) return { tone, dash, name, pairs: [] };
    const last = test.steps - 1;
    const pairs = test.origins.flatMap((origin, w): Pair[] => {
      const row = origin + test.firstStep + last;
      const actual = actualAt(row);
      return actual === null ? [] : [{ row, x: axis.placeOf(row), forecast: test.values[w]![last]!, actual }];
    });
    return { tone, dash, name, pairs };
  });
}

const still = { pointHitRadius: 0, pointBorderWidth: 0, tension: 0 } as const;
const padding = { top: 14, right: 64, bottom: 0, left: 4 };

/** Forecast minus truth by time: above the zero line the model expected too much. */
export function residualChart(
  models: ModelPairs[],
  visible: Range,
  step: Step | null,
  palette: Palette,
  format: Formatter,
): LineConfiguration {
  // the first is drawn last: dashed lines over solid ones, which show between their dashes
  const datasets = models.toReversed().map(
    ({ tone, dash, name, pairs }): ChartDataset<'line', Point[]> => ({
      ...still,
      label: name,
      data: pairs.map(({ x, forecast, actual }) => ({ x, y: forecast - actual })),
      borderColor: palette[tone],
      borderDash: dash,
      borderWidth: 1,
      pointRadius: 0,
    }),
  );
  return {
    type: 'line',
    data: { datasets: [...datasets, zeroLine(visible, palette)] },
    options: {
      ...calm,
      layout: { padding },
      scales: { x: placeScale(step, palette, format, visible), y: valueScale(palette, format) },
    },
  };
}

/** Points drawn of one model at most; beyond, every so many-th, for a cloud shows no single one. */
const cloudPoints = 3000;

/** Forecast against truth; what is right lies on the diagonal. */
export function scatterChart(
  models: ModelPairs[],
  palette: Palette,
  format: Formatter,
  t: Messages,
): ChartConfiguration<'scatter', Point[]> {
  const all = models.flatMap(({ pairs }) => pairs.flatMap(({ forecast, actual }) => [forecast, actual]));
  const low = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const clouds = models.map(({ tone, name, pairs }): ChartDataset<'scatter', Point[]> => {
    const every = Math.max(1, Math.ceil(pairs.length / cloudPoints));
    return {
      label: name,
      data: pairs.filter((_, i) => i % every === 0).map(({ forecast, actual }) => ({ x: actual, y: forecast })),
      backgroundColor: faded(palette[tone], 0.45),
      pointRadius: 2.5,
      pointBorderWidth: 0,
    };
  });
  const diagonal: ChartDataset<'scatter', Point[]> = {
    label: '',
    data: [
      { x: low, y: low },
      { x: high, y: high },
    ],
    showLine: true,
    pointRadius: 0,
    borderColor: palette.ink3,
    borderWidth: 1,
  };
  return {
    type: 'scatter',
    data: { datasets: [diagonal, ...clouds] },
    options: {
      ...calm,
      layout: { padding },
      scales: {
        x: {
          ...valueScale(palette, format),
          position: 'bottom',
          afterFit: undefined,
          title: titled(t.chart.actual, palette),
        },
        y: { ...valueScale(palette, format), title: titled(t.chart.forecast, palette) },
      },
    },
  };
}

/** Another way of using the models, for all of them that have it; the way they are judged then stands faint behind it. */
export const otherForms = (records: RunRecord[]): Form[] => [
  ...new Set(records.flatMap(({ forms }) => (forms ?? []).slice(1).map(({ form }) => form))),
];
const errorsIn = ({ forms, byStep }: RunRecord, form: Form | null) =>
  form === null ? byStep : ((forms ?? []).slice(1).find((other) => other.form === form)?.byStep ?? []);

/** A run as its errors by step are drawn. */
export interface SteppedRun extends LineLook {
  name: string;
  record: RunRecord;
}

/** Mean absolute error by step ahead, of each run and of naive. */
export function stepsChart(
  runs: SteppedRun[],
  palette: Palette,
  format: Formatter,
  t: Messages,
  form: Form | null = null,
): LineConfiguration {
  const line = (name: string, colour: string, data: Point[], dash: number[]): ChartDataset<'line', Point[]> => ({
    ...still,
    label: name,
    data,
    borderColor: colour,
    backgroundColor: colour,
    borderDash: dash,
    borderWidth: 1.5,
    pointRadius: data.length > 40 ? 0 : 3,
  });
  const longest = runs.map(({ record }) => errorsIn(record, form)).reduce((a, b) => (b.length > a.length ? b : a), []);
  const naive = longest.map(({ step, naiveMae }) => ({ x: step, y: naiveMae }));
  const steps = Math.max(2, longest.length);
  const models = runs.toReversed().map(({ record, name, tone, dash }) =>
    line(
      name,
      palette[tone],
      errorsIn(record, form).map(({ step, mae }) => ({ x: step, y: mae })),
      dash,
    ),
  );
  const judged = form === null ? [] : runs;
  const faint = judged.map(({ record, tone, dash }) => ({
    ...line(
      '',
      faded(palette[tone], 0.4),
      record.byStep.filter(({ step }) => step <= steps).map(({ step, mae }) => ({ x: step, y: mae })),
      dash,
    ),
    borderWidth: 3,
  }));
  const datasets = [...models, line(t.models.baselines.naive!, palette.naive, naive, dashes.naive), ...faint];
  const ends = datasets.flatMap(({ data, label, borderColor }) => {
    const end = data.at(-1);
    return end && label ? [{ ...end, word: label ?? '', colour: String(borderColor) }] : [];
  });
  const y = valueScale(palette, format);
  return {
    type: 'line',
    data: { datasets },
    options: {
      ...calm,
      layout: { padding: { ...padding, right: Math.max(120, roomFor(runs)) } },
      scales: {
        x: {
          ...placeScale(null, palette, format, { from: 1, to: steps }),
          title: titled(t.chart.stepsAhead, palette),
        },
        y: { ...y, beginAtZero: true, title: titled(t.models.mae, palette) },
      },
      plugins: { marks: { spans: [], rule: null, ends, ink: palette.ink3, font: axisFace } },
    },
  };
}
