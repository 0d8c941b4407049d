import type { Locator } from '@playwright/test';
import { expect, openCsv, openExample, ready, salesCsv, set, test, trainShortly } from './steps';

async function epochOf(bar: Locator): Promise<number> {
  return Number(/epoch (\d+)/.exec((await bar.getAttribute('aria-valuetext')) ?? '')?.[1] ?? 0);
}

test('train, pause, resume, stop: the best so far is kept and judged', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Patience', 0);
  await set(page, 'Epochs', 2000);
  await page.getByRole('checkbox', { name: 'RNN' }).uncheck();
  await page.getByRole('button', { name: 'Train', exact: true }).click();

  const bar = page.getByRole('progressbar', { name: 'LSTM' });
  const epoch = () => epochOf(bar);
  await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(2);
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('epochs/s');
  await picture('training');

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('paused');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
  const held = await epoch();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(held);

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Models' }).getByRole('row', { name: 'LSTM' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Verdict' })).not.toContainText('Training.');
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('stopped by you');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);

  // another day: it goes on where it stood, with its curve
  const stood = await epoch();
  await picture('stopped');
  await page.getByRole('button', { name: 'Resume LSTM' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /LSTM: \d+ epochs/ })).toBeVisible();
  await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(stood);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).not.toContainText('Training.');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(page.getByRole('button', { name: /^Show LSTM/ })).toHaveCount(1);
});

test('a host that ends in the middle: the window offers to go on when it is back', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Patience', 0);
  await set(page, 'Epochs', 2000);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect
    .poll(() => epochOf(page.getByRole('progressbar', { name: 'LSTM' })), { timeout: 60_000 })
    .toBeGreaterThan(3);

  const back = await lab.restart();
  await ready(back);
  await back.getByRole('tab', { name: 'Runs' }).click();
  const runs = back.getByRole('region', { name: 'Runs' });
  await expect(runs).toContainText('Interrupted');
  await picture('interrupted');
  await runs.getByRole('button', { name: 'Resume all 2' }).click();
  const lstm = back.getByRole('progressbar', { name: 'LSTM' });
  await expect.poll(() => epochOf(lstm), { timeout: 60_000 }).toBeGreaterThan(2);
  await expect
    .poll(() => epochOf(back.getByRole('progressbar', { name: 'RNN' })), { timeout: 60_000 })
    .toBeGreaterThan(2);
  await back.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(back.getByRole('table', { name: 'Models' }).getByRole('row', { name: 'LSTM' })).toBeVisible();
  await back.getByRole('tab', { name: 'Runs' }).click();
  await expect(runs).not.toContainText('Interrupted');
});

test('three models on a series of one’s own, several steps ahead', async ({ lab }) => {
  const { page, picture } = lab;
  await openCsv(lab, 'sales.csv', salesCsv(500));
  await ready(page);
  await page.getByRole('combobox', { name: 'Task' }).selectOption('autoregressive');
  await page.getByRole('spinbutton', { name: 'Horizon' }).fill('7');
  await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 8);
  const table = page.getByRole('table', { name: 'Models' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  for (const name of ['RNN', 'LSTM', 'GRU', 'Seasonal naive'])
    await expect(table.getByRole('row', { name })).toBeVisible();
  // 500 days from 1 January 2023 end on 14 May 2024
  await expect(page.getByRole('region', { name: 'Forecast' })).toContainText('Tue, May 21, 2024');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await picture('autoregressive');
});

test('an earlier run comes back with a click, also after the window was closed', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await trainShortly(page, ['GRU'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  const verdict = await page.getByRole('status', { name: 'Verdict' }).textContent();

  // opened anew, the file has nothing on its bench
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('open example: s&p');
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText('S&P 500');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Nothing trained yet');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('region', { name: 'Runs' }).getByRole('button', { name: 'Show GRU' }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).toHaveText(verdict ?? '');
  await expect(page.getByRole('region', { name: 'Forecast' })).toContainText('Mon, Apr 20, 2020');
  const runs = page.getByRole('region', { name: 'Runs' });
  await runs.getByRole('button', { name: 'MAE' }).click();
  await expect(runs.getByRole('columnheader', { name: 'MAE' })).toHaveAttribute('aria-sort', 'ascending');
  await runs.getByRole('searchbox', { name: 'Filter runs' }).fill('lstm');
  await expect(runs).toContainText('No run has that.');
  await runs.getByRole('searchbox', { name: 'Filter runs' }).fill('gru close');
  await expect(runs.getByRole('button', { name: 'Show GRU' })).toBeVisible();
  await picture('runs');
});

test('a trainer killed from outside: the window says so, keeps everything, and trains again', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Patience', 0);
  await set(page, 'Epochs', 2000);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const first = page.getByRole('progressbar', { name: 'RNN' });
  await expect.poll(() => epochOf(first)).toBeGreaterThan(1);
  await lab.killTrainer();
  await expect(page.getByRole('alert').first()).toContainText(/train/i);
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('failed');
  await expect(page.getByRole('button', { name: 'Resume RNN' })).toBeVisible();
  await picture('trainer-killed');

  // the next training starts another trainer
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Training' })).not.toContainText('failed');
  const second = page.getByRole('progressbar', { name: 'LSTM' });
  await expect.poll(() => epochOf(second), { timeout: 60_000 }).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Models' }).getByRole('row', { name: 'LSTM' })).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('S&P 500');
});

test('missing values do not shift forecasts against the rows they are for', async ({ lab }) => {
  const { page } = lab;
  const lines = salesCsv(400).trim().split('\n');
  // forty days without a value, well before the test part
  const holed = lines.map((line, i) => (i > 100 && i <= 140 ? line.replace(/,.*/, ',') : line));
  await openCsv(lab, 'holes.csv', `${holed.join('\n')}\n`);
  await ready(page);
  await trainShortly(page, ['RNN'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('tab', { name: 'Values' }).click();
  const rows = page.getByRole('table', { name: 'Values' }).getByRole('row');
  // 400 days from 1 January 2023 end on 4 February 2024
  await expect(rows.nth(1).getByRole('rowheader')).toContainText('Feb 5, 2024');
  await expect(rows.nth(2).getByRole('rowheader')).toContainText('Feb 4, 2024');
  await expect(rows.nth(2).getByRole('cell').first()).toHaveText(Number(lines.at(-1)!.split(',')[1]).toFixed(1));
  await expect(rows.nth(2).getByRole('cell').last()).toHaveText(/^\d/);
});
