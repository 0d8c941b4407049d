import type { CellName } from '../nn/model';

/**
 * Lines of models are told apart by dash as well as by colour: a print without colours, and eyes that see few, still tell
 * them apart. Pixels drawn and left out by turns; none: drawn throughout.
 */
export const dashes = {
  actual: [],
  rnn: [],
  lstm: [7, 3],
  gru: [7, 2.5, 1.5, 2.5],
  naive: [1, 3],
} satisfies Record<CellName | 'actual' | 'naive', number[]>;
export type DashedSeries = keyof typeof dashes;
