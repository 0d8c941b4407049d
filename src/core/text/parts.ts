import type { TextParts } from './record';

/** Stretches validation is made of at most, and characters below which more would be too short to be read. */
const mostStretches = 8;
const leastStretch = 1000;

/**
 * A text in its parts, whose sizes are given. The test part is the end. What stands before is cut into equal stretches, and the
 * beginning of each is validation, the rest training: so validation is like the text, whose opening alone (a licence, a list
 * of persons) may not be, and what stands just before the test part is learned.
 */
export function cutText(text: Int32Array, { train, validation }: TextParts<number>): TextParts<Int32Array> {
  const read = train + validation;
  const stretches = Math.max(1, Math.min(mostStretches, Math.floor(validation / leastStretch)));
  const parts = {
    train: new Int32Array(train),
    validation: new Int32Array(validation),
    test: text.slice(read),
  };
  const upTo = (total: number, i: number) => Math.floor((total * i) / stretches);
  for (let i = 0; i < stretches; i++) {
    const [begin, end] = [upTo(read, i), upTo(read, i + 1)];
    const judged = upTo(validation, i);
    const cut = begin + upTo(validation, i + 1) - judged;
    parts.validation.set(text.subarray(begin, cut), judged);
    parts.train.set(text.subarray(cut, end), begin - judged);
  }
  return parts;
}
