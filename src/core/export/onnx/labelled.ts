import type { ModelSpec } from '../../nn/model';
import type { LabelledKind, LabelledRecord } from '../../text/labelled/record';
import { wordSource } from '../../text/labelled/words';
import { describeLabelled, labelledText, lexiconFacts } from '../labelled';
import { GraphWriter } from './graph';
import { layers, linearOver, slice, swapped } from './layers';
import { type Described, modelOf } from './model';
import { storedArrays, valuesOf } from './parameters';
import type { Proto } from './schema';

/**
 * A model that labels texts as one graph, N texts side by side, each read from a zero state:
 *
 *   tokens         int64 [N][T]    words or characters by their numbers (text/labelled/lexicon.ts), 0 behind a text's end
 *
 *   scores         float [N][V]    of classification, at the last token that is not 0, before the softmax
 *   probabilities  float [N][V]    softmax of the scores, in the order of the run's labels
 *   class          int64 [N]       the likeliest label's place
 *
 * Of tagging all three have an axis more, W = T − delay: the tag of word t is said at step t + delay, so that T holds the
 * words and `delay` places more, of the words that follow or 0.
 */
export function labelledOnnx(
  { model, kind, delay }: { model: ModelSpec; kind: LabelledKind; delay: number },
  weights: Float32Array,
  described: Described,
): Proto<'ModelProto'> {
  const g = new GraphWriter();
  for (const stored of storedArrays(model)) g.parameter(stored.name, stored.dims, valuesOf(stored, weights));
  const tokens = g.input('tokens', 'int64', ['N', 'T'], 'Words or characters by their numbers, 0 behind the end');
  const vectors = g.op('Gather', 'embedded', ['embedding.weight', tokens], { axis: 0 });
  const { all } = layers(g, model, '', swapped(g, 'steps_first', vectors));
  const every = swapped(g, 'scores_of_steps', linearOver(g, 'head', all));
  const tagging = kind === 'tagging';
  const scores = tagging ? slice(g, 'said', every, 1, delay) : atLast(g, tokens, every);
  const axis = tagging ? 2 : 1;
  const shares = g.op('Softmax', 'shares', [scores], { axis });
  const likeliest = g.op('ArgMax', 'likeliest', [scores], { axis, keepdims: 0 });
  const axes = tagging ? ['N', delay > 0 ? 'W' : 'T'] : ['N'];
  g.output(scores, 'scores', 'float', [...axes, model.O], 'Of each label, before the softmax');
  g.output(shares, 'probabilities', 'float', [...axes, model.O], 'How likely each label is');
  g.output(likeliest, 'class', 'int64', axes, 'The likeliest label, by its place among the probabilities');
  return modelOf(g.graph('labels'), described);
}

/** Of values [N][T][V] those at each row's last token that is not 0: [N][V]. */
function atLast(g: GraphWriter, tokens: string, values: string): string {
  const there = g.op('Cast', 'there', [g.op('Cast', 'is_there', [tokens], { to: 9 })], { to: 7 });
  const count = g.op('ReduceSum', 'length', [there, g.ints(1)], { keepdims: 0 });
  const last = g.op('Max', 'last', [g.op('Sub', 'length_less_one', [count, g.int(1)]), g.int(0)]);
  return g.op('GatherND', 'scores_at_last', [values, g.op('Unsqueeze', 'last_of_row', [last, g.ints(1)])], {
    batch_dims: 1,
  });
}

/** What the file says of itself, text by name (docs/onnx.md). */
export function labelledMetadata(record: LabelledRecord): Record<string, string> {
  const { kind, unit, shapes, words, labels, length, delay } = lexiconFacts(record);
  return {
    unroll_format: '1',
    run: record.id,
    model: record.name,
    task: kind,
    cell: record.model.cell,
    layers: `${record.model.L}`,
    hidden: `${record.model.H}`,
    labels: JSON.stringify(labels),
    vocabulary: JSON.stringify(words),
    shapes: JSON.stringify(shapes),
    unit,
    unknown: '1',
    ...(unit === 'word' && { word_pattern: wordSource }),
    lowercase: String(kind === 'classification' && unit === 'word'),
    length: `${length}`,
    delay: `${delay}`,
    test_metrics: JSON.stringify(record.metrics.test),
    data_sha256: record.dataset.sha256,
    settings: JSON.stringify(record.settings),
    unroll: JSON.stringify(describeLabelled(record)),
  };
}

export const labelledDescribed = (record: LabelledRecord, version: string): Described => ({
  version,
  metadata: labelledMetadata(record),
  text: labelledText(record),
});
