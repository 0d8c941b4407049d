import { LabError } from '../errors';

/** A web stream as every host has it, as far as it is used here. */
interface ByteWriter {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}
interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array }>;
}
declare class DecompressionStream {
  constructor(format: 'gzip');
  readonly writable: { getWriter(): ByteWriter };
  readonly readable: { getReader(): ByteReader };
}

/** The chunks themselves, or what they unpack to where they begin like gzip. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    let first = await source.next();
    while (!first.done && first.value.length === 0) first = await source.next();
    if (first.done) return;
    const rest = { [Symbol.asyncIterator]: () => source };
    if (first.value[0] === 0x1f && first.value[1] === 0x8b) {
      yield* gunzip(first.value, rest);
      return;
    }
    yield first.value;
    for await (const chunk of rest) yield chunk;
  } finally {
    await source.return?.();
  }
}

/** Feeds no faster than is read, so that a bomb unpacks only as far as somebody wants it. */
async function* gunzip(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const feed = async () => {
    await writer.write(first);
    for await (const chunk of rest) await writer.write(chunk);
    await writer.close();
  };
  const feeding = feed().catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value) yield value;
    }
  } catch {
    throw new LabError('data.broken-gzip');
  } finally {
    await writer.abort().catch(() => undefined);
    await feeding;
  }
}
