import { expect, openCsv, test } from './steps';

test('sentences are tagged: understood, trained, judged beside counting, and one that is typed in', async ({ lab }) => {
  const { page, picture } = lab;
  await page.getByRole('button', { name: 'Sentences with a tag for every word' }).click();
  const bench = page.getByRole('main', { name: 'Tagging' });
  await expect(bench.getByText(/2,000 sentences · 11 tags/)).toBeVisible();
  await expect(bench.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveCount(11);
  for (const name of ['RNN', 'LSTM']) await bench.getByRole('checkbox', { name }).check();
  await bench.getByLabel('Hidden units').fill('16');
  await bench.getByLabel('Epochs').fill('4');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();

  const models = bench.getByRole('table', { name: 'Models' });
  // a heading, two networks and two baselines
  await expect(models.getByRole('row')).toHaveCount(5, { timeout: 60_000 });
  const accuracyOf = async (name: RegExp) =>
    Number((await models.getByRole('row', { name }).getByRole('cell').nth(1).textContent())?.replace('%', ''));
  expect(await accuracyOf(/Most frequent tag/)).toBeGreaterThan(await accuracyOf(/Commonest label/));
  expect(await accuracyOf(/Show LSTM/)).toBeGreaterThan(await accuracyOf(/Most frequent tag/));
  await expect(bench.getByRole('status', { name: 'Verdict' })).toContainText(
    'beats the most frequent tag of each word',
  );
  await expect(bench.getByRole('table', { name: /^Confusion/ })).toBeVisible();

  await bench.getByRole('textbox', { name: 'Sentence' }).fill('they walk to the green walk .');
  await bench.getByRole('button', { name: 'Tag', exact: true }).click();
  const answer = bench.getByRole('group', { name: 'Answer' });
  await expect(answer.locator('strong')).toHaveText(['PRON', 'VERB', 'ADP', 'DET', 'ADJ', 'NOUN', 'PUNCT']);
  await picture('tagging');

  await bench.getByRole('button', { name: 'Export model…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Take a model along' });
  await expect(sheet.getByRole('radio')).toHaveCount(3);
  await expect(sheet.getByRole('radio', { name: 'HTML tagger' })).toBeVisible();
  const download = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Save' }).click();
  expect((await download).suggestedFilename()).toMatch(/sentences-(rnn|lstm)-onnx\.zip$/);
  await expect(sheet.getByRole('status')).toContainText(/within \d\.\de-\d of the lab’s own, relative, on 200 texts/);
  await picture('tagging-export');
  await page.keyboard.press('Escape');

  await bench.getByRole('button', { name: 'Close texts' }).click();
  await page.getByRole('button', { name: 'S&P 500' }).click();
  await page.getByRole('tab', { name: /^Runs/ }).click();
  await page.getByRole('button', { name: /^Show LSTM, example:sentences/ }).click();
  await expect(bench.getByRole('status', { name: 'Verdict' })).toContainText('beats the most frequent tag');
});

test('a table of texts and labels is classified, with other columns and in Korean', async ({ lab }) => {
  const { page, picture } = lab;
  const rows = Array.from({ length: 240 }, (_, i) => {
    const denied = i % 2 === 1;
    const kind = i % 3 !== 0;
    const word = kind !== denied ? ['good', 'fine', 'great'][i % 3] : ['bad', 'poor', 'dull'][i % 3];
    return `${i},"the ${['soup', 'film', 'room', 'song', 'play'][i % 5]}, number ${i}, was ${denied ? 'not' : 'very'} ${word}",${kind ? 'pos' : 'neg'},${i % 4 ? 'web' : 'shop'}`;
  });
  await openCsv(lab, 'opinions.csv', `id,text,label,place\n${rows.join('\n')}\n`);
  const bench = page.getByRole('main', { name: 'Classification of texts' });
  await expect(bench.getByText(/240 texts · 2 classes/)).toBeVisible();
  await bench.getByRole('combobox', { name: 'Classes in column' }).selectOption('place');
  await expect(bench.getByRole('list', { name: 'Classes' })).toContainText('web');
  await bench.getByRole('combobox', { name: 'Classes in column' }).selectOption('label');
  await expect(bench.getByRole('list', { name: 'Classes' })).toContainText('pos');
  await bench.getByLabel('Hidden units').fill('16');
  await bench.getByLabel('Epochs').fill('6');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();
  const models = bench.getByRole('table', { name: 'Models' });
  await expect(models.getByRole('row')).toHaveCount(4, { timeout: 60_000 });
  await expect(models.getByRole('row', { name: /Bag of words/ })).toBeVisible();
  await bench.getByRole('textbox', { name: 'Text' }).fill('the soup was very good');
  await bench.getByRole('button', { name: 'Classify', exact: true }).click();
  await expect(bench.getByRole('group', { name: 'Answer' }).getByRole('listitem')).toHaveCount(2);
  await picture('classification');
  await page
    .getByRole('button', { name: /한국어|Language/ })
    .first()
    .click();
  await expect(page.getByRole('main', { name: '텍스트 분류' })).toBeVisible();
  await picture('classification-ko');
});

test('what is wrong with a file of tags is said, and what was open stays', async ({ lab }) => {
  const { page } = lab;
  await openCsv(lab, 'words.tsv', 'the\tD\ndog\tN\nthe\tD\ncat\tN\na\tD\ncow\tN\n');
  await expect(page.getByRole('alert')).toContainText('no empty line parts one sentence from the next');
});
