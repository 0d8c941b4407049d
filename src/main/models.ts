import { open } from 'node:fs/promises';
import { LabError } from '../core/errors';
import { fromHtml } from '../core/export/html';
import { readOnnx } from '../core/export/onnx/read';
import { weightsFrom } from '../core/export/weights';
import { findRun } from './find-run';
import { exportedRecordFrom } from './record';
import type { AnyRecord, Store } from './store';

/** A model from wherever it was kept, checked through and through. */
export interface Model {
  record: AnyRecord;
  /** Flat, in the order of the model's parameter table. */
  weights: Float32Array;
}

const descriptionLimitBytes = 64 << 20;
const weightsLimitBytes = 1 << 30;

export const notAModel = (file: string, reason: string): LabError =>
  new LabError('predict.not-a-model', { file, reason }, { file });

/** A model by the path of its file (`.safetensors` with its `.json` beside it, `.html`, `.onnx`), or by its run. */
export async function loadModel(said: string, store: Store): Promise<Model> {
  if (/\.(safetensors|json)$/i.test(said)) return fromSafetensors(said.replace(/\.[a-z]+$/i, ''));
  if (/\.html?$/i.test(said)) return fromPage(said);
  if (/\.onnx$/i.test(said)) return modelInOnnx(await readWhole(said, weightsLimitBytes), said);
  if (/[\\/]|\.[a-z]{2,11}$/i.test(said)) throw notAModel(said, 'neither .safetensors, .onnx nor .html');
  const run = await findRun(store, said);
  const [record, weights] = await Promise.all([store.any(run), store.weights(run)]);
  return { record, weights: weightsFrom(record.model, weights) };
}

async function fromSafetensors(stem: string): Promise<Model> {
  const description = await readWhole(`${stem}.json`, descriptionLimitBytes);
  const weights = await readWhole(`${stem}.safetensors`, weightsLimitBytes);
  return modelFrom(new TextDecoder().decode(description), weights, `${stem}.json`);
}

const fromPage = async (file: string): Promise<Model> => modelInPage(await readWhole(file, weightsLimitBytes), file);

export function modelInPage(bytes: Uint8Array, file: string): Model {
  const text = new TextDecoder().decode(bytes);
  const found = fromHtml(text);
  if (!found) throw notAModel(file, 'no model in it');
  return modelFrom(found.description, Buffer.from(found.weights, 'base64'), file);
}

export function modelInOnnx(bytes: Uint8Array, file: string): Model {
  const found = readOnnx(bytes);
  if (typeof found === 'string') throw notAModel(file, found);
  const record = exportedRecordFrom(found.description, file);
  return { record, weights: inFile(file, () => found.weightsOf(record.model)) };
}

/**
 * A model by its description and its weights as safetensors.
 * @throws LabError predict.not-a-model, predict.newer, host.weights
 */
export function modelFrom(description: string, weights: Uint8Array, file: string): Model {
  const record = exportedRecordFrom(description, file);
  return { record, weights: inFile(file, () => weightsFrom(record.model, weights)) };
}

/** A refusal names the file it is about. */
function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    throw new LabError(thrown.code, thrown.facts, { file });
  }
}

/** All of a file that is no larger than it may be. */
export async function readWhole(file: string, limitBytes: number): Promise<Uint8Array> {
  const unreadable = (reason: string) => new LabError('host.unreadable', { file, reason }, { file });
  try {
    const handle = await open(file);
    try {
      const found = await handle.stat();
      if (found.isDirectory()) throw new LabError('host.not-a-file', { file }, { file });
      if (!found.isFile()) throw unreadable('not a file');
      if (found.size > limitBytes) throw unreadable(`larger than ${limitBytes >> 20} MB`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const { code, syscall } = thrown as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw thrown;
    throw code === 'ENOENT' || code === 'ENOTDIR' ? new LabError('host.no-file', { file }, { file }) : unreadable(code);
  }
}
