import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dashes, tones } from '../../src/core/draw/dashes';

/** Colours are the tokens of the window, seen as eyes of every kind see them. */
const css = readFileSync(new URL('../../src/renderer/tokens.css', import.meta.url), 'utf8');
type Rgb = [number, number, number];
const themes = ['light', 'dark'] as const;

function token(name: string, theme: (typeof themes)[number]): Rgb {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(css) ?? [];
  const hex = theme === 'light' ? light : dark;
  if (!hex) throw new Error(`no colour --${name}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as Rgb;
}

const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

/** WCAG 2.1, relative luminance and contrast. */
const luminance = (colour: Rgb) => {
  const [r, g, b] = colour.map(linear) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB. */
const eyes: Record<string, Rgb[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Oklab of linear RGB (Ottosson 2020); a distance of 0.02 is about what a trained eye just tells apart. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
function seen(colour: Rgb, eye: string): Rgb {
  const light = colour.map(linear) as Rgb;
  return eyes[eye]!.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, w, i) => sum + w * light[i]!, 0),
      ),
    ),
  ) as Rgb;
}
const apart = (one: Rgb, other: Rgb, eye: string) => {
  const [a, b] = [oklab(seen(one, eye)), oklab(seen(other, eye))];
  return Math.hypot(...a.map((value, i) => value - b[i]!));
};
const mixed = (one: Rgb, other: Rgb, share: number) => one.map((v, i) => v + (other[i]! - v) * share) as Rgb;

describe.each(themes)('%s', (theme) => {
  const of = (name: string) => token(name, theme);
  const surface = of('surface');

  test('lines stand out from what they lie on, and words more', () => {
    for (const name of ['actual', ...tones, 'naive', 'second', 'third', 'accent'])
      expect(contrast(of(name), surface), name).toBeGreaterThanOrEqual(3);
    for (const name of ['ink', 'ink-2', 'ink-3', ...tones, 'good', 'warning', 'bad'])
      for (const ground of ['surface', 'ground', 'raised'])
        expect(contrast(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  describe.each(Object.keys(eyes))('%s', (eye) => {
    test('the models are told apart', () => {
      const names = ['actual', 'rnn', 'lstm', 'gru'];
      for (const [i, one] of names.entries())
        for (const other of names.slice(i + 1))
          expect(apart(of(one), of(other), eye), `${one}, ${other}`).toBeGreaterThan(0.065);
    });

    test('further models of a cell are told apart by colour within the family, and from all others by colour or dash', () => {
      const names = ['actual', ...tones] as const;
      for (const [i, one] of names.entries())
        for (const other of names.slice(i + 1)) {
          const distance = apart(of(one), of(other), eye);
          if (one.split('-')[0] === other.split('-')[0]) expect(distance, `${one}, ${other}`).toBeGreaterThan(0.045);
          if (distance <= 0.045) expect(dashes[one], `${one}, ${other}`).not.toEqual(dashes[other]);
        }
    });

    test('variants beside the plain model are told apart', () => {
      for (const [one, other] of [
        ['rnn', 'second'],
        ['rnn', 'third'],
        ['second', 'third'],
      ] as const)
        expect(apart(of(one), of(other), eye), `${one}, ${other}`).toBeGreaterThan(0.06);
    });

    test('both sides of a heat map differ from each other wherever they can be seen, and grow away from nothing', () => {
      const [negative, positive] = [of('negative'), of('positive')];
      expect(apart(negative, positive, eye)).toBeGreaterThan(0.15);
      let last = { negative: 0, positive: 0 };
      for (const share of [0.1, 0.2, 0.4, 0.6, 0.8, 1]) {
        const [low, high] = [mixed(surface, negative, share), mixed(surface, positive, share)];
        const now = { negative: apart(low, surface, eye), positive: apart(high, surface, eye) };
        expect(now.negative, `${share} below zero`).toBeGreaterThan(last.negative);
        expect(now.positive, `${share} above zero`).toBeGreaterThan(last.positive);
        // by a fifth of the way the sign can be seen
        if (share >= 0.2) expect(apart(low, high, eye), `signs at ${share}`).toBeGreaterThan(0.03);
        last = now;
      }
    });
  });
});
