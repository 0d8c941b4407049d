import { expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors';
import { decodeSafetensors, encodeSafetensors } from '../../../src/core/export/safetensors';

const file = {
  tensors: [
    { name: 'weight_ih_l0', shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-30, Number.NaN, Number.MAX_VALUE, 0) },
    { name: 'head.bias', shape: [1], values: Float32Array.of(0.1) },
  ],
  metadata: { cell: 'rnn', target: '종가 "x"' },
};

test('what is written is read back bit for bit', () => {
  expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file);
});

test('the bytes are those of the format', () => {
  const bytes = encodeSafetensors({ tensors: [{ name: 'b', shape: [1], values: Float32Array.of(1) }], metadata: {} });
  const header = '{"__metadata__":{},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const padded = Math.ceil(header.length / 8) * 8;
  const expected = [padded, 0, 0, 0, 0, 0, 0, 0, ...Buffer.from(header.padEnd(padded)), 0, 0, 0x80, 0x3f];
  expect([...bytes]).toEqual(expected);
});

test('a shape that its values do not fill is a bug of the writer', () => {
  expect(() =>
    encodeSafetensors({ tensors: [{ name: 'b', shape: [2], values: Float32Array.of(1) }], metadata: {} }),
  ).toThrow(/b: 1 values/);
});

function withHeader(header: unknown, body = 4): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, Buffer.alloc(body)]);
}
const tensor = (entry: object) => ({ t: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...entry } });

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array(0)],
  ['seven bytes', new Uint8Array(7)],
  ['a header longer than the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1)],
  ['a header of four gigabytes and more', Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 1)],
  ['a header that claims two gigabytes', Uint8Array.of(0, 0, 0, 128, 0, 0, 0, 0, 1)],
  ['a header that is not JSON', withHeader('{"a":')],
  ['a header that is not UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe)],
  ['a header that is a list', withHeader([])],
  ['another type of numbers', withHeader(tensor({ dtype: 'F64' }))],
  ['values beyond the end', withHeader(tensor({ shape: [2], data_offsets: [0, 8] }))],
  ['values before the beginning', withHeader(tensor({ data_offsets: [-4, 0] }))],
  ['offsets that run backwards', withHeader(tensor({ data_offsets: [4, 0] }))],
  ['a shape that its bytes do not fill', withHeader(tensor({ shape: [3] }))],
  ['a shape whose product overflows', withHeader(tensor({ shape: [2 ** 40, 2 ** 40, 2 ** 40] }))],
  ['a shape of text', withHeader(tensor({ shape: ['1'] }))],
  ['a tensor that is null', withHeader({ t: null })],
  ['metadata that are numbers', withHeader({ __metadata__: { a: 1 } })],
])('refuses %s', (_, bytes) => {
  expect(() => decodeSafetensors(bytes)).toThrow(LabError);
});

test('a name that objects have of their own is only a name', () => {
  const read = decodeSafetensors(
    withHeader('{"__metadata__":{"__proto__":"x"},"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'),
  );
  expect(read.tensors.map(({ name }) => name)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(read.metadata)).toBe(Object.prototype);
});
