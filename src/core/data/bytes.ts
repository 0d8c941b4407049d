import { LabError } from '../errors';
import { Cp949Decoder } from './cp949';
import { type Encoding, encodingNamed, encodings, sniffEncoding } from './encoding';
import type { ReadingChoices } from './frame';
import { unpacked } from './gunzip';
import { limits } from './limits';

/** A decoded piece of the file, line ends made line feeds, and the bytes read so far. */
export interface Piece {
  text: string;
  bytes: number;
  last: boolean;
}

/** Pieces of bytes, of whatever sizes they come in, as stretches: first the sample, then pieces; unpacked if compressed. */
export async function* stretches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let wanted: number = limits.sampleBytes;
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked(chunks)) {
    for (let at = 0; at < chunk.length; at += limits.pieceBytes) {
      const part = chunk.subarray(at, at + limits.pieceBytes);
      held.push(part);
      size += part.length;
      if (size < wanted) continue;
      yield joined(held, size);
      held = [];
      size = 0;
      wanted = limits.pieceBytes;
    }
  }
  if (size > 0) yield joined(held, size);
}

function joined(parts: Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @throws LabError data.unknown-encoding */
export function chooseEncoding(head: Uint8Array, choices: ReadingChoices): Encoding {
  const sniffed = sniffEncoding(head);
  if (choices.encoding === undefined) return sniffed;
  const name = encodingNamed(choices.encoding);
  if (!name) {
    throw new LabError('data.unknown-encoding', { encoding: choices.encoding, encodings: encodings.join(', ') });
  }
  return { name, bom: sniffed.name === name ? sniffed.bom : 0, fallback: false };
}

/** Decodes stretch by stretch; characters and line ends cut in two by a stretch's end are put together again. */
export class LineDecoder {
  readonly #decoder: TextDecoder | Cp949Decoder;
  readonly #western: boolean;
  #heldReturn = false;
  /** Zero bytes and undecodable ones seen so far. */
  zeros = 0;
  undecodable = 0;

  constructor(encoding: Encoding) {
    this.#decoder = encoding.name === 'euc-kr' ? new Cp949Decoder() : new TextDecoder(encoding.name);
    this.#western = encoding.name === 'windows-1252';
  }

  /** @throws LabError data.binary */
  push(bytes: Uint8Array, last: boolean): string {
    let text = this.#decoder.decode(bytes, { stream: !last });
    if (this.#western) text = text.replace(/[\u0080-\u009f]/g, westernLetter);
    if (text.includes('\ufffd')) this.undecodable += text.split('\ufffd').length - 1;
    if (text.includes('\0')) {
      this.zeros += text.split('\0').length - 1;
      if (this.zeros > limits.zeroBytes) throw new LabError('data.binary', { zeros: this.zeros });
      text = text.replaceAll('\0', '');
    }
    if (this.#heldReturn) text = `\r${text}`;
    this.#heldReturn = !last && text.endsWith('\r');
    if (this.#heldReturn) text = text.slice(0, -1);
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  }
}

/** Some decoders read windows-1252 as ISO 8859-1, which has control characters where this has letters and signs. */
const western = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const westernLetter = (control: string) => western[control.charCodeAt(0) - 0x80]!;
