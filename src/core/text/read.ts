import { chooseEncoding, LineDecoder } from '../data/bytes';
import { refuseImpostor } from '../data/impostors';
import { LabError } from '../errors';
import { twoEncodings } from './two-encodings';

export const textLimitBytes = 64 << 20;

/** What a reader of tables refuses for being text of another kind: here it is one more text to learn. */
const texts = new Set(['data.html', 'data.json']);

function refuseBinary(bytes: Uint8Array): void {
  try {
    refuseImpostor(bytes);
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    const { format } = thrown.facts;
    if (texts.has(thrown.code) || String(format).includes('XML')) return;
    if (thrown.code === 'data.lfs-pointer' || thrown.code === 'data.utf-32') throw thrown;
    throw new LabError('text.binary', thrown.facts);
  }
}

/**
 * The text of a file's bytes, line ends made line feeds.
 * @throws LabError text.*, and data.* for files that are no text at all
 */
export function readText(bytes: Uint8Array, encodingName?: string): { text: string; encoding: string } {
  if (bytes.length > textLimitBytes)
    throw new LabError('text.too-large', { megabytes: Math.ceil(bytes.length / 2 ** 20), limit: textLimitBytes >> 20 });
  refuseBinary(bytes);
  const encoding = chooseEncoding(bytes, { encoding: encodingName });
  const decoder = new LineDecoder(encoding);
  const text = decoder.push(bytes.subarray(encoding.bom), true);
  if (decoder.zeros > 0)
    throw new LabError('text.zero-bytes', { zeros: decoder.zeros, line: lineOfZero(bytes, encoding.name) });
  if (decoder.undecodable === 1 && text.endsWith('\ufffd'))
    throw new LabError('text.cut', { encoding: encoding.name.toUpperCase() });
  const two = encodingName === undefined && twoEncodings(bytes, encoding.name);
  if (two) throw new LabError('text.two-encodings', two);
  if (decoder.undecodable > 0) {
    const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
    throw new LabError('text.mixed-encoding', { encoding: encoding.name, broken: decoder.undecodable, line });
  }
  if (text.trim() === '') throw new LabError('text.empty');
  return { text, encoding: encoding.name };
}

const lineOfZero = (bytes: Uint8Array, encoding: string): number =>
  new TextDecoder(encoding).decode(bytes).split('\0', 1)[0]!.split('\n').length;
