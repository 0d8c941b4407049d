// A contender is a process of its own: it is asked one case per line and answers the milliseconds of one step.
import { createInterface } from 'node:readline';

/** @param {(about: object) => Promise<(() => unknown) | null>} open makes one step of the work ready; null: cannot */
export async function serve(open) {
  for await (const line of createInterface({ input: process.stdin })) {
    const about = JSON.parse(line);
    const step = await open(about);
    const ms = step ? await median(step, about.milliseconds) : null;
    process.stdout.write(`${JSON.stringify({ ms })}\n`);
  }
}

/** Median milliseconds of a step, after warming up for a third of the time. */
async function median(step, milliseconds) {
  const begun = performance.now();
  let calls = 0;
  while (calls < 2 || performance.now() - begun < milliseconds / 3) {
    await step();
    calls++;
  }
  const each = (performance.now() - begun) / calls;
  const group = Math.max(1, Math.round(1 / each));
  const rounds = Math.max(3, Math.round((2 * milliseconds) / (3 * each * group)));
  const times = [];
  for (let r = 0; r < rounds; r++) {
    const from = performance.now();
    for (let i = 0; i < group; i++) await step();
    times.push((performance.now() - from) / group);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}
