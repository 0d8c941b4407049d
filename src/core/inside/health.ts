import type { Lesson } from '../forecast/lesson';
import type { Engine, Trained, Weights } from '../learn/engine';
import type { ModelSpec } from '../nn/model';
import type { LayerView, LookWindow, NetworkView } from './look';
import { saturation } from './measures';

/** What a training suffers from: codes and facts of the catalogue. */
export type Health = { code: string; facts: Record<string, string | number> }[];

interface Patient {
  engine: Engine;
  model: ModelSpec;
  weights: Weights;
  lesson: Pick<Lesson, 'table' | 'settings'>;
}

/** Windows looked at, evenly over the training part: the test part has no say in it. */
const looked = 3;
/** A gradient under this share of the largest has died; over its inverse from the last step to the first, it explodes. */
const dead = 0.01;
/** Steps in which a gradient can be said to die. */
const leastSteps = 8;
/** More saturated than this is too much; of ReLU, whose zeros are no fault in themselves, nearly all. */
const muchSaturated = { tanh: 0.5, sigmoid: 0.5, relu: 0.95 };

/** Exploding and vanishing gradients, saturation, and what was not finite. */
export function healthOf(patient: Patient, trouble: Trained['trouble'] = null): Health {
  const { model, lesson } = patient;
  const found: Health = [];
  if (trouble) found.push({ code: 'health.not-finite', facts: { epoch: trouble.epoch, what: trouble.what } });
  const { norms, saturated } = lookAt(patient);
  const flow = flowOf(norms);
  const facts = { cell: model.cell, lookback: norms.length };
  if (flow.growth > 1 / dead) {
    const memory = model.memory ?? 'before';
    found.push({ code: 'health.exploding', facts: { ...facts, memory, times: round(flow.growth) } });
  } else if (norms.length >= leastSteps && flow.reach <= norms.length / 4)
    found.push({
      code: model.cell === 'rnn' ? 'health.vanishing' : 'health.vanishing-gated',
      facts: { ...facts, steps: flow.reach, init: lesson.settings.init },
    });
  if (saturated > muchSaturated[model.activation])
    found.push({
      code: model.activation === 'relu' ? 'health.dead-units' : 'health.saturated',
      facts: { share: Math.round(100 * saturated) },
    });
  return found;
}

const round = (value: number) => Number(value.toPrecision(2));

/**
 * How a gradient fares on its way back, from norms by step, the last one the nearest: steps it lives, which is up to where
 * it stays under 1 % of its largest, and how many times larger it is at the first step than at the last.
 */
export function flowOf(norms: number[]): { reach: number; growth: number } {
  const largest = Math.max(...norms);
  const first = norms.findIndex((norm) => norm >= dead * largest);
  const last = norms.at(-1) ?? 0;
  return { reach: first < 0 ? 0 : norms.length - first, growth: last > 0 ? norms[0]! / last : 0 };
}

/** The top layer that reads the window, or of targets that share a network each one's. */
function readersOf({ stacks }: NetworkView, T: number): LayerView[] {
  const tasks = stacks.filter(({ name }) => name === 'task');
  // of one row that is read, what unrolls is the decoder
  const readers = tasks.length > 0 ? tasks : [T === 1 ? stacks.at(-1)! : stacks[0]!];
  return readers.map(({ layers }) => layers.at(-1)!);
}

/** Root mean square over some windows of ‖∂L/∂h_t‖ in the layers that read the window, and of saturation the mean. */
function lookAt({ engine, model, weights, lesson }: Patient): { norms: number[]; saturated: number } {
  const { train } = lesson.table.starts;
  const squares: number[] = [];
  let saturated = 0;
  for (let i = 0; i < looked; i++) {
    const start = train[Math.floor(((i + 0.5) * train.length) / looked)]!;
    const { view } = engine.look(model, weights, windowAt(lesson, start), { back: true, brief: true });
    const readers = readersOf(view, lesson.table.T);
    for (const layer of readers) {
      layer.gradient?.h?.forEach((norm, t) => {
        squares[t] = (squares[t] ?? 0) + norm ** 2;
      });
      if (!layer.y) continue;
      const shares = saturation(model.activation, layer, layer.y);
      saturated += shares.reduce((sum, share) => sum + share, 0) / shares.length / looked / readers.length;
    }
  }
  return { norms: squares.map((square) => Math.sqrt(square / looked)), saturated };
}

function windowAt({ table, settings }: Patient['lesson'], start: number): LookWindow {
  const { D, T, firstStep, steps, targetColumns: columns, centre, labels } = table;
  const rows = T + firstStep + steps - 1;
  const values = table.inputs.slice(start * D, (start + rows) * D);
  const window = { T, table: values, centre, columns, loss: settings.loss };
  if (!labels) return { ...window, targets: { firstStep, steps } };
  const { train, weights } = labels;
  const codes =
    firstStep === 0 ? train.subarray(start, start + T) : train.subarray(start + T - 1 + firstStep).subarray(0, 1);
  return { ...window, targets: null, labels: { codes, weights } };
}

/** Looks at a training's health while it goes on: after the first look, at times that take no more than a fiftieth of it in all. */
export class Watch {
  #spent = 0;
  #last = 0;
  readonly #begun: number;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#begun = now();
  }

  /** Null where it is not yet time to look again. */
  look(patient: Patient): Health | null {
    const begun = this.#now();
    if (begun - this.#begun < 50 * (this.#spent + this.#last)) return null;
    const health = healthOf(patient);
    this.#last = this.#now() - begun;
    this.#spent += this.#last;
    return health;
  }
}
