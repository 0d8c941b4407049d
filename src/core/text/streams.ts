import type { TokenTable } from '../learn/tokens';

/**
 * Texts as parallel streams for a language model: each part is cut into N equal stretches that are read side by side, T tokens
 * at a time; after every token the next is to be said. What is left over at a stretch's end, less than a chunk, is not read.
 */
export function streamsOf(train: Int32Array, validation: Int32Array, { N, T }: { N: number; T: number }): TokenTable {
  const tokens = new Int32Array(train.length + validation.length);
  tokens.set(train);
  tokens.set(validation, train.length);
  const labels = new Int32Array(tokens.length).fill(-1);
  labels.set(train.subarray(1));
  labels.set(validation.subarray(1), train.length);
  const starts = {
    train: chunkStarts(train.length, N, T),
    validation: chunkStarts(validation.length, N, T, train.length),
  };
  return { tokens, labels, T, starts, carried: true };
}

/** First tokens of every chunk of every stream, chunk after chunk: [chunks][N]. A stretch's last token is only said. */
export function chunkStarts(length: number, N: number, T: number, offset = 0): Int32Array {
  const stretch = Math.floor((length - 1) / N);
  const chunks = Math.max(0, Math.floor(stretch / T));
  return Int32Array.from({ length: chunks * N }, (_, i) => offset + (i % N) * stretch + Math.floor(i / N) * T);
}
