import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { barriers } from './axe';
import { expect, openCsv, ready, salesCsv, savedPicture, test, trainShortly } from './steps';

/** What a press puts among the person's downloads, as text. */
async function taken(page: Page, press: () => Promise<void>): Promise<string> {
  const saved = page.waitForEvent('download');
  await press();
  return readFile(await (await saved).path(), 'utf8');
}

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
  await trainShortly(page, ['RNN', 'GRU'], 4);

  const table = page.getByRole('table', { name: 'Classes on the test part' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(table.getByRole('columnheader')).toContainText(['Model', 'Accuracy', 'Balanced', 'Macro F1']);
  for (const name of ['RNN', 'GRU', 'Majority', 'Persistence', 'Coin'])
    await expect(table.getByRole('row', { name })).toHaveCount(1);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('of 450 unseen rows');

  // the confusion of 450 rows is 450 rows, and so is the balance of the test part
  const confusion = page.getByRole('table', { name: /^Confusion, (RNN|GRU)$/ });
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

  const results = page.getByRole('tabpanel', { name: 'Models' });
  const strips = await savedPicture(results, 'Classes over the test part');
  expect(strips.whole).toBe(true);
  for (const word of ['Actual', 'GRU', 'climb', 'rest', 'run', 'walk']) expect(strips.words).toContain(word);
  const confused = await savedPicture(results, 'Confusion, GRU');
  // the counts that the table shows
  const counted = confused.words.filter((word) => /^[\d,]+$/.test(word ?? '')).map((word) => Number(word));
  expect(counted).toEqual(cells);
  const rows = await savedPicture(results, 'Rows of each class');
  for (const count of counts) expect(rows.words).toContain(count);

  // the table of values: a class as it was, as it was told, and how sure the model is; one way in the window and in the file
  await page.getByRole('tab', { name: 'Values' }).click();
  const values = page.getByRole('table', { name: 'Values' });
  await expect(values.getByRole('columnheader')).toHaveText(['Time', 'actual', 'RNN', 'GRU']);
  const newest = values.locator('tbody tr').first();
  await expect(newest.locator('td')).toHaveText([
    /^(climb|rest|run|walk)$/,
    ...[/^(climb|rest|run|walk) \d+%$/, /^(climb|rest|run|walk) \d+%$/],
  ]);
  expect(await barriers(page)).toEqual([]);
  await picture('classes-values');
  await page.getByRole('button', { name: 'Export' }).click();
  const csv = await taken(page, () => page.getByRole('menuitem', { name: 'Values' }).click());
  const [head, ...lines] = csv.trimEnd().split('\n');
  expect(head).toMatch(/^(time|row),activity,RNN,RNN p\(climb\),RNN p\(rest\),RNN p\(run\),RNN p\(walk\),GRU,/);
  expect(lines).toHaveLength(450);
  const [, actual, told] = lines.at(-1)!.split(',');
  await expect(newest.locator('td').first()).toHaveText(actual!);
  await expect(newest.locator('td').nth(1)).toContainText(told!);

  // models side by side: scores beside the baselines, what was against what was told, whether differences are real, the report
  await page.getByRole('button', { name: 'Compare' }).click();
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  const columns = sheet.getByRole('table', { name: 'Comparison', exact: true });
  await expect(columns.getByRole('columnheader')).toContainText(['RNN', 'GRU', 'Majority', 'Persistence', 'Coin']);
  const shown = await table.getByRole('row', { name: 'GRU' }).getByRole('cell').first().textContent();
  await expect(columns.getByRole('row', { name: 'Accuracy' }).getByRole('cell').nth(1)).toHaveText(shown!.trim());
  for (const name of ['RNN', 'GRU'])
    await expect(sheet.getByRole('table', { name: `Confusion, ${name}` })).toBeVisible();
  const tests = sheet.getByRole('table', { name: 'Are the differences real?' });
  await expect(tests.getByRole('row')).toHaveCount(4);
  await expect(tests.getByRole('row', { name: /^RNN (Majority|Persistence)/ })).toHaveCount(1);
  await expect(sheet.getByRole('img', { name: 'Loss by epoch' })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await picture('classes-compared');
  const report = await taken(page, () => sheet.getByRole('button', { name: 'Save report' }).click());
  for (const wanted of ['What was and what was told', 'The test part, class by class', `<td>${shown!.trim()}`])
    expect(report).toContain(wanted);
  await sheet.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('combobox', { name: 'Task' }).selectOption('many-to-one');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('y');

  // a run of classes and one of numbers: in one sentence, with what to do, and no empty sheet over it
  await trainShortly(page, ['GRU'], 1);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  for (const row of [/, activity/, /, y /])
    await page
      .getByRole('region', { name: 'Runs' })
      .getByRole('row', { name: row })
      .first()
      .getByRole('checkbox')
      .check();
  await expect(page.getByRole('alert')).toContainText(
    /(RNN|GRU) \(labelling\) tells classes and GRU \(many-to-one\) forecasts numbers.*Choose runs of one kind/,
  );
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // another file, opened from a view under which the series' chart waits, without an error of the page
  await page.getByRole('tab', { name: 'Lag' }).click();
  await openCsv(lab, 'sales.csv', salesCsv(120));
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('sales');
  await expect(page.getByRole('spinbutton', { name: 'Lookback', exact: true })).not.toHaveValue('');
});
