import { randomBytes } from 'node:crypto';
import type { CellName } from '../core/nn/model';

/** A new experiment and its runs: every model under every seed. */
export function trainees({ models, seeds, seed }: { models: CellName[]; seeds: number; seed: number }) {
  const experiment = identity();
  const runs = models.flatMap((cell) =>
    Array.from({ length: seeds }, (_, i) => ({
      run: `${experiment}-${cell}${seeds > 1 ? `-${seed + i}` : ''}`,
      cell,
      seed: seed + i,
    })),
  );
  return { experiment, runs };
}

/** Sorts by time and stays readable as a folder's name. */
function identity(): string {
  const moment = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${moment}-${randomBytes(2).toString('hex')}`;
}
