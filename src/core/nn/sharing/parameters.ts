import { gates, type ModelSpec } from '../model';
import { type Add, addLayers, addLinear } from '../parameter-lists';

type Sharing = NonNullable<ModelSpec['sharing']>;

/** Inputs of one task: its own column and those that all read. */
export const taskInputs = ({ D }: Pick<ModelSpec, 'D'>, { tasks }: Sharing): number => 1 + D - tasks;

/** M and what a head gives: the outputs of one task. */
export const headOutputs = ({ O }: Pick<ModelSpec, 'O'>, { tasks }: Sharing): number => O / tasks;

/** The sharing of a model that has one. */
export function sharingOf({ sharing }: ModelSpec): Sharing {
  if (!sharing) throw new Error('a model of one task shares nothing');
  return sharing;
}

/**
 * The parameters of networks that share, I = inputs of one task, m = 0 … M−1:
 *
 * uniform: recurrent layers as ever, of I inputs.
 *
 * coupled: per task m, task{m}.weight_ih [G·H][I], .weight_hh [G·H][H] (the candidate's block is U_c^(m→m)), .bias_ih [G·H],
 * .weight_hh_from{i} [H][H] for i ≠ m (U_c^(i→m)), .gate.weight [H][I] and .gate.bias (W_g^(m)), .gate_state.weight [H][H]
 * (U_g^(m), read by all tasks).
 *
 * shared: layers of D inputs, shared.forward.… and shared.backward.…; shared.candidate_forward.weight and _backward.weight
 * [H][H], together U_c^(s); per task the same but for weight_hh_from, and .gate_forward.weight, .gate_backward.weight [H][H],
 * together U_g^(s→m).
 *
 * And in each kind task{m}.head.weight [O/M][H], task{m}.head.bias.
 */
export function addSharing(add: Add, model: ModelSpec, sharing: Sharing): void {
  const { kind, tasks } = sharing;
  const { H } = model;
  const inputs = taskInputs(model, sharing);
  if (kind === 'uniform') addLayers(add, '', { ...model, D: inputs });
  if (kind === 'shared') {
    for (const way of ways) addLayers(add, `shared.${way}.`, { ...model, L: 1 });
    for (const way of ways) add(`shared.candidate_${way}.weight`, H, H);
  }
  for (let m = 0; m < tasks; m++) {
    if (kind !== 'uniform') addTaskLayer(add, model, sharing, m);
    addLinear(add, `task${m}.head`, H, headOutputs(model, sharing));
  }
}

/** Directions of the common layer. */
export const ways = ['forward', 'backward'] as const;

function addTaskLayer(add: Add, model: ModelSpec, sharing: Sharing, m: number): void {
  const { H, cell } = model;
  const { kind, tasks } = sharing;
  const inputs = taskInputs(model, sharing);
  const rows = gates[cell] * H;
  add(`task${m}.weight_ih`, rows, inputs);
  add(`task${m}.weight_hh`, rows, H);
  add(`task${m}.bias_ih`, rows);
  if (kind === 'coupled') for (let i = 0; i < tasks; i++) if (i !== m) add(`task${m}.weight_hh_from${i}`, H, H);
  addLinear(add, `task${m}.gate`, inputs, H);
  add(`task${m}.gate_state.weight`, H, H);
  if (kind === 'shared') for (const way of ways) add(`task${m}.gate_${way}.weight`, H, H);
}
