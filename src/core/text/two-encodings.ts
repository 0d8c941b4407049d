/** Share of the runs of bytes beyond ASCII that must be UTF-8 by themselves; a few may look so by chance. */
const tellingShare = 0.1;

/**
 * Whether a text that is read in an encoding of one or two bytes holds stretches of UTF-8: files put together of several. Such an
 * encoding reads any bytes, and would make other letters of them. Looked at are runs of bytes beyond ASCII: in Western encodings
 * a run of UTF-8 is a letter with its accent, which there would be two signs in a row; in East Asian ones only letters of three
 * bytes tell, for theirs have two.
 * @returns first line of what is UTF-8 and of what is not, both from 1 on; null where the text is of one piece
 */
export function twoEncodings(bytes: Uint8Array, encoding: string): { line: number; other: number } | null {
  if (encoding.startsWith('utf-')) return null;
  const western = encoding.startsWith('windows-');
  let [line, first, other] = [1, 0, 0];
  let [runs, utf8] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 10) line++;
    if (bytes[at]! < 0x80) continue;
    const from = at;
    while (at + 1 < bytes.length && bytes[at + 1]! >= 0x80) at++;
    runs++;
    if (isUtf8(bytes.subarray(from, at + 1), western)) {
      utf8++;
      first ||= line;
    } else other ||= line;
  }
  return utf8 > 0 && other > 0 && utf8 >= tellingShare * runs ? { line: first, other } : null;
}

/** Whether a run is made of whole letters of UTF-8; `western`: two bytes are enough to tell. */
function isUtf8(run: Uint8Array, western: boolean): boolean {
  if (run.length < (western ? 2 : 3)) return false;
  let telling = western;
  for (let at = 0; at < run.length; ) {
    const lead = run[at]!;
    const size =
      lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (size === 0 || at + size > run.length) return false;
    for (let i = 1; i < size; i++) if (run[at + i]! > 0xbf) return false;
    telling ||= size > 2;
    at += size;
  }
  return telling;
}
