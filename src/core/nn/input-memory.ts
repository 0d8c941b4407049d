import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import type { LayerShape } from './layout';
import { up } from './round';

/**
 * Memory that enters with the input, h_t = g(W (x_t + V h_{t−1}) + b) with V = weight_hx [D][H]. Since W (x + V h) = W x +
 * (W V) h, it is the common cell with U = W V, a matrix of rank ≤ D, in place of free recurrent weights: the same kernels run
 * it. U is formed when weights are packed, and its gradient is handed back when gradients are collected:
 *
 *   ∂L/∂W = (as the common cell has it) + ∂L/∂U · Vᵀ      ∂L/∂V = Wᵀ · ∂L/∂U
 */
export interface InputMemoryPlace {
  /** Rows [H][H] of U, or of its gradient. */
  U: number;
  /** Operands in panels of eight columns, and a product. */
  packed: number;
  product: number;
  /** Two matrices to be added, `slotBytes` apart; the first also holds a transposed one. */
  slots: number;
  slotBytes: number;
}

export function placeInputMemory(arena: Arena, { D, H }: Pick<LayerShape, 'D' | 'H'>, name: string): InputMemoryPlace {
  const n = Math.max(up(D, 8), H);
  const add = (what: string, count = 1) => arena.add(`${name}, ${what}`, [count, n, n]);
  return {
    U: add('recurrent weights'),
    packed: add('panels'),
    product: add('product'),
    slots: add('sums', 2),
    slotBytes: n * n * 4,
  };
}

/** One layer's matrices: real widths D and H, pointers into flat weights or gradients. */
export interface InputMemory {
  k: Kernels;
  D: number;
  H: number;
  place: InputMemoryPlace;
}

/** U = W V, rows [H][H]. */
export function formRecurrent({ k, D, H, place }: InputMemory, W: number, V: number): void {
  const { U, packed, product } = place;
  const M = up(H, 8);
  k.packColumns(D, H, V, H, packed, D, 0);
  k.product(M, M / 8, D, W, D * 4, packed, product, M * 32, 0);
  k.toRows(H, 0, H, product, M * 32, U, H);
}

/** ∂L/∂U, in rows at `place.U`, into dW (added) and dV. */
export function handBack({ k, D, H, place }: InputMemory, at: { W: number; V: number; dW: number; dV: number }): void {
  const { U: dU, packed, product, slots, slotBytes } = place;
  const [M, N] = [up(H, 8), up(D, 8)];
  k.packRows(D, H, at.V, H, packed, H, 0, 0);
  k.product(M, N / 8, H, dU, H * 4, packed, product, M * 32, 0);
  k.sumSlices(H, D, 1, at.dW, D, 0, slots, D);
  k.toRows(H, 0, D, product, M * 32, slots + slotBytes, D);
  k.sumSlices(H, D, 2, slots, D, slotBytes, at.dW, D);
  // Wᵀ [D][H]: the columns of W, eight of its rows at a time
  k.packRows(H, D, at.W, D, packed, D, 0, 0);
  k.toRows(D, 0, H, packed, D * 32, slots, H);
  k.packColumns(H, H, dU, H, packed, H, 0);
  k.product(N, M / 8, H, slots, H * 4, packed, product, N * 32, 0);
  k.toRows(D, 0, H, product, N * 32, at.dV, H);
}
