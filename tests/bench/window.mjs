// The window's speed and memory, by its own clocks: `node window.mjs [--runs N] [--rows N]`, with the lab built before.
// Prints JSON; figures are milliseconds, medians and worst, and of the heap megabytes. Needs a Chromium (CHROMIUM names it).
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, rows: { type: 'string', default: '1000000' } },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const project = await mkdtemp(join(tmpdir(), 'unroll-window-'));
const host = spawn(process.execPath, ['out/main/cli.js', 'serve', '--no-open', '--project', project], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const address = await new Promise((resolve) =>
  host.stdout.once('data', (text) => resolve(String(text).split('\n')[0])),
);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(120_000);

const round = (value) => Math.round(10 * value) / 10;
const spread = (all) => {
  const sorted = all.toSorted((a, b) => a - b);
  return { median: round(sorted[sorted.length >> 1]), worst: round(sorted.at(-1)) };
};
/** From the press to the frame that shows what it asked for. */
const press = (name) =>
  page.evaluate(async (id) => {
    const before = performance.now();
    document.getElementById(id).click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - before;
  }, name);
const set = (name, value) => page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
const train = () => page.getByRole('button', { name: 'Train', exact: true }).click();
const ended = () => page.waitForFunction(() => !document.querySelector('.verbs'));
const heap = async () => {
  const inPage = await page.evaluate(() => {
    gc();
    gc();
    return performance.memory.usedJSHeapSize / 2 ** 20;
  });
  const status = await readFile(`/proc/${host.pid}/status`, 'utf8').catch(() => '');
  return { page: round(inPage), host: round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024) };
};

async function painted() {
  await page.goto(address);
  await page.getByRole('button', { name: 'S&P 500' }).waitFor();
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
  return round(await page.evaluate(paint));
}

async function whileTraining() {
  await page.getByText('More settings').click();
  await set('Epochs', 500);
  await set('Patience', 0);
  await page.getByRole('checkbox', { name: 'GRU' }).check();
  await train();
  await page.waitForFunction(() => document.querySelectorAll('[role="progressbar"]').length >= 3);
  const turns = { values: [], series: [], residuals: [], models: [], training: [] };
  for (let i = 0; i < 8; i++) {
    for (const view of ['values', 'series', 'residuals']) turns[view].push(await press(`view-${view}`));
    for (const tab of ['models', 'training']) turns[tab].push(await press(`tab-${tab}`));
  }
  await press('view-series');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await ended();
  return Object.fromEntries(Object.entries(turns).map(([name, all]) => [name, spread(all)]));
}

async function manyRuns(count) {
  await set('Epochs', 1);
  await set('Hidden units', 4);
  for (const name of ['LSTM', 'GRU']) await page.getByRole('checkbox', { name }).uncheck();
  const once = async () => {
    await train();
    await page.waitForFunction(() => document.querySelector('.verbs'), null, { timeout: 2000 }).catch(() => {});
    await ended();
  };
  for (let i = 0; i < 10; i++) await once();
  const before = await heap();
  for (let i = 0; i < count; i++) await once();
  return { runs: count, before, after: await heap() };
}

async function manyRows(rows) {
  const path = join(project, 'many.csv');
  const start = Date.UTC(1990, 0, 1);
  const line = (_, i) =>
    `${new Date(start + i * 60_000).toISOString().slice(0, 16)},${(100 + Math.sin(i / 700) * 9).toFixed(3)}`;
  await writeFile(path, `time,value\n${Array.from({ length: rows }, line).join('\n')}\n`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open CSV' }).first().click();
  const before = performance.now();
  await (await chooser).setFiles(path);
  await page.getByText('many.csv').first().waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
  const opened = performance.now() - before;
  const box = await page.locator('.plot canvas').boundingBox();
  const frames = (deltas) =>
    page.evaluate(
      async ([all, x, y]) => {
        const canvas = document.querySelector('.plot canvas');
        const took = [];
        for (const [kind, delta] of all) {
          const at = { clientX: x + delta, clientY: y, bubbles: true, cancelable: true };
          const event =
            kind === 'wheel'
              ? new WheelEvent('wheel', { ...at, clientX: x, deltaY: delta })
              : new PointerEvent('pointermove', at);
          const before = performance.now();
          canvas.dispatchEvent(event);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          took.push(performance.now() - before);
        }
        return took;
      },
      [deltas, box.x + box.width / 2, box.y + box.height / 2],
    );
  const wheel = await frames(Array.from({ length: 30 }, (_, i) => ['wheel', i < 20 ? -120 : 120]));
  const hover = await frames(Array.from({ length: 30 }, (_, i) => ['move', 4 * i]));
  return { rows, opened: round(opened), wheel: spread(wheel), hover: spread(hover) };
}

try {
  const firstPaint = await painted();
  await page.getByRole('button', { name: 'S&P 500' }).click();
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
  const turning = await whileTraining();
  const memory = Number(values.runs) > 0 ? await manyRuns(Number(values.runs)) : null;
  const large = Number(values.rows) > 0 ? await manyRows(Number(values.rows)) : null;
  console.log(JSON.stringify({ firstPaint, turning, memory, large }, null, 2));
} finally {
  await browser.close();
  host.kill('SIGTERM');
  await rm(project, { recursive: true, force: true, maxRetries: 5 });
}
