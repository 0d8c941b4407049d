import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineDecoder, stretches } from '../../../src/core/data/bytes';
import { Cp949Decoder } from '../../../src/core/data/cp949';
import { sniffEncoding } from '../../../src/core/data/encoding';
import { limits } from '../../../src/core/data/limits';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('text in pieces', () => {
  test('is the same wherever it is cut, and has line feeds only', () => {
    const piece = fc.constantFrom('a', '1', ',', '\r', '\n', '\r\n', '한', '€', '𝒳', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(60), { maxLength: 4 }), (parts, cuts) => {
        const text = parts.join('');
        const bytes = utf8(text);
        const decoder = new LineDecoder({ name: 'utf-8', bom: 0, fallback: false });
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const read = at.slice(1).map((end, i) => decoder.push(bytes.subarray(at[i], end), i === at.length - 2));
        expect(read.join('')).toBe(text.replace(/\r\n?/g, '\n'));
      }),
      { numRuns: 1000 },
    );
  });

  test('stretches lose no byte, whatever the chunks', async () => {
    const bytes = Uint8Array.from(
      { length: limits.sampleBytes + 3 * limits.pieceBytes + 17 },
      (_, i) => (i * 31) % 251,
    );
    async function* chunks() {
      for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 13) % 400_000)
        yield bytes.subarray(at, at + size);
    }
    const lengths: number[] = [];
    const read: Uint8Array[] = [];
    for await (const stretch of stretches(chunks())) {
      lengths.push(stretch.length);
      read.push(stretch);
    }
    expect(Buffer.concat(read).equals(Buffer.from(bytes))).toBe(true);
    expect(lengths[0]).toBeGreaterThanOrEqual(limits.sampleBytes);
  });
});

describe('code page 949', () => {
  test('knows the syllables at the corners of its extension', () => {
    const decode = (...bytes: number[]) => new Cp949Decoder().decode(Uint8Array.from(bytes));
    expect(decode(0x81, 0x41, 0x81, 0x61, 0x81, 0x81, 0xc6, 0x52, 0x8c, 0x63)).toBe('갂갵걖힣똠');
    expect(decode(0xb0, 0xa1, 0xc8, 0xfe, 0x41)).toBe('가힝A');
  });

  test('has all 8822 of them in the order of other decoders', () => {
    const decoder = new Cp949Decoder();
    let text = '';
    for (let lead = 0x81; lead <= 0xc6; lead++) {
      for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail++) {
        const letter = decoder.decode(Uint8Array.of(lead, trail));
        if (/^[가-힣]$/.test(letter)) text += letter;
      }
    }
    expect(text.length).toBe(8822);
    const digest = '63669c57b18d6977eafa8d3ca34b9e7bbd3ee9e05c63f1d1c702efcaf4a77eeb';
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  });

  test('a character cut in two is put together', () => {
    const decoder = new Cp949Decoder();
    expect(decoder.decode(Uint8Array.of(0x41, 0xb0), { stream: true }) + decoder.decode(Uint8Array.of(0xa1))).toBe(
      'A가',
    );
  });
});

describe('sniffing', () => {
  test.each([
    ['plain', utf8('Date,Close\n1,2\n'), 'utf-8'],
    ['utf-8', utf8('날짜,종가\n'), 'utf-8'],
    ['a few broken bytes in utf-8', Uint8Array.from([...utf8('날짜,종가,시가,고가,저가\n'), 0xff]), 'utf-8'],
    ['korean', Uint8Array.of(0xc1, 0xbe, 0xb0, 0xa1), 'euc-kr'],
    ['western', Uint8Array.from(Buffer.from('Größe;Übung\n', 'latin1')), 'windows-1252'],
    ['nonsense', Uint8Array.of(0x41, 0xff, 0x42, 0xfe, 0x0a), 'windows-1252'],
  ])('%s', (_, bytes, name) => {
    expect(sniffEncoding(bytes).name).toBe(name);
  });
});
