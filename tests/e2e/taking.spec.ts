import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, openExample, savedPicture, test, trainShortly } from './steps';

async function saved(page: Page, item: string): Promise<{ name: string; content: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test('the chart as a picture, its values and the comparison as tables', async ({ lab: { page, picture } }) => {
  await openExample(page);
  await trainShortly(page, ['RNN', 'LSTM'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });

  // forecasts are seen by the last rows; the whole is a press away
  await page.getByRole('button', { name: 'All', exact: true }).click();
  // a chart that was out of sight is taken along as it is now
  await page.getByRole('tab', { name: 'Residuals' }).click();
  expect((await saved(page, 'Chart as SVG')).content.toString()).not.toContain('>actual<');
  await page.getByRole('tab', { name: 'Series' }).click();
  const chart = await saved(page, 'Chart as PNG');
  expect(chart.name).toMatch(/^S-P-500.*\.png$/);
  expect(chart.content.subarray(1, 4).toString()).toBe('PNG');
  expect(chart.content.readUInt32BE(16)).toBeGreaterThan(900);

  const drawing = await saved(page, 'Chart as SVG');
  expect(drawing.name).toMatch(/^S-P-500.*\.svg$/);
  const text = drawing.content.toString();
  // read as a document of its own: the title, the models, and as many points as the screen drew
  const read = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const longest = [...document.querySelectorAll('path')].map((path) => path.getAttribute('d')!.split('L').length);
    const words = [...document.querySelectorAll('text')].map((word) => word.textContent);
    return { broken: document.querySelectorAll('parsererror').length, longest: Math.max(...longest), words };
  }, text);
  expect(read.broken).toBe(0);
  expect(read.longest).toBeGreaterThan(500);
  for (const word of ['RNN', 'LSTM', 'actual', 'test', 'now']) expect(read.words).toContain(word);
  expect(text).not.toMatch(/NaN|undefined|href|var\(/);

  const values = (await saved(page, 'Values as CSV')).content.toString().trim().split('\n');
  expect(values[0]).toMatch(/^time,close,RNN,.*LSTM/);
  expect(values.at(-1)).toMatch(/^2020-04-20,,\d/);
  expect(values.at(-2)).toMatch(/^2020-04-17,2874\.56/);
  // the test part's rows and the one to come
  expect(values).toHaveLength(1 + 766 + 1);

  const models = (await saved(page, 'Comparison as CSV')).content.toString();
  expect(models.split('\n')[0]).toContain('mae');
  for (const name of ['RNN', 'LSTM', 'Naive']) expect(models).toMatch(new RegExp(`^${name},`, 'm'));

  await page.getByRole('button', { name: 'Export' }).click();
  await picture('export');
  await page.keyboard.press('Escape');

  // so are the charts around it: from their own heads, on light paper also in the dark
  await page.getByRole('tab', { name: 'Training' }).click();
  const light = await savedPicture(page, 'Loss by epoch');
  expect(light.name).toBe('S-P-500-daily-2000-to-2020-close-Loss-by-epoch.svg');
  expect(light.whole).toBe(true);
  for (const word of ['RNN', 'LSTM', 'epoch', 'loss: squared error, values as scaled'])
    expect(light.words).toContain(word);
  expect(light.dashes).toEqual([null, null, '7 3', '7 3']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveCSS('color-scheme', /dark/);
  const dark = await savedPicture(page, 'Loss by epoch');
  expect(dark.content.toString()).toBe(light.content.toString());
  const residuals = await (async () => {
    await page.getByRole('tab', { name: 'Residuals' }).click();
    return (await saved(page, 'Chart as SVG')).content.toString();
  })();
  expect(residuals).toContain(`<rect width="100%" height="100%" fill="${light.ground}"/>`);
  const pixels = await savedPicture(page, 'Loss by epoch', 'PNG');
  expect(pixels.content.subarray(1, 4).toString()).toBe('PNG');
  // two to one of the drawing
  expect(pixels.content.readUInt32BE(16)).toBe(1920);

  await page.getByRole('tab', { name: 'Inside' }).click();
  const middle = page.getByRole('tabpanel', { name: 'Inside' });
  await expect(middle.getByRole('slider', { name: /^hidden state of/i })).toBeVisible();
  const states = await savedPicture(middle, 'hidden state of 8 units over time');
  expect(states.whole).toBe(true);
  for (const word of ['unit 8', 'close', 'time of the row read', 'hidden state', '0'])
    expect(states.words).toContain(word);
  const flows = await savedPicture(middle, 'Gradient by step');
  for (const word of ['RNN', 'LSTM', '‖∂L/∂h_t‖']) expect(flows.words).toContain(word);

  await page.getByRole('tab', { name: 'Models' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  const sheet = page.getByRole('dialog', { name: 'Comparison' });
  const compared = await savedPicture(sheet, 'Loss by epoch');
  for (const word of ['RNN', 'LSTM', 'epoch']) expect(compared.words).toContain(word);
  // by keyboard; Escape closes the menu and not the sheet
  const button = sheet.getByRole('button', { name: 'Save picture: Loss by epoch' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('menuitem', { name: 'As PNG' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(sheet.getByRole('menuitem', { name: 'As SVG' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet.getByRole('menuitem')).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(sheet).toBeVisible();
});
