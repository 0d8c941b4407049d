import type { HeatLook } from '../../core/draw/heat';
import type { Look } from '../../core/draw/plot';
import type { Drawing } from '../../core/draw/svg';
import { axisFace } from './axes';
import { named, type Palette } from './palette';

/** Charts as they are saved: on light paper whatever the window's theme, for they are shown elsewhere. */
export const paperWidth = 960;
export const plotHeight = 380;
export const paperFace = axisFace.slice('11px '.length);

export const lookOf = ({ ink, ink3, grid, surface }: Palette): Look => ({
  ...{ ink, grid, surface },
  faint: ink3,
  font: paperFace,
});
export const heatLookOf = (palette: Palette): HeatLook => ({
  ...lookOf(palette),
  negative: palette.negative,
  zero: palette.surface,
  positive: palette.positive,
});

/** Above a picture: the chart, and what it is of. */
export const titleOf = (chart: string, source: string): string => [source, chart].filter(Boolean).join(' · ');

/** Below the title: what is to be known, in sentences. */
export const noteOf = (...said: (string | undefined)[]): string =>
  said
    .flatMap((one) => one?.trim() || [])
    .map((one) => capital(/[.!?]$/.test(one) ? one : `${one}.`))
    .join(' ');

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The drawing in the colours of the paper, each in its meaning: those named by token and those of the screen's theme. */
export function onPaper(drawing: Drawing, screen: Palette, paper: Palette): Drawing {
  const names = Object.keys(screen) as (keyof Palette)[];
  const turned = new Map(names.map((name) => [screen[name], paper[name]]));
  const turn = (colour: string) => named(colour, paper) ?? turned.get(colour) ?? colour;
  const each = <T extends { colour: string }>(list: T[]): T[] =>
    list.map((one) => ({ ...one, colour: turn(one.colour) }));
  const { spans, legend, fills, lines, dots, bars, ends, ink, faint, grid, surface, cells, below } = drawing;
  return {
    ...drawing,
    spans: spans.map((span) => ({ ...span, colour: span.colour && turn(span.colour) })),
    ...{ legend: each(legend), fills: each(fills), lines: each(lines) },
    ...{ dots: each(dots), bars: each(bars), ends: each(ends) },
    ...{ ink: turn(ink), faint: turn(faint), grid: turn(grid), surface: surface && turn(surface) },
    ...(cells && { cells: { ...cells, colours: cells.colours.map(turn) } }),
    ...(below && { below: below.map((one) => onPaper(one, screen, paper)) }),
  };
}
