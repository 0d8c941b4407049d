import { LabError, type LabErrorView } from '../errors';
import type { CellName, ModelSpec } from '../nn/model';
import { parameterCount } from '../nn/parameters';
import type { KernelName } from '../settings';
import type { TextParts } from './record';
import { type TextSettings, textSettingsSchema } from './settings';
import { chunkStarts } from './streams';

export interface TextPlan {
  settings: TextSettings;
  /** Characters of each part. */
  split: TextParts<number>;
  parameters: Partial<Record<CellName, number>>;
  /** What prevents a start. */
  refusals: LabErrorView[];
}

/** Where what was not chosen comes from: the text's length, and the machine. */
export interface TextFacts {
  characters: number;
  vocabulary: number;
  threads: number;
  kernels: KernelName;
}

/** Steps of the optimizer after which little more is learned from texts of this kind, and epochs that make sense. */
const enoughSteps = 3200;
const fewestEpochs = 4;
const mostEpochs = 200;

/**
 * Every setting as it would be used. Defaults are those of the well-known recipe for small texts (two layers of 128, Adam at
 * 0.003, chunks of 50, Karpathy 2015), narrower and with fewer streams where the text is short; the learning rate falls along
 * a cosine, so that the last epochs settle.
 */
export function planText(chosen: Partial<TextSettings>, facts: TextFacts): TextPlan {
  const { characters, vocabulary, threads, kernels } = facts;
  const small = characters < 50_000;
  const split = chosen.split ?? [0.85, 0.05, 0.1];
  const train = Math.floor(characters * share(split, 0));
  const tbptt = chosen.tbptt ?? Math.max(1, Math.min(50, Math.floor(train / 40)));
  const streams = chosen.streams ?? Math.max(1, Math.min(32, Math.floor(train / (20 * tbptt))));
  const chunks = Math.max(1, chunkStarts(train, streams, tbptt).length / streams);
  const epochs = Math.max(fewestEpochs, Math.min(mostEpochs, Math.round(enoughSteps / chunks)));
  const all: TextSettings = {
    models: ['lstm'],
    embedding: vocabulary <= 8 ? 0 : 64,
    hidden: small ? 64 : 128,
    layers: small ? 1 : 2,
    dropout: small ? 0 : 0.1,
    activation: 'tanh',
    tbptt,
    streams,
    epochs,
    patience: 0,
    lr: 0.003,
    schedule: 'cosine',
    optimizer: 'adam',
    clip: 5,
    split: [0.85, 0.05, 0.1],
    seed: 1,
    seeds: 1,
    threads,
    kernels,
    ...chosen,
  };
  const refusals = refusalsOf(all, facts);
  if (refusals.length > 0)
    return { settings: all, split: { train: 0, validation: 0, test: 0 }, parameters: {}, refusals };
  const parameters = all.models.map((cell) => [cell, parameterCount(languageModel(cell, all, vocabulary))]);
  return { settings: all, split: partsOf(characters, all), parameters: Object.fromEntries(parameters), refusals };
}

const share = (split: readonly number[], part: number) => split[part]! / split.reduce((a, b) => a + b, 0);

export function partsOf(characters: number, { split }: Pick<TextSettings, 'split'>): TextParts<number> {
  const train = Math.floor(characters * share(split, 0));
  const test = Math.floor(characters * share(split, 2));
  return { train, validation: characters - train - test, test };
}

function refusalsOf(settings: TextSettings, { characters }: TextFacts): LabErrorView[] {
  const checked = textSettingsSchema.safeParse(settings);
  if (!checked.success)
    return checked.error.issues.slice(0, 5).map((issue) => {
      const option = String(issue.path[0] ?? issue.code);
      const value = JSON.stringify(settings[option as keyof TextSettings]) ?? 'nothing';
      return new LabError('text.bad-option', { option, value: value.slice(0, 80), problem: issue.message }).view();
    });
  const { split, streams, tbptt } = settings;
  if (split.some((part) => !(part > 0))) return [new LabError('text.split').view()];
  const parts = partsOf(characters, settings);
  const need = streams * tbptt + 1;
  if (parts.train < need || parts.validation < need || parts.test < 2)
    return [new LabError('text.too-short', { ...parts, characters, streams, tbptt, need }).view()];
  return [];
}

/** The network a cell name stands for. */
export function languageModel(cell: CellName, settings: TextSettings, V: number): ModelSpec {
  const { hidden: H, layers: L, dropout, embedding } = settings;
  return {
    cell,
    activation: cell === 'rnn' ? settings.activation : 'tanh',
    D: embedding || V,
    H,
    L,
    O: V,
    dropout,
    tokens: { V, embedding: embedding > 0 ? 'learned' : 'one-hot' },
  };
}
