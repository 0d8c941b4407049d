import type { Chart, Plugin } from 'chart.js';

/** What is drawn behind and beside the data: parts of the series, the rule "now", names at the ends of lines. */
export interface Marks {
  spans: { from: number; to: number; colour: string | null; word: string }[];
  rule: { at: number; word: string } | null;
  ends: { x: number; y: number; word: string; colour: string }[];
  ink: string;
  font: string;
}

declare module 'chart.js' {
  interface PluginOptionsByType<TType extends keyof import('chart.js').ChartTypeRegistry> {
    marks?: TType extends string ? Marks : never;
  }
}

const wordInset = 6;
const lineHeight = 13;
/** Ends this near each other stand in one column. */
const alignedPixels = 48;

export const marksPlugin: Plugin<'line'> = {
  id: 'marks',
  beforeDatasetsDraw(chart) {
    const marks = marksOf(chart);
    if (marks) drawSpans(chart, marks);
  },
  afterDatasetsDraw(chart) {
    const marks = marksOf(chart);
    if (marks) drawEnds(chart, marks);
  },
};

function marksOf(chart: Chart): Marks | undefined {
  const marks = chart.options.plugins?.marks as Partial<Marks> | undefined;
  // a chart that gives none is handed an empty object
  return marks?.spans ? (marks as Marks) : undefined;
}

function drawSpans(chart: Chart, { spans, rule, ink, font }: Marks): void {
  const { ctx, chartArea: area, scales } = chart;
  const x = scales.x!;
  ctx.save();
  ctx.font = font;
  ctx.textBaseline = 'bottom';
  const now = rule ? x.getPixelForValue(rule.at) - ctx.measureText(rule.word).width / 2 : Number.POSITIVE_INFINITY;
  for (const { from, to, colour, word } of spans) {
    const left = Math.max(area.left, x.getPixelForValue(from));
    const right = Math.min(area.right, x.getPixelForValue(to));
    if (right <= left) continue;
    if (colour) {
      ctx.fillStyle = colour;
      ctx.fillRect(left, area.top, right - left, area.bottom - area.top);
    }
    // above the plot, where no line runs through it, and never into the word of the rule
    if (ctx.measureText(word).width + wordInset > Math.min(right, now) - left) continue;
    ctx.fillStyle = ink;
    ctx.fillText(word, left, area.top - 2);
  }
  if (rule) drawRule(chart, rule, ink);
  ctx.restore();
}

function drawRule({ ctx, chartArea: area, scales }: Chart, rule: { at: number; word: string }, ink: string): void {
  const at = Math.round(scales.x!.getPixelForValue(rule.at)) + 0.5;
  if (at < area.left || at > area.right + 1) return;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 3]);
  ctx.beginPath();
  ctx.moveTo(at, area.top);
  ctx.lineTo(at, area.bottom);
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillText(rule.word, at, area.top - 2);
}

/** Names stand right of the lines' ends, pushed apart where they would overlap. */
function drawEnds(chart: Chart, { ends, font }: Marks): void {
  const { ctx, chartArea: area, scales } = chart;
  const placed = ends
    .map((end) => ({ ...end, left: scales.x!.getPixelForValue(end.x) + 8, top: scales.y!.getPixelForValue(end.y) }))
    .filter(({ left, top }) => left <= area.right + 12 && left > area.left && top >= area.top && top <= area.bottom)
    .sort((a, b) => a.top - b.top);
  const edge = Math.max(...placed.map(({ left }) => left));
  for (const end of placed) if (edge - end.left < alignedPixels) end.left = edge;
  for (let i = 1; i < placed.length; i++) placed[i]!.top = Math.max(placed[i]!.top, placed[i - 1]!.top + lineHeight);
  const excess = (placed.at(-1)?.top ?? 0) - (area.bottom - lineHeight / 2);
  if (excess > 0) for (const end of placed) end.top -= excess;
  ctx.save();
  ctx.font = font;
  ctx.textBaseline = 'middle';
  for (const { left, top, word, colour } of placed) {
    ctx.fillStyle = colour;
    ctx.fillText(word, left, top);
  }
  ctx.restore();
}
