import type { LabelledDescription } from '../core/export/labelled';
import { Formatter } from '../core/format';
import type { ReadText } from '../core/text/labelled/lesson';
import { tellTexts } from '../core/text/labelled/tell';
import { tokensOf, wordsOf } from '../core/text/labelled/words';
import { type Child, element } from './elements';
import { labellerWords } from './labeller-words';
import { carriedModel, pageLabeller } from './model';
import { pasteAtOnce } from './paste';

/**
 * One file that tags or classifies: texts are typed or pasted, one a line, and what `unroll predict` says of them stands below.
 * Nothing is fetched, nothing leaves the page (its own policy forbids it).
 */
const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const words = labellerWords(language);
const format = new Formatter(navigator.language || 'en');
const { description, weights } = carriedModel<LabelledDescription>();
const { kind, labels, lexicon, settings, dataset, metrics, baselines, split, cell, model } = description;
const tagging = kind === 'tagging';
const main = document.querySelector('main')!;
const control = { breathe: async () => {} };

/** Lines that are answered at most. */
const mostLines = 500;

const field = element('textarea', { id: 'texts', spellcheck: 'false' });
const answer = element('section', { 'aria-live': 'polite', 'aria-label': words.answer });

let turn = 0;
/** Of several that overlap the last one counts. */
async function show(): Promise<void> {
  const own = ++turn;
  const lines = field.value.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const content = await answerTo(lines).catch((thrown): Child[] => [alarm(`${words.broken}: ${thrown}`)]);
  if (own === turn) answer.replaceChildren(...content);
}

const alarm = (text: string) => element('p', { role: 'alert' }, text);

async function answerTo(lines: string[]): Promise<Child[]> {
  const shown = lines.slice(0, mostLines);
  if (shown.length === 0) return [];
  const texts = shown.map((line): ReadText => {
    const tokens = tagging ? wordsOf(line) : tokensOf({ content: line }, settings.input);
    return { tokens, codes: tagging ? tokens.map(() => -1) : [-1] };
  });
  const engine = await pageLabeller();
  const { probabilities } = await tellTexts({ engine, model, weights }, texts, { kind, lexicon, settings }, control);
  let i = 0;
  const told = texts.map(({ codes }) =>
    codes.map(() => probabilities.subarray(i * labels.length, ++i * labels.length)),
  );
  const notes = [
    ...(lines.length > mostLines ? [words.many(format.integer(mostLines))] : []),
    ...(!tagging && texts.some(({ tokens }) => tokens.length > settings.length)
      ? [words.cut(format.integer(settings.length))]
      : []),
  ].map((note) => element('p', {}, note));
  if (tagging)
    return [
      ...notes,
      ...texts.map(({ tokens }, n) => tableOf(words.sentence(format.integer(n + 1)), words.word, tokens, told[n]!)),
    ];
  return [...notes, tableOf(words.answer, words.text, shown, told.flat())];
}

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
  const [first, second] = Array.from(p.keys()).sort((a, b) => p[b]! - p[a]!);
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
  document.title = words.title(kind, dataset.file);
  main.dataset.cell = cell;
  field.addEventListener('input', () => void show());
  pasteAtOnce(field);
  main.append(
    element('h1', {}, words.title(kind, dataset.file)),
    element('p', {}, words.trained(cell.toUpperCase(), whole(model.L), whole(model.H), whole(split.train))),
    element('p', {}, words.judged(format.percent(accuracy, 1), format.percent(better, 1), whole(n))),
    element('section', { class: 'enter' }, element('label', { for: 'texts' }, words.paste[kind]), field),
    answer,
    element('footer', {}, words.offline),
  );
}

begin();
