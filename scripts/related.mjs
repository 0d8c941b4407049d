// The bundled examples of several series: one where they can learn from each other, one where they cannot.
// Generated, not measured, and always the same: all chance comes from one seed.
import { uniforms } from './activity.mjs';

const seed = 16;
const rows = 400;

const day = (row) => new Date(Date.UTC(2024, 0, 1) + row * 86_400_000).toISOString().slice(0, 10);
const table = (names, at) =>
  `${[`date,${names.join(',')}`, ...Array.from({ length: rows }, (_, row) => [day(row), ...at(row).map((x) => x.toFixed(2))].join(','))].join('\n')}\n`;

function normals(seed) {
  const random = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** x_t = a x_{t−1} + b x_{t−2} + noise, after it has forgotten where it began. */
function wandering(normal, a, b) {
  const all = [0, 0];
  for (let t = 2; t < rows + 62; t++) all.push(a * all[t - 1] + b * all[t - 2] + normal());
  return all.slice(60);
}

/**
 * Water levels in cm at three gauges of one river: the same wave passes the upper gauge, a day later the middle and two days
 * later the lower one, and each gauge measures it with an error of its own. So one task knows what another will need.
 */
export function relatedTable() {
  const normal = normals(seed);
  const wave = [...wandering(normal, 1.3, -0.55)];
  const gauge = (delay, base, scale, noise) => (row) =>
    base + scale * Math.log1p(Math.exp(wave[row + 2 - delay])) + noise * normal();
  const gauges = [gauge(0, 120, 18, 4), gauge(1, 180, 14, 4), gauge(2, 260, 11, 4)];
  return table(['upper', 'middle', 'lower'], (row) => gauges.map((level) => level(row)));
}

/** Three series that have nothing to do with each other, and move differently: nothing can be learned of one from another. */
export function unrelatedTable() {
  const normal = normals(seed + 1);
  const series = [
    wandering(normal, 0.9, 0).map((x) => 50 + 6 * x),
    wandering(normal, -0.8, 0).map((x) => 200 + 15 * x),
    wandering(normal, 0.4, -0.7).map((x) => 900 + 40 * x),
  ];
  return table(['bakery', 'workshop', 'harbour'], (row) => series.map((x) => x[row]));
}
