/**
 * Korean Windows' code page 949: EUC-KR and, around it, the 8822 Hangul syllables EUC-KR lacks, in Unicode order.
 * Decoders called `euc-kr` differ in whether they know the latter, so the page is built here from what all of them do.
 * Layout: WHATWG Encoding, index EUC-KR (the KS X 1001 square A1–FE × A1–FE, and the extension before and beside it).
 */
let table: Uint16Array | null = null;

const undecodable = 0xfffd;
const isTrail = (byte: number) =>
  (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x81 && byte <= 0xfe);

function codePage(): Uint16Array {
  if (table) return table;
  table = new Uint16Array(0x10000).fill(undecodable);
  const square: number[] = [];
  for (let lead = 0xa1; lead <= 0xfe; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) square.push(lead, trail, 10);
  const characters = new TextDecoder('euc-kr').decode(Uint8Array.from(square)).split('\n');
  const known = new Set<number>();
  for (let i = 0; i < 94 * 94; i++) {
    const character = characters[i]!;
    if (character.length !== 1) continue;
    known.add(character.charCodeAt(0));
    table[((0xa1 + Math.floor(i / 94)) << 8) | (0xa1 + (i % 94))] = character.charCodeAt(0);
  }
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      if (!isTrail(trail) || (lead >= 0xa1 && trail >= 0xa1)) continue;
      while (known.has(syllable)) syllable++;
      if (syllable <= 0xd7a3) table[(lead << 8) | trail] = syllable++;
    }
  }
  return table;
}

export class Cp949Decoder {
  #lead = 0;
  readonly #fatal: boolean;

  constructor({ fatal = false } = {}) {
    this.#fatal = fatal;
  }

  /** @throws TypeError for undecodable bytes when made fatal, as TextDecoder does */
  decode(bytes: Uint8Array, { stream = false } = {}): string {
    const page = codePage();
    const units = new Uint16Array(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      if (this.#lead === 0) {
        if (byte >= 0x81 && byte <= 0xfe) this.#lead = byte;
        else units[length++] = byte < 0x80 ? byte : undecodable;
        continue;
      }
      const unit = page[(this.#lead << 8) | byte]!;
      this.#lead = 0;
      units[length++] = unit;
      if (unit === undecodable && byte < 0x80) units[length++] = byte;
    }
    if (!stream && this.#lead !== 0) {
      this.#lead = 0;
      units[length++] = undecodable;
    }
    const text = textOf(units.subarray(0, length));
    if (this.#fatal && text.includes('\ufffd')) throw new TypeError('not code page 949');
    return text;
  }
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.subarray(at, at + 8192));
  return text;
}
