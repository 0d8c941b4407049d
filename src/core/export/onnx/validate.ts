import { opset } from './model';
import { type ElementType, elementBytes, elementTypes, type Proto } from './schema';

/**
 * Whether a model is sound by the rules of ONNX's intermediate representation (https://onnx.ai/onnx/repo-docs/IR.html), as
 * far as Unroll uses it: one known operator set, names defined before they are used and only once, operators with the
 * inputs they take, element types that agree, initializers that hold what their shapes say. Nothing is run.
 *
 * @returns what is wrong first; null when nothing is
 */
export function validate(model: Proto<'ModelProto'>): string | null {
  try {
    const [imported, ...more] = model.opsetImport ?? [];
    if (more.length > 0 || imported?.domain || imported?.version !== BigInt(opset))
      throw new Unsound(`its operators are not those of opset ${opset}`);
    if (!model.irVersion || model.irVersion > 10n) throw new Unsound(`its IR version is ${model.irVersion}`);
    if (!model.graph) throw new Unsound('there is no graph');
    checkGraph(model.graph, new Map(), new Set(), 0);
    return null;
  } catch (thrown) {
    if (thrown instanceof Unsound) return thrown.message;
    throw thrown;
  }
}

class Unsound extends Error {}

/** Element types of the values in sight, by name. */
type Types = Map<string, ElementType>;

/** A roll-out may hold the memory of a layer, no more. */
const deepest = 2;

/** @returns types of the graph's outputs */
function checkGraph(graph: Proto<'GraphProto'>, outer: Types, taken: Set<string>, depth: number): ElementType[] {
  if (depth > deepest) throw new Unsound('its graphs are nested too deep');
  const types: Types = new Map(outer);
  const define = (name: string, type: ElementType) => {
    if (name === '') throw new Unsound('a value has no name');
    if (taken.has(name)) throw new Unsound(`"${name}" is defined twice`);
    taken.add(name);
    types.set(name, type);
  };
  for (const input of graph.input ?? []) define(input.name ?? '', declared(input));
  for (const tensor of graph.initializer ?? []) define(tensor.name ?? '', checkTensor(tensor));
  for (const node of graph.node ?? []) {
    const given = (node.input ?? []).map((name) => {
      if (name === '') return null;
      const type = types.get(name);
      if (!type) throw new Unsound(`"${node.name}" reads "${name}", which is not defined before it`);
      return type;
    });
    const made = inner(node, given, types, taken, depth) ?? outputsOf(node, given);
    const outputs = node.output ?? [];
    if (outputs.length > made.length) throw new Unsound(`"${node.name}" has too many outputs`);
    outputs.forEach((name, i) => {
      if (name !== '') define(name, made[i]!);
    });
  }
  return (graph.output ?? []).map((output) => {
    const type = types.get(output.name ?? '');
    if (!type) throw new Unsound(`output "${output.name}" is not defined`);
    if (type !== declared(output)) throw new Unsound(`output "${output.name}" is of ${type}, not as declared`);
    return type;
  });
}

const typeNamed: ReadonlyMap<number, ElementType> = new Map(
  Object.entries(elementTypes).map(([name, number]) => [number, name as ElementType]),
);

function declared({ name, type }: Proto<'ValueInfoProto'>): ElementType {
  const found = typeNamed.get(type?.tensorType?.elemType ?? 0);
  if (!found) throw new Unsound(`"${name}" is not of a known type`);
  return found;
}

function checkTensor({ name, dataType, dims, rawData, dataLocation }: Proto<'TensorProto'>): ElementType {
  const type = typeNamed.get(dataType ?? 0);
  if (!type || dataLocation) throw new Unsound(`"${name}" holds no numbers of a known type`);
  const size = (dims ?? []).reduce((product, n) => (n < 0n ? -1n : product * n), BigInt(elementBytes[type]));
  if (size !== BigInt(rawData?.length ?? 0)) throw new Unsound(`"${name}" does not hold what its shape says`);
  return type;
}

/**
 * What operators take and give: T any one type, the same throughout; I int64, B bool; small letters may be left out; * any
 * number of the last; - never given. Source: https://onnx.ai/onnx/operators.
 */
const unary = 'T>T';
const binary = 'TT>T';
const signatures: Record<string, string> = {
  ...{ Identity: unary, Transpose: unary, Log: unary, Exp: unary, Abs: unary, Neg: unary, Tanh: unary, Relu: unary },
  ...{ Sigmoid: unary, Softmax: unary, ReduceMean: unary },
  ...{ Add: binary, Sub: binary, Mul: binary, Div: binary, Mod: binary, MatMul: binary, Max: 'T*>T' },
  ...{ Squeeze: 'TI>T', Unsqueeze: 'TI>T', Reshape: 'TI>T', Tile: 'TI>T', Expand: 'TI>T', Gather: 'TI>T' },
  GatherND: 'TI>T',
  ...{ ReduceSum: 'TI>T', CumSum: 'TI>T', Slice: 'TIIii>T', Pad: 'TIt>T', TopK: 'TI>TI', Concat: 'T*>T' },
  ...{ Shape: 'T>I', ArgMax: 'T>I', Where: 'BTT>T', Gemm: 'TTt>T', Cast: 'T>?', OneHot: 'IIT>T' },
  ...{ RNN: 'TTTt-t>TT', GRU: 'TTTt-t>TT', LSTM: 'TTTt-tt>TTT' },
};

function outputsOf(node: Proto<'NodeProto'>, given: (ElementType | null)[]): ElementType[] {
  const { opType = '', name, domain } = node;
  const signature = Object.hasOwn(signatures, opType) && !domain ? signatures[opType] : undefined;
  if (signature === undefined) throw new Unsound(`"${name}" is of the unknown operator "${opType}"`);
  const [takes = '', gives = ''] = signature.split('>');
  const many = takes.endsWith('*');
  const letters = many ? takes[0]!.repeat(Math.max(1, given.length)) : takes;
  if (given.length > letters.length) throw new Unsound(`"${name}" has too many inputs`);
  let T: ElementType | null = null;
  [...letters].forEach((letter, i) => {
    const type = given[i] ?? null;
    if (type === null) {
      if (letter === letter.toUpperCase() && letter !== '-') throw new Unsound(`"${name}" lacks input ${i + 1}`);
      return;
    }
    const wanted: ElementType | null = { I: 'int64' as const, B: 'bool' as const }[letter.toUpperCase()] ?? T ?? type;
    if (letter === '-' || type !== wanted) throw new Unsound(`"${name}" takes no ${type} as input ${i + 1}`);
    if (letter.toUpperCase() === 'T') T = type;
  });
  return [...gives].map((letter) => {
    if (letter === 'I') return 'int64';
    return letter === '?' ? castTo(node) : T!;
  });
}

function castTo({ name, attribute }: Proto<'NodeProto'>): ElementType {
  const to = attribute?.find((one) => one.name === 'to')?.i;
  const type = typeNamed.get(Number(to ?? 0));
  if (!type) throw new Unsound(`"${name}" makes no known type`);
  return type;
}

/**
 * The outputs of a node that holds a graph; null for any other. A Loop takes how often, whether, and its states; its body the
 * count, whether, and the states, and gives whether, states and rows. A Scan takes its states and what it goes over; its
 * body the same, and gives states and rows.
 */
function inner(
  { name, opType, attribute }: Proto<'NodeProto'>,
  given: (ElementType | null)[],
  types: Types,
  taken: Set<string>,
  depth: number,
): ElementType[] | null {
  if (opType !== 'Loop' && opType !== 'Scan') return null;
  const found = (wanted: string) => attribute?.find((one) => one.name === wanted);
  const body = found('body')?.g;
  if (!body) throw new Unsound(`"${name}" has no body`);
  const loop = opType === 'Loop';
  const over = loop ? given.length - 2 : given.length - Number(found('num_scan_inputs')?.i ?? 0);
  const states = loop ? given.slice(2) : given.slice(0, Math.max(0, over));
  const wanted = loop ? ['int64', 'bool', ...states] : given;
  const inputs = (body.input ?? []).map(declared);
  if ((loop && (given[0] !== 'int64' || given[1] !== 'bool')) || inputs.join() !== wanted.join())
    throw new Unsound(`"${name}" does not fit its body`);
  const outputs = checkGraph(body, types, taken, depth + 1);
  const made = loop ? outputs.slice(1) : outputs;
  if ((loop && outputs[0] !== 'bool') || made.slice(0, states.length).join() !== states.join())
    throw new Unsound(`"${name}" does not hand its states on`);
  return made;
}
