import type { ClassForecast } from '../core/run';
import { button, type Child, element } from './elements';
import { cell, saveText } from './save';
import type { Words } from './words';

interface Said {
  words: Words;
  moment(time: string | null, step: number): string;
  share(value: number): string;
}

/** The class of the next step, or of every row, the last one first, beside the probability of each. */
export function classAnswer(told: ClassForecast[], names: string[], { words, moment, share }: Said): Child[] {
  const head = [words.time, words.class, ...names.map(words.probability)];
  const number = (value: number) => element('td', {}, element('data', { value: String(value) }, share(value)));
  const rows = told
    .toReversed()
    .map((one) =>
      element(
        'tr',
        {},
        element('td', {}, element('time', one.time === null ? {} : { datetime: one.time }, moment(one.time, one.step))),
        element('td', { class: 'value' }, one.class),
        ...one.probabilities.map(number),
      ),
    );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...rows),
  );
  const save = () => saveText(linesOf(told, names), 'classes.csv');
  return [
    element('div', { class: 'rows' }, table),
    element(
      'div',
      { class: 'row' },
      button(words.save, save),
      button(words.print, () => print()),
    ),
  ];
}

function linesOf(told: ClassForecast[], names: string[]): string {
  const head = ['step', 'time', 'class', ...names.map((name) => cell(`p(${name})`))];
  const lines = told.map((one) => [one.step, one.time ?? '', cell(one.class), ...one.probabilities].join());
  return `${[head.join(), ...lines].join('\n')}\n`;
}
