import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cellNames } from '../core/nn/model';
import type { Checkpoint, Earlier, TrainerJob } from '../core/protocol';
import type { DatasetFingerprint } from '../core/run';
import type { Settings } from '../core/settings';
import type { TextJob } from '../core/text/contract';
import type { LabelledJob } from '../core/text/labelled/contract';
import { type LabelledFingerprint, type LabelledKind, labelledKinds } from '../core/text/labelled/record';
import type { LabelledSettings } from '../core/text/labelled/settings';
import type { TextFingerprint } from '../core/text/record';
import { labelledParts } from './labelled-schema';
import { runParts } from './run-schema';
import { textParts } from './text-schema';

/**
 * `training.json` in a run's folder: what was asked of a run, from when it is begun until it has its record. It is touched
 * as long as its program lives, so that one that ended without a word is told from one that is at work.
 */
interface Common {
  id: string;
  experiment: string;
  name: string;
  /** ISO 8601, UTC. */
  created: string;
  cell: TrainerJob['runs'][number]['cell'];
  seed: number;
  /** Epochs after which it was taken up again. */
  resumed: number[];
  /** The process that trains it. */
  process: number;
}
export type Ask = Common &
  (
    | { kind: 'forecast'; dataset: DatasetFingerprint; settings: Settings }
    | { kind: 'language'; dataset: TextFingerprint; settings: TextJob['settings'] }
    | { kind: LabelledKind; dataset: LabelledFingerprint; settings: LabelledSettings }
  );

const common = {
  version: z.literal(1),
  id: z.string(),
  experiment: z.string(),
  name: z.string(),
  created: z.string(),
  cell: z.enum(cellNames),
  seed: z.number().int().min(0),
  resumed: z.array(z.number().int().min(0)).max(100_000),
  process: z.number().int().min(0),
};
const askSchema = z.discriminatedUnion('kind', [
  z.looseObject({ ...common, kind: z.literal('forecast'), ...runParts }),
  z.looseObject({ ...common, kind: z.literal('language'), ...textParts }),
  z.looseObject({ ...common, kind: z.enum(labelledKinds), ...labelledParts }),
]) as unknown as z.ZodType<Ask>;

export const askFile = 'training.json';

/** Whether its network has no memory: the plain network. */
export const isPlain = (settings: object): boolean => 'memory' in settings && settings.memory === 'none';

/** A name that tells a run from the others of its experiment. */
export function nameOf({ cell, seed }: { cell: string; seed: number }, settings: { seeds: number }): string {
  const network = isPlain(settings) ? 'mlp' : cell;
  return settings.seeds > 1 ? `${network} seed ${seed}` : network;
}

/** What is asked of every run of an order that was not asked of it before. */
export function asksOf(order: TrainerJob, dataset: DatasetFingerprint): Ask[];
export function asksOf(order: TextJob, dataset: TextFingerprint): Ask[];
export function asksOf(order: LabelledJob, dataset: LabelledFingerprint): Ask[];
export function asksOf(order: TrainerJob | TextJob | LabelledJob, dataset: Ask['dataset']): Ask[] {
  const created = new Date().toISOString();
  const kind = 'kind' in order ? order.kind : 'vocabulary' in order ? 'language' : 'forecast';
  return order.runs.map(({ run, cell, seed }) => {
    const identity = { id: run, experiment: order.experiment, name: nameOf({ cell, seed }, order.settings), created };
    const { settings } = order;
    return { kind, ...identity, dataset, settings, cell, seed, resumed: [], process: process.pid } as unknown as Ask;
  });
}

/** Where a run stood that goes on. */
export function earlierOf({ settings: { epochs } }: Ask, from: Checkpoint | null): Earlier {
  if (!from) return { epoch: 0, epochs, bestEpoch: 0, loss: { train: [], validation: [] } };
  return { epoch: from.state.epoch, epochs, bestEpoch: from.state.bestEpoch, loss: from.loss };
}

/** Null where there is none that can be read. */
export async function readAsk(folder: string): Promise<Ask | null> {
  const text = await readFile(join(folder, askFile), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return askSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Written whole or not at all. */
export async function writeAsk(folder: string, ask: Ask): Promise<void> {
  await replace(join(folder, askFile), `${JSON.stringify({ version: 1, ...ask }, null, 2)}\n`);
}

/** A file that is there whole, or as it was. */
export async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** Milliseconds between two signs of life, and after how many of them none is believed in any more. */
export const beatMilliseconds = 15_000;
const mostMissed = 4;

export async function beat(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, askFile), now, now).catch(() => {});
}

/** Whether another program is at it: its process is there, and touched the file lately. Whichever way the clock was set. */
export async function isElsewhere(folder: string, { process: pid }: Ask): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  const touched = await stat(join(folder, askFile)).catch(() => null);
  return touched !== null && Math.abs(Date.now() - touched.mtimeMs) < beatMilliseconds * mostMissed;
}

/** Whether there is a process of this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // one that may not be asked is there
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
