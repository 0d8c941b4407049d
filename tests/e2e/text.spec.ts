import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './steps';

const verse = 'the quick brown fox jumps over the lazy dog.\nhello again, hello there.\n';

test('a text is learned, its models are kept and renamed, and one of them writes', async ({ lab }) => {
  const { page, picture } = lab;
  const path = join(lab.project, 'verse.txt');
  writeFileSync(path, verse.repeat(60));
  await lab.openCsv(path);
  const bench = page.getByRole('main', { name: 'Text' });
  await expect(bench.getByText('Vocabulary: 30 characters')).toBeVisible();
  await expect(bench.getByRole('log')).toContainText('After each epoch a model writes a few lines here');
  for (const name of ['RNN', 'LSTM']) await bench.getByRole('checkbox', { name }).check();
  await bench.getByLabel('Hidden units').fill('16');
  await bench.getByLabel('Epochs').fill('8');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();

  const models = bench.getByRole('region', { name: /^Text models/ });
  await expect(models.getByRole('row', { name: /Bigram/ })).toBeVisible({ timeout: 60_000 });
  await expect(models.getByRole('row')).toHaveCount(5, { timeout: 60_000 });
  await expect(
    bench
      .getByRole('log')
      .getByText(/After epoch 1$/)
      .first(),
  ).toBeVisible();
  await expect(bench.getByText('After each epoch a model writes')).toHaveCount(0);
  await expect(bench.getByRole('img', { name: /LSTM: Epoch 8 of 8 · [\d.]+ bits/ })).toBeVisible();
  const bitsOf = async (name: RegExp) =>
    Number(await models.getByRole('row', { name }).getByRole('cell').nth(2).textContent());
  expect(await bitsOf(/Bigram/)).toBeLessThan(await bitsOf(/Unigram/));

  await models.getByRole('button', { name: /^Rename: LSTM/ }).click();
  await models.getByRole('textbox').fill('poet');
  await models.getByRole('textbox').press('Enter');
  await models.getByRole('button', { name: /^Show poet/ }).click();
  const writing = bench.getByRole('region', { name: 'poet writes' });
  await writing.getByLabel('Begins with').fill('the ');
  await writing.getByLabel('Length').fill('40');
  await writing.getByRole('button', { name: 'Write' }).click();
  await expect(writing.locator('pre')).toHaveText(/^the [\s\S]{40}$/);
  await picture('text');

  // a beginning that the model has never read is refused by name
  await writing.getByLabel('Begins with').fill('é');
  await writing.getByRole('button', { name: 'Write' }).click();
  await expect(page.getByRole('alert')).toContainText('é');

  await models.getByRole('button', { name: /^Delete: RNN/ }).click();
  await expect(models.getByRole('button', { name: /^Show RNN/ })).toHaveCount(0);
  await models.getByRole('button', { name: 'Undo' }).click();
  await expect(models.getByRole('button', { name: /^Show RNN/ })).toBeVisible();
});
