import { expect, openExample, set, test, trainShortly } from './steps';

test('Korean, and the window remembers it', async ({ lab }) => {
  const { page, picture } = lab;
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { name: '한 행이 한 시점인 CSV를 여세요' })).toBeVisible();
  await page.getByRole('button', { name: 'S&P 500' }).click();
  await expect(page.getByRole('button', { name: '학습', exact: true })).toBeEnabled();
  await expect(page.getByRole('region', { name: '예측' })).toContainText('2020년 4월 17일');
  await picture('korean');
  await page.reload();
  await expect(page.getByRole('button', { name: '학습', exact: true })).toBeEnabled();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ko');
});

test('dark by the system, and by choice', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await picture('dark');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await expect.poll(ground).toBe(light);
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(ground).toBe(dark);
});

test('at 1024 × 700 nothing scrolls sideways and the chart keeps its height', async ({ lab }) => {
  const { page, picture } = lab;
  await page.setViewportSize({ width: 1024, height: 700 });
  await openExample(page);
  await trainShortly(page, ['RNN', 'LSTM', 'GRU'], 2);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
  for (const tab of ['Training', 'Models', 'Runs']) {
    await page.getByRole('tab', { name: tab }).click();
    const wider = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter(
          (e) =>
            e.scrollWidth > e.clientWidth + 10 &&
            getComputedStyle(e).overflowX !== 'hidden' &&
            e.clientWidth > 0 &&
            !e.matches('.unseen'),
        )
        .map((e) => `${e.tagName}.${e.className}`),
    );
    expect(wider, `under ${tab}`).toEqual([]);
    await picture(`small-${tab.toLowerCase()}`);
  }
  const chart = await page.getByRole('region', { name: 'Forecast' }).boundingBox();
  expect(chart!.height).toBeGreaterThanOrEqual(280);
});

test('by keyboard alone', async ({ lab }) => {
  const { page } = lab;
  const onFocus = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  await expect(page.getByRole('button', { name: 'S&P 500' })).toBeVisible();
  for (let i = 0; i < 12 && !(await onFocus()).startsWith('S&P 500'); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  // long enough that it does not end before it is stopped
  await set(page, 'Epochs', 3000);
  await set(page, 'Patience', 0);
  await page.getByRole('spinbutton', { name: 'Hidden units' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar', { name: 'LSTM' })).toBeVisible();
  await page.getByRole('region', { name: 'Forecast' }).locator('.plot').focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  // what is stopped before an epoch has ended has nothing to look at
  await expect(page.getByRole('region', { name: 'Training' })).toContainText(/best/);
  await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({ timeout: 90_000 });
});
