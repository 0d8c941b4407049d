import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { barriers } from './axe';
import { expect, openCsv, ready, salesCsv, test, trainShortly } from './steps';

async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}
const fromMenu = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('a model leaves in a file of its own, a project as one, and both come back', async ({ lab }) => {
  const { page, picture } = lab;
  await openCsv(lab, 'sales.csv', salesCsv(300));
  await ready(page);
  await trainShortly(page, ['RNN', 'LSTM'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });

  await fromMenu(page, 'Model…');
  const sheet = page.getByRole('dialog', { name: 'Take a model along' });
  await sheet.getByLabel('Model').selectOption('LSTM');
  await sheet.getByRole('radio', { name: /^HTML forecaster/ }).check();
  const html = await downloaded(page, () => sheet.getByRole('button', { name: 'Save' }).click());
  expect(html.name).toBe('sales-lstm.html');
  expect(html.content.toString()).toContain('"cell":"lstm"');
  await expect(sheet.getByRole('status')).toContainText('Saved as sales-lstm.html');
  expect(await barriers(page, 'dialog')).toEqual([]);
  await picture('take-model');

  await sheet.getByRole('radio', { name: /^PyTorch/ }).check();
  const tensors = await downloaded(page, () => sheet.getByRole('button', { name: 'Save' }).click());
  expect(tensors.name).toBe('sales-lstm-safetensors.zip');
  expect(Object.keys(unzipSync(tensors.content))).toEqual(
    expect.arrayContaining(['sales-lstm/sales-lstm.safetensors', 'sales-lstm/sales-lstm.json']),
  );
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  const project = await downloaded(page, () => fromMenu(page, 'Project as one file'));
  const entries = Object.keys(unzipSync(project.content));
  expect(entries.filter((name) => name.endsWith('/run.json'))).toHaveLength(2);

  const listed = page.getByRole('region', { name: 'Runs' }).locator('tbody tr');
  await openCsv(lab, 'project.zip', project.content);
  await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
  await expect(listed).toHaveCount(2);
  await openCsv(lab, 'model.zip', tensors.content);
  await expect(listed).toHaveCount(3);
  await openCsv(lab, 'model.html', html.content);
  await expect(listed).toHaveCount(4);
  await expect(page.getByRole('banner')).toContainText('sales.csv');

  await openCsv(lab, 'cut.zip', project.content.subarray(0, 900));
  await expect(page.getByRole('alert')).toContainText('"cut.zip" is not a project that Unroll packed');
  await expect(listed).toHaveCount(4);
});
