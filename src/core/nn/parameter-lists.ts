import { gates, type ModelSpec } from './model';

/** Adds an array to the end of a table, by its name and shape (nn/parameters.ts). */
export type Add = (name: string, ...shape: number[]) => void;

export function addLinear(add: Add, name: string, inputs: number, outputs: number): void {
  add(`${name}.weight`, outputs, inputs);
  add(`${name}.bias`, outputs);
}

/** Recurrent layers, one above the other; their names and shapes are those of `parameterTable`. */
export function addLayers(
  add: Add,
  prefix: string,
  { cell, memory = 'before', D, H, L }: Pick<ModelSpec, 'cell' | 'memory' | 'D' | 'H' | 'L'>,
): void {
  const rows = gates[cell] * H;
  for (let l = 0; l < L; l++) {
    const inputs = l === 0 ? D : H;
    add(`${prefix}weight_ih_l${l}`, rows, inputs);
    if (memory === 'input') add(`${prefix}weight_hx_l${l}`, inputs, H);
    else if (memory !== 'none') add(`${prefix}weight_hh_l${l}`, rows, H);
    add(`${prefix}bias_ih_l${l}`, rows);
    if (memory === 'before') add(`${prefix}bias_hh_l${l}`, rows);
  }
}
