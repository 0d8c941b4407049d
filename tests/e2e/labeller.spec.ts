import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { built } from '../main/built';

/** The page that tags or classifies alone, opened from the disk with no network, against what `unroll predict` says. */
test.describe.configure({ timeout: 180_000 });
let folder = '';
const at = (name: string) => join(folder, name);

async function unroll(...given: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [built('cli.js'), ...given, '--project', folder]);
  return stdout;
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-labeller-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

const small = ['--epochs', '2', '--hidden', '12', '--kernels', 'plain', '--quiet'];

/** The page of a model trained here, with everything it asks the network for, and everything it complains of. */
async function opened(page: Page, command: 'tag' | 'classify', example: string): Promise<string[]> {
  await unroll(command, example, ...small);
  await unroll('export', 'latest', '--format', 'html', '--out', at(`${command}.html`));
  const said: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.push(request.url());
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.context().setOffline(true);
  await page.goto(`file://${at(`${command}.html`)}`);
  return said;
}

const cells = (page: Page, name: string) =>
  page
    .getByRole('table', { name })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].slice(0, 3).map((cell) => cell.querySelector('data')?.value ?? cell.textContent),
      ),
    );
const sound = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
};

test('tags as the lab does, and asks for nothing', async ({ page }) => {
  const said = await opened(page, 'tag', 'example:sentences');
  const lines = ['they walk <b> .', 'Zurichs walkable dog can wait , 12 times !'];
  await page.getByLabel('Sentences, one a line').fill(lines.join('\n\n'));
  await writeFile(at('lines.txt'), `${lines.join('\n')}\n`);
  const { texts } = JSON.parse(await unroll('predict', 'latest', at('lines.txt'), '--json'));
  expect(texts).toHaveLength(2);
  for (const [n, { tokens, tags, probabilities }] of texts.entries()) {
    const expected = tokens.map((token: string, t: number) => [token, tags[t], String(probabilities[t])]);
    await expect.poll(() => cells(page, `Sentence ${n + 1}`)).toEqual(expected);
  }
  await sound(page);
  await page.screenshot({ path: 'test-results/labeller-tags.png' });
  expect(said).toEqual([]);
});

test('classifies as the lab does, and asks for nothing', async ({ page }) => {
  const said = await opened(page, 'classify', 'example:reviews');
  const lines = ['The soup was not good', 'splendid soup', `${'very '.repeat(400)}good`];
  await page.getByLabel('Texts, one a line').fill(lines.join('\n'));
  await writeFile(at('texts.txt'), `${lines.join('\n')}\n`);
  const { texts } = JSON.parse(await unroll('predict', 'latest', at('texts.txt'), '--json'));
  const expected = texts.map(
    ({ label, probabilities }: { label: string; probabilities: Record<string, number> }, i: number) => [
      lines[i],
      label,
      String(probabilities[label]),
    ],
  );
  await expect.poll(() => cells(page, 'What the model says')).toEqual(expected);
  await expect(page.getByText('Of longer texts')).toBeVisible();
  await sound(page);
  await page.screenshot({ path: 'test-results/labeller-classes.png' });
  expect(said).toEqual([]);
});
