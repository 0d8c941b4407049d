import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { gates, type ModelSpec } from './model';
import { up } from './round';

/**
 * What the first layer's gates get from a token is one of V rows, so no step multiplies its input: the products of all rows are
 * made once per step of the optimizer, as a table that is looked up, and the gradients of the gates are added up by token
 * before they go through the product, once:
 *
 *   table = E·Wᵀ [V][G·H]      ∂L/∂table[v] = Σ ∂L/∂z over the steps that read v
 *   ∂L/∂W = (∂L/∂table)ᵀ·E     ∂L/∂E = ∂L/∂table · W
 *
 * E is the learned embedding [V][D], or for one-hot tokens the unit matrix, whose table is Wᵀ itself. W is weight_ih [G·H][D].
 */
export interface InputTablePlace {
  /** [G·H/8][rows][8], `panel` bytes from panel to panel; and its gradient, slice by slice and summed. */
  table: number;
  panel: number;
  gradients: number;
  sliceBytes: number;
  gradient: number;
  /** Where E is learned. */
  learned: Learned | null;
}
/** W in panels [G·H/8][D][8] and [D/8][G·H][8]; ∂L/∂table as rows; ∂L/∂W [G·H][D], ∂L/∂E in panels; a product's scratch. */
interface Learned {
  forward: number;
  backward: number;
  rows: number;
  dW: number;
  dE: number;
  scratch: number;
}

/** Above so many tokens the table of a learned embedding would cost more than the steps' own products. */
const mostRows = 256;

/** Whether the first layer's inputs come from a table. */
export const readsTable = ({ tokens }: Pick<ModelSpec, 'tokens'>): boolean =>
  tokens !== undefined && (tokens.embedding === 'one-hot' || tokens.V <= mostRows);

/** Null where the layers read rows of the embedding. */
export function placeInputTable(arena: Arena, model: ModelSpec, slices: number): InputTablePlace | null {
  const { tokens } = model;
  if (!tokens || !readsTable(model)) return null;
  const H = up(model.H, 8);
  const columns = gates[model.cell] * H;
  const rows = up(tokens.V, 4);
  const D = up(model.D, 8);
  const add = (what: string, ...shape: number[]) => arena.add(`input table${what}`, shape);
  const learned = () => ({
    forward: add(', packed weights', columns / 8, model.D, 8),
    backward: add(', packed weights, backward', D / 8, columns, 8),
    rows: add(', gradient, rows', rows, columns),
    dW: add(', gradient of the weights', columns, D),
    dE: add(', gradient of the embedding', D / 8, rows, 8),
    scratch: add(', packing', D / 8, 256, 8),
  });
  return {
    table: add('', columns / 8, rows, 8),
    panel: rows * 32,
    gradients: add(', slice gradients', slices, columns / 8, rows, 8),
    sliceBytes: columns * rows * 4,
    gradient: add(', gradient', columns / 8, rows, 8),
    learned: tokens.embedding === 'learned' ? learned() : null,
  };
}

/** Where the tokens of a slice stand: row s reads those from starts [n] on. */
export interface Read {
  S: number;
  n: number;
  table: number;
  starts: number;
}

export class InputTable {
  readonly #k: Kernels;
  readonly #model: ModelSpec;
  readonly #place: InputTablePlace;
  readonly #V: number;
  /** Panels of the gates that read inputs, and of one gate. */
  readonly #P: number;
  readonly #U: number;
  /** Bytes of the parameters within a flat array. */
  readonly #at: Record<string, number>;

  constructor(k: Kernels, model: ModelSpec, place: InputTablePlace, at: Record<string, number>) {
    this.#k = k;
    this.#model = model;
    this.#place = place;
    this.#V = model.tokens?.V ?? 0;
    this.#U = up(model.H, 8) / 8;
    this.#P = gates[model.cell] * this.#U;
    this.#at = at;
  }

  /** From the flat weights. Once per step of the optimizer. */
  pack(weights: number): void {
    const { table, panel, learned } = this.#place;
    const { D, H } = this.#model;
    const rows = panel / 32;
    const K = learned ? D : rows;
    this.#eachGate((g, first) => {
      const W = weights + (this.#at.weight_ih_l0 as number) + g * H * D * 4;
      this.#k.packRows(H, D, W, D, (learned?.forward ?? table) + first * K * 32, K, 0, 0);
      if (learned) this.#k.packColumns(H, D, W, D, learned.backward, this.#P * 8, first * 8);
    });
    if (!learned) return;
    const E = weights + (this.#at['embedding.weight'] as number);
    this.#k.product(rows, this.#P, D, E, D * 4, learned.forward, table, panel, 0);
  }

  /** What the tokens of step t give the gates z [P][S][8]. */
  enter({ S, n, table, starts }: Read, t: number, z: number, zPanel: number): void {
    this.#k.lookUp(t, S, n, this.#P, table, starts, this.#place.table, this.#place.panel, z, zPanel);
  }

  /** The gates' gradients dz [P][T·S][8] → the table's gradient of slice `slice`. */
  back({ S, n, table, starts }: Read, T: number, slice: number, dz: number, dzPanel: number): void {
    const { gradients, sliceBytes, panel } = this.#place;
    const to = gradients + slice * sliceBytes;
    this.#k.clear(to, sliceBytes);
    this.#k.lookUpBack(T, S, n, this.#P, table, starts, dz, dzPanel, to, panel);
  }

  /** The slices' gradients, added in their order → those of weight_ih and the embedding in the flat array at `to`. */
  collect(weights: number, slices: number, to: number): void {
    const { gradients, sliceBytes, gradient, panel, learned } = this.#place;
    const { D, H } = this.#model;
    const numbers = sliceBytes / 4;
    this.#k.sumSlices(1, numbers, slices, gradients, numbers, sliceBytes, gradient, numbers);
    const dW = to + (this.#at.weight_ih_l0 as number);
    if (!learned) {
      this.#eachGate((g, first) => this.#k.unpackRows(H, D, gradient + first * panel, panel, dW + g * H * D * 4, D));
      return;
    }
    const [wide, columns, rows] = [up(D, 8), this.#P * 8, panel / 32];
    const E = weights + (this.#at['embedding.weight'] as number);
    // columns of E beyond D are those of the next row: what they give is not read
    this.#k.weightGradient(this.#V, this.#P, 0, D, 0, wide, gradient, panel, E, D, learned.dW, learned.scratch, 0);
    this.#eachGate((g, first) => {
      this.#k.sumSlices(H, D, 1, learned.dW + first * 8 * wide * 4, wide, 0, dW + g * H * D * 4, D);
    });
    this.#k.toRows(rows, 0, columns, gradient, panel, learned.rows, columns);
    this.#k.product(rows, wide / 8, columns, learned.rows, columns * 4, learned.backward, learned.dE, panel, 0);
    this.#k.toRows(this.#V, 0, D, learned.dE, panel, to + (this.#at['embedding.weight'] as number), D);
  }

  /** Gates in PyTorch's order, and the first panel of each where the kernels have it: a GRU's candidate stands first. */
  #eachGate(use: (g: number, firstPanel: number) => void): void {
    const count = gates[this.#model.cell];
    for (let g = 0; g < count; g++) use(g, (this.#model.cell === 'gru' ? (g + 1) % 3 : g) * this.#U);
  }
}
