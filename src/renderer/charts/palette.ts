import { type Tone, tones } from '../../core/draw/dashes';

/** Colours as the canvas needs them, resolved from tokens.css for the theme in force. */
export interface Palette extends Record<Tone, string> {
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  grid: string;
  surface: string;
  validation: string;
  test: string;
  future: string;
  actual: string;
  naive: string;
  second: string;
  third: string;
  accent: string;
  negative: string;
  positive: string;
}

const tokens: Record<keyof Palette, string> = {
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  line: '--line',
  grid: '--grid',
  surface: '--surface',
  validation: '--validation',
  test: '--test',
  future: '--future',
  actual: '--actual',
  naive: '--naive',
  ...(Object.fromEntries(tones.map((tone) => [tone, `--${tone}`])) as Record<Tone, string>),
  second: '--second',
  third: '--third',
  accent: '--accent',
  negative: '--negative',
  positive: '--positive',
};

export { type DashedSeries, dashes, type LineLook, type Tone } from '../../core/draw/dashes';

/** A token may itself be a function of the theme, so the browser is asked what it comes to: in the theme in force, or in this one. */
export function readPalette(root: HTMLElement, theme?: 'light' | 'dark'): Palette {
  const probe = root.ownerDocument.createElement('i');
  if (theme) probe.style.colorScheme = theme;
  root.append(probe);
  const colour = ([name, token]: [string, string]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color];
  };
  const palette = Object.fromEntries(Object.entries(tokens).map(colour)) as unknown as Palette;
  probe.remove();
  return palette;
}

/** The colour of a token named `var(--token)`, or null where it is none of the palette's. */
export function named(colour: string, palette: Palette): string | null {
  const token = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  const found = Object.entries(tokens).find(([, known]) => known === token);
  return found ? palette[found[0] as keyof Palette] : null;
}

/** `rgb(r, g, b)` with an opacity. */
export function faded(colour: string, opacity: number): string {
  const parts = /^rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)/.exec(colour);
  return parts ? `rgb(${parts[1]} ${parts[2]} ${parts[3]} / ${opacity * 100}%)` : colour;
}
