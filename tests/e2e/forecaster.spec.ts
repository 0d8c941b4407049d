import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { baselineNames } from '../../src/core/forecast/baseline-names';
import { built } from '../main/built';
import { prices } from '../main/script';
import { barriers } from './axe';

/** The page that forecasts alone, opened from the disk with no network, against the lab's own numbers. */
const hostile = '</script><img src=x onerror=document.title=1>"';
const text = prices(240).replace('Close', `"${hostile.replaceAll('"', '""')}"`);
let folder = '';
const at = (name: string) => join(folder, name);

async function unroll(...given: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [built('cli.js'), ...given, '--project', folder]);
  return stdout;
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-page-'));
  await writeFile(at('prices.csv'), text);
  const small = ['--epochs', '2', '--lookback', '10', '--hidden', '8', '--horizon', '4', '--quiet'];
  await unroll(
    'forecast',
    at('prices.csv'),
    '--target',
    hostile,
    ...small,
    '--models',
    'lstm',
    '--task',
    'many-to-many',
  );
  await unroll('export', 'latest', '--format', 'html', '--out', at('forecast.html'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** The page, with everything it asks the network for, and everything it complains of. */
async function opened(page: Page, name = 'forecast.html'): Promise<string[]> {
  const said: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.push(request.url());
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.context().setOffline(true);
  await page.goto(`file://${at(name)}`);
  return said;
}

const numbers = (page: Page) =>
  page.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => ({
      time: row.querySelector('time')?.dateTime,
      values: [...row.querySelectorAll('data')].map(({ value }) => Number(value)),
    })),
  );

test('a pasted table gives the forecast that the lab gives', async ({ page }) => {
  const said = await opened(page);
  await expect(page).toHaveTitle(`Forecast of ${hostile}`);
  await page.getByLabel('Paste a table').fill(text);
  await expect(page.locator('tbody tr')).toHaveCount(4, { timeout: 30_000 });

  const { forecast } = JSON.parse(await unroll('predict', at('forecast.html'), at('prices.csv'), '--json'));
  const shown = await numbers(page);
  for (const [k, { time, value, lower80, upper80, lower95, upper95 }] of forecast.entries()) {
    expect(shown[k]!.time).toBe(time);
    for (const [i, wanted] of [value, lower80, upper80, lower95, upper95].entries())
      expect(Math.abs(shown[k]!.values[i]! / wanted - 1)).toBeLessThan(1e-6);
  }
  const run = JSON.parse(await unroll('predict', 'latest', at('prices.csv'), '--json'));
  expect(run.forecast).toEqual(forecast);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const saved = await readFile(await download.path(), 'utf8');
  expect(saved.split('\n')[1]).toMatch(new RegExp(`^1,${forecast[0].time},${String(shown[0]!.values[0])},`));
  expect(said).toEqual([]);
  expect(await barriers(page, 'html', 'all')).toEqual([]);
});

test('what does not fit is said, and lifted with a button', async ({ page }) => {
  await opened(page);
  const field = page.getByLabel('Paste a table');
  await field.fill(text.replace(/^.*\n/, 'Date,Open,Price,Volume\n'));
  await expect(page.getByRole('alert')).toContainText('has no column');
  await page.getByRole('button', { name: 'Use “Price”' }).click();
  await expect(page.locator('tbody tr')).toHaveCount(4, { timeout: 30_000 });

  await field.fill(text.split('\n').slice(0, 8).join('\n'));
  await expect(page.getByRole('alert')).toContainText('The file has 7 usable rows, but a forecast reads the last 10');
  await field.fill('nothing');
  await expect(page.getByRole('alert')).toBeVisible();
  await field.fill('');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test.describe('in Korean, in the dark', () => {
  test.use({ locale: 'ko-KR', colorScheme: 'dark' });
  test('a chosen file is read', async ({ page }) => {
    await opened(page);
    await page.getByLabel('파일 선택').setInputFiles(at('prices.csv'));
    await expect(page.getByRole('columnheader', { name: '예측', exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: /최근 값과 예측/ })).toBeVisible();
    expect(await barriers(page, 'html', 'all')).toEqual([]);
  });
});

/** A page of a run on an example, and the header and the last rows of that example, also as a file. */
async function carried(name: string, rows: number, ...chosen: string[]): Promise<{ all: string; some: string }> {
  const few = ['--epochs', '1', '--hidden', '4', '--models', 'gru', '--quiet'];
  await unroll('forecast', `example:${name}`, ...few, ...chosen);
  await unroll('export', 'latest', '--format', 'html', '--out', at(`${name}.html`));
  const all = (await readFile(built(`../examples/${name}.csv`), 'utf8')).trimEnd();
  const lines = all.split('\n');
  const some = [lines[0], ...lines.slice(-rows)].join('\n');
  await writeFile(at(`${name}.csv`), some);
  return { all, some };
}
const predicted = async (name: string) =>
  JSON.parse(await unroll('predict', at(`${name}.html`), at(`${name}.csv`), '--json'));

test('a run of classes tells them of every row, the last first, beside what plain guesses reach', async ({ page }) => {
  const { all, some } = await carried('activity', 40, '--task', 'labelling', '--lookback', '8');
  const said = await opened(page, 'activity.html');
  await expect(page.getByText('reads 8 seconds, tells the class of every row')).toBeVisible();
  await expect(page.getByText(/always the commonest class: 32\.\d%; always the class before them: \d/)).toBeVisible();
  const field = page.getByLabel('Paste a table');
  await field.fill(some);
  await expect(page.locator('tbody tr')).toHaveCount(40);
  await expect(page.getByText('Pasted table: 40 rows, the last 2026-01-05 09:49:59')).toBeVisible();

  const { forecast } = await predicted('activity');
  const classes = await page.locator('tbody .value').allInnerTexts();
  expect(classes).toEqual(forecast.map((one: { class: string }) => one.class).reverse());
  for (const [k, { time, values }] of (await numbers(page)).reverse().entries()) {
    expect(time).toBe(forecast[k].time);
    for (const [i, wanted] of Object.values<number>(forecast[k].probabilities).entries())
      expect(Math.abs(values[i]! - wanted)).toBeLessThan(1e-6);
  }
  const head = await page.locator('thead th').allInnerTexts();
  expect(head.slice(2)).toEqual(Object.keys(forecast[0].probabilities).map((name) => `p(${name})`));

  const left = await field.evaluate((node, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    (node as HTMLTextAreaElement).select();
    return node.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
  }, all);
  expect(left, 'a long text is not left to the browser, which takes the square of its lines').toBe(false);
  await expect(field).toHaveValue(all);
  await expect(page.locator('tbody tr')).toHaveCount(3000);
  expect(said).toEqual([]);
});

test('a run of curves gives the curve of each row without one', async ({ page }) => {
  await carried('dayload', 3, '--task', 'one-to-many', '--outputs', 'h00..h23');
  await page.setViewportSize({ width: 420, height: 800 });
  const said = await opened(page, 'dayload.html');
  await page.getByLabel('Choose a file').setInputFiles(at('dayload.csv'));
  await expect(page.locator('tbody tr')).toHaveCount(24);
  const { forecast } = await predicted('dayload');
  for (const [k, { time, values }] of (await numbers(page)).entries()) {
    const { value, lower80, upper80, lower95, upper95 } = forecast[k];
    expect(time).toBe(forecast[k].time);
    for (const [i, wanted] of [value, lower80, upper80, lower95, upper95].entries())
      expect(Math.abs(values[i]! / wanted - 1)).toBeLessThan(1e-6);
  }
  const picture = page.getByRole('img', { name: 'The forecast curve of h00 … h23 with its bands' });
  const scale = await picture.evaluate(
    (svg) => svg.clientWidth / (svg as unknown as SVGSVGElement).viewBox.baseVal.width,
  );
  expect(scale, 'its letters are as large as they are drawn').toBeGreaterThan(0.95);
  expect(said).toEqual([]);
  expect(await barriers(page, 'html', 'all')).toEqual([]);
});

test('a run of several targets forecasts the one chosen, and saves all of them', async ({ page }) => {
  const { some } = await carried('related', 60, '--target', 'upper,middle,lower', '--sharing', 'uniform');
  const said = await opened(page, 'related.html');
  await expect(page).toHaveTitle('Forecast of upper, middle, lower');
  await page.getByLabel('Paste a table').fill(some);
  const { targets } = await predicted('related');
  expect(targets.map(({ target }: { target: string }) => target)).toEqual(['upper', 'middle', 'lower']);
  const judged = new Set<string>();
  for (const { target, forecast } of targets) {
    await page.getByLabel('Target').selectOption(target);
    await expect(page.getByRole('img', { name: new RegExp(`^The latest rows of ${target} `) })).toBeVisible();
    const shown = await numbers(page);
    expect(shown).toHaveLength(forecast.length);
    for (const [k, { time, value, lower80, upper80, lower95, upper95 }] of forecast.entries()) {
      expect(shown[k]!.time).toBe(time);
      for (const [i, wanted] of [value, lower80, upper80, lower95, upper95].entries())
        expect(Math.abs(shown[k]!.values[i]! / wanted - 1)).toBeLessThan(1e-6);
    }
    judged.add(await page.getByText(/^Mean error on/).innerText());
  }
  expect(judged.size, 'each by its own errors').toBe(3);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(head).toBe('target,step,time,forecast,lower80,upper80,lower95,upper95');
  expect(lines.map((line) => line.split(',')[0])).toEqual(
    targets.flatMap(({ target, forecast }: { target: string; forecast: unknown[] }) =>
      forecast.map(() => `"${target}"`),
    ),
  );
  expect(said).toEqual([]);
  expect(await barriers(page, 'html', 'all')).toEqual([]);
  await page.screenshot({ path: 'test-results/forecaster-targets.png' });
});

test('the best of the plain forecasts is named, where it is not the naive one', async ({ page }) => {
  await carried('related', 60, '--target', 'middle', '--inputs', 'upper', '--task', 'one-to-one', '--models', 'rnn');
  await opened(page, 'related.html');
  const run = JSON.parse(await unroll('show', 'latest', '--json'));
  const errors = run.baselines.map(
    ({ name, metrics }: { name: string; metrics: { test: { mae: number } } }) => [name, metrics.test.mae] as const,
  );
  const [best] = errors.toSorted((a: [string, number], b: [string, number]) => a[1] - b[1]);
  expect(best[0]).not.toBe('naive');
  const line = await page.getByText(/^Mean error on/).innerText();
  expect(line).toContain(`The best of the plain forecasts, ${baselineNames.en[best[0]]}: `);
  expect(Number(/: ([\d.]+)\.$/.exec(line)![1])).toBeCloseTo(best[1], 2);
  // without a memory it is the plain network
  await expect(page.getByText(/^MLP: reads 1 /)).toBeVisible();
});

test('it is small, and its policy lets nothing else in', async ({ page }) => {
  const html = await readFile(at('forecast.html'), 'utf8');
  const [weights = ''] = /(?<=id="weights">)[^<]*/.exec(html) ?? [];
  expect(weights.length).toBeGreaterThan(1000);
  expect(Buffer.byteLength(html) - weights.length).toBeLessThan(350_000);
  await opened(page);
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.head.append(script);
    return fetch('https://example.com').then(
      () => 'fetched',
      () => document.title,
    );
  });
  expect(outcome).toBe(`Forecast of ${hostile}`);
});
