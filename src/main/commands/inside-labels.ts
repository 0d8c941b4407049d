import type { LabelUnits } from '../../core/inside/texts/label-units';
import type { LabelProbe } from '../../core/inside/texts/labels';
import type { Lab } from '../lab';
import { figure, table } from '../terminal';
import { print, printJson } from './context';
import { rowOfUnit, unitHeads } from './inside-text';
import { numberOf, type Texts } from './options';

/** `unroll inside RUN` of a model that labels texts: one of its own texts, or one that is given. */
export async function insideLabels(lab: Lab, run: string, texts: Texts): Promise<number> {
  const asked = { text: texts.text, example: numberOf(texts.at) };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const probe = await lab.call('labelled.inside', { run, ...given });
  const units = await lab.call('labelled.units', { run }).catch(() => null);
  if (texts.json) printJson({ version: 1, ...probe, units });
  else print([inWords(probe), ...(units ? unitsInWords(units) : [])].join('\n'));
  return 0;
}

function inWords({
  run,
  epoch,
  example,
  kind,
  delay,
  left,
  steps,
  of,
  loss,
  gradientNorm,
  layers,
}: LabelProbe): string {
  const tagging = kind === 'tagging';
  const rows = steps.map(({ token, known, word, label, probabilities, entropy, actual }, t) => [
    token === null ? '(end)' : known ? token : `${token} *`,
    ...(tagging ? [word === null ? '' : (steps[word]!.token ?? '')] : []),
    tagging && word === null ? '' : label,
    tagging && word === null ? '' : figure(Math.max(...probabilities)),
    tagging && word === null ? '' : figure(entropy),
    actual ?? '',
    ...layers.map(({ gradient }) => figure(gradient?.h?.[t])),
  ]);
  const which = example === null ? 'a text that was given' : `text ${example} of the test part`;
  const heads = ['probability', 'entropy, bits', 'is', ...layers.map((_, l) => `‖∂L/∂h‖, layer ${l + 1}`)];
  return [
    `${run}, weights of epoch ${epoch}; ${which}${left > 0 ? `, the last ${left} of it not read` : ''}.`,
    `Gradient of −ln p(${of.label}) after step ${of.step + 1}: loss ${figure(loss)}, norm ${figure(gradientNorm)} over all weights.`,
    ...(tagging && delay > 0 ? [`A tag is said ${delay} later than its word is read.`] : []),
    ...(steps.some(({ token, known }) => token !== null && !known) ? ['* not in the vocabulary.'] : []),
    '',
    table(tagging ? ['read', 'word', 'tag', ...heads] : ['read', 'class so far', ...heads], rows),
  ].join('\n');
}

const measuresInWords = { position: 'place in the sentence', unknown: 'word is not in the vocabulary' } as const;

function unitsInWords({ tracking, said, texts, still }: LabelUnits): string[] {
  const named = (measure: LabelUnits['still'][number]) =>
    measure.name === 'label' ? measure.label : measuresInWords[measure.name];
  return [
    '',
    `Units that follow ${said} labels said of ${texts} texts of the test part, chosen on its first half and told of its second:`,
    table(
      unitHeads,
      tracking.map(({ measure, units: [best] }) => [named(measure), ...rowOfUnit(best!)]),
    ),
    ...(still.length > 0 ? [`Not in both halves of these texts: ${still.map(named).join(', ')}.`] : []),
  ];
}
