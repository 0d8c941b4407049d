import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, openExample, set, test, trainShortly } from './steps';

const runsOf = (page: Page) => page.getByRole('region', { name: 'Runs' });
const rowOf = (page: Page, model: string) => runsOf(page).getByRole('row', { name: new RegExp(`Show ${model}`) });

/** Trains these models and turns to the table of runs. */
async function trained(page: Page, models: string[], epochs = 2): Promise<void> {
  await trainShortly(page, models, epochs);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  for (const model of models) await expect(rowOf(page, model).first()).toBeVisible();
}

test('runs of two experiments overlaid: forecasts, curves, table and verdict of exactly those', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await trained(page, ['RNN', 'LSTM']);
  await set(page, 'Layers', 2);
  await trained(page, ['RNN', 'GRU']);
  await expect(rowOf(page, 'RNN')).toHaveCount(2);
  await expect(rowOf(page, 'RNN').first()).toContainText('layers 2');

  await rowOf(page, 'LSTM').getByRole('checkbox').check();
  await rowOf(page, 'GRU').getByRole('checkbox').check();
  await expect(runsOf(page)).toContainText('2 on the chart');
  const readout = page.getByRole('region', { name: 'Forecast' });
  await expect(readout.getByRole('button', { name: 'LSTM' })).toBeVisible();
  await expect(readout.getByRole('button', { name: 'GRU' })).toBeVisible();
  await expect(readout.getByRole('button', { name: 'RNN' })).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('tomorrow equals today');
  await picture('overlay');
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(2);
  await page.getByRole('tab', { name: 'Models' }).click();
  const table = page.getByRole('table', { name: 'Models' });
  for (const name of [/^LSTM/, /^GRU/, /^Naive/]) await expect(table.getByRole('row', { name })).toBeVisible();

  // two of one cell are told apart by what differs
  await page.getByRole('tab', { name: 'Runs' }).click();
  await runsOf(page).getByRole('button', { name: 'Clear' }).click();
  for (const row of await rowOf(page, 'RNN').all()) await row.getByRole('checkbox').check();
  await expect(readout.getByRole('button', { name: 'RNN layers 1' })).toBeVisible();
  await expect(readout.getByRole('button', { name: 'RNN layers 2' })).toBeVisible();
  // and drawn apart: each in a colour and a dash of its own, in the legend, the curves and the table alike
  const drawn = (place: Locator) =>
    place
      .locator('line')
      .evaluateAll((lines) =>
        lines.map((line) => `${getComputedStyle(line).stroke} ${line.getAttribute('stroke-dasharray')}`),
      );
  const legend = (await drawn(readout.locator('.readout'))).slice(1);
  expect(new Set(legend).size).toBe(2);
  await page.getByRole('tab', { name: 'Models' }).click();
  expect((await drawn(table)).slice(0, 2).sort()).toEqual(legend.toSorted());

  // they are still there when the window comes back
  await lab.reload();
  await expect(readout.getByRole('button', { name: 'RNN layers 1' })).toBeVisible();
  await expect(readout.getByRole('button', { name: 'RNN layers 2' })).toBeVisible();
  expect((await drawn(readout.locator('.readout'))).slice(1)).toEqual(legend);
});

test('three models compared, and the report of it opens anywhere', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await page.getByText('More settings').click();
  await page.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Compare' }).click();
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  const table = sheet.getByRole('table', { name: 'Comparison' });
  for (const name of ['RNN', 'LSTM', 'GRU', 'Naive'])
    await expect(table.getByRole('columnheader', { name })).toBeVisible();
  await expect(table.getByRole('row', { name: /^MAE/ })).toContainText('±');
  for (const measure of ['Parameters', 'Training time', 'Windows/s', 'Best epoch'])
    await expect(table.getByRole('rowheader', { name: measure })).toBeVisible();
  // three models against naive and against each other
  await expect(sheet.getByRole('table', { name: 'Are the differences real?' }).getByRole('row')).toHaveCount(1 + 6);
  await picture('comparison');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    sheet.getByRole('button', { name: 'Save report' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('close-report.html');
  const path = await download.path();
  const report = await page.context().newPage();
  await report.setContent(readFileSync(path, 'utf8'));
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('RNN, LSTM, GRU on close');
  await expect(report.getByRole('img').first()).toBeVisible();
  await expect(report.getByText('--seeds 2').first()).toBeVisible();
  await report.close();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('models that were stopped are compared, and each of them is said to have been', async ({ lab }) => {
  const { page } = lab;
  await openExample(page);
  await set(page, 'Patience', 0);
  await trainShortly(page, ['RNN', 'LSTM'], 3000);
  const training = page.getByRole('region', { name: 'Training' });
  for (const name of ['RNN', 'LSTM'])
    await expect(training.getByRole('listitem').filter({ hasText: name })).toContainText(/best \d/);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Models' }).getByRole('row', { name: 'LSTM' })).toBeVisible();
  await page.getByRole('button', { name: 'Compare' }).click();
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  await expect(sheet.getByRole('table', { name: 'Comparison' })).toBeVisible();
  for (const name of ['RNN', 'LSTM']) await expect(sheet.getByText(new RegExp(`${name} was stopped`))).toBeVisible();
});

test('rename, star, note; deleted and brought back; all of it survives', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await trained(page, ['RNN', 'LSTM']);
  const runs = runsOf(page);
  const act = async (model: string, action: string) => {
    await rowOf(page, model)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await act('LSTM', 'Rename');
  await runs.getByRole('textbox', { name: /^Name of/ }).fill('Baseline <b>');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Baseline <b>')).toBeVisible();
  await act('Baseline <b>', 'Notes');
  await runs.getByRole('textbox', { name: /^Notes on/ }).fill('kept for the talk');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(rowOf(page, 'Baseline <b>')).toContainText('kept for the talk');
  await rowOf(page, 'Baseline <b>').getByRole('button', { name: /^Star/ }).click();

  await act('RNN', 'Delete');
  await expect(rowOf(page, 'RNN')).toHaveCount(0);
  await expect(runs.getByRole('status')).toContainText('Deleted RNN');
  await picture('deleted');
  await runs.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'RNN')).toBeVisible();
  await act('RNN', 'Delete');
  await expect(rowOf(page, 'RNN')).toHaveCount(0);

  await lab.reload();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(rowOf(page, 'Baseline <b>')).toContainText('kept for the talk');
  await expect(rowOf(page, 'RNN')).toHaveCount(0);
  await runs.getByRole('button', { name: 'Starred' }).click();
  await expect(rowOf(page, 'Baseline <b>').getByRole('button', { name: /^Star/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});
