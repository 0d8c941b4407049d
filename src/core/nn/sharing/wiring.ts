import type { CellName, ModelSpec } from '../model';
import { sharingOf, ways } from './parameters';

/** The gate of PyTorch's order that is the cell's candidate: h̃ of the RNN, c̃ of the LSTM, n of the GRU. */
export const candidateOf: Record<CellName, number> = { rnn: 0, lstm: 2, gru: 2 };

/** y (+)= weight · state: of which state, by which parameter, and into which buffer it goes. */
export interface Product {
  parameter: string;
  /** Rows of the parameter before the matrix [H][H] that is meant, in blocks of H. */
  block: number;
  /** A task's state before the step, or the common layer's at it. */
  from: number | (typeof ways)[number];
  to: string;
}

/** A state that enters a task's candidate, u, through a gate opened by the task's inputs and v. */
export interface Entrance {
  u: string;
  v: string;
}

/**
 * Which states enter which task's candidate, and by what (Liu, Qiu and Huang 2016, Models II and III). With a = W_g^(m) x_t +
 * b_g^(m) every entrance adds σ(a + v) ∘ u to the candidate's pre-activation:
 *
 *   coupled:  from every task i, m itself too    u = U_c^(i→m) h_{t−1}^(i)    v = U_g^(i) h_{t−1}^(i)
 *   shared:   from m itself                      u = U_c^(m) h_{t−1}^(m)      v = U_g^(m) h_{t−1}^(m)
 *             from the common layer              u = U_c^(s) h_t^(s)          v = U_g^(s→m) h_t^(s)
 *
 * As the indices of the paper say, U_g^(i) is one matrix for all that read task i, and U_c^(s) one for all tasks.
 */
export function wiringOf(model: ModelSpec): { products: Product[]; entrances: Entrance[][] } {
  const { kind, tasks } = sharingOf(model);
  const candidate = candidateOf[model.cell];
  const all = Array.from({ length: tasks }, (_, m) => m);
  const state = (m: number): Product => ({ parameter: `task${m}.gate_state.weight`, block: 0, from: m, to: `v${m}` });
  const into = (m: number, i: number): Product => ({
    parameter: i === m ? `task${m}.weight_hh` : `task${m}.weight_hh_from${i}`,
    block: i === m ? candidate : 0,
    from: i,
    to: `u${i}→${m}`,
  });
  if (kind === 'coupled')
    return {
      products: [...all.map(state), ...all.flatMap((m) => all.map((i) => into(m, i)))],
      entrances: all.map((m) => all.map((i) => ({ u: `u${i}→${m}`, v: `v${i}` }))),
    };
  const common = (parameter: string, to: string): Product[] =>
    ways.map((from) => ({ parameter: `${parameter}_${from}.weight`, block: 0, from, to }));
  return {
    products: [
      ...all.flatMap((m) => [state(m), into(m, m)]),
      ...common('shared.candidate', 'u'),
      ...all.flatMap((m) => common(`task${m}.gate`, `v→${m}`)),
    ],
    entrances: all.map((m) => [
      { u: `u${m}→${m}`, v: `v${m}` },
      { u: 'u', v: `v→${m}` },
    ]),
  };
}
