import { gates, type ModelSpec } from '../../../src/core/nn/model';
import { affine } from '../nn/cell-step';

/**
 * Targets that share a network (Liu, Qiu and Huang 2016), one window, written from the equations alone, with a handle on
 * every state and, at any step, on every weight. `layer` is that of a task, or a direction of the common one.
 */
export type Place = number | 'forward' | 'backward';
export interface Handle {
  nudge?: { layer: Place; l: number; t: number; j: number; by: number; cell?: boolean };
  /** At step t alone, weight `index` of the named parameter is that much larger, of uniform layers for one task. */
  weight?: { name: string; layer: Place; t: number; index: number; by: number };
}
type Quantities = Record<string, number[][]>;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sum = (...all: number[][]) => all[0]!.map((_, j) => all.reduce((total, one) => total + one[j]!, 0));
const times = (a: number[], b: number[]) => a.map((x, j) => x * b[j]!);

export function plainSharing(
  model: ModelSpec,
  weights: Record<string, number[]>,
  x: number[][],
  { nudge, weight }: Handle = {},
) {
  const { H, cell, L } = model;
  const { kind, tasks: M } = model.sharing!;
  const T = x.length;
  const tasks = Array.from({ length: M }, (_, m) => m);
  const zero = (): number[] => Array(H).fill(0);
  const own = (t: number, m: number) => [x[t]![m]!, ...x[t]!.slice(M)];
  const named = (name: string, layer: Place, t: number) => {
    const values = weights[name]!;
    if (weight?.name !== name || weight.layer !== layer || weight.t !== t) return values;
    return values.with(weight.index, values[weight.index]! + weight.by);
  };
  const nudged = (values: number[], layer: Place, l: number, t: number, isCell: boolean) =>
    nudge && nudge.layer === layer && nudge.l === l && nudge.t === t && (nudge.cell ?? false) === isCell
      ? values.with(nudge.j, values[nudge.j]! + nudge.by)
      : values;
  const all = new Map<string, Quantities>();
  const put = (layer: Place, l: number, t: number, values: Record<string, number[]>) => {
    const key = `${layer} ${l}`;
    const seen = all.get(key) ?? {};
    all.set(key, seen);
    for (const [name, value] of Object.entries(values)) {
      seen[name] ??= Array(T);
      seen[name][t] = value;
    }
  };

  /** One step: `a` [G·H] from the inputs, `u` [G·H] from the state, the candidate's block of which is what it reads. */
  const step = (
    at: { layer: Place; l: number; t: number },
    a: number[],
    u: number[],
    s: { h: number[]; c: number[] },
  ) => {
    const block = (v: number[], g: number) => v.slice(g * H, (g + 1) * H);
    const both = (g: number) => sum(block(a, g), block(u, g));
    const { layer, l, t } = at;
    let { h, c } = s;
    if (gates[cell] === 1) {
      put(layer, l, t, { a: both(0) });
      h = both(0).map(Math.tanh);
    } else if (cell === 'lstm') {
      const [i, f, o] = [both(0), both(1), both(3)].map((v) => v.map(sigmoid)) as [number[], number[], number[]];
      const g = both(2).map(Math.tanh);
      c = nudged(sum(times(f, c), times(i, g)), layer, l, t, true);
      put(layer, l, t, { i, f, g, o, c });
      h = times(o, c.map(Math.tanh));
    } else {
      const [r, z] = [both(0), both(1)].map((v) => v.map(sigmoid)) as [number[], number[]];
      const n = sum(block(a, 2), times(r, block(u, 2))).map(Math.tanh);
      put(layer, l, t, { r, z, n });
      h = n.map((value, j) => (1 - z[j]!) * value + z[j]! * s.h[j]!);
    }
    h = nudged(h, layer, l, t, false);
    put(layer, l, t, { h });
    return { h, c };
  };
  /** Usual layers over inputs in the order they are read; `timeOf` says which step of the window each is. */
  const usual = (layer: Place, prefix: string, layers: number, inputs: number[][], timeOf: (i: number) => number) => {
    let rows = inputs;
    for (let l = 0; l < layers; l++) {
      let s = { h: zero(), c: zero() };
      rows = rows.map((row, i) => {
        const t = timeOf(i);
        const of = (name: string) => named(`${prefix}${name}_l${l}`, layer, t);
        s = step(
          { layer, l, t },
          affine(of('weight_ih'), of('bias_ih'), row),
          affine(of('weight_hh'), of('bias_hh'), s.h),
          s,
        );
        return s.h;
      });
    }
    return rows;
  };

  const steps = Array.from({ length: T }, (_, t) => t);
  const forward = kind === 'shared' ? usual('forward', 'shared.forward.', 1, x, (i) => i) : [];
  const backward =
    kind === 'shared' ? usual('backward', 'shared.backward.', 1, x.toReversed(), (i) => T - 1 - i).toReversed() : [];
  let states = tasks.map(() => ({ h: zero(), c: zero() }));
  if (kind === 'uniform')
    states = tasks.map((m) => ({
      h: usual(
        m,
        '',
        L,
        steps.map((t) => own(t, m)),
        (i) => i,
      ).at(-1)!,
      c: zero(),
    }));
  const candidate = gates[cell] === 1 ? 0 : 2;
  for (const t of kind === 'uniform' ? [] : steps) {
    const before = states;
    states = tasks.map((m) => {
      const of = (name: string) => named(`task${m}.${name}`, m, t);
      const matrix = (name: string, v: number[], block = 0) =>
        affine(named(name, m, t).slice(block * H * H, (block + 1) * H * H), zero(), v);
      const open = affine(of('gate.weight'), of('gate.bias'), own(t, m));
      const mine = matrix(`task${m}.weight_hh`, before[m]!.h, candidate);
      const doors =
        kind === 'coupled'
          ? tasks.map((i) => ({
              v: matrix(`task${i}.gate_state.weight`, before[i]!.h),
              u: i === m ? mine : matrix(`task${m}.weight_hh_from${i}`, before[i]!.h),
            }))
          : [
              { v: matrix(`task${m}.gate_state.weight`, before[m]!.h), u: mine },
              {
                v: sum(
                  matrix(`task${m}.gate_forward.weight`, forward[t]!),
                  matrix(`task${m}.gate_backward.weight`, backward[t]!),
                ),
                u: sum(
                  matrix('shared.candidate_forward.weight', forward[t]!),
                  matrix('shared.candidate_backward.weight', backward[t]!),
                ),
              },
            ];
      for (const [i, { v }] of doors.entries()) put(m, 0, t, { [`gate${i}`]: sum(open, v).map(sigmoid) });
      const entering = sum(...doors.map(({ u, v }) => times(sum(open, v).map(sigmoid), u)));
      const u = affine(of('weight_hh'), Array(gates[cell] * H).fill(0), before[m]!.h);
      u.splice(candidate * H, H, ...entering);
      return step({ layer: m, l: 0, t }, affine(of('weight_ih'), of('bias_ih'), own(t, m)), u, before[m]!);
    });
  }
  const answers = tasks.map((m) =>
    affine(weights[`task${m}.head.weight`]!, weights[`task${m}.head.bias`]!, states[m]!.h),
  );
  const outputs = Array.from({ length: model.O }, (_, o) => answers[o % M]![Math.floor(o / M)]!);
  return { outputs, quantities: (layer: Place, l: number) => all.get(`${layer} ${l}`)! };
}
