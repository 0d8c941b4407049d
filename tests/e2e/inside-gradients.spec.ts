import type { Locator, Page } from '@playwright/test';
import { expect, openExample, savedPicture, set, test, trainShortly } from './steps';

const trained = (page: Page) => expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 120_000 });
async function lookInside(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Inside' }).click();
  const middle = page.getByRole('tabpanel').first();
  await expect(middle.getByRole('slider', { name: /^hidden state of/i })).toBeVisible();
  return middle;
}
/** A chart of lines by its title, with the table of its numbers opened. */
async function numbersOf(middle: Locator, title: string): Promise<Locator> {
  const figure = middle.getByRole('figure').filter({ has: middle.page().getByRole('img', { name: title }) });
  await figure.getByText('As a table').click();
  return figure.getByRole('table');
}
const column = async (table: Locator, place: number) =>
  table.locator(`tbody tr td:nth-child(${place + 1})`).allInnerTexts();

test('gradients of three models on one window: where training cut them, what clipping did, layers, epochs, half-lives', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Lookback', 30);
  await set(page, 'Layers', 2);
  await set(page, 'Truncate', 10);
  await set(page, 'Clip', 0.001);
  await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 4);
  await trained(page);
  const middle = await lookInside(page);
  const end = middle.getByRole('textbox', { name: 'Last row or date' });
  await end.fill('2020-04-14');
  await page.keyboard.press('Enter');

  await expect(middle.getByText('truncation (10 steps)')).toBeVisible();
  const figure = middle.getByRole('figure').filter({ has: page.getByRole('img', { name: 'Gradient by step' }) });
  await expect(figure).toContainText('beyond 0.001, training makes it');
  await expect(figure.getByRole('listitem')).toHaveText(['RNN', 'LSTM', 'GRU']);
  // at this size nothing of them is cut at the fold
  const cut = (part: string) => middle.locator(part).evaluate((all) => all.scrollHeight - all.clientHeight);
  expect(await cut('.gradients')).toBeLessThanOrEqual(1);
  // nor at the smallest
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect.poll(() => cut('.gradients')).toBeLessThanOrEqual(1);
  await expect.poll(() => cut('.states')).toBeLessThanOrEqual(1);
  await picture('inside-gradients-small');
  await page.setViewportSize({ width: 1440, height: 900 });
  const gradients = await numbersOf(middle, 'Gradient by step');
  await expect(gradients.getByRole('row')).toHaveCount(31);
  // the upright stands before the tenth step from the last
  const [upright, plot] = await Promise.all([
    figure.locator('path.rule').boundingBox(),
    figure.locator('.plot svg').boundingBox(),
  ]);
  expect((upright!.x - plot!.x) / plot!.width).toBeCloseTo(20 / 30, 1);
  await picture('inside-gradients');

  const shares = await column(await numbersOf(middle, 'Share of ∂L/∂W by step'), 1);
  expect(shares.map((text) => Number(text.replace('−', '-'))).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 1);

  // the plain RNN has no gate that keeps, and tells how much is saturated instead
  await expect(middle.getByRole('list', { name: 'Half-life' })).toBeHidden();
  await expect(middle.getByText('% saturated')).toBeVisible();
  await middle.getByRole('combobox', { name: 'Model' }).selectOption('LSTM');
  await expect(middle.getByRole('list', { name: 'Half-life' }).getByRole('listitem')).toHaveText(Array(8).fill(/^\d/));

  const heat = middle.getByRole('slider', { name: /^hidden state of 8 units/i });
  await heat.focus();
  await page.keyboard.press('ArrowRight');
  const first = await heat.getAttribute('aria-valuetext');
  await middle.getByRole('combobox', { name: 'Layer' }).selectOption('2');
  await expect(heat).not.toHaveAttribute('aria-valuetext', first!);

  const before = await column(gradients, 2);
  const epoch = middle.getByRole('slider', { name: 'Epoch' });
  await epoch.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => column(gradients, 2)).not.toEqual(before);
  await middle.getByRole('button', { name: 'By epoch' }).click();
  const norms = await numbersOf(middle, 'Norm of the whole gradient by epoch');
  await expect(norms.getByRole('row')).toHaveCount(5);
  expect(await column(norms, 2)).toEqual(Array(4).fill('0.001000'));

  // longer than it was trained on
  await middle.getByRole('button', { name: 'By step' }).click();
  await numbersOf(middle, 'Gradient by step');
  await middle.getByRole('spinbutton', { name: 'Steps' }).fill('70');
  await page.keyboard.press('Enter');
  await expect(gradients.getByRole('row')).toHaveCount(71);
});

test('attention stands between what was read and what is forecast', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await page.getByRole('combobox', { name: 'Task' }).selectOption({ label: 'Sequence to sequence' });
  await set(page, 'Lookback', 20);
  await set(page, 'Horizon', 5);
  await set(page, 'Epochs', 2);
  await page.getByRole('combobox', { name: 'Attention' }).selectOption('luong');
  await trainShortly(page, ['GRU'], 2);
  await trained(page);
  const middle = await lookInside(page);
  const map = middle.getByRole('slider', { name: 'Attention: step forecast by step read' });
  await map.scrollIntoViewIfNeeded();
  await map.focus();
  await page.keyboard.press('ArrowDown');
  await expect(map).toHaveAttribute('aria-valuetext', /^\+2: [\d,.]+, 20\d\d-\d\d-\d\d: 0\.\d+/);
  await expect(map).toHaveAttribute('aria-valuemax', '5');
  await expect(middle.locator('svg.read path')).toHaveAttribute('d', /^M/);
  await expect(middle.locator('svg.came path').last()).toHaveAttribute('d', /^M.*L/);
  await picture('inside-attention');
  const weights = await savedPicture(middle, 'Attention: step forecast by step read');
  expect(weights.whole).toBe(true);
  for (const word of ['close, as read', 'weight', '0']) expect(weights.words).toContain(word);
  expect(weights.words.filter((word) => /^\+[1-5]: [\d,.]+$/.test(word ?? ''))).toHaveLength(5);
  // with a curve and attention too nothing is cut where there is little height
  await page.setViewportSize({ width: 1024, height: 700 });
  for (const part of ['.gradients', '.states'])
    await expect
      .poll(() => middle.locator(part).evaluate((all) => all.scrollHeight - all.clientHeight))
      .toBeLessThanOrEqual(1);
  await picture('inside-attention-small');
});

test('a run of classes tells probabilities in place of a forecast', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await page.getByRole('combobox', { name: 'Task' }).selectOption({ label: 'Direction' });
  await set(page, 'Lookback', 20);
  await trainShortly(page, ['LSTM'], 2);
  await expect(page.getByRole('table', { name: 'Classes on the test part' })).toBeVisible({ timeout: 120_000 });
  const middle = await lookInside(page);
  const told = middle.getByRole('status').filter({ hasText: 'Forecast' });
  await expect(told).toHaveText(/^Forecast 2020-04-20 down [\d.]+%, (flat [\d.]+%, )?up [\d.]+%$/);
  await expect(middle.getByText('of the likeliest class')).toBeVisible();
  const end = middle.getByRole('slider', { name: 'Window ends' });
  await end.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(told).toContainText(/actual (up|down|flat)/);
  await picture('inside-classes');
});

test('a run whose gradients die bears a mark with cause and remedy', async ({ lab }) => {
  test.setTimeout(180_000);
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Lookback', 60);
  await set(page, 'Epochs', 2);
  await page.getByRole('combobox', { name: 'First weights' }).selectOption({ label: 'Uniform' });
  await trainShortly(page, ['RNN'], 2);
  await trained(page);
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect(
    page.getByText(/Gradients die after \d+ steps of 60.*LSTM or GRU, orthogonal weights or a lookback nearer/),
  ).toBeVisible();
  await picture('inside-health');
});

test('a run whose gradients explode bears a mark with cause and the remedy that goes to the cause', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await set(page, 'Lookback', 60);
  await set(page, 'Learning rate', 0.1);
  await set(page, 'Clip', 0);
  await set(page, 'Seed', 1);
  await page.getByRole('combobox', { name: 'RNN memory' }).selectOption('after');
  await trainShortly(page, ['RNN'], 1, 32);
  await trained(page);
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect(
    page.getByText(/Gradients explode: over 60 steps back they grow .*times.*Let memory enter before the activation/),
  ).toBeVisible();
  await picture('inside-exploding');
});
