import { decimate } from '../../data/decimate';
import type { Step } from '../../data/frame';
import { dashes, tonesFor } from '../../draw/dashes';
import { lossPlot } from '../../draw/loss';
import { drawingOf, type Look, type Plot, type Point } from '../../draw/plot';
import { svgOf } from '../../draw/svg';
import type { RunComparison } from '../../forecast/compare';
import { type Formatter, millisecondsOf } from '../../format';
import type { ReportRun, Told } from '.';

/** The report's charts. Colours are the report's own custom properties, so that they turn with the reader's system. */
const look: Look = { ink: 'var(--ink)', faint: 'var(--ink-3)', grid: 'var(--grid)', surface: null, font: 'inherit' };
const page = { width: 960, height: 300 };
/** Points of one line at most: more than the page has pixels. */
const mostPoints = 1600;

/** The colour and the dash of each model's lines. */
export const linesOf = (models: RunComparison['models']): { colour: string; dash: number[] }[] =>
  tonesFor(models).map((tone) => ({ colour: `var(--${tone})`, dash: dashes[tone] }));

const draw = (plot: Plot, format: Formatter, size = page): string => svgOf(drawingOf(plot, size, look, format));
const bare = { title: '', summary: '', bands: [], dots: [], spans: [], rule: null };

/** Truth and forecasts of the test part, and the future with the bands of the first model; null without forecasts of numbers. */
export function forecastsFigure({ runs, comparison, words, format }: Told): string | null {
  const firsts = firstRuns(runs, comparison);
  const [leading] = firsts;
  if (!leading?.test || leading.test.classes) return null;
  const step = stepOf(leading);
  const drawn = linesOf(comparison.models);
  const future = firsts.map(({ record }) =>
    record.forecast.map((point) => ({ ...point, x: placeOf(point.time, lastRow(leading) + point.step, step) })),
  );
  const actual = testLine(leading, 'actual', step);
  const now = actual.at(-1);
  const bands = (future[0] ?? []).flatMap(({ x, lower80, upper80 }) =>
    lower80 === null || upper80 === null ? [] : [{ x, low: lower80, high: upper80 }],
  );
  const plot: Plot = {
    ...bare,
    summary: words.forecasts,
    lines: [
      { name: words.actual, points: actual, colour: 'var(--actual)', width: 1, dash: [] },
      ...firsts.map((run, i) => ({
        name: comparison.models[i]!.name,
        points: testLine(run, 'values', step),
        ...drawn[i]!,
        width: 1.75,
      })),
      ...firsts.map((_, i) => ({
        name: '',
        points: [...(now ? [now] : []), ...future[i]!.map(({ x, value }) => ({ x, y: value }))],
        ...drawn[i]!,
        width: 1.75,
      })),
    ],
    bands: now
      ? [{ points: [{ x: now.x, low: now.y, high: now.y }, ...bands], colour: drawn[0]!.colour, opacity: 0.16 }]
      : [],
    rule: now && future[0]!.length > 0 ? { at: now.x, word: words.now } : null,
    x: { title: '', step },
    y: { title: '', logarithmic: false, fromZero: false },
  };
  return draw(plot, format);
}

export const lossFigure = (told: Told, size = page): string => draw(lossPlotOf(told), told.format, size);

/** Of each model the losses of the run of its first seed. */
export function lossPlotOf({ runs, comparison, words }: Told, y = ''): Plot {
  const drawn = linesOf(comparison.models);
  const models = firstRuns(runs, comparison).map(({ record: { loss, bestEpoch } }, i) => ({
    ...drawn[i]!,
    ...loss,
    ...{ name: comparison.models[i]!.name, bestEpoch },
  }));
  return { ...bare, summary: words.loss, ...lossPlot(models, { x: words.epoch, y }) };
}

/** null where models forecast a single step. */
export function stepsFigure(told: Told, size = page): string | null {
  const plot = stepsPlotOf(told);
  return plot && draw(plot, told.format, size);
}

export function stepsPlotOf({ comparison, words, baselineName }: Told): Plot | null {
  const { models } = comparison;
  if (!models.some(({ byStep }) => byStep.length > 1)) return null;
  const drawn = linesOf(models);
  const naive = models[0]!.byStep.map(({ step, naiveMae }) => ({ x: step, y: naiveMae }));
  const lines = [
    ...models.map(({ name, byStep }, i) => ({
      name,
      points: byStep.map(({ step, mae }) => ({ x: step, y: mae })),
      ...drawn[i]!,
      ...{ width: 1.75, end: true },
    })),
    {
      name: baselineName('naive'),
      points: naive,
      ...{ colour: 'var(--naive)', width: 1.5, dash: dashes.naive, end: true },
    },
  ];
  const axes = {
    x: { title: words.stepsAhead, step: null },
    y: { title: words.columns.mae, logarithmic: false, fromZero: true },
  };
  return { ...bare, summary: words.steps, lines, ...axes };
}

/** Of each model the run of its first seed: it stands for the others in charts. */
export const firstRuns = (runs: ReportRun[], { models }: RunComparison): ReportRun[] =>
  models.map(({ runs: [id] }) => runs.find(({ record }) => record.id === id)!);

const stepOf = ({ record, times }: ReportRun): Step | null => (times[0] ? record.dataset.frequency.step : null);
const placeOf = (time: string | null | undefined, row: number, step: Step | null): number =>
  step && time ? millisecondsOf(time) : row;

const lastRow = ({ test }: ReportRun): number => (test ? test.origins.at(-1)! + test.firstStep + test.steps - 1 : 0);

/** Every row of the test part once: several steps ahead, windows that tile it, counted back from its end. Curves do not overlap. */
function testLine({ test, times }: ReportRun, of: 'actual' | 'values', step: Step | null): Point[] {
  if (!test) return [];
  const { origins, steps, firstStep } = test;
  const places: Point[] = [];
  const apart = origins.length > 1 ? origins[1]! - origins[0]! : 1;
  const every = Math.max(1, Math.ceil(steps / apart));
  for (let w = (origins.length - 1) % every; w < origins.length; w += every) {
    if (of === 'values' && steps > 1 && places.length > 0) places.push({ x: places.at(-1)!.x, y: Number.NaN });
    for (let k = 0; k < steps; k++) {
      const at = w * steps + k;
      places.push({ x: placeOf(times[at], origins[w]! + firstStep + k, step), y: test[of][at]! });
    }
  }
  if (places.length <= mostPoints) return places;
  const values = Float64Array.from(places, ({ y }) => y);
  return decimate(values, 0, values.length, mostPoints).map((i) => places[i]!);
}
