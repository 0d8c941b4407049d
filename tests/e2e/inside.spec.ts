import { barriers } from './axe';
import { expect, openExample, set, test, trainShortly } from './steps';

test('inside a trained network: a window, a value, a gate, a changed point, an epoch', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Lookback', 30);
  await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 4);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Inside' }).click();
  const middle = page.getByRole('tabpanel').first();
  const end = middle.getByRole('slider', { name: 'Window ends' });
  await expect(end).toHaveAttribute('aria-valuetext', /2020-04-17/);
  await end.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(end).toHaveAttribute('aria-valuetext', /2020-04-16/);

  // pointing at the series chooses a window, and so does its date; a date that is none is refused and the window stays
  const strip = middle.getByTitle('Point at a moment');
  const box = (await strip.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(end).toHaveAttribute('aria-valuetext', /2010/);
  const date = middle.getByRole('textbox', { name: 'Last row or date' });
  await date.fill('never');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('No window of 30 steps ends at');
  await expect(date).toHaveValue(/2010/);
  await date.fill('2020-04-16');
  await page.keyboard.press('Enter');
  await expect(end).toHaveAttribute('aria-valuetext', /2020-04-16/);

  await middle.getByRole('combobox', { name: 'Model' }).selectOption('LSTM');
  const heat = middle.getByRole('slider', { name: /hidden state of 8 units/i });
  await heat.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(heat).toHaveAttribute('aria-valuetext', /unit \d, 2020-04-15: −?\d/);
  await page.keyboard.press('Enter');
  await middle.getByRole('button', { name: 'forget gate', exact: true }).click();
  const forget = middle.getByRole('slider', { name: /forget gate of 8 units/i });
  // a gate lies between 0 and 1
  await expect(forget).toHaveAttribute('aria-valuetext', /: 0\.\d/);
  await picture('inside');

  const forecast = middle.getByRole('status').filter({ hasText: 'Forecast' });
  await expect(forecast).toContainText('actual');
  const before = await forecast.textContent();
  const trace = middle.getByRole('slider', { name: /as read/ });
  await trace.focus();
  await page.keyboard.press('PageUp');
  await expect(forecast).toContainText('was');
  expect(await forecast.textContent()).not.toBe(before);
  await expect(middle.getByText('Undo the changes to see gradients.')).toBeVisible();
  await middle.getByRole('button', { name: 'Undo changes' }).click();
  await expect(forecast).toHaveText(before!);

  const epoch = middle.getByRole('slider', { name: 'Epoch' });
  await epoch.focus();
  await page.keyboard.press('Home');
  await expect(epoch).toHaveAttribute('aria-valuetext', '1');
  await middle.getByRole('button', { name: 'By epoch', exact: true }).click();
  await expect(middle.getByRole('img', { name: 'Spectral radius by epoch' })).toBeVisible();
  await expect.poll(() => forecast.textContent()).not.toBe(before);

  await middle.getByRole('spinbutton', { name: 'Steps' }).fill('60');
  await page.keyboard.press('Enter');
  await middle.getByText('As a table').first().click();
  await expect(middle.getByRole('table').first().getByRole('row')).toHaveCount(61);

  // Enter took the number in, and nothing else
  await expect(middle.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toHaveText('LSTM');
  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 700 });
  await picture('inside-dark-small');
});

test('one run is looked into while another trains', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Lookback', 20);
  await trainShortly(page, ['GRU'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Inside' }).click();
  const middle = page.getByRole('tabpanel', { name: 'Inside' });
  const end = middle.getByRole('slider', { name: 'Window ends' });
  await end.focus();
  await page.keyboard.press('Home');
  await expect(end).toHaveAttribute('aria-valuetext', /2000/);

  // what trains has nothing to show yet, and says where there is something
  await trainShortly(page, ['LSTM'], 2000, 64);
  await expect(middle).toContainText('when the first of these models is trained');
  await expect(page.getByRole('tab', { name: 'Inside', selected: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: /^Show GRU/ }).click();
  await page.getByRole('tab', { name: 'Inside' }).click();
  // from its own end on: nothing asked before is kept
  await expect(end).toHaveAttribute('aria-valuetext', /2020-04-17/);
  await end.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(end).toHaveAttribute('aria-valuetext', /2020-04-16/);
  await expect(middle.getByRole('status').filter({ hasText: 'Forecast' })).toContainText('actual');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await picture('inside-while-training');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
});
