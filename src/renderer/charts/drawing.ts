import type { Chart, ChartDataset, Scale } from 'chart.js';
import type { Axis, Drawing, Place } from '../../core/draw/svg';
import type { Marks } from './marks';
import type { Palette } from './palette';
import type { Point } from './scene';

/** A chart on the screen as a drawing on paper: every point, tick and word where the screen has it. */
export interface DrawingWords {
  title: string;
  note?: string;
  summary: string;
  legend: Drawing['legend'];
  font: string;
}
type Line = ChartDataset<'line', Point[]>;

export function drawingOf(chart: Chart, words: DrawingWords, palette: Palette): Drawing {
  const { left, top, right, bottom } = chart.chartArea;
  const { x, y } = chart.scales;
  const marks = chart.options.plugins?.marks as Partial<Marks> | undefined;
  const within = (pixel: number) => Math.min(right, Math.max(left, pixel));
  const place = ({ x: px, y: py }: Point): Place => [x!.getPixelForValue(px), y!.getPixelForValue(py)];
  const ends = (marks?.ends ?? []).map(({ word, colour, ...point }) => ({ at: place(point), word, colour }));
  return {
    width: Math.round(chart.width),
    height: Math.round(chart.height),
    ...words,
    area: { left, top, right, bottom },
    spans: (marks?.spans ?? []).map(({ from, to, colour, word }) => ({
      ...{ colour, word },
      left: within(x!.getPixelForValue(from)),
      right: within(x!.getPixelForValue(to)),
    })),
    rule: marks?.rule ? { at: x!.getPixelForValue(marks.rule.at), word: marks.rule.word } : null,
    x: axisOf(x!, true),
    y: axisOf(y!, false),
    ...seriesOf(chart, place),
    ends: ends.filter(({ at }) => at[0] > left && at[0] <= right + 12 && at[1] >= top && at[1] <= bottom),
    ink: palette.ink,
    faint: palette.ink3,
    grid: palette.grid,
    surface: palette.surface,
  };
}

function axisOf(scale: Scale, across: boolean): Axis {
  const { title } = scale.options as { title?: { display?: boolean; text?: string } };
  const pixel = (value: number, i: number) =>
    across && scale.type === 'category' ? scale.getPixelForTick(i) : scale.getPixelForValue(value);
  return {
    title: title?.display ? String(title.text) : '',
    ticks: scale.ticks.flatMap(({ value, label }, i) => {
      const text = Array.isArray(label) ? label.join(' ') : String(label ?? '');
      return text ? [{ at: pixel(value, i), label: text }] : [];
    }),
  };
}

/** What the screen draws first lies lowest: the last dataset. */
function seriesOf(chart: Chart, place: (point: Point) => Place): Pick<Drawing, 'fills' | 'lines' | 'dots' | 'bars'> {
  const series: Pick<Drawing, 'fills' | 'lines' | 'dots' | 'bars'> = { fills: [], lines: [], dots: [], bars: [] };
  const datasets = chart.data.datasets as Line[];
  for (let i = datasets.length - 1; i >= 0; i--) {
    const dataset = datasets[i]!;
    if (chart.getDatasetMeta(i).type === 'bar') series.bars.push(...barsOf(chart, i));
    else {
      const drawn = dataset.data.map((point) => (Number.isFinite(point.y) ? place(point) : null));
      series.fills.push(...fillOf(dataset, drawn, datasets[i - 1]?.data.map(place) ?? []));
      series.lines.push(...lineOf(dataset, drawn, chart.getDatasetMeta(i).type === 'scatter'));
      series.dots.push(...dotsOf(dataset, drawn));
    }
  }
  return series;
}

function lineOf(dataset: Line, points: (Place | null)[], scattered: boolean): Drawing['lines'] {
  const width = Number(dataset.borderWidth ?? 1);
  if (width === 0 || (scattered && !dataset.showLine)) return [];
  const { colour, opacity } = colourOf(String(dataset.borderColor));
  return [{ points, colour, opacity, width, dash: (dataset.borderDash as number[] | undefined) ?? [] }];
}

/** Between this line and the one before it. */
function fillOf({ fill, backgroundColor }: Line, points: (Place | null)[], other: Place[]): Drawing['fills'] {
  if (fill !== '-1') return [];
  const here = points.filter((point) => point !== null);
  return [
    {
      points: [...here, ...other.filter((at) => at.every(Number.isFinite)).reverse()],
      ...colourOf(String(backgroundColor)),
    },
  ];
}

function dotsOf(dataset: Line, points: (Place | null)[]): Drawing['dots'] {
  const radius = (i: number) => {
    const given = dataset.pointRadius as number | number[] | undefined;
    return Number(Array.isArray(given) ? given[i] : (given ?? 0));
  };
  const look = colourOf(String(dataset.pointBackgroundColor ?? dataset.backgroundColor));
  return points.flatMap((at, i) => (at && radius(i) > 0 ? [{ at, radius: radius(i), ...look }] : []));
}

function barsOf(chart: Chart, index: number): Drawing['bars'] {
  const { backgroundColor } = chart.data.datasets[index]!;
  return chart.getDatasetMeta(index).data.map((element, i) => {
    const { x, y, base, width } = element.getProps(['x', 'y', 'base', 'width'] as never[], true) as unknown as Bar;
    const own = Array.isArray(backgroundColor) ? backgroundColor[i] : backgroundColor;
    return { left: x - width / 2, top: Math.min(y, base), width, height: Math.abs(base - y), ...colourOf(String(own)) };
  });
}
interface Bar {
  x: number;
  y: number;
  base: number;
  width: number;
}

/** `rgb(r g b / 22%)` as a colour and an opacity, for readers of SVG that know only the older way. */
export function colourOf(colour: string): { colour: string; opacity: number } {
  const parts = /^rgba?\(([\d.]+)[ ,]+([\d.]+)[ ,]+([\d.]+)\s*[/,]\s*([\d.]+)(%?)\)$/.exec(colour);
  if (!parts) return { colour, opacity: 1 };
  const [, red, green, blue, share, percent] = parts;
  return { colour: `rgb(${red}, ${green}, ${blue})`, opacity: Number(share) / (percent ? 100 : 1) };
}
