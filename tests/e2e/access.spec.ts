import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openExample, test, trainShortly } from './steps';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe finds against WCAG 2 A and AA, as the rule and where it is broken; in the dark only contrast can differ. */
async function broken(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const chosen = colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe.withTags(standards);
  const { violations } = await chosen.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing bars anyone in any state, ${colorScheme}`, async ({ lab: { page } }) => {
    await page.emulateMedia({ colorScheme });
    await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
    expect(await broken(page, colorScheme), 'the empty window').toEqual([]);
    await openExample(page);
    await page.getByText('More settings').click();
    expect(await broken(page, colorScheme), 'data and all settings').toEqual([]);
    await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 2);
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    expect(await broken(page, colorScheme), 'training').toEqual([]);
    await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
    for (const view of ['Residuals', 'Scatter', 'Values', 'Series', 'Training', 'Runs']) {
      await page.getByRole('tab', { name: view }).click();
      expect(await broken(page, colorScheme), view).toEqual([]);
    }
    await page.getByRole('checkbox', { name: 'Overlay all' }).check();
    await expect(page.getByRole('region', { name: 'Runs' })).toContainText('on the chart');
    expect(await broken(page, colorScheme), 'overlaid').toEqual([]);
    await page.getByRole('region', { name: 'Runs' }).getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByRole('table', { name: 'Comparison' })).toBeVisible();
    expect(await broken(page, colorScheme), 'Comparison').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Rows and reading' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await broken(page, colorScheme), 'how the file is read').toEqual([]);
    await page.keyboard.press('Escape');
    for (const [key, what] of [
      ['ControlOrMeta+k', 'the palette'],
      ['F1', 'the terms'],
      ['?', 'the keys'],
    ] as const) {
      await page.getByRole('region', { name: 'Forecast' }).locator('.plot').focus();
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await broken(page, colorScheme), what).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.getByRole('tab', { name: 'Inside' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Inside' }).getByRole('img').first()).toBeVisible();
    expect(await broken(page, colorScheme), 'Inside').toEqual([]);
    await page.getByRole('button', { name: 'Learn' }).click();
    await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('heading').first())).toBeVisible();
    expect(await broken(page, colorScheme), 'Learn').toEqual([]);
  });
}
