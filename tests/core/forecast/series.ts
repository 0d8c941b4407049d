import type { Series } from '../../../src/core/protocol';

/** Uniform numbers in 0–1 from a seed (mulberry32), for tests that need chance which repeats itself. */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box & Muller 1958). */
export function normals(seed: number): () => number {
  const random = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function randomWalk(rows: number, seed: number): Float64Array {
  const random = normals(seed);
  let level = 100;
  return Float64Array.from({ length: rows }, () => {
    level += random();
    return level;
  });
}

export function noisySine(rows: number, seed: number, period = 25, noise = 0.1): Float64Array {
  const random = normals(seed);
  return Float64Array.from({ length: rows }, (_, t) => Math.sin((2 * Math.PI * t) / period) + noise * random());
}

/** A series without dates. */
export const seriesFrom = (...values: Float64Array[]): Series => ({
  names: values.map((_, i) => (i === 0 ? 'y' : `x${i}`)),
  values,
  times: null,
  future: null,
  dateOnly: true,
  season: 1,
});
