// A recurrent layer and a linear head as an ONNX model, in protobuf's wire format.
const text = new TextEncoder();
const join = (parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
const varint = (value) => {
  const out = [];
  let rest = value;
  do {
    out.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest = Math.floor(rest / 128);
  } while (rest);
  return Uint8Array.from(out);
};
const whole = (field, value) => join([varint(field * 8), varint(value)]);
const bytes = (field, value) => join([varint(field * 8 + 2), varint(value.length), value]);
const string = (field, value) => bytes(field, text.encode(value));

const tensor = (name, dims, values) =>
  join([
    ...dims.map((n) => whole(1, n)),
    whole(2, values instanceof Float32Array ? 1 : 7),
    string(8, name),
    bytes(9, new Uint8Array(values.buffer)),
  ]);
const shaped = (name, dims) => {
  const shape = join(dims.map((n) => bytes(1, whole(1, n))));
  return join([string(1, name), bytes(2, bytes(1, join([whole(1, 1), bytes(2, shape)])))]);
};
const node = (operator, inputs, outputs, attributes = {}) =>
  join([
    ...inputs.map((name) => string(1, name)),
    ...outputs.map((name) => string(2, name)),
    string(4, operator),
    ...Object.entries(attributes).map(([name, n]) => bytes(5, join([string(1, name), whole(3, n), whole(20, 2)]))),
  ]);

const gates = { rnn: 1, lstm: 4, gru: 3 };
const operators = { rnn: 'RNN', lstm: 'LSTM', gru: 'GRU' };

/** x [T][B][D] → y [B][1], weights random and small. */
export function recurrentModel({ cell, T, B, D, H }) {
  const G = gates[cell];
  const random = (name, ...dims) =>
    tensor(
      name,
      dims,
      Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => (Math.random() - 0.5) / Math.sqrt(H)),
    );
  const reset = cell === 'gru' ? { linear_before_reset: 1 } : {};
  const nodes = [
    node(operators[cell], ['x', 'W', 'R', 'b'], ['', 'h'], { hidden_size: H, ...reset }),
    node('Squeeze', ['h', 'axis'], ['last']),
    node('Gemm', ['last', 'head', 'bias'], ['y'], { transB: 1 }),
  ];
  const weights = [
    random('W', 1, G * H, D),
    random('R', 1, G * H, H),
    random('b', 1, 2 * G * H),
    random('head', 1, H),
    random('bias', 1),
    tensor('axis', [1], BigInt64Array.of(0n)),
  ];
  const graph = join([
    ...nodes.map((n) => bytes(1, n)),
    string(2, 'bench'),
    ...weights.map((w) => bytes(5, w)),
    bytes(11, shaped('x', [T, B, D])),
    bytes(12, shaped('y', [B, 1])),
  ]);
  return join([whole(1, 8), string(2, 'unroll-bench'), bytes(7, graph), bytes(8, join([string(1, ''), whole(2, 17)]))]);
}
