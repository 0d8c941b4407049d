import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, openExample, test, trainShortly } from './steps';

async function saved(page: Page, item: string): Promise<{ name: string; content: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test('the chart as a picture, its values and the comparison as tables', async ({ lab: { page, picture } }) => {
  await openExample(page);
  await trainShortly(page, ['RNN', 'LSTM'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });

  // forecasts are seen by the last rows; the whole is a press away
  await page.getByRole('button', { name: 'All', exact: true }).click();
  // a chart that was out of sight is taken along as it is now
  await page.getByRole('tab', { name: 'Residuals' }).click();
  expect((await saved(page, 'Chart as SVG')).content.toString()).not.toContain('>actual<');
  await page.getByRole('tab', { name: 'Series' }).click();
  const chart = await saved(page, 'Chart as PNG');
  expect(chart.name).toMatch(/^S-P-500.*\.png$/);
  expect(chart.content.subarray(1, 4).toString()).toBe('PNG');
  expect(chart.content.readUInt32BE(16)).toBeGreaterThan(900);

  const drawing = await saved(page, 'Chart as SVG');
  expect(drawing.name).toMatch(/^S-P-500.*\.svg$/);
  const text = drawing.content.toString();
  // read as a document of its own: the title, the models, and as many points as the screen drew
  const read = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const longest = [...document.querySelectorAll('path')].map((path) => path.getAttribute('d')!.split('L').length);
    const words = [...document.querySelectorAll('text')].map((word) => word.textContent);
    return { broken: document.querySelectorAll('parsererror').length, longest: Math.max(...longest), words };
  }, text);
  expect(read.broken).toBe(0);
  expect(read.longest).toBeGreaterThan(500);
  for (const word of ['RNN', 'LSTM', 'actual', 'test', 'now']) expect(read.words).toContain(word);
  expect(text).not.toMatch(/NaN|undefined|href|var\(/);

  const values = (await saved(page, 'Values as CSV')).content.toString().trim().split('\n');
  expect(values[0]).toMatch(/^time,close,RNN,.*LSTM/);
  expect(values.at(-1)).toMatch(/^2020-04-20,,\d/);
  expect(values.at(-2)).toMatch(/^2020-04-17,2874\.56/);
  // the test part's rows and the one to come
  expect(values).toHaveLength(1 + 766 + 1);

  const models = (await saved(page, 'Comparison as CSV')).content.toString();
  expect(models.split('\n')[0]).toContain('mae');
  for (const name of ['RNN', 'LSTM', 'Naive']) expect(models).toMatch(new RegExp(`^${name},`, 'm'));

  await page.getByRole('button', { name: 'Export' }).click();
  await picture('export');
});
