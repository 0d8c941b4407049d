import { explain, LabError } from '../core/errors';
import { fileTitled } from '../core/example-names';
import type { LabelledDescription } from '../core/export/labelled';
import { Formatter } from '../core/format';
import type { ReadText } from '../core/text/labelled/lesson';
import { readPlain } from '../core/text/labelled/plain';
import { tellTexts } from '../core/text/labelled/tell';
import { tokensOf, wordsOf } from '../core/text/labelled/words';
import { readText } from '../core/text/read';
import { button, type Child, element } from './elements';
import { dropping, fileField } from './files';
import { type LabellerWords, labellerWords } from './labeller-words';
import { carriedModel, pageLabeller } from './model';
import { pasteAtOnce } from './paste';
import { cell as cellOf, saveText } from './save';

/**
 * One file that tags or classifies: texts are typed or pasted, one a line, or come as a file, and what `unroll predict` says of
 * them stands below. Nothing is fetched, nothing leaves the page (its own policy forbids it).
 */
const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const words: LabellerWords = labellerWords(language);
const format = new Formatter(navigator.language || 'en');
const { description, weights } = carriedModel<LabelledDescription>();
const { kind, labels, lexicon, settings, dataset, metrics, baselines, split, cell, model } = description;
const tagging = kind === 'tagging';
const main = document.querySelector('main')!;
const control = { breathe: () => new Promise<void>((resolve) => setTimeout(resolve)) };

/** Texts that are shown at most; all of them are saved. */
const mostShown = 500;

/** A text as it is shown and as it is read. */
interface Given extends ReadText {
  text: string;
}

const field = element('textarea', { id: 'texts', spellcheck: 'false' });
const answer = element('section', { 'aria-live': 'polite', 'aria-label': words.answer });

let turn = 0;
/** Of several that overlap the last one counts. */
async function show(content: () => Promise<Child[]>): Promise<void> {
  const own = ++turn;
  const shown = await content().catch(trouble);
  if (own === turn) answer.replaceChildren(...shown);
}

function trouble(thrown: unknown): Child[] {
  if (!(thrown instanceof LabError)) return [alarm(`${words.broken}: ${thrown}`)];
  const { message, remedy } = explain(thrown.code, thrown.facts, language);
  // what a command line can do about it is no remedy here
  return [alarm(remedy.includes('--') ? message : `${message} ${remedy}`)];
}
const alarm = (text: string) => element('p', { role: 'alert' }, text);

function take(text: string, content: string | string[]): Given {
  const tokens = typeof content === 'string' ? tokensOf({ content }, settings.input) : content;
  return { text, tokens, codes: tagging ? tokens.map(() => -1) : [-1] };
}

const ofLines = (): Given[] =>
  field.value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => take(line, tagging ? wordsOf(line) : line));

async function ofFile(file: File): Promise<Given[]> {
  const { text } = readText(new Uint8Array(await file.arrayBuffer()));
  return readPlain(text, description, {}).map(({ content }) =>
    take(typeof content === 'string' ? content : content.join(' '), content),
  );
}

function takeFile(file: File): void {
  field.value = '';
  void show(async () => {
    const texts = await ofFile(file);
    return [element('p', {}, words.read(file.name, format.integer(texts.length))), ...(await answerTo(texts))];
  });
}

async function answerTo(texts: Given[]): Promise<Child[]> {
  if (texts.length === 0) return [];
  const engine = await pageLabeller();
  const { probabilities } = await tellTexts({ engine, model, weights }, texts, { kind, lexicon, settings }, control);
  let i = 0;
  const told = texts.map(({ codes }) =>
    codes.map(() => probabilities.subarray(i * labels.length, ++i * labels.length)),
  );
  const notes = [
    ...(texts.length > mostShown ? [words.many(format.integer(mostShown))] : []),
    ...(!tagging && texts.some(({ tokens }) => tokens.length > settings.length)
      ? [words.cut(format.integer(settings.length))]
      : []),
  ].map((note) => element('p', {}, note));
  const shown = texts.slice(0, mostShown);
  const tables = tagging
    ? shown.map(({ tokens }, n) => tableOf(words.sentence(format.integer(n + 1)), words.word, tokens, told[n]!))
    : [
        tableOf(
          words.answer,
          words.text,
          shown.map(({ text }) => text),
          told.slice(0, mostShown).flat(),
        ),
      ];
  return [...notes, saving(texts, told), ...tables];
}

const saving = (texts: Given[], told: Float32Array[][]): Node =>
  element(
    'div',
    { class: 'row' },
    button(words.save, () => saveText(linesOf(texts, told), tagging ? 'tags.csv' : 'classes.csv')),
  );

/** A line for each thing that has a label: the sentence it stands in, the label, and the probability of each. */
function linesOf(texts: Given[], told: Float32Array[][]): string {
  const head = [
    ...(tagging ? ['sentence', 'word', 'tag'] : ['text', 'class']),
    ...labels.map((name) => cellOf(`p(${name})`)),
  ];
  const lines = texts.flatMap(({ text, tokens }, n) =>
    told[n]!.map((p, t) =>
      [...(tagging ? [n + 1, cellOf(tokens[t]!)] : [cellOf(text)]), cellOf(labels[likeliest(p)[0]!]!), ...p].join(),
    ),
  );
  return `${[head.join(), ...lines].join('\n')}\n`;
}

/** Labels by their numbers, the likeliest first. */
const likeliest = (p: Float32Array): number[] => Array.from(p.keys()).sort((a, b) => p[b]! - p[a]!);

/** A row for each thing that has a label. */
function tableOf(label: string, what: string, things: string[], told: Float32Array[]): Node {
  const heads = [what, words.label[kind], words.probability, words.next];
  return element(
    'div',
    { class: 'rows' },
    element(
      'table',
      { 'aria-label': label },
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...things.map((thing, t) => rowOf(thing, told[t]!))),
    ),
  );
}

function rowOf(thing: string, p: Float32Array): Node {
  const [first, second] = likeliest(p);
  const share = (code: number) => element('data', { value: String(p[code]) }, format.percent(p[code]!, 1));
  return element(
    'tr',
    {},
    element('td', { class: 'text' }, thing),
    element('td', { class: 'value' }, labels[first!]!),
    element('td', {}, share(first!)),
    element('td', {}, ...(second === undefined ? [] : [`${labels[second]} `, share(second)])),
  );
}

function begin(): void {
  const accuracies = baselines.flatMap(({ metrics: { test } }) => test.accuracy ?? []);
  const better = accuracies.length > 0 ? Math.max(...accuracies) : null;
  const { accuracy, n } = metrics.test;
  const whole = (value: number) => format.integer(value);
  document.documentElement.lang = language;
  document.title = words.title(kind, fileTitled(dataset.file, language));
  main.dataset.cell = cell;
  field.addEventListener('input', () => void show(async () => answerTo(ofLines())));
  pasteAtOnce(field);
  main.append(
    element('h1', {}, document.title),
    element('p', {}, words.trained(cell.toUpperCase(), whole(model.L), whole(model.H), whole(split.train))),
    element('p', {}, words.judged(format.percent(accuracy, 1), format.percent(better, 1), whole(n))),
    element(
      'section',
      { class: 'enter' },
      element('label', { for: 'texts' }, words.paste[kind]),
      field,
      element(
        'div',
        { class: 'row' },
        fileField(words.choose, '.txt,.csv,.tsv,.conllu,text/plain,text/csv', takeFile),
        element('span', { class: 'hint' }, words.drop[kind]),
      ),
    ),
    answer,
    element('footer', {}, words.offline),
  );
  dropping(takeFile);
}

begin();
