import type { Control, Engine, Weights } from '../../learn/engine';
import type { ModelSpec } from '../../nn/model';
import { type ReadText, rowsOf, type Way } from './lesson';

/** Rows that are read between two looks at what the host wants. */
const rowsAtOnce = 64;

/** A network of labels with its weights. */
export interface LearnedLabels {
  engine: Pick<Engine, 'labeller'>;
  model: ModelSpec;
  weights: Weights;
}

/**
 * What a trained network says of texts: the likeliest class of every label, the first of equals, and the probabilities
 * softmax(scores) [labels][classes].
 */
export async function tellTexts(
  { engine, model, weights }: LearnedLabels,
  texts: readonly ReadText[],
  way: Way,
  control: Pick<Control, 'breathe'>,
): Promise<{ told: Int32Array; probabilities: Float32Array }> {
  const { T, tokens, at } = rowsOf(texts, way);
  const classes = model.O;
  const labeller = engine.labeller(model, weights, T);
  const told = new Int32Array(at.length);
  const probabilities = new Float32Array(at.length * classes);
  let i = 0;
  for (let from = 0; from < tokens.length; from += rowsAtOnce * T) {
    const scores = labeller.score(tokens.subarray(from, from + rowsAtOnce * T));
    for (; i < at.length && at[i]! < from + rowsAtOnce * T; i++) {
      const own = scores.subarray((at[i]! - from) * classes, (at[i]! - from + 1) * classes);
      const most = Math.max(...own);
      told[i] = own.indexOf(most);
      let total = 0;
      for (const score of own) total += Math.exp(score - most);
      for (let v = 0; v < classes; v++) probabilities[i * classes + v] = Math.exp(own[v]! - most) / total;
    }
    await control.breathe();
  }
  return { told, probabilities };
}
