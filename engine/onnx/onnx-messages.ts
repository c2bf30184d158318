/*
 * The messages of an ONNX file that the engine reads and writes, as plain objects. Names follow onnx.proto in camelCase;
 * 64-bit integers are numbers, which are exact up to 2^53: far beyond any shape.
 */

export interface ModelProto {
  irVersion: number;
  opsetImport: OperatorSetId[];
  producerName?: string;
  producerVersion?: string;
  domain?: string;
  modelVersion?: number;
  docString?: string;
  graph: GraphProto;
  metadataProps: StringEntry[];
  /** Model-local functions, kept as they came. */
  functions: Uint8Array[];
}

export interface OperatorSetId {
  /** '' is the standard set, `ai.onnx`. */
  domain?: string;
  version: number;
}

export interface StringEntry {
  key: string;
  value: string;
}

export interface GraphProto {
  node: NodeProto[];
  name?: string;
  initializer: TensorProto[];
  docString?: string;
  input: ValueInfo[];
  output: ValueInfo[];
  valueInfo: ValueInfo[];
}

export interface NodeProto {
  input: string[];
  output: string[];
  name?: string;
  opType: string;
  domain?: string;
  attribute: AttributeProto[];
  docString?: string;
}

export interface AttributeProto {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorProto;
  g?: GraphProto;
  floats: number[];
  ints: number[];
  strings: Uint8Array[];
  tensors: TensorProto[];
  graphs: GraphProto[];
}

export interface TensorProto {
  dims: number[];
  dataType: number;
  name?: string;
  /** Little-endian. One of rawData and the typed lists holds the values. */
  rawData?: Uint8Array;
  floatData: number[];
  int32Data: number[];
  int64Data: number[];
  doubleData: number[];
  uint64Data: number[];
  stringData: Uint8Array[];
  externalData: StringEntry[];
  /** 1 = the values lie in another file. */
  dataLocation?: number;
}

export interface ValueInfo {
  name: string;
  type?: { tensorType?: { elemType: number; shape?: { dim: Dimension[] } } };
}

/** A size, a name for a size that is only known when the model runs, or neither. */
export interface Dimension {
  dimValue?: number;
  dimParam?: string;
}

/** TensorProto.DataType. */
export const dataType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, double: 11 } as const;
/** AttributeProto.AttributeType. */
export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7 } as const;
