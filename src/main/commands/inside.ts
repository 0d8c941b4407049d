import type { InsideLayer, InsideProbe, InsideStack } from '../../core/inside/view';
import { isLabelled } from '../../core/text/any-record';
import { findRun } from '../find-run';
import { isText } from '../store';
import { figure, table } from '../terminal';
import { openLab, print, printJson } from './context';
import { insideLabels } from './inside-labels';
import { insideText } from './inside-text';
import { numberOf, type Texts } from './options';

/** `unroll inside RUN`: what the trained network does with one window, and what comes back through it. */
export async function inside(run: string, texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const { at, target } = texts;
  const asked = { at, target, epoch: numberOf(texts.epoch), lookback: numberOf(texts.lookback) };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  try {
    const id = await findRun(store, run);
    const record = await store.any(id);
    if (isText(record)) return await (isLabelled(record) ? insideLabels : insideText)(lab, id, texts);
    // checked at the Lab's door as whatever a page sends
    const probe = await lab.call('inside.probe', { run: id, ...given });
    if (texts.json) printJson({ version: 1, ...probe });
    else print(inWords(probe));
    return 0;
  } finally {
    lab.close();
  }
}

function inWords(probe: InsideProbe): string {
  const { run, epoch, lookback, times, at, stacks, of, gradientNorm, target, targets } = probe;
  const span = times ? `${times[0]} to ${times.at(-1)}` : `rows ${at - lookback + 1} to ${at}`;
  const lines = [
    `${run}, weights of epoch ${epoch}; window of ${lookback} steps, ${span}.`,
    ...(targets.length > 1 ? [`Forecast and loss of ${target}, one of ${targets.join(', ')}.`] : []),
    `Gradient of the ${of === 'loss' ? 'loss' : probe.classes ? 'likeliest class' : 'mean forecast'}: norm ${figure(gradientNorm)} over all weights.`,
    '',
    forecastTable(probe),
  ];
  for (const stack of stacks)
    for (const [l, layer] of stack.layers.entries())
      lines.push('', ...layerInWords(stackInWords(stack, l + 1), layer, stack.steps, probe));
  return lines.join('\n');
}

/** Of a common layer there is one in each direction. */
function stackInWords({ name, task, way }: InsideStack, layer: number): string {
  if (way) return `common layer, ${way}`;
  return task === undefined ? `${name}, layer ${layer}` : `task ${task}, layer ${layer}`;
}

function forecastTable({ forecast, classes }: InsideProbe): string {
  const signed = (step: number) => (step > 0 ? `+${step}` : String(step));
  if (!classes)
    return table(
      ['time', 'forecast', 'actual'],
      forecast.map(({ step, time, value, actual }) => [time ?? signed(step), figure(value), figure(actual)]),
    );
  return table(
    ['time', ...classes.names.map((name) => `${name}, %`), 'actual'],
    classes.steps.map(({ step, time, probabilities, actual }) => [
      time ?? signed(step),
      ...probabilities.map((value) => figure(percent(value))),
      actual ?? '–',
    ]),
  );
}

/** Rows of a table shown at most: the first, the last and those between evenly. */
const shownSteps = 12;

function layerInWords(
  name: string,
  layer: InsideLayer,
  steps: number,
  { times, model }: Pick<InsideProbe, 'times' | 'model'>,
): string[] {
  // a network without memory has no W_hh
  const plain = model.memory === 'none';
  const { states, saturated, halfLife, gradient, radius } = layer;
  const facts = [`${name}: ${Object.keys(states).join(', ')} of ${states.h![0]!.length} units`];
  if (radius && !plain) {
    const parts = Object.entries(radius).map(([block, value]) => `${block} ${figure(value)}`);
    facts.push(`spectral radius of W_hh: ${parts.join(', ')}`);
  }
  if (saturated) facts.push(`saturated: ${figure(100 * saturated.share)}% of all states`);
  if (halfLife) {
    const sorted = halfLife.steps.filter((value) => value !== null).sort((a, b) => a - b);
    const [low, middle, high] = [0, 0.5, 1].map((q) => figure(sorted[Math.round(q * (sorted.length - 1))]));
    facts.push(`half of a unit's memory is gone after ${low} to ${high} steps, median ${middle} (by ${halfLife.gate})`);
  }
  for (const { task, gate } of layer.entrances ?? []) {
    const all = gate.flat().map((value) => value ?? Number.NaN);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    facts.push(
      `gate for ${task === null ? 'the common layer' : `the state of ${task}`}: open by ${figure(mean)} on average`,
    );
  }
  const stride = Math.max(1, Math.ceil(steps / shownSteps));
  const rows = Array.from({ length: steps }, (_, t) => t)
    .filter((t) => (steps - 1 - t) % stride === 0)
    .map((t) => [
      steps === times?.length ? times[t]! : String(t + 1),
      figure(Math.hypot(...states.h![t]!.map((value) => value ?? Number.NaN))),
      figure(gradient?.h?.[t]),
      ...(plain ? [] : [figure(gradient?.recurrent.norm[t]), figure(gradient && percent(gradient.recurrent.share[t]))]),
    ]);
  const back = plain ? [] : ['part of ∂L/∂W_hh', 'share, %'];
  return [...facts, table(['step', '‖h‖', '‖∂L/∂h‖', ...back], rows)];
}

const percent = (share: number | null | undefined) => (share === null || share === undefined ? null : 100 * share);
