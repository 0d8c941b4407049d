import type { ReadingChoices } from '../../../src/core/data/frame';
import { readTable } from '../../../src/core/data/read';

/** Bytes as they come from a host, in chunks of one size. */
export async function* chunked(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export function readBytes(bytes: Uint8Array, choices: ReadingChoices = {}, name = 'input.csv', chunk = 65_536) {
  const hooks = { breathe: async () => {}, stopping: false };
  return readTable(chunked(bytes, chunk), { name, bytes: bytes.length }, choices, hooks);
}

export const readText = (text: string, choices: ReadingChoices = {}) =>
  readBytes(new TextEncoder().encode(text), choices);
