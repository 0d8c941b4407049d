import { createHash, randomUUID } from 'node:crypto';
import { LabError } from '../core/errors';
import { weightsFrom } from '../core/export/weights';
import { Random } from '../core/nn/random';
import type { Input } from '../core/protocol';
import type { TextCalls, TextJob, TextStarted, TextView } from '../core/text/contract';
import { cutText } from '../core/text/parts';
import { partsOf, planText, type TextPlan } from '../core/text/plan';
import { readText, textLimitBytes } from '../core/text/read';
import type { TextFingerprint, TextParts, TextRecord } from '../core/text/record';
import { say } from '../core/text/sample';
import type { TextSettings } from '../core/text/settings';
import { encode, strangerIn, type Vocabulary, vocabularyOf } from '../core/text/vocabulary';
import { sourceAt } from './again';
import { asksOf } from './asks';
import type { Datasets } from './datasets';
import type { Experiments } from './experiments';
import { forecastingEngine } from './forecasting';
import type { Handlers } from './lab';
import type { Store } from './store';
import { tokensOf } from './text-data';
import { textInsideCalls } from './text-inside';
import { trainees } from './trainees';

interface Text {
  id: string;
  tokens: Int32Array;
  vocabulary: Vocabulary;
  fingerprint: TextFingerprint;
  lines: number;
  begins: string;
}

interface Reach {
  datasets: Datasets;
  store: Store;
  experiments: Pick<Experiments, 'addText' | 'trainer'>;
}

const keptTexts = 4;

/** Texts that were opened, and what is done with them. */
export class Texts {
  private readonly open = new Map<string, Text>();

  constructor(private readonly reach: Reach) {}

  get calls(): Pick<Handlers, keyof TextCalls> {
    const { store, experiments } = this.reach;
    return {
      ...textInsideCalls({
        store,
        look: (request) => experiments.trainer.look(request),
        tokensOf: (record) => this.tokensOf(record),
      }),
      'text.recognise': async ({ source }) => ({ kind: await this.reach.datasets.kindOf(source) }),
      'text.open': (input) => this.read(input),
      'text.plan': async ({ text, settings }) => this.plan(this.get(text), settings),
      'text.start': (input) => this.start(input),
      'text.write': (input) => this.write(input),
    };
  }

  private async read({ source, encoding: named }: Input<'text.open'>): Promise<TextView> {
    const { bytes, file, again } = await this.reach.datasets.bytes(source, textLimitBytes);
    const { text, encoding } = inFile(file, () => readText(bytes, named));
    const vocabulary = inFile(file, () => vocabularyOf(text));
    const tokens = encode(text, vocabulary.tokens)!;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const fingerprint = { file, sha256, encoding, characters: tokens.length, ...(again && { path: again }) };
    const id = randomUUID();
    const lines = text.split('\n').length;
    this.open.set(id, { id, tokens, vocabulary, fingerprint, lines, begins: text.slice(0, 2000) });
    const oldest = this.open.keys().next().value;
    if (this.open.size > keptTexts && oldest !== undefined) this.open.delete(oldest);
    return {
      ...{ text: id, file, encoding, characters: tokens.length, lines, begins: text.slice(0, 2000) },
      vocabulary: vocabulary.tokens.map((token, i) => ({ token, count: vocabulary.counts[i]! })),
    };
  }

  /** The text a run learned, if it is open or lies where it was; null where it cannot be had. */
  private async tokensOf(record: TextRecord): Promise<Int32Array | null> {
    const { sha256 } = record.dataset;
    const found = [...this.open.values()].find(({ fingerprint }) => fingerprint.sha256 === sha256);
    return found?.tokens ?? tokensOf(record, this.reach.datasets);
  }

  private get(id: string): Text {
    const text = this.open.get(id);
    if (!text) throw new LabError('host.unknown-dataset');
    return text;
  }

  private async plan({ tokens, vocabulary }: Text, settings: Partial<TextSettings>): Promise<TextPlan> {
    const { threads, kernels } = await this.reach.experiments.trainer.machine();
    return planText(settings, { characters: tokens.length, vocabulary: vocabulary.tokens.length, threads, kernels });
  }

  private async start({ text: id, settings: chosen }: Input<'text.start'>): Promise<TextStarted> {
    const text = this.get(id);
    const { settings, split, refusals } = await this.plan(text, chosen);
    const [refusal] = refusals;
    if (refusal) throw new LabError(refusal.code as LabError['code'], refusal.facts, { file: text.fingerprint.file });
    const { experiment, runs } = trainees(settings);
    const order = { experiment, settings, ...cut(text, split), runs };
    const asks = asksOf(order, text.fingerprint);
    await this.reach.store.unfinished.begin(asks);
    this.reach.experiments.addText(order, text.fingerprint, asks);
    return { experiment, settings, runs };
  }

  /** The text that a run was learning: where it is open, else from where it was read. */
  async again(run: string, { file, path, sha256, encoding }: TextFingerprint): Promise<Text> {
    const open = [...this.open.values()].find((text) => text.fingerprint.sha256 === sha256);
    if (open) return open;
    if (path === undefined) throw new LabError('host.not-kept', { file }, { file });
    const { text } = await this.read({ source: sourceAt(path, this.reach.datasets), encoding });
    const found = this.get(text);
    if (found.fingerprint.sha256 !== sha256) throw new LabError('host.file-changed', { run, file }, { file });
    return found;
  }

  /** What a model of these settings learns of a text. */
  learned(text: Text, settings: TextSettings): Pick<TextJob, 'vocabulary' | 'parts'> {
    return cut(text, partsOf(text.tokens.length, settings));
  }

  private async write({ run, prime, length, temperature, seed, stop }: Input<'text.write'>): Promise<{ text: string }> {
    const { store } = this.reach;
    const record = await store.text(run);
    const { vocabulary, model } = record;
    const given = prime === '' ? vocabulary[0]! : prime;
    const tokens = encode(given, vocabulary);
    if (!tokens) throw new LabError('text.stranger', { character: strangerIn(given, vocabulary)! });
    const ending = stop ? encode(stop, vocabulary) : undefined;
    if (ending === null) throw new LabError('text.never-stops', { character: strangerIn(stop!, vocabulary)! });
    const engine = forecastingEngine(record.kernels);
    try {
      const reader = engine.reader(model, weightsFrom(model, await store.weights(run)));
      const written = say(reader, { prime: tokens, length, temperature, stop: ending }, new Random(seed));
      return { text: [...written].map((token) => vocabulary[token]).join('') };
    } finally {
      engine.close();
    }
  }
}

const cut = ({ tokens, vocabulary }: Text, split: TextParts<number>) => ({
  vocabulary: vocabulary.tokens,
  parts: cutText(tokens, split),
});

/** What is refused says of which file. */
export function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.file !== null) throw thrown;
    throw new LabError(thrown.code, thrown.facts, { file, line: thrown.line ?? undefined });
  }
}
