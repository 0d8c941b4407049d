import { fileTitled } from '../core/example-names';
import type { LanguageDescription } from '../core/export/language';
import { plainPrime } from '../core/export/language';
import { Formatter } from '../core/format';
import { Random } from '../core/nn/random';
import { say } from '../core/text/sample';
import { encode, strangerIn } from '../core/text/vocabulary';
import { button, element } from './elements';
import { carriedModel, pageReader } from './model';
import { writerWords } from './writer-words';

/**
 * One file that writes: a language model for whoever has a browser. The same beginning, length, temperature, seed and stop
 * give the letters of `unroll sample`. Nothing is fetched, nothing leaves the page (its own policy forbids it).
 */
const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const words = writerWords(language);
const format = new Formatter(navigator.language || 'en');
const { description, weights } = carriedModel<LanguageDescription>();
const { vocabulary, model, dataset, metrics, baselines, split, cell } = description;
const main = document.querySelector('main')!;

/** Letters between two looks at whether something else was asked for. */
const atOnce = 50;

const prime = element('input', { id: 'prime', type: 'text', spellcheck: 'false', autocomplete: 'off' });
const stop = element('input', { id: 'stop', type: 'text', spellcheck: 'false', autocomplete: 'off' });
const numbers = {
  length: element('input', { id: 'length', type: 'number', min: '1', max: '100000', step: '1', value: '400' }),
  temperature: element('input', { id: 'temperature', type: 'number', min: '0', max: '10', step: 'any', value: '0.8' }),
  seed: element('input', { id: 'seed', type: 'number', min: '0', max: '2147483647', step: '1', value: '1' }),
};
const written = element('pre', { id: 'written', role: 'region', 'aria-label': words.written, 'aria-live': 'polite' });
const trouble = element('p', { role: 'alert' });

/** What keeps it from writing, in words; null: nothing. */
function refusal(): string | null {
  for (const [name, { validity, value, min, max }] of Object.entries(numbers))
    if (!validity.valid || value === '') return words.number(words[name as keyof typeof numbers], min, max);
  for (const { value } of [prime, stop]) {
    const stranger = strangerIn(value, vocabulary);
    if (stranger !== null) return words.stranger(stranger);
  }
  return null;
}

let turn = 0;
/** Of several that overlap the last one goes on. */
async function write(): Promise<void> {
  const own = ++turn;
  const refused = refusal();
  trouble.textContent = refused ?? '';
  if (refused !== null) return;
  const reader = await pageReader(model, weights);
  const asked = {
    prime: encode(prime.value || plainPrime(description), vocabulary)!,
    length: numbers.length.valueAsNumber,
    temperature: numbers.temperature.valueAsNumber,
    ...(stop.value !== '' && { stop: encode(stop.value, vocabulary)! }),
  };
  const beginning = element('strong', {}, prime.value);
  const text = document.createTextNode('');
  written.replaceChildren(beginning, text);
  let count = 0;
  for (const token of say(reader, asked, new Random(numbers.seed.valueAsNumber))) {
    text.data += vocabulary[token];
    if (++count % atOnce === 0) await new Promise((resolve) => setTimeout(resolve));
    if (own !== turn) return;
  }
}

function field(name: 'prime' | 'stop' | keyof typeof numbers, input: HTMLElement): HTMLElement {
  return element('label', { for: name }, words[name], input);
}

function begin(): void {
  const pairs = baselines.find(({ name }) => name === 'bigram')?.metrics.test.nats ?? null;
  const { nats, n } = metrics.test;
  document.documentElement.lang = language;
  const file = fileTitled(dataset.file, language);
  document.title = words.title(file);
  main.dataset.cell = cell;
  const form = element(
    'form',
    { class: 'enter' },
    field('prime', prime),
    element(
      'div',
      { class: 'row' },
      ...Object.entries(numbers).map(([name, input]) => field(name as 'seed', input)),
      field('stop', stop),
    ),
    element(
      'div',
      { class: 'row' },
      element('button', { type: 'submit' }, words.write),
      button(words.again, () => {
        numbers.seed.valueAsNumber = (numbers.seed.valueAsNumber || 0) + 1;
        void write();
      }),
    ),
  );
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void write();
  });
  const whole = (value: number) => format.integer(value);
  main.append(
    element('h1', {}, words.title(file)),
    element('p', {}, words.trained(cell.toUpperCase(), whole(model.L), whole(model.H), whole(split.train))),
    element('p', {}, words.judged(format.significant(nats), format.significant(pairs), whole(n))),
    element('section', {}, form, trouble),
    written,
    element('footer', {}, words.offline),
  );
}

begin();
