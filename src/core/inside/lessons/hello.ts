import { Random } from '../../nn/random';

/**
 * Lesson 11: a language model of one word with every number in sight. V = 4 characters, one-hot inputs, H = 3 units; it reads
 * h, e, l, l and after each is to say the next, e, l, l, o.
 *
 *   a_t = W_xh x_t + W_hh h_{t−1} + b_h    h_t = tanh a_t, h_0 = 0    y_t = W_hy h_t + b_y    p_t = softmax y_t
 *   L = 1/T Σ −ln p_t[target_t]
 *
 * Backward: ∂L/∂y_t = (p_t − 1[target_t]) / T,  ∂L/∂h_t = W_hyᵀ ∂L/∂y_t + W_hhᵀ δ_{t+1},  δ_t = ∂L/∂a_t = (1 − h_t²) ∘ ∂L/∂h_t,
 * and the gradients of the weights are sums over t of δ_t ⊗ x_t, δ_t ⊗ h_{t−1}, δ_t, ∂L/∂y_t ⊗ h_t and ∂L/∂y_t
 * (Karpathy 2015, min-char-rnn; Goodfellow et al. 2016, 10.2.2). As in lesson 1, PyTorch's two bias vectors are one.
 */
export const helloVocabulary = ['h', 'e', 'l', 'o'] as const;
const word = 'hello';
const place = (character: string) => helloVocabulary.indexOf(character as 'h');
export const helloInputs: number[] = [...word].slice(0, -1).map(place);
export const helloTargets: number[] = [...word].slice(1).map(place);

const [V, H] = [helloVocabulary.length, 3];

type Matrix = number[][];
export interface HelloWeights {
  /** [H][V], [H][H], [H][1], [V][H], [V][1]: biases are columns, so that all five are handled alike. */
  Wxh: Matrix;
  Whh: Matrix;
  bh: Matrix;
  Why: Matrix;
  by: Matrix;
}
export const helloNames = ['Wxh', 'Whh', 'bh', 'Why', 'by'] as const;

/** Weights by chance, in tenths, so that they can be read; biases of zero. */
export function helloStart(seed = 1): HelloWeights {
  const random = new Random(seed);
  const tenths = (rows: number, columns: number): Matrix =>
    Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => Math.round(random.uniform() * 20 - 10) / 10 || 0),
    );
  const zeros = (rows: number): Matrix => Array.from({ length: rows }, () => [0]);
  return { Wxh: tenths(H, V), Whh: tenths(H, H), bh: zeros(H), Why: tenths(V, H), by: zeros(V) };
}

/** All that happens at one step. */
export interface HelloStep {
  x: number[];
  before: number[];
  a: number[];
  h: number[];
  /** Output vector: a score per character. */
  y: number[];
  p: number[];
  target: number;
  /** The likeliest character. */
  guess: number;
  /** −ln p[target], nats. */
  loss: number;
}

const column = (values: number[]): Matrix => values.map((value) => [value]);
const applied = (W: Matrix, v: number[]): number[] => W.map((row) => row.reduce((sum, w, j) => sum + w * v[j]!, 0));
const turned = (W: Matrix): Matrix => W[0]!.map((_, j) => W.map((row) => row[j]!));
const sum = (one: number[], other: number[]): number[] => one.map((value, i) => value + other[i]!);
const outer = (left: number[], right: number[]): Matrix => left.map((l) => right.map((r) => l * r));
const combined = (one: Matrix, other: Matrix, factor: number): Matrix =>
  one.map((row, i) => row.map((value, j) => value + factor * other[i]![j]!));

export function softmax(y: number[]): number[] {
  const most = Math.max(...y);
  const powers = y.map((value) => Math.exp(value - most));
  const all = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / all);
}

export function helloForward(w: HelloWeights, inputs = helloInputs, targets = helloTargets): HelloStep[] {
  let state: number[] = w.bh.map(() => 0);
  return inputs.map((token, t) => {
    const x = helloVocabulary.map((_, v) => Number(v === token));
    const before = state;
    const a = sum(sum(applied(w.Wxh, x), applied(w.Whh, before)), w.bh.flat());
    state = a.map(Math.tanh);
    const y = sum(applied(w.Why, state), w.by.flat());
    const p = softmax(y);
    const target = targets[t]!;
    return { x, before, a, h: state, y, p, target, guess: p.indexOf(Math.max(...p)), loss: -Math.log(p[target]!) };
  });
}

/** Mean over the steps, nats per character. */
export const helloLoss = (steps: HelloStep[]): number =>
  steps.reduce((total, { loss }) => total + loss, 0) / steps.length;

/** The gradient of the mean loss. */
export function helloGradient(w: HelloWeights, steps: HelloStep[]): HelloWeights {
  let gradient = changed(w, w, -1);
  let next: number[] | null = null;
  for (const { x, before, h, p, target } of steps.toReversed()) {
    const dy = p.map((share, v) => (share - Number(v === target)) / steps.length);
    const dh: number[] = sum(applied(turned(w.Why), dy), next ?? h.map(() => 0));
    const delta = dh.map((value, i) => value * (1 - h[i]! ** 2));
    next = applied(turned(w.Whh), delta);
    const part = {
      Wxh: outer(delta, x),
      Whh: outer(delta, before),
      bh: column(delta),
      Why: outer(dy, h),
      by: column(dy),
    };
    gradient = changed(gradient, part, 1);
  }
  return gradient;
}

/** `count` steps of gradient descent, each on the whole word. */
export function helloTrained(start: HelloWeights, rate: number, count: number): HelloWeights {
  let w = start;
  for (let i = 0; i < count; i++) w = changed(w, helloGradient(w, helloForward(w)), -rate);
  return w;
}

function changed(one: HelloWeights, other: HelloWeights, factor: number): HelloWeights {
  const all = { ...one };
  for (const name of helloNames) all[name] = combined(one[name], other[name], factor);
  return all;
}

/** What it writes after `first`, the likeliest character each time, read in its turn. */
export function helloWritten(w: HelloWeights, first = 'h', length = 4): string {
  const read = [place(first)];
  while (read.length <= length) read.push(helloForward(w, read, read).at(-1)!.guess);
  return read.map((token) => helloVocabulary[token]).join('');
}
