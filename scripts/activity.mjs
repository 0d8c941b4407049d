// The bundled example of labels: what a sensor on a belt might measure while its wearer rests, walks, runs and climbs stairs.
// Generated, not measured, and always the same: all chance comes from one seed.
const seed = 20;
const rows = 3000;

/** What each activity does to the three axes at `phase` of its swing, beside gravity on the first. */
const activities = {
  rest: { steps: 1, swing: () => [0, 0, 0], noise: 0.15 },
  walk: { steps: 12, swing: (phase) => [0.6 * Math.sin(phase), 0.35 * Math.sin(phase / 2), 0.2], noise: 0.3 },
  run: { steps: 7, swing: (phase) => [1.1 * Math.sin(phase), 0.5 * Math.sin(phase / 2), 0.3], noise: 0.5 },
  climb: { steps: 14, swing: (phase) => [0.6 * Math.sin(phase), 0.3 * Math.sin(phase / 2), -0.25], noise: 0.3 },
};
/** How often each is taken up when another ends, summed up. */
const shares = [
  ['rest', 0.3],
  ['walk', 0.7],
  ['run', 0.85],
  ['climb', 1],
];

/** Uniform numbers in 0–1 (mulberry32, Tommy Ettinger, public domain). */
export function uniforms(state) {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function next(random, before) {
  for (;;) {
    const drawn = random();
    const [name] = shares.find(([, upTo]) => drawn < upTo);
    if (name !== before) return name;
  }
}

/** time, x, y, z in g, and the activity: a row every second. */
export function activityTable() {
  const random = uniforms(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lines = ['time,x,y,z,activity'];
  let name = 'rest';
  let left = 0;
  let phase = 0;
  for (let row = 0; row < rows; row++) {
    if (left-- === 0) {
      name = next(random, name);
      left = 20 + Math.floor(60 * random());
    }
    const { steps, swing, noise } = activities[name];
    phase += (2 * Math.PI) / steps;
    const [x, y, z] = swing(phase).map((value, axis) => value + (axis === 0 ? 1 : 0) + noise * normal());
    const time = new Date(Date.UTC(2026, 0, 5, 9) + row * 1000).toISOString().slice(0, 19);
    lines.push([time, ...[x, y, z].map((value) => value.toFixed(3)), name].join(','));
  }
  return `${lines.join('\n')}\n`;
}
