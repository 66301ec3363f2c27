/** How many bits an element has, and what it is. */
export interface DataType {
  readonly bits: number;
  readonly family: 'float' | 'integer' | 'other';
}

/** Types of elements. */
export const dataTypes = {
  undefined: { bits: 32, family: 'other' },
  float32: { bits: 32, family: 'float' },
  uint8: { bits: 8, family: 'integer' },
  int8: { bits: 8, family: 'integer' },
  uint16: { bits: 16, family: 'integer' },
  int16: { bits: 16, family: 'integer' },
  int32: { bits: 32, family: 'integer' },
  int64: { bits: 64, family: 'integer' },
  string: { bits: 64, family: 'other' },
  bool: { bits: 8, family: 'other' },
  float16: { bits: 16, family: 'float' },
  float64: { bits: 64, family: 'float' },
  uint32: { bits: 32, family: 'integer' },
  uint64: { bits: 64, family: 'integer' },
  complex64: { bits: 64, family: 'other' },
  complex128: { bits: 128, family: 'other' },
  bfloat16: { bits: 16, family: 'float' },
  float8e4m3fn: { bits: 8, family: 'float' },
  float8e4m3fnuz: { bits: 8, family: 'float' },
  float8e5m2: { bits: 8, family: 'float' },
  float8e5m2fnuz: { bits: 8, family: 'float' },
  uint4: { bits: 4, family: 'integer' },
  int4: { bits: 4, family: 'integer' },
  float4e2m1: { bits: 4, family: 'float' },
  float8e8m0: { bits: 8, family: 'float' },
  uint2: { bits: 2, family: 'integer' },
  int2: { bits: 2, family: 'integer' },
} as const satisfies Record<string, DataType>;

export type DataTypeName = keyof typeof dataTypes;

/** @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3, TensorProto.DataType: names in the order of numbers */
const names = Object.keys(dataTypes).filter((name): name is DataTypeName => name in dataTypes);

/** Undefined for a number that ONNX gives to nothing. */
export function dataTypeOf(code: number): DataTypeName | undefined {
  return names[code];
}

/** Types of a quantizer's integers: narrow enough to be operands. */
export function isNarrow(type: DataTypeName): boolean {
  return dataTypes[type].bits <= 16 && type !== 'bool';
}
