import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { built } from '../main/built';
import { barsNobody } from './axe';

/** The page that writes alone, opened from the disk with no network, against the lab's own letters. */
test.describe.configure({ timeout: 180_000 });
let folder = '';
const at = (name: string) => join(folder, name);

async function unroll(...given: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [built('cli.js'), ...given, '--project', folder]);
  return stdout;
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-writer-'));
  await writeFile(at('verse.txt'), 'the quick <script> fox\njumps "over" é the lazy dog.\n'.repeat(80));
  const small = [
    '--epochs',
    '3',
    '--hidden',
    '12',
    '--layers',
    '2',
    '--embedding',
    '5',
    '--kernels',
    'plain',
    '--quiet',
  ];
  await unroll('train-text', at('verse.txt'), ...small);
  await unroll('export', 'latest', '--format', 'html', '--out', at('writer.html'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** The page, with everything it asks the network for, and everything it complains of. */
async function opened(page: Page): Promise<string[]> {
  const said: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.push(request.url());
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.context().setOffline(true);
  await page.goto(`file://${at('writer.html')}`);
  return said;
}

test('writes the letters of the lab, and asks for nothing', async ({ page }) => {
  const said = await opened(page);
  await expect(page.getByRole('heading', { name: 'Writes like verse.txt' })).toBeVisible();
  for (const [prime, length, temperature, seed, stop] of [
    ['the ', 300, 1.3, 7, ''],
    ['', 60, 0, 1, ''],
    ['quick ', 400, 1, 3, '\u0064og'],
  ] as const) {
    await page.getByLabel('Begins with').fill(prime);
    await page.getByLabel('Length').fill(`${length}`);
    await page.getByLabel('Temperature').fill(`${temperature}`);
    await page.getByLabel('Seed').fill(`${seed}`);
    await page.getByLabel('Stops at').fill(stop);
    await page.getByRole('button', { name: 'Write' }).click();
    const asked = ['--length', `${length}`, '--temperature', `${temperature}`, '--seed', `${seed}`, '--json'];
    const { text } = JSON.parse(
      await unroll(
        'sample',
        'latest',
        ...(prime ? ['--prime', prime] : []),
        ...(stop ? ['--stop', stop] : []),
        ...asked,
      ),
    ) as { text: string };
    await expect.poll(() => page.locator('pre').textContent()).toBe(prime + text);
  }
  // what cannot be written is said, and what was written stays
  const before = await page.locator('pre').textContent();
  await page.getByLabel('Begins with').fill('ö');
  await page.getByRole('button', { name: 'Write' }).click();
  await expect(page.getByRole('alert')).toContainText('“ö”');
  await page.getByLabel('Begins with').fill('the');
  await page.getByLabel('Temperature').fill('-1');
  await page.getByRole('button', { name: 'Write' }).click();
  await expect(page.getByRole('alert')).toContainText('Temperature has to be from 0 to 10');
  expect(await page.locator('pre').textContent()).toBe(before);
  await page.getByLabel('Temperature').fill('1');
  await page.getByRole('button', { name: 'Another one' }).click();
  await expect(page.getByLabel('Seed')).toHaveValue('4');
  await expect(page.locator('pre')).toContainText(/^the/);
  expect(said).toEqual([]);
});

test('bars nobody, in either theme', async ({ page }) => {
  await opened(page);
  await barsNobody(page, 'the page that writes');
  await page.setViewportSize({ width: 900, height: 700 });
  await page.screenshot({ path: 'test-results/screens/writer.png' });
});

test('comes back as the run it was', async () => {
  const other = join(folder, 'other');
  const { stdout } = await promisify(execFile)(process.execPath, [
    built('cli.js'),
    'import',
    at('writer.html'),
    '--project',
    other,
  ]);
  const own = await readFile(join(other, 'runs', stdout.trim(), 'weights.safetensors'));
  expect(own.length).toBeGreaterThan(1000);
});
