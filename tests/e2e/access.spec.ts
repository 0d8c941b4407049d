import type { Page } from '@playwright/test';
import { barsNobody } from './axe';
import { expect, openExample, set, test, trainShortly } from './steps';

/** The smallest networks, each trained for two epochs and judged. */
async function judged(page: Page, models: string[]): Promise<void> {
  await openExample(page);
  await trainShortly(page, models, 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
}

test('nothing bars anyone before and while a network is trained', async ({ lab: { page } }) => {
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  await barsNobody(page, 'the empty window');
  await openExample(page);
  await page.getByText('More settings').click();
  await barsNobody(page, 'data and all settings');
  await set(page, 'Patience', 0);
  await trainShortly(page, ['RNN'], 2000);
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await barsNobody(page, 'training');
});

test('nothing bars anyone in the views of what was trained', async ({ lab: { page } }) => {
  await judged(page, ['RNN', 'LSTM', 'GRU']);
  await barsNobody(page, 'Models');
  for (const view of ['Residuals', 'Scatter', 'Lag', 'By step', 'Values', 'Series', 'Training']) {
    const tab = page.getByRole('tab', { name: view, exact: true });
    await tab.click();
    await barsNobody(page, view, `#${await tab.getAttribute('aria-controls')}`);
  }
});

test('nothing bars anyone among runs, overlaid and compared', async ({ lab: { page } }) => {
  await judged(page, ['RNN', 'GRU']);
  await page.getByRole('tab', { name: 'Runs' }).click();
  const runs = page.getByRole('region', { name: 'Runs' });
  await barsNobody(page, 'Runs', '[role="tabpanel"]');
  await page.getByRole('checkbox', { name: 'Overlay all' }).check();
  await expect(runs).toContainText('on the chart');
  await barsNobody(page, 'overlaid');
  await runs.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('table', { name: 'Comparison' })).toBeVisible();
  await barsNobody(page, 'Comparison', ':is(dialog[open], [role="dialog"])');
});

test('nothing bars anyone in the dialogs', async ({ lab: { page } }) => {
  await openExample(page);
  await page.getByRole('button', { name: 'Rows and reading' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await barsNobody(page, 'how the file is read', ':is(dialog[open], [role="dialog"])');
  await page.keyboard.press('Escape');
  for (const [key, what] of [
    ['ControlOrMeta+k', 'the palette'],
    ['F1', 'the terms'],
    ['?', 'the keys'],
  ] as const) {
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('region', { name: 'Forecast' }).locator('.plot').focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await barsNobody(page, what, ':is(dialog[open], [role="dialog"])');
    await page.keyboard.press('Escape');
  }
});

test('nothing bars anyone inside a network and in the lessons', async ({ lab: { page } }) => {
  await judged(page, ['LSTM']);
  await page.getByRole('tab', { name: 'Inside' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Inside' }).getByRole('img').first()).toBeVisible();
  await barsNobody(page, 'Inside', '[role="tabpanel"]');
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading').first()).toBeVisible();
  await barsNobody(page, 'Learn');
});

test('nothing bars anyone where a text is learned', async ({ lab: { page } }) => {
  await page.getByRole('button', { name: /^“hello”/ }).click();
  const bench = page.getByRole('main', { name: 'Text' });
  await bench.getByLabel('Hidden units').fill('4');
  await bench.getByLabel('Epochs').fill('2');
  await barsNobody(page, 'a text and its settings');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(bench.getByRole('button', { name: /^Show LSTM/ })).toBeVisible({ timeout: 60_000 });
  await barsNobody(page, 'a text that was learned');
});

for (const [example, name] of [
  ['Sentences with a tag for every word', 'Tagging'],
  ['Short reviews, positive and negative', 'Classification of texts'],
] as const)
  test(`nothing bars anyone where texts have labels: ${name}`, async ({ lab: { page } }) => {
    await page.getByRole('button', { name: example }).click();
    const bench = page.getByRole('main', { name });
    await bench.getByLabel('Hidden units').fill('4');
    await bench.getByLabel('Epochs').fill('2');
    await barsNobody(page, 'labelled texts and their settings');
    await bench.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(bench.getByRole('table', { name: /^Confusion/ })).toBeVisible({ timeout: 60_000 });
    await barsNobody(page, 'labelled texts that were learned');
  });
