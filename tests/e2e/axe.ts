import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './host';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/**
 * Nothing in this state of the window breaks WCAG 2 A or AA, in both themes; in the dark only contrast can differ.
 * `within`: what has changed since the window was looked at as a whole; without it all is looked at.
 */
export async function barsNobody(page: Page, state: string, within = 'html'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).include(within);
    const chosen = colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe.withTags(standards);
    const { violations } = await chosen.analyze();
    const broken = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    expect(broken, `${state}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
