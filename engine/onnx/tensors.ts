import { dataType, type TensorProto } from './onnx-messages.ts';

const empty = {
  floatData: [],
  int32Data: [],
  int64Data: [],
  doubleData: [],
  uint64Data: [],
  stringData: [],
  externalData: [],
};

/** A float32 tensor; `dims` [] is a scalar. */
export function floatTensor(
  name: string,
  values: Float32Array | readonly number[],
  dims: readonly number[],
): TensorProto {
  const floats = values instanceof Float32Array ? values : Float32Array.from(values);
  requireSize(name, floats.length, dims);
  return { ...empty, name, dims: [...dims], dataType: dataType.float, rawData: bytesOf(floats) };
}

/** A float64 tensor; `dims` [] is a scalar. */
export function doubleTensor(name: string, values: readonly number[], dims: readonly number[]): TensorProto {
  requireSize(name, values.length, dims);
  return { ...empty, name, dims: [...dims], dataType: dataType.double, rawData: bytesOf(Float64Array.from(values)) };
}

/** An int8 tensor; `dims` [] is a scalar. */
export function int8Tensor(name: string, values: Int8Array, dims: readonly number[]): TensorProto {
  requireSize(name, values.length, dims);
  return { ...empty, name, dims: [...dims], dataType: dataType.int8, rawData: bytesOf(values) };
}

/** An int64 tensor; `dims` [] is a scalar. */
export function int64Tensor(name: string, values: readonly number[], dims: readonly number[]): TensorProto {
  requireSize(name, values.length, dims);
  return {
    ...empty,
    name,
    dims: [...dims],
    dataType: dataType.int64,
    rawData: bytesOf(BigInt64Array.from(values, BigInt)),
  };
}

/** A scalar truth value. */
export function boolTensor(name: string, value: boolean): TensorProto {
  return { ...empty, name, dims: [], dataType: dataType.bool, rawData: Uint8Array.of(value ? 1 : 0) };
}

/** Values of a float32 tensor, whichever way the file stores them. */
export function floatValues(tensor: TensorProto): Float32Array {
  if (!tensor.rawData || tensor.rawData.length === 0) return Float32Array.from(tensor.floatData);
  // The file's bytes may begin at any offset; a Float32Array needs a multiple of four.
  return new Float32Array(Uint8Array.from(tensor.rawData).buffer);
}

/** Values of an int64 or int32 tensor, whichever way the file stores them. */
export function integerValues(tensor: TensorProto): number[] {
  if (!tensor.rawData || tensor.rawData.length === 0)
    return tensor.dataType === dataType.int64 ? [...tensor.int64Data] : [...tensor.int32Data];
  const { buffer } = Uint8Array.from(tensor.rawData);
  return tensor.dataType === dataType.int64
    ? Array.from(new BigInt64Array(buffer), Number)
    : [...new Int32Array(buffer)];
}

function requireSize(name: string, length: number, dims: readonly number[]): void {
  const expected = dims.reduce((product, dim) => product * dim, 1);
  if (length !== expected) throw new RangeError(`${name}: ${length} values do not fill the shape [${dims.join(', ')}]`);
}

function bytesOf(values: Float32Array | Float64Array | BigInt64Array | Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
