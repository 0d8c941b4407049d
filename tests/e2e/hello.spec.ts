import { expect, test } from './steps';

test('the word hello with every number: a wrong guess is trained away, and then the text itself is opened', async ({
  lab: { page, picture },
}) => {
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await page.getByRole('button', { name: '11 “hello”, every number' }).click();
  const word = page.getByRole('table', { name: 'The word unrolled' });
  const guesses = word.getByRole('row', { name: /^Guess/ }).getByRole('cell');
  await expect(word.getByRole('row', { name: /^Target/ }).getByRole('cell')).toHaveText(['e', 'l', 'l', 'o']);
  await expect(guesses.filter({ hasText: 'wrong' })).not.toHaveCount(0);
  await picture('hello-untrained');
  const status = (name: string) => page.getByRole('status', { name, exact: true });
  const loss = status('Mean loss, nats');
  const promised = await status('Mean loss after one more update').innerText();
  const before = Number(await loss.innerText());
  await page.getByRole('button', { name: 'Train one step' }).click();
  await expect(status('Updates so far')).toHaveText('1');
  expect(await loss.innerText()).toBe(promised);
  expect(Number(promised)).toBeLessThan(before);
  // the mean of the losses in the table, as rounded there
  const losses = await word.getByRole('row', { name: /^Loss/ }).getByRole('cell').allInnerTexts();
  const mean = losses.reduce((sum, text) => sum + Number(text), 0) / losses.length;
  expect(Math.abs(mean - Number(promised))).toBeLessThan(1e-3);
  for (let i = 0; i < 6; i++) await page.getByRole('button', { name: 'Train ten steps' }).click();
  await expect(guesses.filter({ hasText: 'wrong' })).toHaveCount(0);
  await expect(status('After h it writes')).toHaveText('e l l o');
  await picture('hello-trained');
  await page.getByRole('button', { name: 'Start again' }).click();
  expect(Number(await loss.innerText())).toBe(before);

  await page.getByRole('button', { name: 'Open “hello” and train on it' }).click();
  const bench = page.getByRole('main', { name: 'Text' });
  await expect(bench.getByText('Vocabulary: 4 characters')).toBeVisible();
  await bench.getByLabel('Epochs').fill('30');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(bench.getByRole('log')).toContainText('hellohellohello', { timeout: 60_000 });
  await bench.getByRole('button', { name: 'The word “hello” with every number' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '“hello”, every number' })).toBeVisible();
});
