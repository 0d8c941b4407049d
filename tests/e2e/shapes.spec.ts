import { expect, ready, set, test, trainShortly } from './steps';

test('one to many and one to one: a day’s curve from its row, then the plain network', async ({ lab }) => {
  const { page, picture } = lab;
  await page.getByRole('button', { name: 'Load of a small town' }).click();
  await ready(page);
  const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true });

  await choice('Task').selectOption('one-to-many');
  await expect(choice('Curve')).toHaveValue('columns');
  await expect(choice('From')).toHaveValue('h00');
  await expect(choice('To')).toHaveValue('h23');
  for (const absent of ['Lookback', 'Horizon']) await expect(field(absent)).toHaveCount(0);
  await expect(choice('Target')).toHaveCount(0);
  await trainShortly(page, ['GRU'], 4);

  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('the curve of the row before', { timeout: 90_000 });
  await expect(verdict).toContainText('Linear regression');
  const table = page.getByRole('table', { name: 'Models' });
  for (const name of ['GRU', 'Naive', 'Mean curve of the weekday', 'Linear regression'])
    await expect(table.getByRole('row', { name }).first()).toBeVisible();
  await picture('one-to-many');

  // inside: the row as it is read, and the decoder, which is what unrolls
  await page.getByRole('tab', { name: 'Inside', exact: true }).click();
  const middle = page.getByRole('tabpanel', { name: 'Inside' });
  await expect(middle.getByRole('list', { name: 'The row, as read' })).toContainText('temperature');
  await expect(choice('Layer').locator('option:checked')).toHaveText('decoder 1');
  await expect(
    middle.getByRole('img', { name: 'Share of ∂L/∂W by step' }).locator('path.line').first(),
  ).toHaveAttribute('d', /^M.*(L.*){23}/);
  const gradient = middle.getByRole('img', { name: 'Gradient by step' });
  await expect(gradient.locator('path.line')).toHaveAttribute('d', /^M.*(L.*){23}/);
  await expect(middle.getByText('in the top layer of the decoder')).toBeVisible();
  const curve = middle.getByRole('figure').filter({ has: page.getByRole('img', { name: 'Forecast by step' }) });
  await curve.getByText('As a table').click();
  await expect(curve.getByRole('row')).toHaveCount(25);
  await expect(middle.getByRole('status').filter({ hasText: 'Forecast' })).toContainText(/ to .* in 24 steps/);
  await curve.getByText('As a table').click();
  await picture('one-to-many-inside');

  // the rows that follow instead: a horizon is there again, and still no lookback
  await choice('Curve').selectOption('rows');
  await expect(field('Horizon')).toBeVisible();
  await expect(field('Lookback')).toHaveCount(0);

  await choice('Task').selectOption('one-to-one');
  await expect(page.getByText('The plain network')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'LSTM' })).toHaveCount(0);
  await set(page, 'Epochs', 4);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(verdict).toContainText('tomorrow equals today', { timeout: 90_000 });
  await expect(table.getByRole('row', { name: 'Linear regression' })).toBeVisible();
  await expect(table.getByRole('row', { name: /^MLP/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Inside', exact: true }).click();
  await expect(middle.getByText('A plain network reads one row in one step')).toBeVisible();
  for (const absent of ['Share of ∂L/∂W by step', 'Spectral radius by epoch', 'Gradient by step'])
    await expect(middle.getByRole('img', { name: absent })).toHaveCount(0);
  await picture('one-to-one-inside');
  await choice('Task').selectOption('many-to-one');
  await expect(field('Lookback')).toBeVisible();
});
