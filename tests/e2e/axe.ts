import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from './host';

const rules = {
  standards: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
  contrast: { type: 'rule', values: ['color-contrast'] },
  /** What is good practice too. */
  all: undefined,
} satisfies Record<string, RunOptions['runOnly']>;
const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Nothing in this state of the window breaks WCAG 2 A or AA, in both themes; in the dark only contrast can differ.
 * `within`: what has changed since the window was looked at as a whole; without it all is looked at.
 */
export async function barsNobody(page: Page, state: string, within = 'html'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(
      await barriers(page, within, colorScheme === 'dark' ? 'contrast' : 'standards'),
      `${state}, ${colorScheme}`,
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** What breaks these rules in a page as it is now: rule and place. */
export async function barriers(page: Page, within = 'html', of: keyof typeof rules = 'standards'): Promise<string[]> {
  // once a page, for reading it takes longer than most of its rules
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(script);
  // passes are of no interest, and the window fetches nothing that would have to be waited for
  const options: RunOptions = { ...(rules[of] && { runOnly: rules[of] }), resultTypes: ['violations'], preload: false };
  const { violations } = await page.evaluate(
    ([where, how]) => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(where, how),
    [within, options] as const,
  );
  return (violations satisfies AxeResults['violations']).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
