import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barriers } from './axe';
import { expect, openCsv, ready, salesCsv, set, test, trainShortly } from './steps';

test('targets that share: chosen in the panel, judged beside models of one target, and looked into', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await page.getByRole('button', { name: 'Three gauges of one river' }).click();
  await ready(page);
  await page.getByRole('combobox', { name: 'Target' }).selectOption('upper');
  const panel = page.getByRole('group', { name: /^Sharing/ });
  await expect(panel).toHaveCount(0);
  await page.getByText('More settings').click();
  const further = page.getByRole('group', { name: 'More targets' });
  await further.getByRole('checkbox', { name: 'middle' }).check();
  await further.getByRole('checkbox', { name: 'lower' }).check();
  await expect(panel).toContainText('between upper, middle, lower');

  // what cannot be is explained in place, and taken back there
  await panel.getByRole('radio', { name: 'Coupled layers' }).check();
  await expect(panel.getByRole('radio', { name: 'Coupled layers' })).toHaveAccessibleDescription(/through gates/);
  await set(page, 'Layers', 2);
  await expect(page.getByRole('alert', { name: 'This experiment cannot start yet' })).toContainText('"layers"');
  await set(page, 'Layers', 1);

  await panel.getByRole('radio', { name: 'Shared layer' }).check();
  await panel.getByRole('combobox', { name: 'Tasks learned' }).selectOption('alternating');
  await picture('sharing-panel');
  expect(await barriers(page)).toEqual([]);
  await panel.getByRole('combobox', { name: 'Tasks learned' }).selectOption('joint');
  await trainShortly(page, ['GRU'], 60);

  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('GRU with a shared layer', { timeout: 120_000 });
  await expect(verdict).toContainText(/it helped (?:middle|lower|middle.*, lower)/);
  // each task's share unfolds when asked for, and leaves the chart its room until then
  const tasks = verdict.getByText('against a model of its own for each task');
  await expect(tasks).toBeHidden();
  await verdict.getByText(/: over all tasks/).click();
  await expect(tasks).toBeVisible();
  await verdict.getByText(/: over all tasks/).click();
  await expect(tasks).toBeHidden();
  const models = page.getByRole('table', { name: 'Models' });
  const maeOf = async (row: string) =>
    Number(await models.getByRole('row', { name: row }).getByRole('cell').first().textContent());
  await expect(models.getByRole('row', { name: /gru alone/i })).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Target', exact: true }).last().selectOption('middle');
  await expect(models.getByRole('row', { name: /gru alone/i })).toHaveCount(1);
  await page.getByRole('tab', { name: 'Scatter', exact: true }).click();
  await expect(page.getByRole('tabpanel', { name: 'Scatter' })).toContainText('Choose upper to see this view');
  await page.getByRole('tab', { name: 'Series', exact: true }).click();
  const [shared, alone] = [await maeOf('gru 4'), await maeOf('gru alone')];
  expect(shared).toBeLessThan(alone);
  await picture('sharing');

  // side by side by the target that is chosen, and by another when that is chosen there
  await page.getByRole('button', { name: 'Compare' }).click();
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  const compared = sheet.getByRole('table', { name: 'Comparison', exact: true }).getByRole('row', { name: 'MAE' });
  await expect(compared).toContainText(String(shared));
  await expect(sheet).toContainText('it is not tested whether differences are real');
  await sheet.getByRole('combobox', { name: 'Target' }).selectOption('upper');
  await expect(sheet.getByRole('table', { name: 'Are the differences real?' })).toBeVisible();
  await expect(compared).not.toContainText(String(shared));
  await picture('sharing-compared');
  await sheet.getByRole('button', { name: 'Close' }).click();

  // inside: each task's layer and the common one, by the loss of the target that is chosen
  await page.getByRole('combobox', { name: 'Target', exact: true }).last().selectOption('upper');
  await page.getByRole('tab', { name: 'Inside', exact: true }).click();
  const inside = page.getByRole('tabpanel', { name: 'Inside' });
  const layer = inside.getByRole('combobox', { name: 'Layer' });
  const layers = ['upper', 'middle', 'lower', 'common, forward', 'common, backward'];
  await expect(layer.getByRole('option')).toHaveText(layers);
  const heat = inside.getByRole('slider', { name: /of 8 units over time/i });
  await inside.getByRole('button', { name: 'gate for the common layer', exact: true }).click();
  await expect(heat).toHaveAccessibleName(/^gate for the common layer/i);
  // a gate lies between 0 and 1
  await expect(heat).toHaveAttribute('aria-valuetext', /: 0\.\d/);
  const forecast = inside.getByRole('status').filter({ hasText: 'Forecast' });
  const upper = await forecast.textContent();
  await inside.getByRole('combobox', { name: 'Loss of' }).selectOption('lower');
  await expect(layer.locator('option:checked')).toHaveText('lower');
  await expect(inside.getByText('L is the loss of lower alone.')).toBeVisible();
  await expect.poll(() => forecast.textContent()).not.toBe(upper);
  const gradient = inside.getByRole('img', { name: 'Gradient by step' });
  await expect(gradient.locator('path.line')).toHaveAttribute('d', /^M.*L/);
  // the loss of one task reaches the common layer, and no other task's own
  await layer.selectOption('common, backward');
  await expect(inside.getByText('in the top layer of the common layer (backward)')).toBeVisible();
  await expect(gradient.locator('path.line')).toHaveAttribute('d', /^M.*L/);
  await layer.selectOption('middle');
  await expect(inside.getByText('does not reach this layer')).toBeVisible();

  // a changed point of its own column changes the gate that is shown
  await layer.selectOption('lower');
  await inside.getByRole('button', { name: 'gate for the common layer', exact: true }).click();
  const gate = await heat.getAttribute('aria-valuetext');
  const trace = inside.getByRole('slider', { name: /^lower, as read/ });
  await trace.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('PageUp');
  await expect(forecast).toContainText('was');
  await expect.poll(() => heat.getAttribute('aria-valuetext')).not.toBe(gate);
  await picture('sharing-inside');
  expect(await barriers(page)).toEqual([]);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a file of one’s own is added as a further target, and shares', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture, project } = lab;
  const [first, second] = [salesCsv(220), salesCsv(200).replace('sales', 'visits')];
  await openCsv(lab, 'shop.csv', first);
  await ready(page);
  await page.getByText('More settings').click();
  const add = page.getByRole('button', { name: 'Add a file…' });
  const take = async (name: string, content: string) => {
    writeFileSync(join(project, name), content);
    const chooser = page.waitForEvent('filechooser');
    await add.click();
    await (await chooser).setFiles(join(project, name));
  };
  // another frequency is refused in words, and the open file stays
  const monthly = Array.from(
    { length: 24 },
    (_, i) => `${2022 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, '0')}-01,${i}`,
  );
  await take('monthly.csv', `month,rate\n${monthly.join('\n')}\n`);
  await expect(page.getByRole('alert')).toContainText('cannot be forecast together');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText(/220 rows/).first()).toBeVisible();
  // what is said to do is done in the window
  await take('plain.csv', `rate\n${monthly.map((_, i) => i * i).join('\n')}\n`);
  await expect(page.getByRole('alert')).toContainText('this one has none. Give it a column of dates');
  await expect(page.getByRole('alert')).not.toContainText('--');
  await page.getByRole('button', { name: 'Dismiss' }).click();

  await take('web.csv', second);
  const panel = page.getByRole('group', { name: /^Sharing/ });
  await expect(panel).toContainText('between shop:sales, web:visits');
  await expect(page.getByText(/200 rows/).first()).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Add a file…' })).toBeVisible();
  await panel.getByRole('radio', { name: 'Uniform layer' }).check();
  await picture('sharing-files');
  expect(await barriers(page)).toEqual([]);
  await trainShortly(page, ['RNN'], 5);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('uniform layer', { timeout: 120_000 });
});
