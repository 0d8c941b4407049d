import { LabError } from '../core/errors';
import { weightsFrom } from '../core/export/weights';
import { measureNames, measuresOf } from '../core/inside/texts/measures';
import { type Aimed, textProbeOf } from '../core/inside/texts/present';
import { mostTokens, type TokenLookAnswer, type TokenLookRequest } from '../core/inside/texts/request';
import type { TextStretch, TextUnits } from '../core/inside/texts/view';
import type { TextRecord } from '../core/text/record';
import { encode, strangerIn } from '../core/text/vocabulary';
import type { Handlers } from './lab';
import type { Store } from './store';

interface Reach {
  store: Store;
  /** The text a run learned; null where it cannot be had. */
  tokensOf(record: TextRecord): Promise<Int32Array | null>;
  look(request: TokenLookRequest): Promise<TokenLookAnswer>;
}

/** Characters read before a stretch of a run's own text, so that its state is not that of a beginning. */
const mostLead = 500;
const usualLength = 300;
/** Characters that units are held against, at most and at least. */
const mostForUnits = 6000;
const fewestForUnits = 200;

/** Looks into language models: finds the characters, asks the trainer, and tells what it saw. */
export function textInsideCalls({ store, tokensOf, look }: Reach): Pick<Handlers, 'text.inside' | 'text.units'> {
  const open = async (run: string) => {
    const record = await store.text(run);
    return { record, weights: weightsFrom(record.model, await store.weights(run)) };
  };
  return {
    async 'text.inside'({ only, ...wanted }) {
      const { record, weights } = await open(wanted.run);
      const aimed = aim(record, wanted, await tokensOf(record));
      const { tokens, lead } = aimed;
      const back = tokens.length - lead > 1;
      const { model } = record;
      const answer = await look({ type: 'tokens', model, weights, tokens, what: { type: 'stretch', back } });
      if (answer.type !== 'stretch') throw new Error('the trainer answered another question');
      return textProbeOf(record, aimed, answer, only ?? null);
    },
    async 'text.units'({ run, text }) {
      const { record, weights } = await open(run);
      const { model, vocabulary } = record;
      const { tokens, lead } = text === undefined ? testOf(record, await tokensOf(record)) : given(record, text);
      const measures = measuresOf(Array.from(tokens, (token) => vocabulary[token]!));
      for (const name of measureNames) measures[name] = measures[name].subarray(lead);
      const answer = await look({ type: 'tokens', model, weights, tokens, what: { type: 'units', lead, measures } });
      if (answer.type !== 'units') throw new Error('the trainer answered another question');
      const tracking = answer.tracking as TextUnits['tracking'];
      const still = measureNames.filter((name) => !tracking.some(({ measure }) => measure === name));
      return {
        run,
        of: text === undefined ? 'test' : 'given',
        characters: tokens.length - lead,
        tracking,
        still,
      } satisfies TextUnits;
    },
  };
}

function aim(record: TextRecord, { text, at, length }: TextStretch, tokens: Int32Array | null): Aimed {
  const { split, model } = record;
  const whole = tokens && { characters: tokens.length, test: split.validation + split.train };
  const most = mostTokens(model);
  if (text !== undefined) {
    const own = encoded(text, record.vocabulary);
    if (own.length > most) throw new LabError('text.stretch', { characters: own.length, most });
    return { tokens: own, lead: 0, at: null, whole };
  }
  if (!tokens || !whole) throw missing(record);
  const first = at ?? whole.test;
  if (first >= tokens.length) throw new LabError('text.outside', { at: first, characters: tokens.length });
  const count = Math.min(length ?? usualLength, tokens.length - first);
  if (count > most) throw new LabError('text.stretch', { characters: count, most });
  const lead = Math.min(mostLead, first, most - count);
  return { tokens: tokens.slice(first - lead, first + count), lead, at: first, whole };
}

/** The beginning of the test part, behind some of what stands before it. */
function testOf(record: TextRecord, tokens: Int32Array | null): { tokens: Int32Array; lead: number } {
  if (!tokens) throw missing(record);
  const first = record.split.validation + record.split.train;
  const most = mostTokens(record.model);
  const lead = Math.min(mostLead, first, Math.floor(most / 10));
  const read = tokens.slice(first - lead, first + Math.min(mostForUnits, most - lead));
  return enough(read, lead);
}

const given = (record: TextRecord, text: string) =>
  enough(encoded(text, record.vocabulary).slice(0, mostTokens(record.model)), 0);

function enough(tokens: Int32Array, lead: number) {
  const characters = tokens.length - lead;
  if (characters < fewestForUnits) throw new LabError('text.few-for-units', { characters, need: fewestForUnits });
  return { tokens, lead };
}

function encoded(text: string, vocabulary: string[]): Int32Array {
  const tokens = encode(text, vocabulary);
  if (tokens) return tokens;
  throw new LabError('text.stranger', { character: strangerIn(text, vocabulary)! });
}

const missing = ({ id, dataset }: TextRecord) => new LabError('text.no-text', { run: id, file: dataset.file });
