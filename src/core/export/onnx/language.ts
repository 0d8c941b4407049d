import type { ModelSpec } from '../../nn/model';
import type { TextRecord } from '../../text/record';
import { describeLanguage } from '../language';
import { GraphWriter } from './graph';
import { layers, linearOver, type States, slice, swapped } from './layers';
import { type Described, modelOf } from './model';
import { storedArrays, valuesOf } from './parameters';
import type { Proto } from './schema';

/**
 * A language model as one graph that reads any number of characters, one or a whole text, from a state and gives that state
 * back:
 *
 *   tokens       int64 [N][T]        characters by their places in the vocabulary
 *   h_before     float [L][N][H]     hidden states before the first; zeros at the beginning of a text
 *   c_before     float [L][N][H]     the LSTM's cell states
 *
 *   logits       float [N][T][V]     after each character, how likely which comes next, before the softmax
 *   h_after, c_after                 states after the last character
 */
export function languageOnnx(model: ModelSpec, weights: Float32Array, described: Described): Proto<'ModelProto'> {
  const g = new GraphWriter();
  for (const stored of storedArrays(model)) g.parameter(stored.name, stored.dims, valuesOf(stored, weights));
  const { L, H, O } = model;
  const tokens = g.input('tokens', 'int64', ['N', 'T'], 'Characters, by their places in the vocabulary');
  const before = (name: string) => {
    const all = g.input(`${name}_before`, 'float', [L, 'N', H], 'States before the first; zeros to begin with');
    return Array.from({ length: L }, (_, l) => slice(g, `${name}_before_l${l}`, all, 0, l, l + 1));
  };
  const initial: States = { h: before('h'), c: model.cell === 'lstm' ? before('c') : [] };
  const { all, h, c } = layers(g, model, '', swapped(g, 'steps_first', vectors(g, model, tokens)), initial);
  const logits = swapped(g, 'scores', linearOver(g, 'head', all));
  g.output(logits, 'logits', 'float', ['N', 'T', O], 'After each character: scores of the next, before the softmax');
  for (const [name, states] of Object.entries({ h, c })) {
    if (states.length === 0) continue;
    const last = states.length > 1 ? g.op('Concat', `${name}_of_layers`, states, { axis: 0 }) : states[0]!;
    g.output(last, `${name}_after`, 'float', [L, 'N', H], 'States after the last character');
  }
  return modelOf(g.graph('language'), described);
}

/** [N][T][D] */
function vectors(g: GraphWriter, { tokens }: ModelSpec, numbers: string): string {
  if (tokens?.embedding === 'learned') return g.op('Gather', 'embedded', ['embedding.weight', numbers], { axis: 0 });
  const values = g.parameter('absent_and_present', [2], Float32Array.of(0, 1));
  return g.op('OneHot', 'one_hot', [numbers, g.int(tokens?.V ?? 0), values]);
}

/** What the file says of itself, text by name (docs/onnx.md). */
export function languageMetadata(record: TextRecord): Record<string, string> {
  const { model, vocabulary, metrics, dataset, settings } = record;
  return {
    unroll_format: '1',
    run: record.id,
    model: record.name,
    task: 'language',
    cell: model.cell,
    layers: `${model.L}`,
    hidden: `${model.H}`,
    vocabulary: JSON.stringify(vocabulary),
    test_metrics: JSON.stringify(metrics.test),
    data_sha256: dataset.sha256,
    settings: JSON.stringify(settings),
    unroll: JSON.stringify(describeLanguage(record)),
  };
}
