import { LabError } from '../errors';

/**
 * Weights as a safetensors file, which PyTorch, NumPy and the browser read without executing anything:
 *
 *   8 bytes   N, little-endian: length of the header
 *   N bytes   JSON: { "__metadata__": {text: text}, name: { dtype, shape, data_offsets: [begin, end] }, … }, blank-padded
 *   rest      the tensors' values, little-endian, one after the other
 *
 * Format: https://huggingface.co/docs/safetensors. Only fp32 is written and read. The reader believes nothing: every
 * length is checked against the bytes there are before anything is allocated.
 */
export interface Tensor {
  /** PyTorch's parameter name, e.g. `weight_ih_l0`. */
  name: string;
  shape: number[];
  /** [product of shape] */
  values: Float32Array;
}
export interface TensorFile {
  tensors: Tensor[];
  metadata: Record<string, string>;
}

const headerLimitBytes = 1 << 20;
const lengthBytes = 8;
const sizeOf = (shape: number[]) => shape.reduce((product, length) => product * length, 1);

export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    if (values.length !== sizeOf(shape))
      throw new Error(`${name}: ${values.length} values do not fill shape ${shape.join('×')}`);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + values.length * 4] };
    end += values.length * 4;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + padded + end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, padded, true);
  bytes.fill(0x20, lengthBytes, lengthBytes + padded).set(text, lengthBytes);
  let at = lengthBytes + padded;
  for (const { values } of tensors)
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return bytes;
}

/** Throws a `LabError` for anything that is not such a file. `headerLimit`: bytes its header may have. */
export function decodeSafetensors(bytes: Uint8Array, headerLimit = headerLimitBytes): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < lengthBytes) throw broken('the file is too short');
  const headerBytes = view.getUint32(0, true);
  if (view.getUint32(4, true) !== 0 || headerBytes > headerLimit || lengthBytes + headerBytes > bytes.length)
    throw broken('its header does not fit the file');
  const begin = lengthBytes + headerBytes;
  const { __metadata__: metadata, ...entries } = parseHeader(bytes.subarray(lengthBytes, begin));
  const tensors = Object.entries(entries).map(([name, entry]) => readTensor(view, begin, name, entry));
  return { tensors, metadata: textsOf(metadata) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw broken('its header is not JSON');
  }
  if (!isRecord(header)) throw broken('its header is not an object');
  return header;
}

function readTensor(view: DataView, begin: number, name: string, entry: unknown): Tensor {
  if (!isRecord(entry) || entry.dtype !== 'F32') throw broken(`"${name}" is not of 32-bit numbers`);
  const { shape, data_offsets: offsets } = entry;
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) throw broken(`"${name}" has no proper shape`);
  const [first, last] = offsets as [number, number];
  if (last < first || begin + last > view.byteLength || last - first !== sizeOf(shape) * 4)
    throw broken(`"${name}" does not fit the file`);
  const values = new Float32Array((last - first) / 4);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(begin + first + i * 4, true);
  return { name, shape, values };
}

function textsOf(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isRecord(metadata)) throw broken('its metadata are not an object');
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') throw broken(`its metadata "${key}" is not text`);
    Object.defineProperty(texts, key, { value, enumerable: true });
  }
  return texts;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= 8 && value.every((n) => Number.isSafeInteger(n) && n >= 0);
const broken = (reason: string) => new LabError('host.weights', { reason });
