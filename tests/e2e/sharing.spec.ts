import { barriers } from './axe';
import { expect, ready, set, test, trainShortly } from './steps';

test('targets that share: chosen in the panel, judged beside models of one target', async ({ lab }) => {
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

  // what cannot be looked into says so in place, and nothing is asked that would be refused
  await page.getByRole('combobox', { name: 'Target', exact: true }).last().selectOption('upper');
  await page.getByRole('tab', { name: 'Inside', exact: true }).click();
  await expect(page.getByRole('tabpanel', { name: 'Inside' })).toContainText('Train one of its targets alone');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
