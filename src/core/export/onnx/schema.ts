import { create, createFileRegistry, type DescMessage, fromBinary, type Message, toBinary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';

/**
 * The part of ONNX's protobuf schema that Unroll writes and reads. Names, numbers and types of the fields are those of
 * https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto (proto2); enumerations are read as the numbers they are.
 * What a file has beyond it is kept out of sight by the protobuf library, as its rules want it.
 */
const messages = {
  ModelProto: {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    docString: [6, 'string'],
    graph: [7, 'GraphProto'],
    opsetImport: [8, 'OperatorSetIdProto[]'],
    metadataProps: [14, 'StringStringEntryProto[]'],
  },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  GraphProto: {
    node: [1, 'NodeProto[]'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto[]'],
    input: [11, 'ValueInfoProto[]'],
    output: [12, 'ValueInfoProto[]'],
  },
  NodeProto: {
    input: [1, 'string[]'],
    output: [2, 'string[]'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'AttributeProto[]'],
    domain: [7, 'string'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    ints: [8, 'int64[]'],
    strings: [9, 'bytes[]'],
    type: [20, 'int32'],
  },
  TensorProto: {
    dims: [1, 'int64[]'],
    dataType: [2, 'int32'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
    dataLocation: [14, 'int32'],
  },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'], docString: [3, 'string'] },
  TypeProto: { tensorType: [1, 'TypeProtoTensor'] },
  TypeProtoTensor: { elemType: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, 'Dimension[]'] },
  Dimension: { dimValue: [1, 'int64'], dimParam: [2, 'string'] },
} as const satisfies Record<string, Record<string, readonly [number, string]>>;

type Messages = typeof messages;
export type MessageName = keyof Messages;
interface Scalars {
  int64: bigint;
  int32: number;
  float: number;
  string: string;
  bytes: Uint8Array;
}
type One<T> = T extends keyof Scalars ? Scalars[T] : T extends MessageName ? Proto<T> : never;
type Value<T> = T extends `${infer E}[]` ? One<E>[] : One<T>;
/** A message as it is written down: what is left out is not in the file. */
export type Proto<N extends MessageName> = {
  -readonly [F in keyof Messages[N]]?: Messages[N][F] extends readonly [number, infer T] ? Value<T> : never;
};

const scalarTypes: Record<keyof Scalars, Type> = {
  int64: Type.INT64,
  int32: Type.INT32,
  float: Type.FLOAT,
  string: Type.STRING,
  bytes: Type.BYTES,
};

const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: 'onnx.proto',
    package: 'onnx',
    syntax: 'proto2',
    messageType: Object.entries(messages).map(([name, fields]) => ({
      name,
      field: Object.entries(fields).map(([field, [number, type]]) => fieldOf(field, number, type)),
    })),
  }),
  () => undefined,
);
const modelSchema = registry.getMessage('onnx.ModelProto') as DescMessage;

function fieldOf(name: string, number: number, said: string) {
  const type = said.replace('[]', '');
  const label = said.endsWith('[]') ? Label.REPEATED : Label.OPTIONAL;
  if (Object.hasOwn(scalarTypes, type)) return { name, number, label, type: scalarTypes[type as keyof Scalars] };
  return { name, number, label, type: Type.MESSAGE, typeName: `.onnx.${type}` };
}

export function encodeModel(model: Proto<'ModelProto'>): Uint8Array {
  return toBinary(modelSchema, create(modelSchema, model as Partial<Message>));
}

/** Lists are always there, whatever the file has. Throws for bytes that are no such message. */
export function decodeModel(bytes: Uint8Array): Proto<'ModelProto'> {
  return fromBinary(modelSchema, bytes) as Proto<'ModelProto'>;
}

/** TensorProto.DataType */
export const elementTypes = { float: 1, int64: 7, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;
export const elementBytes: Record<ElementType, number> = { float: 4, int64: 8, bool: 1, double: 8 };

/** AttributeProto.AttributeType */
export const attributeTypes = { float: 1, int: 2, string: 3, graph: 5, ints: 7, strings: 8 } as const;
