import { LabError, type LabErrorView } from '../core/errors';
import { weightsFile } from '../core/export/weights';
import { archiveLimits, modelInArchive, openProject } from './archive';
import { type Model, modelFrom, modelInOnnx, modelInPage, readWhole } from './models';
import { isText, type Store } from './store';

export interface Brought {
  /** Ids under which runs are now in the project. */
  brought: string[];
  /** Runs that were there already. */
  known: string[];
  /** Why others were left out. */
  refused: LabErrorView[];
}

/** Takes in what a person opens that is no data: a project, or a model that was exported. `file` is what they see of it. */
export async function bringFile(store: Store, path: string, file: string): Promise<Brought> {
  const bytes = await readWhole(path, archiveLimits.bytes).catch((thrown) => {
    throw thrown instanceof LabError ? new LabError(thrown.code, { ...thrown.facts, file }, { file }) : thrown;
  });
  if (/\.html?$/i.test(file)) return bringModel(store, modelInPage(bytes, file));
  if (/\.onnx$/i.test(file)) return bringModel(store, modelInOnnx(bytes, file));
  const model = modelInArchive(bytes, file);
  return model ? bringModel(store, modelFrom(model.description, model.weights, file)) : openProject(store, bytes, file);
}

export async function bringModel(store: Store, { record, weights }: Model): Promise<Brought> {
  const target: Record<string, string> = isText(record) ? {} : { target: record.dataset.target };
  const metadata = { run: record.id, cell: record.cell, ...target, format: 'pt' };
  const file = weightsFile(record.model, weights, metadata);
  const id = await store.adopt(record, { weights: file, predictions: null, annotation: null });
  return { brought: [id], known: [], refused: [] };
}
