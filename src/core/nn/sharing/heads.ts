import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import { type Outputs, placeOutputs, placeSliceGradient, type SliceGradient, up } from '../layout';
import {
  collectLinear,
  forwardLinear,
  inputsBackLinear,
  type Linear,
  type LinearPlace,
  linear,
  packLinear,
  placeLinear,
  weightsBackLinear,
} from '../linear';
import type { ModelSpec } from '../model';
import { headOutputs, sharingOf } from './parameters';

/**
 * A head per task on that task's last state, ŷ^(m) = V^(m) h_T^(m) + v^(m). Their outputs lie side by side,
 * [⌈K/8⌉][M·S][8] with row m·S + s, and are joined to the network's, output k·M + m.
 */
export class Heads {
  readonly outputs: Outputs;
  readonly #k: Kernels;
  readonly #heads: Linear[];
  readonly #work: HeadsWork;
  readonly #gradients: SliceGradient[];
  readonly #M: number;
  readonly #K: number;
  /** The only task that is learned from, or all. */
  #only: number | null = null;

  constructor(k: Kernels, model: ModelSpec, places: HeadPlaces, seat: number, at: Record<string, number>) {
    const sharing = sharingOf(model);
    this.#k = k;
    this.#M = sharing.tasks;
    this.#K = headOutputs(model, sharing);
    this.#work = places.seats[seat] as HeadsWork;
    this.outputs = this.#work.outputs;
    this.#gradients = places.gradients;
    this.#heads = places.heads.map((place, m) => linear(k, `task${m}.head`, { I: model.H, O: this.#K, place, at }));
  }

  learnOnly(task: number | null): void {
    this.#only = task;
  }

  pack(weights: number): void {
    for (const head of this.#heads) packLinear(head, weights);
  }

  /** The outputs of task m from S rows that end in a 1 and its state. */
  forward(m: number, S: number, rows: number, ld: number): void {
    forwardLinear(this.#heads[m]!, S, rows, ld, this.#work.out + m * S * 32, { panel: this.#M * S * 32 });
  }

  join(S: number): void {
    this.#k.joinSegments(this.#M, S, 1, this.#M, this.#K, this.#work.out, this.outputs.y);
  }

  /** The gradient of the network's outputs as that of each task's; nothing for tasks that are not learned from. */
  split(S: number): void {
    const { dOut, dOutRows } = this.#work;
    const [k, M, P] = [this.#k, this.#M, up(this.#K, 8) / 8];
    k.splitSegments(M, S, 1, M, this.#K, this.outputs.dy, dOut, dOutRows);
    if (this.#only === null) return;
    for (let m = 0; m < M; m++) {
      if (m === this.#only) continue;
      for (let p = 0; p < P; p++) k.clear(dOut + (p * M + m) * S * 32, S * 32);
      k.clear(dOutRows + m * S * P * 32, S * P * 32);
    }
  }

  /** The gradient of task m's head, and dx [H/8][S][8] of the state it read. */
  back(m: number, slice: number, S: number, from: { rows: number; ld: number; dx: number; dxPanel: number }): void {
    const { dOut, dOutRows, scratch } = this.#work;
    const head = this.#heads[m]!;
    const { offset, sliceBytes } = this.#gradients[m]!;
    const dW = offset + slice * sliceBytes;
    const given = { R: S, rows: from.rows, ld: from.ld, dy: dOut + m * S * 32, dyPanel: this.#M * S * 32 };
    weightsBackLinear(head, { ...given, dW, scratch });
    const dyRows = dOutRows + m * S * up(this.#K, 8) * 4;
    inputsBackLinear(head, { R: S, dyRows, dx: from.dx, dxPanel: from.dxPanel });
  }

  collect(slices: number, to: number): void {
    this.#heads.forEach((head, m) => {
      collectLinear(head, this.#gradients[m]!, slices, to);
    });
  }
}

export interface HeadPlaces {
  heads: LinearPlace[];
  gradients: SliceGradient[];
  seats: HeadsWork[];
}

interface HeadsWork {
  out: number;
  dOut: number;
  /** [M·S][K] */
  dOutRows: number;
  scratch: number;
  outputs: Outputs;
}

export function placeHeads(
  arena: Arena,
  model: ModelSpec,
  { S, kept, seats, slices }: { S: number; kept: number; seats: number; slices: number },
): HeadPlaces {
  const sharing = sharingOf(model);
  const K = headOutputs(model, sharing);
  const [H, O, R] = [up(model.H, 8), up(K, 8), sharing.tasks * S];
  const tasks = Array.from({ length: sharing.tasks }, (_, m) => m);
  return {
    heads: tasks.map((m) => placeLinear(arena, `head ${m}`, model.H, K)),
    gradients: tasks.map((m) => placeSliceGradient(arena, `head ${m}`, slices, O, 4 + H)),
    seats: Array.from({ length: seats }, (_, i) => ({
      out: arena.add(`thread ${i}: tasks' outputs`, [O / 8, R, 8]),
      dOut: kept ? arena.add(`thread ${i}: tasks' output gradient`, [O / 8, R, 8]) : 0,
      dOutRows: kept ? arena.add(`thread ${i}: tasks' output gradient, rows`, [R, O]) : 0,
      scratch: kept ? arena.add(`thread ${i}: packing of heads`, [H / 8, 256, 8]) : 0,
      outputs: placeOutputs(arena, `thread ${i}:`, model.O, S),
    })),
  };
}
