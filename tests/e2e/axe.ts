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
    expect(await barriers(page, within, colorScheme === 'dark'), `${state}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** What breaks these standards in the window as it is now: rule and place. */
export async function barriers(page: Page, within = 'html', contrastOnly = false): Promise<string[]> {
  // the window has one frame: nothing has to be gathered in a page of its own; nor are passes of interest
  const axe = new AxeBuilder({ page }).setLegacyMode().include(within);
  const runOnly = contrastOnly
    ? { type: 'rule' as const, values: ['color-contrast'] }
    : { type: 'tag' as const, values: standards };
  const { violations } = await axe.options({ runOnly, resultTypes: ['violations'], preload: false }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
