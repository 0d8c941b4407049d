import type { ModelSpec } from '../../../src/core/nn/model';

/**
 * Recurrent layers and a head, one window, written from the equations alone, with a handle on every number: an addition to
 * any state and weights of its own for any step. What the program shows of a network is held against this.
 */
export interface Handle {
  /** Added to unit j of layer l's state, or cell state, at step t. */
  nudge?: { l: number; t: number; j: number; by: number; cell?: boolean };
  /** At step t alone, weight `index` of the named parameter is that much larger. */
  weight?: { name: string; t: number; index: number; by: number };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const functions = { tanh: Math.tanh, relu: (x: number) => Math.max(0, x), sigmoid };

export function plainNetwork(
  model: ModelSpec,
  weights: Record<string, number[]>,
  x: number[][],
  { nudge, weight }: Handle = {},
) {
  const { H, L, O, cell } = model;
  const value = (name: string, index: number, t: number) =>
    weights[name]![index]! + (weight?.name === name && weight.t === t && weight.index === index ? weight.by : 0);
  const quantities: Record<string, number[][]>[] = [];
  let inputs = x;
  for (let l = 0; l < L; l++) {
    let h = Array<number>(H).fill(0);
    let c = Array<number>(H).fill(0);
    const seen: Record<string, number[][]> = {};
    const put = (name: string, values: number[]) => {
      seen[name] = [...(seen[name] ?? []), values];
    };
    inputs.forEach((row, t) => {
      const D = row.length;
      const seenBy = (given: number[]) =>
        model.memory === 'input'
          ? given.map((v, d) => h.reduce((s, past, i) => s + past * value(`weight_hx_l${l}`, d * H + i, t), v))
          : given;
      const side = (g: number, j: number) => {
        const r = g * H + j;
        const a = seenBy(row).reduce(
          (s, v, d) => s + v * value(`weight_ih_l${l}`, r * D + d, t),
          value(`bias_ih_l${l}`, r, t),
        );
        if (model.memory === 'input') return [a, 0] as const;
        const bias = model.memory ? 0 : value(`bias_hh_l${l}`, r, t);
        const u = h.reduce((s, v, i) => s + v * value(`weight_hh_l${l}`, r * H + i, t), bias);
        return [a, u] as const;
      };
      const gate = (g: number, f: (x: number) => number) =>
        Array.from({ length: H }, (_, j) => {
          const [a, u] = side(g, j);
          return f(a + u);
        });
      let next: number[];
      if (cell === 'rnn') {
        const after = model.memory === 'after';
        const a = after ? h.map((_, j) => side(0, j)[0]) : gate(0, (z) => z);
        put('a', a);
        next = a.map(functions[model.activation]).map((y, j) => (after ? y + side(0, j)[1] : y));
      } else if (cell === 'lstm') {
        const [i, f, g, o] = [gate(0, sigmoid), gate(1, sigmoid), gate(2, Math.tanh), gate(3, sigmoid)] as const;
        for (const [name, values] of Object.entries({ i, f, g, o })) put(name, values);
        c = c.map((past, j) => f[j]! * past + i[j]! * g[j]!);
        if (nudge?.cell && nudge.l === l && nudge.t === t) c[nudge.j]! += nudge.by;
        put('c', c);
        next = o.map((v, j) => v * Math.tanh(c[j]!));
      } else {
        const [r, z] = [gate(0, sigmoid), gate(1, sigmoid)];
        const n = r.map((v, j) => {
          const [a, u] = side(2, j);
          return Math.tanh(a + v * u);
        });
        for (const [name, values] of Object.entries({ r, z, n })) put(name, values);
        next = n.map((v, j) => (1 - z[j]!) * v + z[j]! * h[j]!);
      }
      if (nudge && !nudge.cell && nudge.l === l && nudge.t === t) next[nudge.j]! += nudge.by;
      h = next;
      put('h', h);
    });
    quantities.push(seen);
    inputs = seen.h!;
  }
  const last = inputs.at(-1)!;
  const outputs = Array.from({ length: O }, (_, o) =>
    last.reduce((s, v, j) => s + v * weights['head.weight']![o * H + j]!, weights['head.bias']![o]!),
  );
  return { outputs, quantities };
}

export const squaredError = (outputs: number[], targets: number[]) =>
  outputs.reduce((sum, y, o) => sum + (y - targets[o]!) ** 2, 0) / outputs.length;
