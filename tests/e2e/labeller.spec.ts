import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { built } from '../main/built';
import { barriers } from './axe';

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
  expect(await barriers(page)).toEqual([]);
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

/** A file of this name, dropped on the page. */
async function dropped(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([called, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text!], called!));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}
async function savedLines(page: Page, name: string): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return (await readFile(await download.path(), 'utf8')).trim().split('\n');
}

test('a file of sentences is chosen or dropped, and what is said of it is saved', async ({ page }) => {
  const said = await opened(page, 'tag', 'example:sentences');
  await expect(page).toHaveTitle('Tags words like Sentences with a tag for every word');
  const words = ['they walk .', 'a = dog can wait !'].map((line) => line.split(' '));
  const file = `${words.map((line) => line.join('\n')).join('\n\n')}\n`;
  await writeFile(at('new.txt'), file);
  const { texts } = JSON.parse(await unroll('predict', 'latest', at('new.txt'), '--json'));
  const expected = texts.flatMap(({ tokens, tags }: { tokens: string[]; tags: string[] }, n: number) =>
    tokens.map((token, t) => `${n + 1},"${token === '=' ? "'=" : token}","${tags[t]}"`),
  );
  await page.getByLabel('Choose a file').setInputFiles(at('new.txt'));
  await expect(page.getByText('new.txt: 2 texts')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(2);
  const [head, ...lines] = await savedLines(page, 'Save as CSV');
  expect(head).toMatch(/^sentence,word,tag,"p\(/);
  expect(lines.map((line) => line.split(',').slice(0, 3).join())).toEqual(expected);
  for (const line of lines) {
    const shares = line.split(',').slice(3).map(Number);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  }
  // what cannot be read is said, and another file is taken after it
  await dropped(page, 'nothing.txt', ' \n');
  await expect(page.getByRole('alert')).toHaveText(/The file holds no text\./);
  await dropped(page, 'dropped.txt', file);
  await expect(page.getByText('dropped.txt: 2 texts')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(said).toEqual([]);
});

test.describe('in Korean', () => {
  test.use({ locale: 'ko-KR' });
  test('a table of texts is dropped, classified as the lab does, and saved whole', async ({ page }) => {
    const said = await opened(page, 'classify', 'example:reviews');
    await expect(page).toHaveTitle('긍정과 부정의 짧은 후기처럼 텍스트 분류하기');
    const rows = Array.from({ length: 520 }, (_, i) => `"the soup, number ${i}, was ${i % 2 ? 'not ' : ''}good"`);
    const table = `id,text\n${rows.map((row, i) => `${i},${row}`).join('\n')}\n`;
    await writeFile(at('soups.csv'), table);
    const { texts } = JSON.parse(await unroll('predict', 'latest', at('soups.csv'), '--json'));
    await dropped(page, 'soups.csv', table);
    await expect(page.getByText('soups.csv: 텍스트 520개')).toBeVisible();
    await expect(page.getByText('앞의 500개만 보여 줍니다. 저장하면 모두 담깁니다.')).toBeVisible();
    await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(500);
    const [head, ...lines] = await savedLines(page, 'CSV로 저장');
    expect(head).toMatch(/^text,class,"p\(/);
    expect(lines).toHaveLength(520);
    lines.forEach((line, i) => {
      const { label, probabilities } = texts[i];
      expect(line).toBe(`${rows[i]},"${label}",${Object.values(probabilities).join()}`);
    });
    await sound(page);
    await page.screenshot({ path: 'test-results/labeller-korean.png' });
    expect(said).toEqual([]);
  });
});
