import { chooseEncoding, LineDecoder } from '../data/bytes';
import { refuseImpostor } from '../data/impostors';
import { LabError } from '../errors';

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
    throw thrown.code === 'data.lfs-pointer' ? thrown : new LabError('text.binary', format ? { format } : {});
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
  if (decoder.undecodable > 0) {
    const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
    throw new LabError('text.mixed-encoding', { encoding: encoding.name, broken: decoder.undecodable, line });
  }
  if (text.trim() === '') throw new LabError('text.empty');
  return { text, encoding: encoding.name };
}
