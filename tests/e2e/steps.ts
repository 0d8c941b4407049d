import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { test as base, expect, type Host } from './host';

/** What the specs have in common, by the names a person reads. */
export { expect };

export interface Lab extends Host {
  /** A picture of the window, for a person to look at. */
  picture(name: string): Promise<void>;
}

const screens = fileURLToPath(new URL('../../test-results/screens', import.meta.url));

/** The host's window; an error in its page fails the test. */
export const test = base.extend<{ lab: Lab }>({
  lab: async ({ host }, use) => {
    mkdirSync(screens, { recursive: true });
    const picture = async (name: string) =>
      void (await host.page.screenshot({ path: join(screens, `${name}.png`), animations: 'disabled' }));
    await use({ ...host, picture });
    expect(host.errors, 'errors in the page').toEqual([]);
  },
});

export async function openExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'S&P 500' }).click();
  await ready(page);
}

/** A file of this name and content, opened as a person does. */
export async function openCsv(lab: Lab, name: string, content: string | Buffer): Promise<void> {
  const path = join(lab.project, name);
  writeFileSync(path, content);
  await lab.openCsv(path);
}

/** The series is drawn and an experiment is planned. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await expect(page.getByRole('region', { name: 'Forecast' }).getByRole('img').first()).toBeVisible();
}

/** Sets a number under "More settings", or any other by its label. */
export async function set(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByRole('spinbutton', { name: label, exact: true });
  if (!(await field.isVisible())) await page.getByText('More settings').click();
  await field.fill(String(value));
}

/** Trains exactly these models; short, for the flow is what is tested. */
export async function trainShortly(page: Page, models: string[], epochs = 3, hidden = 8): Promise<void> {
  await set(page, 'Hidden units', hidden);
  await set(page, 'Epochs', epochs);
  for (const name of ['RNN', 'LSTM', 'GRU'])
    await page.getByRole('checkbox', { name }).setChecked(models.includes(name));
  await page.getByRole('button', { name: 'Train', exact: true }).click();
}

/** A chart taken along from the menu in its head; an SVG is read by the browser as a document of its own. */
export async function savedPicture(scope: Page | Locator, chart: string, kind: 'PNG' | 'SVG' = 'SVG') {
  const page = 'page' in scope ? scope.page() : scope;
  await scope.getByRole('button', { name: `Save picture: ${chart}` }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: `As ${kind}` }).click(),
  ]);
  const content = readFileSync(await download.path());
  return {
    name: download.suggestedFilename(),
    content,
    ...(await readSvg(page, kind === 'SVG' ? String(content) : '')),
  };
}

/** What stands in an SVG; `whole`: it is one, without anything that only this window has. */
async function readSvg(page: Page, svg: string) {
  const read = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: document.querySelectorAll('parsererror').length > 0,
      words: [...document.querySelectorAll('text')].map((word) => word.textContent),
      dashes: [...document.querySelectorAll('path[fill="none"]')].map((path) => path.getAttribute('stroke-dasharray')),
      ground: document.querySelector('rect')?.getAttribute('fill'),
    };
  }, svg);
  return { ...read, whole: !read.broken && !/NaN|undefined|href|var\(/.test(svg) };
}

/** Daily sales with a week's rhythm, a trend, and noise from a small fixed generator. */
export function salesCsv(rows: number, dateOf = (day: Date) => day.toISOString().slice(0, 10)): string {
  let state = 7;
  const noise = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31 - 0.5;
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const value = 200 + i / 5 + 30 * Math.sin((2 * Math.PI * i) / 7) + 8 * noise();
    return `${dateOf(new Date(Date.UTC(2023, 0, 1 + i)))},${value.toFixed(1)}`;
  });
  return `day,sales\n${lines.join('\n')}\n`;
}
