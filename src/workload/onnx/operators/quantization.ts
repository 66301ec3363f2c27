import type { Operation } from '../graph/operation.js';
import { dataTypeOf, dataTypes } from '../file/data-types.js';
import { refuse } from '../graph/refusal.js';
import type { Result, Value } from '../graph/value.js';
import { statedBits } from '../graph/value.js';
import type { Operator } from './operator.js';

/** Bits that an operand can have: see `BITS_ALLOWED` of the precision room. */
const MAX_BITS = 16;

/** A scale and a shift that the layer before, or the one after, applies on its way: no layer, only a width. */
function width(infer: (operation: Operation) => Result): Operator {
  return {
    infer: (operation) => [infer(operation)],
    place(operation, network) {
      const input = operation.inputName(0);
      network.alias(operation, network.layoutOf(input), 'states the bits of its input');
    },
  };
}

/** To integers: of the zero point's type, or what the node says. */
function quantized(operation: Operation): Result {
  const { shape } = operation.input(0);
  const code = operation.integer('output_dtype', 0);
  const type = operation.has(2) ? operation.input(2).type : code === 0 ? 'uint8' : dataTypeOf(code);
  if (type === undefined) return refuse(`its output is of type ${code}, which ONNX has not`);
  return { shape, type, bits: dataTypes[type].bits };
}

/** Back to real numbers, of which there are no more than there were integers. */
function dequantized(operation: Operation): Result {
  const { shape } = operation.input(0);
  return { shape, type: realType(operation.input(1)), bits: statedBits(operation.input(0)) };
}

function realType(scale: Value): Value['type'] {
  return dataTypes[scale.type].family === 'float' ? scale.type : 'float32';
}

/**
 * QONNX: real numbers that are multiples of a scale.
 *
 * @see https://github.com/fastmachinelearning/qonnx/tree/main/docs/qonnx-custom-ops
 */
function arbitrary(widthInput: number) {
  return (operation: Operation): Result => {
    const { shape, type } = operation.input(0);
    const widths = operation.content(widthInput, 'bit width') ?? refuse('its bit width is missing');
    const bits = Math.ceil(Math.max(...widths));
    if (!(bits >= 1)) refuse(`its bit width is ${bits}`);
    return { shape, type, bits: bits > MAX_BITS ? undefined : bits };
  };
}

/** To integers with a scale found while it runs: a pass over its input. */
const dynamic: Operator = {
  infer(operation) {
    const { shape } = operation.input(0);
    return [
      { shape, type: 'uint8', bits: 8 },
      // The scale and the zero point are as good as constants to what follows.
      { shape: [], type: 'float32', isConstant: true },
      { shape: [], type: 'uint8', isConstant: true },
    ];
  },
  place(operation, network) {
    const input = operation.inputName(0);
    network.add(
      operation,
      { kind: 'activation', function: 'quantize', input: network.read(input) },
      network.layoutOf(input),
    );
  },
};

/** Operators that say at how many bits a tensor is to be kept. */
export const quantizers = {
  QuantizeLinear: width(quantized),
  DequantizeLinear: width(dequantized),
  DynamicQuantizeLinear: dynamic,
  /** Input, scale, zero point, bit width. */
  Quant: width(arbitrary(3)),
  IntQuant: width(arbitrary(3)),
  BipolarQuant: width((operation) => ({ shape: operation.input(0).shape, type: operation.input(0).type, bits: 1 })),
  /** Input, scale, zero point, bit width of the input and of the output. */
  Trunc: width(arbitrary(4)),
} as const satisfies Record<string, Operator>;
