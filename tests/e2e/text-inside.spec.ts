import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barsNobody } from './axe';
import { expect, type Lab, test } from './steps';

/** Lines of different lengths with brackets and quotes, so that there is something to follow. */
function verse(): string {
  let state = 7;
  const next = (n: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * n);
  };
  const words = ['the', 'cat', 'Sat', 'on (an)', '"old"', 'mat', 'again'];
  return Array.from({ length: 400 }, () => Array.from({ length: 3 + next(5) }, () => words[next(7)]).join(' ')).join(
    '\n',
  );
}

async function trained({ page, project, openCsv }: Lab) {
  const path = join(project, 'verse.txt');
  writeFileSync(path, verse());
  await openCsv(path);
  const bench = page.getByRole('main', { name: 'Text' });
  await bench.getByLabel('Hidden units').fill('12');
  await bench.getByLabel('Epochs').fill('4');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(bench.getByRole('button', { name: /^Show LSTM/ })).toBeVisible({ timeout: 60_000 });
  return bench;
}

test('a text is coloured by a unit, units are ranked, and text of one’s own is read', async ({ lab }) => {
  const { page, picture } = lab;
  const bench = await trained(lab);
  await bench.getByRole('button', { name: 'Inside', exact: true }).click();
  const inside = bench.getByRole('region', { name: 'Inside the text model' });
  const text = inside.getByRole('slider', { name: /^The text, coloured by the/ });
  await expect(text).toBeVisible();

  // units with their correlation; one that is chosen colours the text
  const ranked = inside.getByRole('region', { name: 'Units that follow something' });
  await expect(ranked.getByRole('heading', { name: 'position in the line' })).toBeVisible();
  const units = ranked.getByRole('button');
  await expect(units.first()).toContainText(/r = −?[01]\.\d\d/);
  // the same unit may be the best of two measures
  await expect(ranked.getByRole('button', { pressed: true })).not.toHaveCount(0);
  const colours = () =>
    text.locator('span').evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  const before = await colours();
  expect(new Set(before).size).toBeGreaterThan(10);
  await units.last().click();
  await expect.poll(colours).not.toEqual(before);

  // by the keyboard, with what may come next
  const next = inside.getByRole('region', { name: 'Likeliest next' });
  await text.press('Home');
  await text.press('ArrowRight');
  await expect(next.getByRole('listitem')).toHaveCount(5);
  const shares = await next.getByRole('listitem').locator('span').allInnerTexts();
  const sum = shares.reduce((all, share) => all + Number.parseFloat(share), 0);
  expect(sum).toBeLessThanOrEqual(100.3);
  expect(await text.getAttribute('aria-valuetext')).toMatch(/Likeliest next: /);
  await inside.getByText('As a table').click();
  await expect(inside.getByRole('table').getByRole('row')).toHaveCount(301);
  await inside.getByText('As a table').click();
  await picture('text-inside');

  const own = inside.getByLabel('Or text of your own');
  await own.fill('the cat (');
  await expect(text.locator('span')).toHaveCount(9);
  const first = await colours();
  await own.fill('mat cat (');
  await expect.poll(colours).not.toEqual(first);
  // a character it never read is named, and what was shown stays
  await own.fill('the é');
  await expect(inside.getByRole('alert')).toContainText('é');
  await own.fill('');
  await expect(text.locator('span')).toHaveCount(300);

  await barsNobody(page, 'inside a text', '.inside');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('text-inside-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('slider', { name: /칠한 글$/ })).toBeVisible();
  await picture('text-inside-small-korean');
});

test('a language model is taken along as ONNX', async ({ lab }) => {
  const { page, picture } = lab;
  const bench = await trained(lab);
  await bench.getByRole('button', { name: 'Export model…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Take a model along' });
  await expect(sheet.getByRole('radio')).toHaveCount(3);
  const download = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Save' }).click();
  expect((await download).suggestedFilename()).toBe('verse-txt-lstm-onnx.zip');
  await expect(sheet.getByRole('status')).toContainText(
    /within \d\.\de-\d of the lab’s own, relative, on 40 stretches/,
  );
  await picture('text-export');
});
