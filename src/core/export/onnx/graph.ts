import { attributeTypes, type ElementType, elementBytes, elementTypes, type Proto } from './schema';

/**
 * Writes a graph node by node; a value is held by its name. Names are unique over the graph and all graphs within it, as
 * ONNX wants it; constants go to the outermost graph, which its inner ones see.
 */
export type Shape = (number | string)[];
export type Attribute = number | string | number[] | string[] | Proto<'GraphProto'>;

interface Names {
  taken: Set<string>;
  constants: Proto<'TensorProto'>[];
  shared: Map<string, string>;
}

export class GraphWriter {
  readonly #nodes: Proto<'NodeProto'>[] = [];
  readonly #inputs: Proto<'ValueInfoProto'>[] = [];
  readonly #outputs: Proto<'ValueInfoProto'>[] = [];
  readonly #names: Names;
  readonly #outer: boolean;

  constructor(names?: Names) {
    this.#outer = names === undefined;
    this.#names = names ?? { taken: new Set(), constants: [], shared: new Map() };
  }

  /** A graph within this one, which may read all that was written so far. */
  inner(): GraphWriter {
    return new GraphWriter(this.#names);
  }

  input(name: string, type: ElementType, shape: Shape, docString?: string): string {
    const named = this.#fresh(name);
    this.#inputs.push(valueInfo(named, type, shape, docString));
    return named;
  }

  /** Gives a value to the outside under a name of its own. */
  output(value: string, name: string, type: ElementType, shape: Shape, docString?: string): void {
    const named = this.#fresh(name);
    this.#nodes.push({ opType: 'Identity', name: `to_${named}`, input: [value], output: [named] });
    this.#outputs.push(valueInfo(named, type, shape, docString));
  }

  /** A node with one output, which it is named for. An input '' is one left out. */
  op(opType: string, name: string, input: string[], attributes: Record<string, Attribute> = {}): string {
    return this.ops(opType, [name], input, attributes)[0] as string;
  }

  /** A node with several outputs; '' for one that is not wanted. */
  ops(opType: string, names: string[], input: string[], attributes: Record<string, Attribute> = {}): string[] {
    const output = names.map((name) => (name === '' ? '' : this.#fresh(name)));
    const name = output.find((one) => one !== '') ?? '';
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.#nodes.push({ opType, name, input, output, attribute });
    return output;
  }

  /** Numbers that are part of the model, under their name. */
  parameter(name: string, dims: number[], values: Float32Array): string {
    const named = this.#fresh(name);
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    this.#names.constants.push(tensor(named, 'float', dims, rawData));
    return named;
  }

  doubles(values: number[], dims: number[] = [values.length]): string {
    return this.#constant('double', dims, new Float64Array(values));
  }
  double(value: number): string {
    return this.doubles([value], []);
  }
  ints(...values: number[]): string {
    return this.#constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }
  int(value: number): string {
    return this.#constant('int64', [], BigInt64Array.of(BigInt(value)));
  }
  flags(...values: boolean[]): string {
    return this.#constant('bool', [values.length], Uint8Array.from(values, Number));
  }
  yes(): string {
    return this.#constant('bool', [], Uint8Array.of(1));
  }

  /** Equal constants are one. */
  #constant(type: ElementType, dims: number[], values: Float64Array | BigInt64Array | Uint8Array): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const key = `${type} ${dims} ${rawData}`;
    const known = this.#names.shared.get(key);
    if (known !== undefined) return known;
    const short = values.length === 1 ? String(values[0]).replaceAll(/[^\w]/g, '_') : `${dims.join('x')}`;
    const name = this.#fresh(`${type}_${short}`);
    this.#names.constants.push(tensor(name, type, dims, rawData));
    this.#names.shared.set(key, name);
    return name;
  }

  graph(name: string): Proto<'GraphProto'> {
    return {
      name,
      node: this.#nodes,
      initializer: this.#outer ? this.#names.constants : [],
      input: this.#inputs,
      output: this.#outputs,
    };
  }

  #fresh(wanted: string): string {
    const { taken } = this.#names;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    return name;
  }
}

function tensor(name: string, type: ElementType, dims: number[], rawData: Uint8Array): Proto<'TensorProto'> {
  if (rawData.length !== dims.reduce((product, n) => product * n, elementBytes[type]))
    throw new Error(`${name}: ${rawData.length} bytes do not fill ${type} ${dims.join('×')}`);
  return { name, dataType: elementTypes[type], dims: dims.map(BigInt), rawData };
}

function valueInfo(name: string, type: ElementType, shape: Shape, docString?: string): Proto<'ValueInfoProto'> {
  const dim = shape.map((n) => (typeof n === 'number' ? { dimValue: BigInt(n) } : { dimParam: n }));
  const tensorType = { elemType: elementTypes[type], shape: { dim } };
  return { name, type: { tensorType }, ...(docString ? { docString } : {}) };
}

function attributeOf(name: string, value: Attribute): Proto<'AttributeProto'> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (typeof value === 'number') return { name, type: attributeTypes.int, i: BigInt(value) };
  if (typeof value === 'string') return { name, type: attributeTypes.string, s: bytes(value) };
  if (isNumbers(value)) return { name, type: attributeTypes.ints, ints: value.map(BigInt) };
  if (Array.isArray(value)) return { name, type: attributeTypes.strings, strings: value.map(bytes) };
  return { name, type: attributeTypes.graph, g: value };
}

const isNumbers = (value: Attribute): value is number[] => Array.isArray(value) && typeof value[0] === 'number';
