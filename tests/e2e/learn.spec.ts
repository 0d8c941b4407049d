import type { Locator, Page } from '@playwright/test';
import { barsNobody } from './axe';
import { expect, openExample, set, test } from './steps';

const words = {
  en: { learn: 'Learn', lessons: 'Lessons', figure: 'Figure', settings: 'Settings' },
  ko: { learn: '배우기', lessons: '학습 주제', figure: '그림', settings: '설정' },
};
const mostMilliseconds = 60_000;

const figureOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Until the networks of the page, if it has any, are trained. */
async function settled(figure: Locator): Promise<void> {
  for (const table of await figure.locator('table[aria-busy]').all())
    await expect(table).toHaveAttribute('aria-busy', 'false', { timeout: mostMilliseconds });
}

/** One step by the keyboard, and with what it changes awaited. */
async function move(slider: Locator, figure: Locator): Promise<void> {
  const name = await slider.getAttribute('aria-label');
  const before = await figure.innerText();
  const atLow = await slider.evaluate((input: HTMLInputElement) => input.value === input.min);
  await slider.press(atLow ? 'ArrowRight' : 'ArrowLeft');
  await expect
    .poll(() => figure.innerText(), { message: `what "${name}" changes`, timeout: mostMilliseconds })
    .not.toBe(before);
  await settled(figure);
}

for (const language of ['en', 'ko'] as const) {
  test(`every lesson${language === 'en' ? ', every slider' : ''}, ${language}`, async ({ lab: { page } }) => {
    test.setTimeout(600_000);
    const { learn, lessons, figure: figureName, settings } = words[language];
    if (language === 'ko') await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('button', { name: learn, exact: true }).click();
    const list = page.getByRole('navigation', { name: lessons }).getByRole('listitem').getByRole('button');
    await expect(list).toHaveCount(11);
    for (const lesson of await list.all()) {
      await lesson.click();
      const title = (await lesson.innerText()).replace(/^\d+\s*/, '');
      await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
      await expect(page.locator('math').first()).toBeVisible();
      const figure = figureOf(page, figureName);
      await settled(figure);
      // what moves is the same in every language
      if (language === 'ko') continue;
      const controls = page.getByRole('group', { name: settings, exact: true });
      // a choice may bring sliders of its own
      const choices = await controls.getByRole('radio').all();
      for (const slider of await controls.getByRole('slider').all()) await move(slider, figure);
      for (const choice of choices.slice(1)) {
        await choice.check({ force: true });
        await settled(figure);
      }
      if (title === 'From an average to an LSTM')
        for (const stage of ['α learned', 'f, i, o']) {
          await controls.getByRole('radio', { name: stage }).check({ force: true });
          for (const slider of await controls.getByRole('slider').all()) await move(slider, figure);
        }
    }
  });
}

test('nothing bars anyone in any lesson', async ({ lab: { page } }) => {
  test.setTimeout(300_000);
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  const list = page.getByRole('navigation', { name: 'Lessons' }).getByRole('listitem').getByRole('button');
  for (const lesson of await list.all()) {
    await lesson.click();
    await settled(figureOf(page, 'Figure'));
    await barsNobody(page, await lesson.innerText());
  }
});

test('the five steps are gone through one click each, and a training is stopped', async ({ lab: { page } }) => {
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await page.getByRole('button', { name: 'The five steps of training' }).click();
  const loss = page.getByRole('status', { name: 'Loss', exact: true });
  await page.getByRole('button', { name: 'Forward' }).click();
  await page.getByRole('button', { name: '2 Loss' }).click();
  const before = Number(await loss.innerText());
  await page.getByRole('button', { name: 'Backward' }).click();
  await page.getByRole('button', { name: 'Update' }).click();
  const promised = await page.getByRole('status', { name: 'Loss after this update' }).innerText();
  await page.getByRole('button', { name: 'Repeat' }).click();
  await page.getByRole('button', { name: 'Forward' }).click();
  await page.getByRole('button', { name: '2 Loss' }).click();
  expect(await loss.innerText()).toBe(promised);
  expect(Number(promised)).toBeLessThan(before);

  await page.getByRole('button', { name: '10 Attention' }).click();
  const results = page.getByRole('table', { name: 'What came of it' });
  await expect(results).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(results).toHaveAttribute('aria-busy', 'false');
  await page.getByRole('button', { name: 'Train again' }).click();
  await settled(figureOf(page, 'Figure'));
  await expect(page.getByRole('img', { name: /^Luong: output 1 looks at input/ })).toBeVisible();
});

test('a lesson is left by a key and tried on the open series', async ({ lab: { page } }) => {
  await openExample(page);
  await set(page, 'Epochs', 1);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Unroll' }).click();
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 2, name: 'One cell, reused' })).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Train this on close' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Hidden units', exact: true })).toHaveValue('2');
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
});
