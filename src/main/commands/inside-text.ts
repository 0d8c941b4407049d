import type { TrackingUnit } from '../../core/inside/texts/tracking';
import type { TextProbe, TextUnits } from '../../core/inside/texts/view';
import type { Lab } from '../lab';
import { figure, table } from '../terminal';
import { print, printJson } from './context';
import { numberOf, type Texts } from './options';

/** `unroll inside RUN` of a language model: a stretch of its own text, or characters given. */
export async function insideText(lab: Lab, run: string, texts: Texts): Promise<number> {
  const asked = { text: texts.text, at: numberOf(texts.at), length: numberOf(texts.length) };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const probe = await lab.call('text.inside', { run, ...given });
  const units = await lab.call('text.units', { run }).catch(() => null);
  if (texts.json) printJson({ version: 1, ...probe, units });
  else print([...inWords(probe), ...(units ? unitsInWords(units) : [])].join('\n'));
  return 0;
}

const shown = (character: string) => JSON.stringify(character).slice(1, -1);
/** Steps in the table at most. */
const shownSteps = 40;

function inWords({ run, epoch, at, lead, steps, of, gradientNorm, layers }: TextProbe): string[] {
  const where =
    at === null ? 'characters given, from a state of zeros' : `from character ${at}, ${lead} read before it`;
  const judged = steps.flatMap(({ nats }) => nats ?? []);
  const mean = judged.reduce((sum, nats) => sum + nats, 0) / judged.length;
  const rows = steps
    .slice(0, shownSteps)
    .map(({ character, entropy, nats, guesses }, t) => [
      shown(character),
      figure(entropy),
      figure(nats),
      guesses.map((guess) => `${shown(guess.character)} ${(100 * guess.p).toFixed(0)}`).join('  '),
      ...layers.map(({ gradient }) => figure(gradient?.h?.[t])),
    ]);
  return [
    `${run}, weights of epoch ${epoch}; ${steps.length} ${where}.`,
    ...(judged.length > 0 ? [`${figure(mean)} nats per character over ${judged.length} that came next.`] : []),
    ...(of === null ? [] : [`Gradient of −ln p after step ${of + 1}: norm ${figure(gradientNorm)} over all weights.`]),
    '',
    table(
      ['read', 'entropy, bits', 'nats', 'likeliest next, %', ...layers.map((_, l) => `‖∂L/∂h‖, layer ${l + 1}`)],
      rows,
    ),
    ...(steps.length > shownSteps ? [`… and ${steps.length - shownSteps} more with --json.`] : []),
  ];
}

export const measuresInWords = {
  line: 'position in the line',
  brackets: 'open brackets',
  quotes: 'inside quotes',
  word: 'position in the word',
  capital: 'in a capitalised word',
  indent: 'indentation of the line',
} as const;

export const unitHeads = ['follows', 'unit', 'r', 'r where it was chosen'];
export const rowOfUnit = ({ layer, quantity, unit, r, found }: TrackingUnit): string[] => [
  `layer ${layer + 1}, ${quantity} of unit ${unit + 1}`,
  figure(r),
  figure(found),
];

function unitsInWords({ tracking, characters, still }: TextUnits): string[] {
  const rows = tracking.map(({ measure, units: [best] }) => [measuresInWords[measure], ...rowOfUnit(best!)]);
  return [
    '',
    `Units that follow ${characters} characters of the test part, chosen on its first half and told of its second:`,
    table(unitHeads, rows),
    ...(still.length > 0 ? [`Not in this text: ${still.map((name) => measuresInWords[name]).join(', ')}.`] : []),
  ];
}
