import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../core/errors';
import type { Checkpoint, Earlier, UnfinishedRun } from '../core/protocol';
import { type Ask, askFile, beat, beatMilliseconds, isElsewhere, isPlain, readAsk, replace, writeAsk } from './asks';
import { checkpointFile, checkpointFrom, standingIn } from './checkpoint-file';
import { epochsAsFile, epochsFrom } from './kept-epochs';

export const checkpointName = 'checkpoint.safetensors';
const epochsName = 'epochs.safetensors';
const checkpointLimitBytes = 2 ** 31;

/**
 * Runs that are begun and have no record of it yet. Their folders lie among the others:
 *
 *   PROJECT/runs/RUN/training.json           what was asked (asks.ts); gone once there is a record
 *   PROJECT/runs/RUN/checkpoint.safetensors  where it stands (checkpoint-file.ts); stays, so that it can go on later
 *
 * Nothing here may fail a training: whoever writes says what went wrong, and it goes on.
 */
export class Unfinished {
  /** What this program is training. */
  private readonly own = new Map<string, Ask>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private heart: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly project: string,
    private readonly folderOf: (run: string) => string,
  ) {}

  isOwn(run: string): boolean {
    return this.own.has(run);
  }

  /** Before anything is trained for it, so that a project that cannot be written to is known at once. */
  async begin(asks: Ask[]): Promise<void> {
    for (const ask of asks)
      try {
        await mkdir(this.folderOf(ask.id), { recursive: true });
        await writeAsk(this.folderOf(ask.id), ask);
        this.own.set(ask.id, ask);
      } catch (thrown) {
        for (const { id } of asks) await this.drop(id).catch(() => {});
        throw this.trouble(thrown);
      }
    this.heart ??= setInterval(() => {
      for (const run of this.own.keys()) void beat(this.folderOf(run));
    }, beatMilliseconds).unref();
  }

  /** The newest checkpoint in place of the last one. A folder that was taken away meanwhile is made again. */
  async keep(run: string, checkpoint: Checkpoint): Promise<void> {
    const folder = this.folderOf(run);
    await this.inTurn(run, async () => {
      const ask = this.own.get(run);
      if (!ask) return;
      try {
        await mkdir(folder, { recursive: true });
        if (!(await stat(join(folder, askFile)).catch(() => null))) await writeAsk(folder, ask);
        // first what may be ahead: what is of later epochs than the checkpoint is passed over
        if (checkpoint.pages.length > 0) await replace(join(folder, epochsName), epochsAsFile(checkpoint.pages));
        await replace(join(folder, checkpointName), checkpointFile(run, checkpoint));
      } catch (thrown) {
        throw this.trouble(thrown);
      }
    });
  }

  /** One thing after another for a run, so that a late checkpoint never outlives its record. */
  inTurn<T>(run: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(run) ?? Promise.resolve()).catch(() => {}).then(work);
    this.turns.set(run, turn);
    return turn;
  }

  /** It goes on another day: what is on its way to the disk comes there first. */
  async leave(run: string): Promise<void> {
    await this.inTurn(run, async () => this.release(run));
  }

  /** It is no longer trained here. */
  release(run: string): void {
    this.own.delete(run);
    this.turns.delete(run);
    if (this.own.size > 0 || !this.heart) return;
    clearInterval(this.heart);
    this.heart = null;
  }

  /** Nothing will come of it. What was kept of it stays: a checkpoint to go on from, a record of an earlier end. */
  async drop(run: string): Promise<void> {
    const folder = this.folderOf(run);
    await this.inTurn(run, async () => {
      const there = (name: string) => stat(join(folder, name)).catch(() => null);
      if (await there('run.json')) await rm(join(folder, askFile), { force: true });
      else if (!(await there(checkpointName))) await rm(folder, { recursive: true, force: true });
    });
    this.release(run);
  }

  /** Null where nothing is open about this run, or this program is at it. */
  async one(run: string): Promise<UnfinishedRun | null> {
    if (this.own.has(run)) return null;
    const folder = this.folderOf(run);
    const ask = await readAsk(folder);
    if (!ask) return null;
    const { id, experiment, kind, name, cell, seed, created, dataset, settings } = ask;
    const standing = await standingIn(join(folder, checkpointName));
    const earlier: Earlier = {
      epoch: standing?.epoch ?? 0,
      epochs: settings.epochs,
      bestEpoch: standing?.bestEpoch ?? 0,
      loss: standing?.loss ?? { train: [], validation: [] },
    };
    const plain = isPlain(settings);
    const told = { run: id, experiment, kind, name, cell, plain, seed, created, file: dataset.file };
    const target = 'target' in dataset ? dataset.target : null;
    return { ...told, target, earlier, elsewhere: await isElsewhere(folder, ask) };
  }

  /** What was asked of a run that `one` knows. */
  async ask(run: string): Promise<Ask> {
    const ask = await readAsk(this.folderOf(run));
    if (!ask) throw new LabError('host.unknown-run', { run });
    return ask;
  }

  /** Null where nothing was kept. @throws LabError resume.damaged */
  async checkpoint(run: string): Promise<Checkpoint | null> {
    const path = join(this.folderOf(run), checkpointName);
    const found = await stat(path).catch(() => null);
    if (!found) return null;
    if (found.size > checkpointLimitBytes)
      throw new LabError('resume.damaged', { epoch: 0, reason: 'it is too large' });
    const kept = checkpointFrom(await readFile(path));
    const pages = await readFile(join(this.folderOf(run), epochsName)).then(
      (file) => epochsFrom(file, kept.state.weights.length),
      () => [],
    );
    return { ...kept, pages: pages.filter(({ epoch }) => epoch <= kept.state.epoch) };
  }

  private trouble(thrown: unknown): unknown {
    const reason = (thrown as NodeJS.ErrnoException).code;
    return reason === undefined ? thrown : new LabError('resume.not-kept', { folder: this.project, reason });
  }
}
