import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { LabErrorView } from '../core/errors';
import { LabError } from '../core/errors';
import type { KeptEpoch } from '../core/inside/album';
import type { Checkpoint, UnfinishedRun } from '../core/protocol';
import { type Annotation, type Predictions, plainAnnotation, type RunRecord, runVersion } from '../core/run';
import type { AnyTextRecord } from '../core/text/any-record';
import { isLabelled, isLanguage } from '../core/text/any-record';
import { type LabelledRecord, labelledVersion } from '../core/text/labelled/record';
import { type TextRecord, textVersion } from '../core/text/record';
import { readAnnotation, writeAnnotation } from './annotations';
import { checkpointFile } from './checkpoint-file';
import { forecastsOf, writeClasses } from './class-predictions';
import { epochsAsFile, epochsFrom } from './kept-epochs';
import { labelledSchema } from './labelled-schema';
import { migrated } from './migrate';
import { type StoredForecasts, timesIn, writePredictions } from './predictions';
import { runSchema } from './run-schema';
import { sweep, unfinishedName } from './sweep';
import { textSchema } from './text-schema';
import { checkpointName, Unfinished } from './unfinished';

/**
 * A project on disk: plain files that a person can read, copy and delete.
 *
 *   PROJECT/runs/RUN/run.json             the record (core/run.ts)
 *   PROJECT/runs/RUN/weights.safetensors  the weights of the best epoch
 *   PROJECT/runs/RUN/epochs.safetensors   the weights of up to 30 epochs, for looking back (at most 8 MB)
 *   PROJECT/runs/RUN/predictions.csv      forecasts of the test part; a run on texts has none
 *   PROJECT/runs/RUN/checkpoint.safetensors, training.json   where a run stands that goes on later (unfinished.ts)
 *   PROJECT/runs/RUN/annotation.json      a person's name for it, star and notes, where there are any
 *   PROJECT/trash/RUN                     a deleted run, whole; it stays until a person empties the folder
 *
 * A run's record and what belongs to it are written under another name and renamed when they are whole, so that they are
 * there entirely or not at all. What cannot be read back is left alone and reported.
 */
export interface Finished {
  record: RunRecord;
  weights: Uint8Array;
  /** Weights of some epochs, for looking back; without, none are kept. */
  epochs?: KeptEpoch[];
  /** To go on from later; without, it cannot. */
  checkpoint?: Checkpoint | null;
  test: Predictions;
  /** [rows] times of the series, or null: for the person who reads the table. */
  times: Float64Array | null;
  dateOnly: boolean;
}

export type AnyRecord = RunRecord | AnyTextRecord;
export const isText = (record: AnyRecord): record is AnyTextRecord => 'kind' in record;

export interface StoredRun {
  record: RunRecord;
  /** Null where the file is missing or damaged. */
  forecasts: StoredForecasts | null;
}

/** What comes with a record from elsewhere. */
export interface Adopted {
  weights: Uint8Array;
  predictions: string | null;
  annotation: Annotation | null;
}

const recordFile = 'run.json';
const weightsFile = 'weights.safetensors';
const epochsFile = 'epochs.safetensors';
const predictionsFile = 'predictions.csv';
const recordLimitBytes = 64 << 20;
const replaced = '.replaced-';

export class Store {
  private readonly runs: string;
  private readonly trash: string;
  private readonly known = new Map<string, { changed: number; record: AnyRecord }>();

  /** Runs that are begun. */
  readonly unfinished: Unfinished;

  constructor(readonly folder: string) {
    this.runs = join(folder, 'runs');
    this.trash = join(folder, 'trash');
    this.unfinished = new Unfinished(folder, (run) => join(this.runs, run));
  }

  async save({ record, weights, epochs = [], checkpoint = null, test, times, dateOnly }: Finished): Promise<void> {
    const forecasts = { models: [{ name: record.name, test }], timeAt: timesIn(times, dateOnly, test) };
    await this.put(record, async (folder) => {
      await write(join(folder, weightsFile), weights);
      await write(join(folder, predictionsFile), (test.classes ? writeClasses : writePredictions)(forecasts));
      if (epochs.length > 0) await write(join(folder, epochsFile), epochsAsFile(epochs));
      if (checkpoint) await write(join(folder, checkpointName), checkpointFile(record.id, checkpoint));
    });
  }

  async saveText(record: AnyTextRecord, weights: Uint8Array, checkpoint: Checkpoint | null = null): Promise<void> {
    await this.put(record, async (folder) => {
      await write(join(folder, weightsFile), weights);
      if (checkpoint) await write(join(folder, checkpointName), checkpointFile(record.id, checkpoint));
    });
  }

  /** A run from elsewhere, already checked; gives the id it has here, a new one where its own is taken. */
  async adopt(record: AnyRecord, { weights, predictions, annotation }: Adopted): Promise<string> {
    const wanted = isName(record.id) && record.id.length <= 100 && !isReserved(record.id) ? record.id : 'imported';
    let id = wanted;
    for (let n = 2; await stat(join(this.runs, id)).catch(missingAs(null)); n++) id = `${wanted}-${n}`;
    await this.put({ ...record, id }, async (folder) => {
      await write(join(folder, weightsFile), weights);
      if (predictions !== null) await write(join(folder, predictionsFile), predictions);
      if (annotation) await writeAnnotation(folder, annotation);
    });
    return id;
  }

  private async put(record: AnyRecord, rest: (folder: string) => Promise<void>): Promise<void> {
    const temporary = join(this.runs, unfinishedName(record.id));
    try {
      await mkdir(temporary, { recursive: true });
      await write(join(temporary, recordFile), `${JSON.stringify(record, null, 2)}\n`);
      await rest(temporary);
      await this.unfinished.inTurn(record.id, () => this.exchange(temporary, record.id));
      this.unfinished.release(record.id);
    } catch (thrown) {
      await rm(temporary, { recursive: true, force: true });
      throw new LabError('host.not-saved', {
        folder: this.folder,
        reason: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
      });
    }
  }

  /** A whole folder in the place of what there was of the run; a person's words about it are kept. */
  private async exchange(whole: string, run: string): Promise<void> {
    const [place, aside] = [join(this.runs, run), join(this.runs, `${replaced}${run}`)];
    // what is there and was not begun here is another run's
    if (!this.unfinished.isOwn(run)) return rename(whole, place);
    const said = await readAnnotation(place);
    if (said !== plainAnnotation) await writeAnnotation(whole, said);
    await rm(aside, { recursive: true, force: true });
    await rename(place, aside).catch(missingAs(undefined));
    await rename(whole, place);
    await rm(aside, { recursive: true, force: true });
  }

  /** Ends what was interrupted between the two renames of an exchange: the earlier folder takes its place again. */
  private async recover(names: string[]): Promise<string[]> {
    const asides = names.filter((name) => name.startsWith(replaced)).map((name) => name.slice(replaced.length));
    const lost = asides.filter((run) => !names.includes(run));
    for (const run of lost) await rename(join(this.runs, `${replaced}${run}`), join(this.runs, run)).catch(() => {});
    return [...names, ...lost];
  }

  /** All runs, oldest first, those that are begun and not ended, and a note for every folder that could not be read. */
  async list(): Promise<{
    records: RunRecord[];
    texts: AnyTextRecord[];
    unfinished: UnfinishedRun[];
    damaged: LabErrorView[];
  }> {
    const found = await readdir(this.runs).catch(missingAs([] as string[]));
    await sweep(this.runs, found);
    const names = await this.recover(found);
    const begun: UnfinishedRun[] = [];
    const all: AnyRecord[] = [];
    const damaged: LabErrorView[] = [];
    for (const name of names.filter((name) => !name.startsWith('.')).sort()) {
      const open = await this.unfinished.one(name);
      if (open) begun.push(open);
      try {
        all.push(await this.any(name));
      } catch (thrown) {
        if (!(thrown instanceof LabError)) throw thrown;
        if (!open && !this.unfinished.isOwn(name)) damaged.push(thrown.view());
      }
    }
    begun.sort((a, b) => a.created.localeCompare(b.created) || a.run.localeCompare(b.run));
    all.sort((a, b) => a.created.localeCompare(b.created) || a.id.localeCompare(b.id));
    const texts = all.filter(isText);
    return { records: all.filter((record): record is RunRecord => !isText(record)), texts, unfinished: begun, damaged };
  }

  /** Throws a `LabError` when there is no such run or its record cannot be read. */
  async read(run: string): Promise<StoredRun> {
    const record = await this.record(run);
    const csv = await readFile(this.predictionsPath(run), 'utf8').catch(missingAs(null));
    return { record, forecasts: csv === null ? null : forecastsOf(record, csv) };
  }

  /** A language model's record; a run of another kind is refused. */
  async text(run: string): Promise<TextRecord> {
    const record = await this.any(run);
    if (!isText(record) || !isLanguage(record)) throw new LabError('text.not-language', { run });
    return record;
  }

  /** The record of a model that tags or classifies texts; a run of another kind is refused. */
  async labelled(run: string): Promise<LabelledRecord> {
    const record = await this.any(run);
    if (!isText(record) || !isLabelled(record)) throw new LabError('labels.not-labelled', { run });
    return record;
  }

  /** Where a run's forecasts of the test part are. */
  predictionsPath(run: string): string {
    return join(this.runs, run, predictionsFile);
  }

  /** The epochs kept for looking back; none where there is no such file. */
  async epochs(run: string, count: number): Promise<KeptEpoch[]> {
    const file = await readFile(join(this.runs, run, epochsFile)).catch(missingAs(null));
    return file ? epochsFrom(file, count) : [];
  }

  async weights(run: string): Promise<Uint8Array> {
    await this.any(run);
    return readFile(join(this.runs, run, weightsFile));
  }

  /** What people said of these runs, for those of which they said anything. */
  async annotations(runs: readonly { id: string }[]): Promise<Record<string, Annotation>> {
    const all = await Promise.all(runs.map(async ({ id }) => [id, await readAnnotation(join(this.runs, id))] as const));
    return Object.fromEntries(all.filter(([, annotation]) => annotation !== plainAnnotation));
  }

  /** What is not given stays as it is. */
  async annotate(run: string, change: Partial<Annotation>): Promise<Annotation> {
    await this.any(run);
    const folder = join(this.runs, run);
    const annotation = { ...(await readAnnotation(folder)), ...change };
    await this.written(() => writeAnnotation(folder, annotation));
    return annotation;
  }

  /** To the trash, whole. A run that cannot be read can be deleted as well. */
  async remove(run: string): Promise<void> {
    if (this.unfinished.isOwn(run)) throw new LabError('resume.training', { run });
    await this.move(run, this.runs, this.trash);
    this.known.delete(run);
  }

  /** Back from the trash; null for a run that was never ended. */
  async restore(run: string): Promise<AnyRecord | null> {
    await this.move(run, this.trash, this.runs);
    return (await stat(join(this.runs, run, recordFile)).catch(missingAs(null))) && this.any(run);
  }

  private async move(run: string, from: string, to: string): Promise<void> {
    if (!isName(run) || !(await stat(join(from, run)).catch(missingAs(null))))
      throw new LabError('host.unknown-run', { run });
    await this.written(async () => {
      await mkdir(to, { recursive: true });
      // of two deletions of one run, the later is kept; a run that is there is never written over
      if (to === this.trash) await rm(join(to, run), { recursive: true, force: true });
      await rename(join(from, run), join(to, run));
    });
  }

  private async written(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const reason = (thrown as NodeJS.ErrnoException).code;
      if (reason === undefined) throw thrown;
      throw new LabError('host.not-changed', { folder: this.folder, reason });
    }
  }

  private async record(run: string): Promise<RunRecord> {
    const record = await this.any(run);
    if (!isText(record)) return record;
    const { kind } = record;
    throw isLanguage(record)
      ? new LabError('text.no-forecast', { run })
      : new LabError('labels.no-forecast', { run, kind });
  }

  /** A record of any kind. */
  async any(run: string): Promise<AnyRecord> {
    if (!isName(run)) throw new LabError('host.unknown-run', { run });
    const path = join(this.runs, run, recordFile);
    const found = await stat(path).catch(missingAs(null));
    if (!found) {
      const folder = await stat(join(this.runs, run)).catch(missingAs(null));
      if (!folder) throw new LabError('host.unknown-run', { run });
      const open = await this.unfinished.one(run);
      if (open) throw new LabError('resume.unfinished', { run, epoch: open.earlier.epoch });
      throw this.damage(run, `${recordFile} is missing`);
    }
    const known = this.known.get(run);
    if (known?.changed === found.mtimeMs) return known.record;
    if (found.size > recordLimitBytes) throw this.damage(run, `${recordFile} is too large`);
    const record = this.parse(run, await readFile(path, 'utf8'));
    this.known.set(run, { changed: found.mtimeMs, record });
    return record;
  }

  private parse(run: string, text: string): AnyRecord {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw this.damage(run, `${recordFile} is not JSON`);
    }
    const { kind, version } = Object(json) as { kind?: unknown; version?: unknown };
    const [schema, readable] = schemaOf(kind);
    const checked: z.ZodSafeParseResult<AnyRecord> = schema.safeParse(kind === undefined ? migrated(json) : json);
    if (!checked.success) {
      if (typeof version === 'number' && version !== readable)
        throw new LabError(version > readable ? 'host.newer-run' : 'host.older-run', { run, version, readable });
      const issue = checked.error.issues[0]!;
      throw this.damage(run, `${recordFile}: ${issue.path.join('.') || 'all of it'}: ${issue.message}`);
    }
    if (checked.data.id !== run) throw this.damage(run, `${recordFile} is of another run, ${checked.data.id}`);
    return checked.data;
  }

  private damage(run: string, reason: string): LabError {
    return new LabError('host.damaged-run', { folder: join(this.runs, run), reason });
  }
}

/** What a record of this kind must be, and the version that is read. */
export function schemaOf(kind: unknown): [z.ZodType<AnyRecord>, number] {
  if (kind === undefined) return [runSchema, runVersion];
  return kind === 'language' ? [textSchema, textVersion] : [labelledSchema, labelledVersion];
}

/** Names that Windows keeps for devices. */
export const isReserved = (name: string): boolean => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);

/** A run's name may come from a page: it names a folder here, never a path. */
export const isName = (run: string): boolean => /^[\w][\w.-]*$/.test(run);

/** On the disk before it is called written. */
async function write(path: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** For `catch`: a file that is not there gives this instead. */
function missingAs<T>(instead: T): (thrown: NodeJS.ErrnoException) => T {
  return (thrown) => {
    if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return instead;
    throw thrown;
  };
}
