import { expect, ready, test, trainShortly } from './steps';

test('labels: the generated example, told step by step, judged beside what needs no network', async ({ lab }) => {
  const { page, picture } = lab;
  await page.getByRole('button', { name: 'Rest, walk, run and climb' }).click();
  await ready(page);
  await page.getByRole('button', { name: 'Why no softmax?' }).click();
  await expect(page.getByText('Softmax makes probabilities of classes.')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('combobox', { name: 'Task' }).selectOption('labelling');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('activity');
  await expect(page.getByRole('button', { name: 'Why no softmax?' })).toHaveCount(0);
  await expect(page.getByText('Tells 4 classes apart: climb, rest, run, walk.')).toBeVisible();
  await trainShortly(page, ['GRU'], 4);

  const table = page.getByRole('table', { name: 'Classes on the test part' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(table.getByRole('columnheader')).toContainText(['Model', 'Accuracy', 'Balanced', 'Macro F1']);
  for (const name of ['GRU', 'Majority', 'Persistence', 'Coin'])
    await expect(table.getByRole('row', { name })).toHaveCount(1);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('of 450 unseen rows');

  // the confusion of 450 rows is 450 rows, and so is the balance of the test part
  const confusion = page.getByRole('table', { name: 'Confusion, GRU' });
  const cells = await confusion
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.flatMap((row) => [...row.querySelectorAll('td')].slice(0, 4).map((cell) => Number(cell.textContent))),
    );
  expect(cells.reduce((sum, count) => sum + count, 0)).toBe(450);
  const balance = page.getByRole('tabpanel', { name: 'Models' }).getByRole('table', { name: 'Rows of each class' });
  const counts = await balance.locator('tbody td:last-child').allTextContents();
  expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(450);

  const strip = page.getByRole('group', { name: 'Classes over the test part' });
  await expect(strip.getByRole('img', { name: 'Actual' })).toBeVisible();
  await expect(strip.getByRole('img', { name: /^GRU: \d+/ })).toBeVisible();
  await picture('classes');

  // what cannot be compared is said, and no empty sheet lies over it
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('alert')).toContainText(/tells classes/);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Task' }).selectOption('many-to-one');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('y');
});
