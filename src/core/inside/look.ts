import { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { huberDelta, lossKinds } from '../learn/session';
import { noDrop } from '../nn/layers';
import { type ModelSpec, quantilesOf } from '../nn/model';
import { type Network, type NetworkPlaces, openNetwork, placeNetwork, type Windows } from '../nn/network';
import { parameterTable } from '../nn/parameters';
import type { Tokens } from '../nn/tokens';
import type { LossName } from '../settings';
import { backThrough } from './backward';
import { type Entrance, entrancesOf } from './gated';
import { onlyColumn } from './only';
import { placeRadius, type RadiusPlace, spectralRadius } from './radius';
import { type LayerStates, type QuantityName, statesOf } from './reading';
import { recurrentOf } from './recurrent';
import type { Radii } from './request';
import { type Stack, type StackName, stacksOf } from './stacks';
import { applied, type Contributions } from './through-time';
import { inTime } from './turn';

/** One window as the network reads it. */
export interface LookWindow {
  T: number;
  /** [rows ≥ T][D], prepared and scaled: the window, then the rows its targets are taken from, if they are known. */
  table: Float32Array;
  centre: 'none' | 'last';
  /** Columns known ahead, the last ones: never centred, and true in the rows after the window too. */
  known?: number;
  /** Columns forecast per step. */
  columns: number;
  /** Null where the truth is not known: then the gradient is that of the mean forecast instead of the loss. */
  targets: { firstStep: number; steps: number } | null;
  /** A model of classes: that of the window, or of each of its steps, −1 where it is not known; and what an error on each counts. */
  labels?: { codes: ArrayLike<number>; weights: ArrayLike<number> };
  /** Of targets that share a network: the column the loss is of; without it, all of them, as in training. */
  only?: number;
  loss: LossName;
  /** In place of the table, for a model of tokens: what is read, and what is said after each; −1: not judged. [T] */
  tokens?: { read: Int32Array; labels: Int32Array };
}

/** What one recurrent layer did with the window, and what came back through it. */
export interface LayerView extends LayerStates {
  /** RNN: pre-activations. */
  a: Float64Array | null;
  /** Of a task's layer: which other states its candidate reads, and the gates that let them in. */
  entrances: Entrance[] | null;
  gradient: {
    /** [steps] ‖∂L/∂h_t‖, and of the LSTM ‖∂L/∂c_t‖; null where attention's queries leave the states by another way. */
    h: Float64Array | null;
    c: Float64Array | null;
    recurrent: Contributions;
    input: Contributions;
  } | null;
}
export interface StackView extends StackName {
  layers: LayerView[];
}
export interface NetworkView {
  /** [O] in the table's units, a centred window's last value not added. Scores where every step has a class: [T][O]. */
  outputs: Float64Array;
  loss: number | null;
  /** Global norm of the gradient of all weights by this window, before any clipping. */
  gradientNorm: number | null;
  stacks: StackView[];
  /** [K][T] */
  attention: Float64Array | null;
}

/** Rows that go through the network together: the window and three of zeros, for kernels take four at a time. */
const S = 4;

export interface LookPlaces {
  network: NetworkPlaces;
  table: number;
  /** Of tokens. */
  labels: number;
  starts: number;
  gradient: number;
  levels: number;
  classWeights: number;
  radius: RadiusPlace;
  bytes: number;
}

/** Memory for windows of T steps in tables of `rows` rows. */
export function placeLook(model: ModelSpec, T: number, rows: number): LookPlaces {
  const arena = new Arena();
  const network = placeNetwork(arena, model, { S, T, kept: T, extra: 1, seats: 1, slices: 1 });
  const places = {
    network,
    table: arena.add('table', [rows, model.tokens ? 1 : model.D]),
    labels: arena.add('labels', [model.tokens ? rows : 0]),
    starts: arena.add('windows', [S]),
    gradient: arena.add('gradient', [network.size]),
    levels: arena.add('quantile levels', [quantilesOf(model)]),
    classWeights: arena.add('class weights', [model.classes ? model.O : 0]),
    radius: placeRadius(arena, model.H),
  };
  return { ...places, bytes: arena.bytes };
}

/**
 * A look into a network while one window goes through it and its gradient comes back: the network, kernels and loss are
 * those that train it, the window is the only one in the batch, nothing is dropped, and the gradient goes through the
 * whole window whatever the truncation in training was. Nothing here changes a weight.
 */
export class Look {
  readonly model: ModelSpec;
  readonly #k: Kernels;
  readonly #f: Float32Array | Float64Array;
  /** The same memory as whole numbers. */
  readonly #i: Int32Array;
  readonly #places: LookPlaces;
  readonly #net: Network;

  constructor(
    k: Kernels,
    f: Float32Array | Float64Array,
    model: ModelSpec,
    places: LookPlaces,
    i: Int32Array = new Int32Array(f.buffer),
  ) {
    this.#i = i;
    this.model = model;
    this.#k = k;
    this.#f = f;
    this.#places = places;
    this.#net = openNetwork(k, f, model, places.network, 0);
    f.set(model.quantiles ?? [], places.levels / 4);
  }

  take(weights: ArrayLike<number>): void {
    this.#f.set(weights, this.#places.network.weights / 4);
    this.#net.pack();
  }

  see(window: LookWindow, { back, shares = true }: { back: boolean; shares?: boolean }): NetworkView {
    const { model } = this;
    const f = this.#f;
    const stacks = stacksOf(model, this.#places.network, S);
    const windows = this.#gather(window);
    this.#net.forward(S, noDrop);
    const { y } = this.#net.outputs;
    const rows = model.classes === 'every' || window.tokens ? window.T : 1;
    const outputs = Float64Array.from(
      { length: rows * model.O },
      (_, i) => f[outputAt(y, i % model.O, Math.floor(i / model.O), rows)]!,
    );
    const views = stacks.map((stack): StackView => {
      const { name, task, way, layers } = stack;
      return { name, task, way, layers: layers.map((_, l) => this.#layer(stack, l, window)) };
    });
    const attention = attentionOf(f, model, this.#places.network, S);
    if (!back) return { outputs, loss: null, gradientNorm: null, stacks: views.map(inTime), attention };
    const loss = model.classes ? this.#classLoss(outputs, rows, window) : this.#loss(windows, window);
    this.#net.backward(0, S, noDrop);
    this.#net.collect(1, this.#places.gradient);
    const gradientNorm = Math.sqrt(this.#k.sumSquares(this.#places.network.size, this.#places.gradient));
    const { dy } = this.#net.outputs;
    const context = {
      f,
      model,
      network: this.#places.network,
      dy,
      shares,
      gradient: this.#flat(this.#places.gradient),
    };
    backThrough(context, stacks, views, (name) => this.#weightsNamed(name));
    return { outputs, loss, gradientNorm, stacks: views.map(inTime), attention };
  }

  /** Spectral radius of the recurrent weights, per stack and layer: of each gate's square block. */
  radii(): Radii[][] {
    const { cell, H } = this.model;
    return stacksOf(this.model, this.#places.network, S).map(({ parameter, layers }) =>
      layers.map(({ inputs }, l) => {
        const weights = recurrentOf(this.model, (name) => this.#weightsNamed(parameter(name, l)), inputs).values;
        const radius = (g: number) =>
          spectralRadius(this.#k, this.#f, this.#places.radius, weights.subarray(g * H * H, (g + 1) * H * H), H);
        return Object.fromEntries(blockNames[cell].map((name, g) => [name, radius(g)]));
      }),
    );
  }

  /** What a layer did. Before `backward`, which puts gradients where gates were. */
  #layer(stack: Stack, l: number, { tokens }: LookWindow): LayerView {
    const { model } = this;
    const { network } = this.#places;
    const read = statesOf({ f: this.#f, ...stack }, model, stack.layers[l]!);
    const states = tokens && l === 0 ? { ...read, ...this.#vectors(tokens.read) } : read;
    const entrances =
      network.kind === 'gated' && stack.name === 'task' ? entrancesOf(this.#f, model, network, stack) : null;
    const a = model.cell === 'rnn' ? this.#preActivations(stack, states, l, entrances) : null;
    return { ...states, a, entrances, gradient: null };
  }

  #gather({ T, table, centre, columns, known = 0, tokens }: LookWindow): Windows {
    const { D } = this.model;
    const { table: at, labels, starts } = this.#places;
    if (tokens) {
      this.#i.set(tokens.read, at / 4);
      this.#i.set(tokens.labels, labels / 4);
    } else this.#f.set(table, at / 4);
    const centred = centre === 'last' ? D - known : 0;
    const windows: Windows = { S, n: 1, T, D, C: columns, table: at, starts, centre: centred };
    this.#net.gather(windows);
    return windows;
  }

  /** Leaves the gradient of the outputs; gives the mean loss, or null where there is none. */
  #loss({ T, D, table, starts, centre }: Windows, { targets, loss, columns, tokens, only }: LookWindow): number | null {
    const { y, target, dy, dyRows } = this.#net.outputs;
    const { O } = this.model;
    const k = this.#k;
    const Q = quantilesOf(this.model);
    if (tokens) {
      (this.#net as Tokens).label(this.#places.labels);
      return k.crossEntropy(O, T * S, T * S, 1, y, target, dy, dyRows, 1);
    }
    if (!targets) {
      this.#meanForecast(O / Q, columns, only);
      return null;
    }
    const { firstStep, steps } = targets;
    k.gatherTargets(T, S, 1, D, columns, firstStep, steps, table, starts, centre, target);
    if (loss === 'cross-entropy') throw new Error('cross-entropy is of classes, and these are values');
    if (only !== undefined) onlyColumn(this.#f, this.#net.outputs, { O, Q, S, columns, only });
    const count = only === undefined ? O : O / columns;
    const sum =
      loss === 'quantile'
        ? k.pinball(Q, this.#places.levels, S, 1, O / Q, y, target, dy, dyRows, 1 / count)
        : k.loss(lossKinds[loss], S, 1, O, y, target, dy, dyRows, 1 / count, huberDelta);
    return sum / count;
  }

  /**
   * The cross-entropy of the known classes, the mean over the window's steps as in training. Where none is known, that of the
   * likeliest ones, so that the gradient is of the logarithm of their probability; and null, for it is no loss.
   */
  #classLoss(scores: Float64Array, rows: number, { labels }: LookWindow): number | null {
    const { y, target, dy, dyRows } = this.#net.outputs;
    const { O: V } = this.model;
    const likeliest = (t: number) => {
      const own = scores.subarray(t * V, (t + 1) * V);
      return own.indexOf(Math.max(...own));
    };
    const known = labels && Array.from(labels.codes).some((code) => code >= 0) ? labels : null;
    for (let t = 0; t < rows; t++)
      for (let s = 0; s < S; s++)
        this.#f[target / 4 + (t * S + s) * 8] = s > 0 ? -1 : known ? known.codes[t]! : likeliest(t);
    this.#f.set(known?.weights ?? new Float32Array(V).fill(1), this.#places.classWeights / 4);
    const R = rows * S;
    const sum = this.#k.crossEntropy(V, R, R, 1, y, target, dy, dyRows, 1 / rows, this.#places.classWeights);
    return known ? sum / rows : null;
  }

  /** The gradient of the mean of the first `n` outputs (the medians, where there are quantiles), or of one column's of them. */
  #meanForecast(n: number, columns: number, only?: number): void {
    const { dy, dyRows } = this.#net.outputs;
    const width = Math.ceil(this.model.O / 8) * 8;
    this.#f.fill(0, dy / 4, dy / 4 + width * S).fill(0, dyRows / 4, dyRows / 4 + width * S);
    const [from, stride] = only === undefined ? [0, 1] : [only, columns];
    for (let o = from; o < n; o += stride) {
      this.#f[outputAt(dy, o)] = stride / n;
      this.#f[dyRows / 4 + o] = stride / n;
    }
  }

  /** What tokens stand for, [T][D]: the first layer may look up what they give its gates and keep no inputs. */
  #vectors(tokens: Int32Array): Pick<LayerStates, 'x' | 'inputs'> {
    const { D, tokens: spec } = this.model;
    const x = new Float64Array(tokens.length * D);
    const rows = spec?.embedding === 'learned' ? this.#weightsNamed('embedding.weight') : null;
    tokens.forEach((token, t) => {
      if (rows) x.set(rows.subarray(token * D, (token + 1) * D), t * D);
      else x[t * D + token] = 1;
    });
    return { x, inputs: D };
  }

  /** z_t = W x_t + U h_{t−1} + b, where memory enters after the activation without the state; or with what gates let in. */
  #preActivations({ parameter }: Stack, states: LayerStates, l: number, entrances: Entrance[] | null): Float64Array {
    const { steps, H, inputs, x, before } = states;
    const { memory } = this.model;
    const named = (name: string) => this.#weightsNamed(parameter(name, l));
    const W = { values: named('weight_ih'), out: H, in: inputs };
    const U = recurrentOf(this.model, (name) => named(name), inputs);
    const [bi, bh] = [named('bias_ih'), memory || entrances ? null : named('bias_hh')];
    const a = new Float64Array(steps * H);
    for (let t = 0; t < steps; t++) {
      const z = a.subarray(t * H, (t + 1) * H);
      applied(W, x.subarray(t * inputs, (t + 1) * inputs), z);
      if (memory !== 'after' && !entrances) applied(U, before.subarray(t * H, (t + 1) * H), z);
      for (let j = 0; j < H; j++) z[j]! += bi[j]! + (bh?.[j] ?? 0);
      for (const { entered } of entrances ?? []) for (let j = 0; j < H; j++) z[j]! += entered[t * H + j]!;
    }
    return a;
  }

  #flat(at: number): (name: string) => Float32Array | Float64Array {
    const table = parameterTable(this.model);
    return (name) => {
      const { offset, size } = table.find((parameter) => parameter.name === name)!;
      return this.#f.subarray(at / 4 + offset, at / 4 + offset + size);
    };
  }
  #weightsNamed(name: string): Float32Array | Float64Array {
    return this.#flat(this.#places.network.weights)(name);
  }
}

/** The blocks of rows of weight_hh by the gates they are of. */
const blockNames: Record<ModelSpec['cell'], QuantityName[]> = {
  rnn: ['h'],
  lstm: ['i', 'f', 'g', 'o'],
  gru: ['r', 'z', 'n'],
};

/** Output o of the first window, at step t of `steps` that have outputs, among panels [O/8][steps·S][8]. */
const outputAt = (at: number, o: number, t = 0, steps = 1) => at / 4 + (o >> 3) * steps * S * 8 + t * S * 8 + (o & 7);

/** The attention weights of the first window, [K][T]. */
function attentionOf(
  f: Float32Array | Float64Array,
  { decoder }: ModelSpec,
  places: NetworkPlaces,
  rows: number,
): Float64Array | null {
  if (places.kind !== 'seq2seq' || !decoder || decoder.attention === 'none') return null;
  const work = places.seats[0]!;
  const T = work.encoder.T;
  const ld = Math.ceil(T / 4) * 4;
  const all = new Float64Array(decoder.steps * T);
  for (let k = 0; k < decoder.steps; k++) {
    const at = work.attention.alpha / 4 + k * rows * ld;
    all.set(f.subarray(at, at + T), k * T);
  }
  return all;
}
