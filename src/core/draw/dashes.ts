import type { CellName } from '../nn/model';

/**
 * Lines of models are told apart by dash as well as by colour: a print without colours, and eyes that see few, still tell
 * them apart. Pixels drawn and left out by turns; none: drawn throughout. Further models of a cell are of its family.
 */
export const dashes = {
  actual: [],
  naive: [1, 3],
  rnn: [],
  'rnn-2': [12, 2],
  'rnn-3': [4, 2],
  'rnn-4': [9, 2, 2, 2],
  lstm: [7, 3],
  'lstm-2': [3, 2],
  'lstm-3': [12, 3, 3, 3],
  'lstm-4': [2, 2],
  gru: [7, 2.5, 1.5, 2.5],
  'gru-2': [7, 2, 1.5, 2, 1.5, 2],
  'gru-3': [3, 2, 1.5, 2],
  'gru-4': [12, 2.5, 1.5, 2.5],
} satisfies Record<Tone | 'actual' | 'naive', number[]>;

/** The colour of a model's line: its cell's own, or another of the family. */
export type Tone = CellName | `${CellName}-${2 | 3 | 4}`;
export type DashedSeries = keyof typeof dashes;
/** How one run is drawn. */
export interface LineLook {
  tone: Tone;
  dash: number[];
}

const tonesOf = (cell: CellName): Tone[] => [cell, `${cell}-2`, `${cell}-3`, `${cell}-4`];
export const tones: Tone[] = (['rnn', 'lstm', 'gru'] as const).flatMap(tonesOf);

/** One tone to a model, the first of each cell in the cell's own; beyond four of a cell they come round again. */
export function tonesFor(models: { cell: CellName }[]): Tone[] {
  const met = new Map<CellName, number>();
  return models.map(({ cell }) => {
    const earlier = met.get(cell) ?? 0;
    met.set(cell, earlier + 1);
    const family = tonesOf(cell);
    return family[earlier % family.length]!;
  });
}

/** Every run of every model: its seeds share the model's colour and differ by dash. */
export function looksOf(models: { cell: CellName; runs: string[] }[]): Map<string, LineLook> {
  const owned = tonesFor(models);
  return new Map(
    models.flatMap(({ cell, runs }, i) => {
      const family = tonesOf(cell);
      const first = family.indexOf(owned[i]!);
      return runs.map((run, k) => [run, { tone: owned[i]!, dash: dashes[family[(first + k) % family.length]!] }]);
    }),
  );
}
