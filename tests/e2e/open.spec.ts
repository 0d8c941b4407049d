import { expect, openCsv, openExample, ready, salesCsv, test } from './steps';

test('a CSV of one’s own by the file chooser', async ({ lab }) => {
  const { page } = lab;
  await openCsv(lab, 'sales.csv', salesCsv(400));
  await ready(page);
  await expect(page.getByRole('banner')).toContainText('sales.csv');
  await expect(page.getByRole('banner')).toContainText('sales · daily · 400 rows');
  await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue('sales');
});

test('a CSV dropped on the window', async ({ lab }) => {
  const { page } = lab;
  await expect(page.getByRole('button', { name: 'Open CSV' })).toBeVisible();
  const carried = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
    return transfer;
  }, salesCsv(300));
  await page.dispatchEvent('body', 'dragover', { dataTransfer: carried });
  await expect(page.getByText('Drop the CSV to open it')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: carried });
  await ready(page);
  await expect(page.getByRole('banner')).toContainText('dropped.csv');
});

test('a file that cannot be used says why and what to do, and what was open stays', async ({ lab }) => {
  const { page, picture } = lab;
  await openExample(page);
  await openCsv(lab, 'empty.csv', '');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('empty');
  await picture('bad-file');
  await expect(page.getByRole('banner')).toContainText('S&P 500');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);

  await openCsv(lab, 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 1, 2, 3]));
  await expect(alert).toContainText('PNG');
  await expect(alert).toContainText('picture.csv');
  await expect(page.getByRole('banner')).toContainText('S&P 500');
});

test('a setting that does not fit the data is refused where it is made', async ({ lab }) => {
  const { page, picture } = lab;
  await openCsv(lab, 'short.csv', salesCsv(120));
  await ready(page);
  await page.getByRole('spinbutton', { name: 'Lookback' }).fill('400');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await expect(page.getByRole('complementary').getByRole('alert').first()).toContainText('400');
  await picture('refused');
  await page.getByRole('spinbutton', { name: 'Lookback' }).fill('14');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await expect(page.getByRole('complementary').getByRole('alert')).toHaveCount(0);

  for (const name of ['RNN', 'LSTM']) await page.getByRole('checkbox', { name }).uncheck();
  await expect(page.getByText('Choose at least one model.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
});

test('dates that can be read two ways are asked about, and the answer is used', async ({ lab }) => {
  const { page, picture } = lab;
  // the first twelve days of twelve months: no day is over 12
  const days = Array.from(
    { length: 144 },
    (_, i) => `${String((i % 12) + 1).padStart(2, '0')}/${String(Math.floor(i / 12) + 1).padStart(2, '0')}/2023`,
  );
  await openCsv(
    lab,
    'ambiguous.csv',
    `day,sales\n${days.map((day, i) => `${day},${(100 + (i % 12) * 3.5).toFixed(1)}`).join('\n')}\n`,
  );
  const question = page.getByRole('group', { name: 'This file can be read in more than one way' });
  await expect(question.getByRole('button')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await picture('question');
  await question.getByRole('button').first().click();
  await ready(page);
  await expect(question).toHaveCount(0);
});

test('how a file was read can be seen cell by cell, and changed', async ({ lab }) => {
  const { page, picture } = lab;
  await openCsv(
    lab,
    'comma.csv',
    'day;sales\n2023-01-01;1,5\n2023-01-02;oops\n' +
      Array.from(
        { length: 90 },
        (_, i) => `${new Date(Date.UTC(2023, 0, 3 + i)).toISOString().slice(0, 10)};${i % 9},25`,
      ).join('\n'),
  );
  await ready(page);
  await page.getByRole('button', { name: 'Rows and reading' }).click();
  const sheet = page.getByRole('dialog', { name: 'How the file was read' });
  await expect(sheet.getByRole('combobox', { name: 'Delimiter' })).toContainText('Automatic: semicolon');
  await expect(sheet.getByRole('row', { name: '2023-01-01' })).toContainText('1,5');
  await expect(sheet.getByRole('cell', { name: 'oops' }).first()).toHaveClass(/missing/);
  await picture('reading');
  await sheet.getByRole('combobox', { name: 'Decimal sign' }).selectOption(',');
  await expect(sheet.getByRole('combobox', { name: 'Header on line' })).toContainText('Automatic: 1');
  await sheet.getByRole('combobox', { name: 'Header on line' }).selectOption('1');
  await expect(sheet.getByRole('combobox', { name: 'Header on line' })).toHaveValue('1');
  const kind = sheet.getByRole('combobox', { name: 'Kind of column sales' });
  await kind.selectOption('text');
  await expect(sheet.getByRole('alert')).toContainText('No column holds numbers');
  await kind.selectOption('number');
  await expect(sheet.getByRole('alert')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
});

test('what is wrong with a text is said of a text, and what was open stays', async ({ lab }) => {
  const { page } = lab;
  await openExample(page);
  const korean = Buffer.from([0xbe, 0xc8, 0xb3, 0xe7, 0x20]);
  await openCsv(lab, 'mixed.txt', Buffer.concat([Buffer.from('안녕하세요 hello '.repeat(50)), korean]));
  await expect(page.getByRole('alert')).toContainText('The text is not in one encoding');
  await expect(page.getByRole('banner')).toContainText('S&P 500');
});
