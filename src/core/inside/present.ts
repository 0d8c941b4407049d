import { classesOf } from './classes';
import type { LayerView } from './look';
import { halfLives, saturation } from './measures';
import type { AskedName, QuantityName } from './reading';
import type { EpochLook, LookAnswer, Radii } from './request';
import { type Aim, forecastOf, inputsOf, type Subject, targetsOf, windowOf } from './subject';
import type { Contributions } from './through-time';
import { timesOf } from './times';
import type { Edit, InsideContributions, InsideEpochs, InsideLayer, InsideProbe, Num } from './view';

const num = (value: number | null | undefined): Num =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;
const nums = (values: ArrayLike<number>): Num[] => Array.from(values, num);

/** [rows][width] of a flat array. */
function matrix(values: Float64Array, rows: number): Num[][] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, t) => nums(values.subarray(t * width, (t + 1) * width)));
}

/** What the trainer found of one window, as it is told. */
export function probeOf(
  subject: Subject,
  aim: Aim,
  edits: Edit[],
  { epoch, epochs, quantities }: { epoch: number; epochs: number[]; quantities?: AskedName[] },
  { view, radius, forecast }: LookAnswer & { type: 'window' },
): InsideProbe {
  const { record } = subject;
  const { settings, model, bestEpoch, cell } = record;
  const window = windowOf(subject, aim, edits);
  const back = radius !== null;
  const { at, range, lookback, column } = aim;
  const targets = targetsOf(subject);
  return {
    run: record.id,
    cell,
    model,
    epoch,
    bestEpoch,
    epochs,
    at,
    range,
    lookback,
    target: targets[column]!,
    targets,
    trained: { lookback: settings.lookback, tbptt: settings.tbptt, clip: settings.clip },
    times: timesOf(subject, aim),
    inputs: inputsOf(subject, aim, window, edits),
    forecast: forecastOf(subject, aim, forecast, edits),
    classes: classesOf(subject, aim, forecast, edits.length > 0),
    of: back ? (view.loss === null ? 'forecast' : 'loss') : null,
    loss: num(view.loss),
    gradientNorm: num(view.gradientNorm),
    stacks: view.stacks.map(({ name, task, way, layers }, s) => ({
      name,
      ...(task !== undefined && { task: targets[task]! }),
      ...(way && { way }),
      steps: layers[0]!.steps,
      layers: layers.map((layer, l) => ({
        ...layerOf(record.model, layer, radius?.[s]?.[l] ?? null, quantities),
        ...entrancesOf(layer, targets, quantities),
      })),
    })),
    attention: view.attention && matrix(view.attention, model.decoder?.steps ?? 1),
  };
}

function entrancesOf(
  { entrances, steps }: LayerView,
  targets: string[],
  quantities?: AskedName[],
): Pick<InsideLayer, 'entrances'> {
  if (!entrances || quantities?.includes('entrances') === false) return {};
  const told = entrances.map(({ from, gate }) => ({
    task: from === 'common' ? null : targets[from]!,
    gate: matrix(gate, steps),
  }));
  return { entrances: told };
}

/** One layer as it is told. */
export function layerOf(
  { cell, activation }: InsideProbe['model'],
  layer: LayerView,
  radius: Radii | null,
  quantities?: AskedName[],
): InsideLayer {
  const { steps, h, c, a, gates, gradient } = layer;
  const all: [QuantityName, Float64Array | null | undefined][] = [
    ['h', h],
    ['c', c],
    ['a', a],
    ...(Object.entries(gates) as [QuantityName, Float64Array][]),
  ];
  const states: InsideLayer['states'] = {};
  for (const [name, values] of all)
    if (values && (quantities?.includes(name) ?? true)) states[name] = matrix(values, steps);
  const shares = cell === 'rnn' ? saturation(activation, layer, layer.y ?? h) : null;
  const lives = halfLives(cell, layer);
  return {
    states,
    saturated: shares && {
      share: shares.reduce((sum, share) => sum + share, 0) / steps,
      steps: nums(shares) as number[],
    },
    halfLife: lives && { gate: cell === 'lstm' ? 'f' : 'z', steps: nums(lives) },
    gradient: gradient && {
      h: gradient.h && nums(gradient.h),
      c: gradient.c && nums(gradient.c),
      recurrent: contributions(gradient.recurrent),
      input: contributions(gradient.input),
    },
    radius: radius && radii(radius),
  };
}

const contributions = ({ norm, share, total }: Contributions): InsideContributions => ({
  norm: nums(norm),
  share: nums(share),
  total: num(total),
});
const radii = (radius: Radii): InsideLayer['radius'] =>
  Object.fromEntries(Object.entries(radius).map(([name, value]) => [name, num(value)]));

/** The same window under each kept epoch's weights, as it is told. */
export function epochsOf(run: string, at: number, epochs: number[], looks: EpochLook[]): InsideEpochs {
  return {
    run,
    at,
    epochs: looks.map(({ loss, gradientNorm, stacks }, i) => ({
      epoch: epochs[i]!,
      loss: num(loss),
      gradientNorm: num(gradientNorm),
      stacks: stacks.map(({ name, layers }) => ({
        name,
        layers: layers.map(({ radius }) => ({ radius: radii(radius) })),
        gradient: layers.map(({ gradient }) => gradient && nums(gradient)),
      })),
    })),
  };
}
