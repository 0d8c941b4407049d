import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onnxModel } from '../../../src/core/export/onnx/model';
import { readOnnx } from '../../../src/core/export/onnx/read';
import { decodeModel, encodeModel, type Proto } from '../../../src/core/export/onnx/schema';
import { validate } from '../../../src/core/export/onnx/validate';
import type { Settings } from '../../../src/core/settings';
import { randomWalk, seriesFrom } from '../forecast/series';
import { described, trained } from './onnx-run';

/** What Unroll wrote is read back to the bit; what somebody changed is refused in words, and never runs. */
const series = seriesFrom(randomWalk(200, 1));
const file = { ...described, metadata: { unroll: '{"format":"unroll-model"}' } };

async function exported(chosen: Partial<Settings>) {
  const [model] = await trained(series, { task: 'autoregressive', ...chosen });
  const { record, weights } = model!;
  return { record, weights, bytes: encodeModel(onnxModel(record, weights, file)) };
}
const opened = (bytes: Uint8Array) => {
  const found = readOnnx(bytes);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

test.each<[string, Partial<Settings>]>([
  ['rnn', { models: ['rnn'] }],
  ['lstm in two layers', { models: ['lstm'], layers: 2 }],
  ['gru, seq2seq with attention', { models: ['gru'], task: 'seq2seq', attention: 'bahdanau' }],
  ['lstm, segments', { models: ['lstm'], task: 'many-to-many', segment: 4 }],
])('weights and description of %s come back bit for bit', async (_, chosen) => {
  const { record, weights, bytes } = await exported(chosen);
  // as Node reads files: a view into a larger buffer
  const { description, weightsOf } = opened(Buffer.concat([Buffer.alloc(3), bytes]).subarray(3));
  expect(description).toBe(file.metadata.unroll);
  expect(weightsOf(record.model)).toEqual(weights);
});

describe('a file that somebody changed', async () => {
  const { record, weights, bytes } = await exported({ models: ['lstm'], transform: 'diff' });
  type Graph = Required<Proto<'GraphProto'>>;
  const graphOf = (model: Proto<'ModelProto'>) => model.graph as Graph;
  const tensor = (model: Proto<'ModelProto'>, name: string) =>
    graphOf(model).initializer.find((one) => one.name === name)!;
  const node = (model: Proto<'ModelProto'>, type: string) => graphOf(model).node.find(({ opType }) => opType === type)!;
  const body = (model: Proto<'ModelProto'>) => node(model, 'Loop').attribute!.find(({ name }) => name === 'body')!.g!;

  test('is sound before', () => {
    expect(validate(decodeModel(bytes))).toBeNull();
  });

  const cases: [string, (model: Proto<'ModelProto'>) => void, RegExp][] = [
    ['another opset', (m) => (m.opsetImport![0]!.version = 25n), /not those of opset 17/],
    ['operators of others', (m) => (m.opsetImport![0]!.domain = 'com.example'), /not those of opset 17/],
    ['no graph', (m) => delete m.graph, /no graph/],
    ['a value nobody makes', (m) => (node(m, 'Sub').input![0] = 'nothing'), /reads "nothing", which is not defined/],
    ['a value made twice', (m) => (node(m, 'Cast').output![0] = 'x'), /"x" is defined twice/],
    ['nodes out of order', (m) => void graphOf(m).node.reverse(), /not defined before it/],
    ['an operator nobody knows', (m) => (node(m, 'Cast').opType = 'RunProgram'), /unknown operator "RunProgram"/],
    ['an operator called constructor', (m) => (node(m, 'Cast').opType = 'constructor'), /unknown operator/],
    ['an input too few', (m) => node(m, 'Sub').input!.pop(), /lacks input 2/],
    ['an input too many', (m) => node(m, 'Sub').input!.push('x'), /too many inputs/],
    ['types that do not agree', (m) => (node(m, 'Cast').attribute![0]!.i = 7n), /takes no/],
    ['a tensor cut short', (m) => (tensor(m, 'W_l0').rawData = new Uint8Array(4)), /does not hold what its shape says/],
    ['a huge shape', (m) => (tensor(m, 'W_l0').dims = [2n ** 40n, 2n ** 40n]), /does not hold what its shape says/],
    ['a negative shape', (m) => (tensor(m, 'W_l0').dims = [-1n, -20n, 1n]), /does not hold what its shape says/],
    ['numbers in another file', (m) => (tensor(m, 'W_l0').dataLocation = 1), /holds no numbers/],
    ['a loop without body', (m) => (node(m, 'Loop').attribute = []), /has no body/],
    ['a loop in a loop', (m) => body(m).node!.push(structuredClone(node(m, 'Loop'))), /nested too deep|defined/],
    ['no description', (m) => (m.metadataProps = []), /no description by Unroll/],
  ];
  test.each(cases)('%s', (_, change, reason) => {
    const model = decodeModel(bytes.slice());
    change(model);
    expect(readOnnx(encodeModel(model))).toMatch(reason);
  });

  const weightCases: [string, (model: Proto<'ModelProto'>) => void, RegExp][] = [
    [
      'a weight that is not finite',
      (m) => tensor(m, 'W_l0').rawData!.fill(0xff, 0, 4),
      /number 1 of "W_l0" is not finite/,
    ],
    [
      'a weight of another shape',
      (m) => tensor(m, 'R_l0').dims!.reverse(),
      /"R_l0" is 5×20×1 where its model has 1×20×5/,
    ],
  ];
  test.each(weightCases)('%s', (_, change, reason) => {
    const model = decodeModel(bytes.slice());
    change(model);
    expect(() => opened(encodeModel(model)).weightsOf(record.model)).toThrow(reason);
  });

  test('weights of a larger model are missed, not made up', () => {
    expect(() => opened(bytes).weightsOf({ ...record.model, L: 2 })).toThrow(/"W_l1" is missing/);
  });

  test('cut short anywhere, it is refused', () => {
    for (let length = 0; length < bytes.length - 1; length += 97)
      expect(typeof readOnnx(bytes.subarray(0, length)), `${length} bytes`).toBe('string');
  });

  test('any bytes are refused in words', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (any) => typeof readOnnx(any) === 'string'));
  });

  test('one byte changed anywhere is read or refused, and throws nothing but what it says', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at]! ^= flip;
        const found = readOnnx(changed);
        if (typeof found !== 'string')
          try {
            found.weightsOf(record.model);
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'host.weights' });
          }
      }),
      { numRuns: 300 },
    );
  });

  test('graphs nested without end', () => {
    let graph: Proto<'GraphProto'> = {};
    for (let depth = 0; depth < 500; depth++)
      graph = { node: [{ opType: 'Loop', attribute: [{ name: 'body', g: graph }] }] };
    const model = { ...onnxModel(record, weights, file), graph };
    expect(readOnnx(encodeModel(model))).toMatch(/./);
  });
});
