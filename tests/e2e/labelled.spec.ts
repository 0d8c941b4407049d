import { barsNobody } from './axe';
import { expect, openCsv, savedPicture, test } from './steps';

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
  await openCsv(lab, 'blank.txt', ' \n\n');
  await expect(page.getByRole('alert')).toContainText('The file holds no text.');
  // tags that never come again are still tags, and nothing to learn
  const words = (i: number) => ['the', 'dog', 'runs', '.'].map((word, w) => `${word}\tT${4 * i + w}\n`).join('');
  await openCsv(lab, 'unique.tsv', Array.from({ length: 30 }, (_, i) => words(i)).join('\n'));
  const bench = page.getByRole('main', { name: 'Tagging' });
  await expect(bench.getByText('Hardly any tag comes again: 120 different ones among 120.')).toBeVisible();
  await expect(bench.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await expect(page.getByRole('alert').filter({ hasText: 'No column holds numbers' })).toHaveCount(0);
});

test('a tagger is looked into: coloured by a unit, units ranked, what it says of each word, and text of one’s own', async ({
  lab,
}) => {
  const { page, picture } = lab;
  await page.getByRole('button', { name: 'Sentences with a tag for every word' }).click();
  const bench = page.getByRole('main', { name: 'Tagging' });
  await expect(bench.getByRole('button', { name: 'Inside', exact: true })).toBeDisabled();
  await bench.getByLabel('Hidden units').fill('16');
  await bench.getByLabel('Epochs').fill('3');
  await bench.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(bench.getByRole('button', { name: /^Show / })).toBeVisible({ timeout: 60_000 });
  const curves = await savedPicture(bench, 'Cross-entropy by epoch');
  for (const word of ['LSTM', 'epoch', 'nats per label']) expect(curves.words).toContain(word);
  await bench.getByRole('button', { name: 'Inside', exact: true }).click();
  const inside = bench.getByRole('region', { name: 'Inside the model of labelled texts' });
  const text = inside.getByRole('slider', { name: /^The text, coloured by the/ });
  const pieces = text.locator('.piece');
  const words = () => pieces.evaluateAll((all) => all.map((one) => one.firstChild?.textContent?.trim()));
  const colours = () => pieces.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  await expect(text).toBeVisible();

  // a unit that is chosen colours the text
  const ranked = inside.getByRole('region', { name: 'Units that follow something' });
  await expect(ranked.getByRole('heading', { name: 'NOUN' })).toBeVisible();
  await expect(ranked.getByRole('heading', { name: 'place in the sentence' })).toBeVisible();
  await expect(ranked.getByRole('button').first()).toContainText(/r = −?[01]\.\d\d/);
  const before = await colours();
  expect(new Set(before).size).toBeGreaterThan(2);
  await ranked.getByRole('button').last().click();
  await expect.poll(colours).not.toEqual(before);

  // another sentence of the test part; by the keyboard, with probabilities of the tag
  const first = await words();
  await inside.getByLabel('Sentence of the test part').fill('2');
  await inside.getByLabel('Sentence of the test part').press('Enter');
  await expect.poll(words).not.toEqual(first);
  await picture('tagging-inside');
  const read = await savedPicture(inside, 'The text, coloured by');
  expect(read.whole).toBe(true);
  for (const word of await words()) expect(read.words).toContain(word);
  const units = await savedPicture(inside, 'hidden state of 16 units over time');
  expect(units.whole).toBe(true);
  for (const word of ['unit 16', 'text read', 'hidden state', ...(await words())]) expect(units.words).toContain(word);

  // what it says is what it tells of the same sentence
  await inside.getByLabel('Or text of your own').fill('they walk to the green walk .');
  await expect.poll(words).toEqual(['they', 'walk', 'to', 'the', 'green', 'walk', '.', '(end)']);
  await text.press('Home');
  const says = inside.getByRole('region', { name: 'Tag said here' });
  await expect(says).toContainText('No tag is said yet');
  const said: string[] = [];
  for (const word of ['they', 'walk', 'to', 'the', 'green', 'walk', '.']) {
    await text.press('ArrowRight');
    await expect(says).toContainText(`of “${word}”`);
    await expect(says.getByRole('listitem')).toHaveCount(6);
    said.push((await says.getByRole('listitem').first().innerText()).replace(/\s+/g, ' '));
  }
  expect(await text.getAttribute('aria-valuetext')).toMatch(/of “\.”: /);
  expect(await pieces.locator('small').allInnerTexts()).toEqual([...said.map((one) => one.split(' ')[0]), '']);
  await inside.getByText('As a table').click();
  await expect(inside.getByRole('table').getByRole('row')).toHaveCount(9);
  await inside.getByText('As a table').click();
  await barsNobody(page, 'inside a tagger', '.inside');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('tagging-inside-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('slider', { name: /칠한 글$/ })).toBeVisible();
  await picture('tagging-inside-small-korean');
  await page.getByRole('button', { name: 'English' }).click();

  await bench.getByRole('button', { name: 'Learning', exact: true }).click();
  await bench.getByRole('textbox', { name: 'Sentence' }).fill('they walk to the green walk .');
  await bench.getByRole('button', { name: 'Tag', exact: true }).click();
  const answer = bench.getByRole('group', { name: 'Answer' });
  await expect(answer.locator('strong')).toHaveText(said.map((one) => one.split(' ')[0]!));
  const shares = await answer.locator('.word .number').allInnerTexts();
  // one shows a digit more than the other
  shares.forEach((share, w) => {
    expect(Math.abs(Number.parseFloat(share) - Number.parseFloat(said[w]!.split(' ')[1]!))).toBeLessThanOrEqual(0.55);
  });
});
