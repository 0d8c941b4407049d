import { expect, openExample, test, trainShortly } from './steps';

test('from the empty window to a judged forecast, with the bundled example', async ({ lab }) => {
  const { page, picture } = lab;
  await expect(page.getByRole('heading', { name: 'Open a CSV with one row per moment' })).toBeVisible();
  await expect(page.getByText('Source: vega-datasets')).toBeVisible();
  await picture('empty');

  await openExample(page);
  await expect(page.getByRole('banner')).toContainText('close · business days · 5,105 rows');
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Read without doubt');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('close');
  await expect(page.getByRole('combobox', { name: 'Task' })).toHaveValue('many-to-one');
  await picture('data');

  await trainShortly(page, ['RNN', 'LSTM']);
  await expect(page.getByRole('region', { name: 'Training' }).getByRole('progressbar')).toHaveCount(2);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Training.');

  const table = page.getByRole('table', { name: 'Models' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  await expect(table.getByRole('columnheader')).toContainText(['Model', 'MAE', 'RMSE', 'MASE', 'Skill', '95% covers']);
  for (const name of ['RNN', 'LSTM', 'Naive'])
    await expect(table.getByRole('row', { name })).toHaveCount(name === 'Naive' ? 2 : 1);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('tomorrow equals today');

  // Friday 17 April 2020 is the last row, so the next business day is Monday the 20th
  const forecast = page.getByRole('region', { name: 'Forecast' });
  await expect(forecast).toContainText('Mon, Apr 20, 2020');
  const described = await forecast.getByRole('img').first().getAttribute('aria-label');
  expect(described).toMatch(/RNN forecasts [\d,.]+ for Mon, Apr 20, 2020/);
  await picture('finished');
});

test('reading the chart: hairline, zoom, presets and keys', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  const forecast = page.getByRole('region', { name: 'Forecast' });
  const canvas = forecast.locator('canvas').first();
  const box = (await canvas.boundingBox())!;
  const when = forecast.locator('.when');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };

  await page.mouse.move(middle.x, middle.y);
  await expect(forecast.locator('.hairline')).toBeVisible();
  await expect(when).toContainText('2010');

  // what is under the pointer stays there while the wheel zooms
  const before = await when.textContent();
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -240);
  await expect(forecast.locator('.readout')).toContainText('actual');
  await page.mouse.move(middle.x + 1, middle.y);
  const year = (text: string | null) => /20\d\d/.exec(text ?? '')?.[0];
  await expect.poll(async () => year(await when.textContent())).toBe(year(before));
  await picture('zoomed');

  await page.getByRole('button', { name: '1y', exact: true }).click();
  await page.mouse.move(box.x + 80, middle.y);
  await expect(when).toContainText('2019');
  await canvas.dblclick({ position: { x: box.width / 2, y: 40 } });
  await page.mouse.move(box.x + 80, middle.y + 1);
  await expect(when).toContainText('2000');

  await page.mouse.move(box.x + 10, box.y - 60);
  await forecast.locator('.plot').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(when).toContainText('Fri, Apr 17, 2020');
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect(when).not.toContainText('Apr 17');
});
