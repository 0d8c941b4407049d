import type { Arena } from '../../kernels/arena';
import type { Kernels } from '../../kernels/index';
import { up } from '../layout';
import type { ModelSpec } from '../model';
import type { Windows } from '../network';

/** Rows of all inputs as the windows give them: [T][S][4 + D], the fourth number a constant 1. */
export interface AllInputs {
  rows: number;
  ld: number;
}

export function placeInputs(arena: Arena, model: ModelSpec, name: string, S: number, T: number): AllInputs {
  const ld = 4 + up(model.D, 8);
  return { rows: arena.add(`${name} inputs`, [T, S, ld]), ld };
}

export function gatherInputs(k: Kernels, { rows, ld }: AllInputs, windows: Windows): void {
  const { T, S, n, D, table, starts, centre } = windows;
  k.gather(T, S, n, D, ld, table, starts, centre, rows + 16);
}

/**
 * x̂^(m) = x^(m) ⊕ x^(s) (Model I's input, and what each task's layer reads in all three): task m's own column and then the
 * shared ones, of R rows from number `first` on, as columns of rows at `to`.
 */
export function copyTask(
  k: Kernels,
  { rows, ld }: AllInputs,
  { D, sharing }: Pick<ModelSpec, 'D' | 'sharing'>,
  m: number,
  { first, R, to, ldTo }: { first: number; R: number; to: number; ldTo: number },
): void {
  const from = rows + (first * ld + 4) * 4;
  const M = sharing!.tasks;
  // a sum of one slice is a copy
  k.sumSlices(R, 1, 1, from + m * 4, ld, 0, to, ldTo);
  if (D > M) k.sumSlices(R, D - M, 1, from + M * 4, ld, 0, to + 4, ldTo);
}
