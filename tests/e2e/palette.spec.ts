import { expect, openExample, test } from './steps';

test('anything is found and done from the palette', async ({ lab: { page, picture } }) => {
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Search commands' });
  const asked = page.getByRole('dialog').getByRole('combobox');
  await expect(asked).toBeFocused();
  await page.keyboard.type('s&p');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();

  await page.getByRole('button', { name: 'Search' }).click();
  await expect(asked).toBeFocused();
  await picture('palette');
  await page.keyboard.type('scatter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Scatter' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(asked).toBeFocused();
  await page.keyboard.type('한국어');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '학습', exact: true })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await expect(asked).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a palette opened at once after one was closed stays open', async ({ lab: { page } }) => {
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  const asked = page.getByRole('combobox', { name: 'Search commands' });
  await expect(asked).toBeFocused();
  const closed = await page.evaluate(async () => {
    const press = async () => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
      // the window renders in microtasks; the browser's event of the closing is a task of its own
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      return document.querySelectorAll('dialog[open]').length === 0;
    };
    const gone = await press();
    await press();
    return gone;
  });
  expect(closed, 'closed before the browser tells of it').toBe(true);
  await expect(asked).toBeFocused();
});

test('of examples that fit alike the palette takes the first, S&P 500', async ({ lab: { page } }) => {
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  for (const asked of ['example', 'open example']) {
    await page.getByRole('combobox', { name: 'Search commands' }).fill(asked);
    await expect(page.getByRole('option', { selected: true })).toContainText('S&P 500');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toContainText('S&P 500');
});

test('the shortcuts are listed under "?"', async ({ lab: { page } }) => {
  await openExample(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Pause, resume');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
