import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { barriers } from './axe';
import { expect, openCsv, openExample, ready, salesCsv, set, test, trainShortly } from './steps';

const train = (page: Page) => page.getByRole('button', { name: 'Train', exact: true });
const spin = (page: Page, name: string) => page.getByRole('spinbutton', { name, exact: true });

test('lookback and horizon are brackets on the series: by keys and by dragging', async ({ lab: { page, picture } }) => {
  await openExample(page);
  const before = Number(await spin(page, 'Lookback').inputValue());
  const slider = page.getByRole('slider', { name: 'Lookback on the chart' });
  await slider.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(spin(page, 'Lookback')).toHaveValue(String(before + 2));
  await expect(slider).toHaveAttribute('aria-valuetext', `${before + 2} days`);
  await expect(page.locator('.hairline'), 'the arrow keys are the slider’s').toHaveCount(0);

  await page.getByRole('button', { name: '3m', exact: true }).click();
  const drag = async (side: string, by: number) => {
    const box = (await page.locator(`.handle.${side}`).boundingBox())!;
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + by, from.y, { steps: 5 });
    await page.mouse.up();
  };
  await drag('lookback', -150);
  await expect.poll(async () => Number(await spin(page, 'Lookback').inputValue())).toBeGreaterThan(before + 6);
  const stands = async () => (await page.locator('.handle.lookback').boundingBox())!.x;
  const left = await stands();
  await drag('horizon', 40);
  await expect.poll(async () => Number(await spin(page, 'Horizon').inputValue())).toBeGreaterThan(1);
  expect(await stands(), 'dragging a bracket does not move the chart').toBeCloseTo(left, 0);
  await expect(train(page)).toBeEnabled();
  await picture('brackets');
  expect(await barriers(page)).toEqual([]);
});

test('returns, and the lag of a forecast', async ({ lab: { page, picture } }) => {
  await openExample(page);
  await trainShortly(page, ['RNN', 'LSTM']);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('tab', { name: 'Returns' }).click();
  const forecast = page.getByRole('region', { name: 'Forecast' });
  await expect(forecast.locator('.readout')).toContainText(/RNN [+−]\d\.\d\d%/);
  await page.getByRole('button', { name: '3m', exact: true }).click();
  // the last close was 2.68 % above the one before it: 2,874.56 after 2,799.55
  await forecast.locator('.plot').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(forecast.locator('.readout')).toContainText('Fri, Apr 17, 2020');
  await expect(forecast.locator('.readout')).toContainText('+2.64%');
  await picture('returns');
  await page.getByRole('tab', { name: 'Lag' }).click();
  await expect(forecast).toContainText(
    /RNN follows the series by 1 day \(correlation 0\.\d+|RNN follows the series by 1 day \(correlation 1\.0/,
  );
  await expect(forecast).toContainText('a lagged copy');
  await picture('lag');
  expect(await barriers(page)).toEqual([]);
});

test('a second experiment waits its turn, is shown in order, and can be taken out', async ({
  lab: { page, picture },
}) => {
  await openExample(page);
  await set(page, 'Patience', 0);
  await set(page, 'Epochs', 3000);
  await spin(page, 'Hidden units').fill('8');
  await train(page).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText(/epochs\/s/);
  await spin(page, 'Lookback').fill('17');
  await train(page).click();
  await spin(page, 'Lookback').fill('19');
  await train(page).click();
  const queue = page.getByRole('region', { name: 'Queue' });
  await expect(queue.getByRole('listitem')).toHaveText([/30 → 1.*in training/s, /17 → 1/, /19 → 1/]);
  await expect(page.getByRole('progressbar', { name: 'Queue' })).toHaveAttribute('aria-valuetext', /2 waiting · \d+%/);
  await picture('queue');
  expect(await barriers(page)).toEqual([]);
  await queue.getByRole('button', { name: /^Remove .*17 → 1/ }).click();
  await expect(queue.getByRole('listitem')).toHaveText([/30 → 1/, /19 → 1/]);
  // a window opened meanwhile knows the queue as well
  await page.reload();
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect(queue.getByRole('listitem')).toHaveText([/30 → 1.*in training/s, /19 → 1/]);
  // stopping ends what is in training, and what waited begins
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(queue).toHaveCount(0);
  await expect(page.getByRole('progressbar', { name: 'Queue' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Queue' })).toHaveCount(0);
});

test('what it would reach had it seen the test part stands in red beside the honest result', async ({
  lab: { page, picture },
}) => {
  await openExample(page);
  await page.getByText('More settings').click();
  await page.getByRole('checkbox', { name: 'Show a leak' }).check();
  await trainShortly(page, ['RNN'], 4);
  const table = page.getByRole('table', { name: 'Models' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  const said = page
    .getByRole('status', { name: 'Verdict' })
    .getByText(/RNN, had it seen the test part: [\d.]+% (better|worse) – not real/);
  await expect(said).toBeVisible();
  await expect(table.getByRole('row', { name: 'RNN' })).toContainText(
    /MAE [\d.]+ had it seen the test part – not real/,
  );
  const red = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--bad)';
    return getComputedStyle(probe).color;
  });
  expect(await said.evaluate((element) => getComputedStyle(element).color)).toBe(red);
  await picture('leak');
  expect(await barriers(page)).toEqual([]);
});

test('the window comes back as it was left, after a reload and after another start of its host', async ({ lab }) => {
  const { picture } = lab;
  let { page } = lab;
  await openExample(page);
  await trainShortly(page, ['GRU'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  const verdict = (await page.getByRole('status', { name: 'Verdict' }).textContent())!;
  await spin(page, 'Lookback').fill('21');
  await page.getByRole('tab', { name: 'Lag' }).click();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('separator', { name: 'Width of the left panel' }).press('ArrowRight');
  const kept = async () => JSON.parse(await readFile(join(lab.project, 'window.json'), 'utf8').catch(() => '{}'));
  await expect.poll(kept).toMatchObject({ view: 'lag', tab: 'runs', leftWidth: 320, chosen: { lookback: 21 } });
  const asLeft = async () => {
    await expect(page.getByRole('banner')).toContainText('S&P 500');
    await expect(page.getByRole('status', { name: 'Verdict' })).toHaveText(verdict);
    await expect(spin(page, 'Lookback')).toHaveValue('21');
    await expect(page.getByRole('tab', { name: 'Lag' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('checkbox', { name: 'LSTM' })).not.toBeChecked();
    expect((await page.getByRole('separator', { name: 'Width of the left panel' }).boundingBox())!.x).toBeCloseTo(
      320,
      0,
    );
  };
  await lab.reload();
  await asLeft();
  page = await lab.restart();
  await asLeft();
  await picture('as-left');
});

test('recent files open again; what came through a browser is asked for politely', async ({ lab }) => {
  let { page } = lab;
  await openCsv(lab, 'first.csv', salesCsv(300));
  await ready(page);
  await openCsv(lab, 'second.csv', salesCsv(320));
  await expect(page.getByRole('banner')).toContainText('320 rows');
  await spin(page, 'Lookback').fill('23');
  await page.getByRole('button', { name: 'File' }).press('Enter');
  await page.getByRole('menuitem', { name: 'first.csv' }).click();
  await expect(page.getByRole('banner')).toContainText('300 rows');
  await page.getByRole('button', { name: 'File' }).click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'second.csv' }).click();
  await expect(page.getByRole('banner')).toContainText('320 rows');
  await expect.poll(() => readFile(join(lab.project, 'recent.json'), 'utf8')).toMatch(/second\.csv[\s\S]*first\.csv/);
  await spin(page, 'Lookback').fill('24');
  await expect.poll(() => readFile(join(lab.project, 'window.json'), 'utf8')).toContain('"lookback": 24');
  await set(page, 'Patience', 0);
  await trainShortly(page, ['GRU'], 2000);
  await expect(page.getByRole('progressbar', { name: 'GRU' })).toBeVisible();
  page = await lab.restart();
  if (lab.kind === 'browser') {
    await expect(page.getByRole('alert')).toContainText('keeps no copy of "second.csv"');
    const empty = page.getByRole('main');
    await expect(empty).toContainText('Training was interrupted: GRU, second.csv.');
    await expect(empty.getByRole('button', { name: 'second.csv' })).toBeDisabled();
    await lab.picture('empty-again');
    await writeFile(join(lab.project, 'again.csv'), salesCsv(320));
    await lab.openCsv(join(lab.project, 'again.csv'));
  }
  await expect(page.getByRole('banner')).toContainText('320 rows');
  await expect(spin(page, 'Lookback')).toHaveValue('24');
});

test('a term is explained by F1 where the focus is, and by hovering its mark', async ({ lab: { page, picture } }) => {
  await openExample(page);
  await spin(page, 'Lookback').focus();
  await page.keyboard.press('F1');
  const said = page.getByRole('dialog', { name: 'Lookback' });
  await expect(said).toContainText('Rows the network reads before each forecast');
  await expect(said).toContainText('ŷ(t+1)');
  await picture('term');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(said).toHaveCount(0);
  await expect(spin(page, 'Lookback')).toBeFocused();
  await page.getByText('More settings').click();
  await page.getByRole('button', { name: 'Explain Clip' }).hover();
  await expect(page.getByRole('dialog', { name: 'Clip' })).toContainText('min(1, c / ‖g‖)');
  await page.getByRole('region', { name: 'Forecast' }).hover();
  await expect(page.getByRole('dialog', { name: 'Clip' })).toHaveCount(0);
  // where nothing is to be explained, everything is
  await page.getByRole('region', { name: 'Forecast' }).locator('.plot').focus();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Glossary' })).toContainText('1 − MAE / MAE(naive)');
  expect(await barriers(page)).toEqual([]);
});

test('an experiment that was stopped says what was judged, and one with nothing to judge says so', async ({
  lab: { page },
}) => {
  await openExample(page);
  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('Nothing trained yet');
  await set(page, 'Patience', 0);
  await set(page, 'Epochs', 3000);
  await page.getByRole('checkbox', { name: 'RNN' }).uncheck();
  await spin(page, 'Hidden units').fill('8');
  await train(page).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText(/epoch [2-9]\d* of/);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(verdict).toContainText(/LSTM was stopped after \d+ of 3,000 epochs; its best one counts/);
});

test('columns that are not read are pointed to, and chosen where the line leads', async ({ lab }) => {
  const { page } = lab;
  const rows = salesCsv(200)
    .trim()
    .split('\n')
    .map((line, i) => `${line},${i === 0 ? 'discount,temperature' : `${i % 5},${(i * 7) % 30}`}`);
  await openCsv(lab, 'shop.csv', rows.join('\n'));
  await ready(page);
  await page.getByRole('button', { name: 'Inputs: 2 columns not read' }).click();
  const choice = page.getByRole('group', { name: 'More inputs' }).getByRole('checkbox', { name: 'discount' });
  await expect(choice).toBeFocused();
  await expect(choice).toBeInViewport();
  await choice.press('Space');
  await expect(page.getByRole('button', { name: 'Inputs: discount', exact: true })).toBeVisible();
});
