/**
 * Lesson 2: training in five steps on a net of five numbers, whole mini-batch in sight.
 *
 *   a_t = w_x x_t + w_h h_{t−1} + b        h_t = tanh a_t, h_0 = 0        ŷ = w_y h_T + c
 *   L = 1/N Σ (ŷ − y)²
 *
 * Backward, with δ_t = ∂L/∂a_t:  ∂L/∂ŷ = 2(ŷ − y)/N,  δ_T = ∂L/∂ŷ · w_y (1 − h_T²),  δ_{t−1} = δ_t w_h (1 − h_{t−1}²), and the
 * weights being the same at every step their gradients are sums: ∂L/∂w_x = Σ δ_t x_t, ∂L/∂w_h = Σ δ_t h_{t−1}, ∂L/∂b = Σ δ_t.
 */
export const tinyNames = ['wx', 'wh', 'b', 'wy', 'c'] as const;
export type TinyName = (typeof tinyNames)[number];
export type Tiny = Record<TinyName, number>;

export interface TinyWindow {
  x: number[];
  y: number;
}

export const tinyStart: Tiny = { wx: 0.6, wh: 0.4, b: 0, wy: 0.5, c: 0.1 };
/** Two windows of three steps of a falling and a rising line, each with the value that comes next. */
export const tinyBatch: TinyWindow[] = [
  { x: [0.2, 0.5, 0.8], y: 1.1 },
  { x: [0.9, 0.4, -0.1], y: -0.6 },
];

export interface TinyForward {
  a: number[];
  h: number[];
  forecast: number;
}
export interface TinyBackward {
  /** [T] ∂L/∂a_t */
  delta: number[];
  gradient: Tiny;
}

export function forward(w: Tiny, { x }: TinyWindow): TinyForward {
  const a: number[] = [];
  const h: number[] = [];
  for (const [t, value] of x.entries()) {
    a.push(w.wx * value + w.wh * (h[t - 1] ?? 0) + w.b);
    h.push(Math.tanh(a[t]!));
  }
  return { a, h, forecast: w.wy * (h.at(-1) ?? 0) + w.c };
}

/** Mean squared error over the mini-batch. */
export const lossOf = (w: Tiny, batch: TinyWindow[]): number =>
  batch.reduce((sum, window) => sum + (forward(w, window).forecast - window.y) ** 2, 0) / batch.length;

/** One window's part of the gradient of a mini-batch of N. */
export function backward(w: Tiny, { x, y }: TinyWindow, { h, forecast }: TinyForward, N: number): TinyBackward {
  const T = x.length;
  const out = (2 * (forecast - y)) / N;
  const delta = new Array<number>(T).fill(0);
  for (let t = T - 1; t >= 0; t--) delta[t] = (t === T - 1 ? out * w.wy : delta[t + 1]! * w.wh) * (1 - h[t]! ** 2);
  const sum = (of: (t: number) => number) => delta.reduce((all, d, t) => all + d * of(t), 0);
  const gradient = {
    wx: sum((t) => x[t]!),
    wh: sum((t) => h[t - 1] ?? 0),
    b: sum(() => 1),
    wy: out * h[T - 1]!,
    c: out,
  };
  return { delta, gradient };
}

export const plus = (one: Tiny, other: Tiny): Tiny => combined(one, other, 1);
/** One step of gradient descent. */
export const updated = (w: Tiny, gradient: Tiny, rate: number): Tiny => combined(w, gradient, -rate);

function combined(one: Tiny, other: Tiny, factor: number): Tiny {
  const all = { ...one };
  for (const name of tinyNames) all[name] += factor * other[name];
  return all;
}

const noGradient: Tiny = { wx: 0, wh: 0, b: 0, wy: 0, c: 0 };

/** The gradient of the whole mini-batch, at weights that stand still while it is taken. */
export const batchGradient = (w: Tiny, batch: TinyWindow[]): Tiny =>
  batch.map((one) => backward(w, one, forward(w, one), batch.length).gradient).reduce(plus, noGradient);

/**
 * What would be summed if the weights changed after every window: each part is of another network, so that the sum is the
 * gradient of none, and depends on the order of the windows.
 */
export function restlessGradient(w: Tiny, batch: TinyWindow[], rate: number): Tiny {
  let [now, sum] = [w, noGradient];
  for (const one of batch) {
    const { gradient } = backward(now, one, forward(now, one), batch.length);
    sum = plus(sum, gradient);
    now = updated(now, gradient, rate);
  }
  return sum;
}
