import type { LabelProbe } from '../../core/inside/texts/labels';
import type { Lab } from '../lab';
import { figure, table } from '../terminal';
import { print, printJson } from './context';
import { numberOf, type Texts } from './options';

/** `unroll inside RUN` of a model that labels texts: one of its own texts, or one that is given. */
export async function insideLabels(lab: Lab, run: string, texts: Texts): Promise<number> {
  const asked = { text: texts.text, example: numberOf(texts.at) };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const probe = await lab.call('labelled.inside', { run, ...given });
  if (texts.json) printJson({ version: 1, ...probe });
  else print(inWords(probe));
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
