import { LabError } from '../core/errors';
import { weightsFrom } from '../core/export/weights';
import { heldAgainst, keyed, labelUnitsOf } from '../core/inside/texts/label-units';
import { labelAimed, labelProbeOf, readLabels } from '../core/inside/texts/labels';
import { mostTokens, type TokenLookAnswer, type TokenLookRequest } from '../core/inside/texts/request';
import type { Input } from '../core/protocol';
import type { GivenText, LabelledRecord } from '../core/text/labelled/record';
import { tokensOf, wordsOf } from '../core/text/labelled/words';
import type { Handlers } from './lab';
import type { Store } from './store';

interface Reach {
  store: Store;
  /** The texts a run was judged on; null where they cannot be had. */
  testOf(record: LabelledRecord): Promise<GivenText[] | null>;
  look(request: TokenLookRequest): Promise<TokenLookAnswer>;
}

/** Looks into models that label texts: finds the text, asks the trainer, and tells what it saw. */
export function labelledInsideCalls({
  store,
  testOf,
  look,
}: Reach): Pick<Handlers, 'labelled.inside' | 'labelled.units'> {
  return {
    async 'labelled.inside'({ only, ...asked }) {
      const record = await store.labelled(asked.run);
      const { model } = record;
      const weights = weightsFrom(model, await store.weights(record.id));
      const read = aim(record, asked);
      const tokens = read.numbers;
      const most = mostTokens(model);
      if (tokens.length > most) throw new LabError('text.stretch', { characters: tokens.length, most });
      const seen = async (label?: { step: number; code: number }) => {
        const what = { type: 'stretch', back: label !== undefined, ...(label && { label }) } as const;
        const answer = await look({ type: 'tokens', model, weights, tokens, what });
        if (answer.type !== 'stretch') throw new Error('the trainer answered another question');
        return answer;
      };
      const aimed = labelAimed(record, read, (await seen()).view.outputs);
      return labelProbeOf(record, read, aimed, await seen(aimed), only ?? null);
    },
    async 'labelled.units'({ run }) {
      const record = await store.labelled(run);
      const texts = await testOf(record);
      if (!texts) throw new LabError('text.no-text', { run, file: record.dataset.file });
      const held = heldAgainst(record, texts);
      const { T, tokens, at } = held.rows;
      const { model } = record;
      const weights = weightsFrom(model, await store.weights(run));
      const what = { type: 'rows', T, at, measures: keyed(held.measures) } as const;
      const answer = await look({ type: 'tokens', model, weights, tokens, what });
      if (answer.type !== 'units') throw new Error('the trainer answered another question');
      return labelUnitsOf(record, held, answer);
    },
  };
}

function aim(record: LabelledRecord, { text, example = 0 }: Input<'labelled.inside'>) {
  const { kind, settings, examples, id } = record;
  if (text !== undefined) {
    const tokens = kind === 'tagging' ? wordsOf(text) : tokensOf({ content: text }, settings.input);
    if (tokens.length === 0) throw new LabError('labels.nothing-given');
    return readLabels(record, tokens, null, null);
  }
  const own = examples[example];
  if (!own) throw new LabError('labels.no-example', { run: id, example, examples: examples.length });
  return readLabels(record, own.tokens, own.labels, example);
}
