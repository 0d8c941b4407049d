import { gates, type ModelSpec } from '../nn/model';
import type { NetworkPlaces } from '../nn/network';
import { headOutputs } from '../nn/sharing/parameters';
import { candidateOf, wiringOf } from '../nn/sharing/wiring';
import { fromPanels } from './reading';
import type { Stack } from './stacks';
import { type Outside, transposed } from './through-time';

/** What the layer of one task lets in from others (nn/sharing/wiring.ts), [steps][H] each. */
export interface Entrance {
  /** The task whose state it is, or the common layer. */
  from: number | 'common';
  /** g = σ(a + v), between 0 and 1. */
  gate: Float64Array;
  /** g ∘ u, which enters the candidate's pre-activation. */
  entered: Float64Array;
}

type Memory = Float32Array | Float64Array;
type GatedPlaces = NetworkPlaces & { kind: 'gated' };

/** What enters task m's candidate. Before `backward`, which puts gradients where gates were. */
export function entrancesOf(f: Memory, model: ModelSpec, places: GatedPlaces, stack: Stack): Entrance[] {
  const { buffers, gates: doors, panel } = places.seats[0]!;
  const m = stack.task!;
  const coupled = model.sharing!.kind === 'coupled';
  return wiringOf(model).entrances[m]!.map(({ u }, i) => {
    const read = (at: number) => fromPanels({ f, ...stack }, { at, panel, columns: model.H });
    const gate = read(doors[m]![i]!);
    const letIn = read(buffers[u]!.y);
    return {
      from: coupled ? i : i === 0 ? m : 'common',
      gate,
      entered: gate.map((value, at) => value * letIn[at]!),
    };
  });
}

interface Back {
  f: Memory;
  model: ModelSpec;
  places: GatedPlaces;
  /** Panels of the gradient of the network's outputs. */
  dy: number;
  weights: (name: string) => Memory;
}

/**
 * What came back through the layer of task m. Its candidate has no W_hh h_{t−1} of its own: the state enters it as u, through
 * a gate, and other tasks' candidates and gates likewise, so
 *
 *   ∂L/∂h_t = Uᵀ δ_{t+1} of the gates but the candidate + Σ over the products y = W h_t that read this state of Wᵀ ∂L/∂y_{t+1}
 *
 * @param hidden [steps][G·H] δ on the side of the state; the candidate's is that of what is let in, e
 * @returns left: of ∂L/∂weight_hh, the candidate's block that of u; passing: `hidden` without the candidate's block
 */
export function backThroughTask(
  { f, model, places, dy, weights }: Back,
  stack: Stack,
  hidden: Float64Array,
): { left: Float64Array; passing: Float64Array; outside: Outside } {
  const { buffers, panel } = places.seats[0]!;
  const { H, cell } = model;
  const { steps } = stack;
  const m = stack.task!;
  const width = gates[cell] * H;
  const gradientOf = (to: string) => fromPanels({ f, ...stack }, { at: buffers[to]!.dy, panel, columns: H });
  const candidate = gradientOf(`u${m}→${m}`);
  const [left, passing] = [hidden.slice(), hidden.slice()];
  for (let t = 0; t < steps; t++) {
    const at = t * width + candidateOf[cell] * H;
    left.set(candidate.subarray(t * H, (t + 1) * H), at);
    passing.fill(0, at, at + H);
  }
  const above = new Float64Array(steps * H);
  for (const { parameter, block, from, to } of wiringOf(model).products) {
    if (from !== m) continue;
    const values = weights(parameter).subarray(block * H * H, (block + 1) * H * H);
    const gradient = gradientOf(to);
    for (let t = 0; t + 1 < steps; t++) {
      const next = gradient.subarray((t + 1) * H, (t + 2) * H);
      transposed({ values, out: H, in: H }, next, above.subarray(t * H, (t + 1) * H));
    }
  }
  return {
    left,
    passing,
    outside: { above, last: headBack(f, model, stack, dy, weights), lastCell: null, linked: true },
  };
}

/** [H] what the head of a task gives back to its last state. */
function headBack(f: Memory, model: ModelSpec, { task, S }: Stack, dy: number, weights: Back['weights']): Float64Array {
  const { tasks } = model.sharing!;
  const K = headOutputs(model, model.sharing!);
  const all = fromPanels({ f, S, steps: 1 }, { at: dy, panel: S * 32, columns: model.O });
  const own = Float64Array.from({ length: K }, (_, k) => all[k * tasks + task!]!);
  const last = new Float64Array(model.H);
  transposed({ values: weights(`task${task}.head.weight`), out: K, in: model.H }, own, last);
  return last;
}
