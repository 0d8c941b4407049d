import type { Locator, Page } from '@playwright/test';
import { expect, set, test } from './steps';

/** What has the focus shows it: by an outline, a shadow, or as the caret of what is written in. */
async function focusSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const on = document.activeElement;
    if (!on || on === document.body) return 'nothing has the focus';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(on);
    const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    return outlined || boxShadow !== 'none' ? 'seen' : `unseen on ${on.outerHTML.slice(0, 120)}`;
  });
  expect(seen).toBe('seen');
}

/** By Tab alone, as one does who has no pointer. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  // what is not on the page is not waited for: it fails below and is named
  const there = () => target.evaluateAll((found) => found.some((one) => one === document.activeElement));
  for (let i = 0; i < most && !(await there()); i++) {
    await page.keyboard.press('Tab');
    await focusSeen(page);
  }
  await expect(target).toBeFocused();
}

test('everything without a pointer: open, train, pause, stop, look, zoom, brackets, splitters', async ({ lab }) => {
  const { page } = lab;
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('500');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await tabTo(page, page.getByRole('spinbutton', { name: 'Hidden units' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('8');
  await tabTo(page, page.getByText('More settings'));
  await page.keyboard.press('Enter');
  // long enough that it does not end before it is stopped
  for (const [name, value] of [
    ['Epochs', '3000'],
    ['Patience', '0'],
  ] as const) {
    await tabTo(page, page.getByRole('spinbutton', { name, exact: true }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar', { name: 'LSTM' })).toBeVisible();

  const plot = page.getByRole('region', { name: 'Forecast' }).locator('.plot');
  await tabTo(page, plot);
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.keyboard.press(' ');
  // what is stopped before an epoch has ended has nothing to look at
  await expect(page.getByRole('region', { name: 'Training' })).toContainText(/best/);
  await tabTo(page, page.getByRole('button', { name: 'Stop', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });

  // the hairline moves row by row, and the view narrows around it
  const readout = page.getByRole('region', { name: 'Forecast' }).locator('.when');
  await plot.focus();
  await page.keyboard.press('ArrowLeft');
  const before = await readout.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(readout).not.toHaveText(before!);
  const whole = await plot.getByRole('img').screenshot();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(async () => (await plot.getByRole('img').screenshot()).equals(whole)).toBe(false);
  await page.keyboard.press('0');

  const lookback = page.getByRole('slider', { name: 'Lookback on the chart' });
  const rows = Number(await page.getByRole('spinbutton', { name: 'Lookback' }).inputValue());
  await tabTo(page, lookback);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('spinbutton', { name: 'Lookback' })).toHaveValue(String(rows - 1));

  const bottom = page.getByRole('separator', { name: 'Height of the lower panel' });
  const high = Number(await bottom.getAttribute('aria-valuenow'));
  await tabTo(page, bottom);
  await page.keyboard.press('ArrowUp');
  expect(Number(await bottom.getAttribute('aria-valuenow'))).toBeGreaterThan(high);
});

test('runs without a pointer: overlay, compare, rename, delete and undo, export', async ({ lab }) => {
  const { page } = lab;
  await page.getByRole('button', { name: 'S&P 500' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await set(page, 'Epochs', 2);
  await set(page, 'Hidden units', 8);
  await page.getByRole('button', { name: 'Train', exact: true }).press('Enter');
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });

  await page.getByRole('tab', { name: 'Models' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Runs' })).toBeFocused();
  const runs = page.getByRole('region', { name: 'Runs' });
  await tabTo(page, runs.getByRole('checkbox', { name: 'Overlay all' }));
  await page.keyboard.press(' ');
  await expect(runs).toContainText('on the chart');
  await runs.getByRole('button', { name: 'Compare' }).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  await expect(sheet.getByRole('table', { name: 'Comparison' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const lstm = runs.getByRole('button', { name: /^Show LSTM/ });
  await tabTo(page, lstm);
  await page.keyboard.press('F2');
  await page.keyboard.type('the best');
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: /^Show the best/ })).toBeVisible();
  await runs.getByRole('button', { name: /^Actions for the best/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).focus();
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: /^Show the best/ })).toHaveCount(0);
  await expect(runs.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: /^Show the best/ })).toBeVisible();

  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Enter');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('menuitem', { name: /PNG/ })
      .focus()
      .then(() => page.keyboard.press('Enter')),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
});

test('nothing moves for who asks for less motion', async ({ lab }) => {
  const { page } = lab;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'S&P 500' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await page.keyboard.press('ControlOrMeta+k');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, transitionProperty, animationName } = getComputedStyle(element);
        const lasting = transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0);
        return animationName !== 'none' || (lasting && transitionProperty !== 'none');
      })
      .map(({ tagName, className }) => `${tagName}.${className}`),
  );
  expect(moving).toEqual([]);
});
