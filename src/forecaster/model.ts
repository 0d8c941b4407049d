import type { WindowTable } from '../core/data/windows';
import type { Description } from '../core/export/description';
import { weightsFrom } from '../core/export/weights';
import wasm from '../core/kernels/build/unshared.wasm?bytes';
import type { Engine, Weights } from '../core/learn/engine';
import { Forecaster } from '../core/learn/forecaster';
import { Labeller } from '../core/learn/labeller';
import { Reader } from '../core/learn/reader';
import type { ModelSpec } from '../core/nn/model';

/** The model this page carries, as its export left it. */
export function carriedModel<D extends { model: ModelSpec } = Description>(): { description: D; weights: Weights } {
  const description = JSON.parse(textOf('description')) as D;
  const file = Uint8Array.from(atob(textOf('weights')), (letter) => letter.charCodeAt(0));
  return { description, weights: weightsFrom(description.model, file) };
}

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';

/** A language model, ready to read and to score what comes next. */
export async function pageReader(model: ModelSpec, weights: Weights): Promise<Reader> {
  return new Reader(await WebAssembly.compile(wasm), model, weights, false);
}

/** What reads rows of tokens and scores the labels. */
export async function pageLabeller(): Promise<Pick<Engine, 'labeller'>> {
  const module = await WebAssembly.compile(wasm);
  return { labeller: (model, weights, T) => new Labeller(module, model, weights, T, false) };
}

/** The lab's own kernels, on this page's one thread. */
export async function pageEngine(): Promise<Pick<Engine, 'predict' | 'rollOut'>> {
  const module = await WebAssembly.compile(wasm);
  const ready = (model: ModelSpec, weights: Weights, table: WindowTable, horizon: number) => {
    const forecaster = new Forecaster(module, model, table, horizon, false);
    forecaster.take(weights, table);
    return forecaster;
  };
  return {
    predict: (model, weights, table, starts) => ready(model, weights, table, 1).predict(starts),
    rollOut: (model, weights, table, starts, horizon) => ready(model, weights, table, horizon).rollOut(starts, horizon),
  };
}
