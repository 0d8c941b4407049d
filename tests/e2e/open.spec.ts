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
