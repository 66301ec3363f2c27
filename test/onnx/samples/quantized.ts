import { chain, floats, input, integers, node, weights } from './sample.js';
import type { Sample } from './sample.js';

/** A sample whose file says at how many bits it computes. */
export interface QuantizedSample extends Sample {
  /** By layer: weight bits, then activation bits; a dash where the file does not say. */
  readonly bits: Readonly<Record<string, string>>;
}

const scale = floats('s', [0.1], []);
const zero = (name: string, elements: 'INT8' | 'UINT8' | 'INT4' | 'UINT4') => weights(name, [], elements);
const x = [1, 4, 6, 6];

export const quantized = {
  'weights and activations of 8 bits': {
    graph: chain(
      x,
      [
        node('QuantizeLinear', ['x', 's', 'z'], ['xq']),
        node('DequantizeLinear', ['xq', 's', 'z'], ['xd']),
        node('DequantizeLinear', ['wq', 's'], ['wd']),
        node('Conv', ['xd', 'wd'], ['c']),
        node('Relu', ['c'], ['y']),
      ],
      [scale, zero('z', 'UINT8'), weights('wq', [8, 4, 3, 3], 'INT8')],
    ),
    layers: ['convolution 8x4x4 relu'],
    bits: { Conv_c: '8 8' },
  },
  'weights of 4 bits': {
    graph: chain(
      x,
      [node('DequantizeLinear', ['wq', 's'], ['wd']), node('Conv', ['x', 'wd'], ['y'])],
      [scale, weights('wq', [8, 4, 3, 3], 'INT4')],
      21,
    ),
    layers: ['convolution 8x4x4'],
    bits: { Conv_y: '4 -' },
  },
  // -4 to 3 are 8 levels: 3 bits. 0 to 15 are 16: 4 bits.
  'integers narrowed by their bounds': {
    graph: chain(
      x,
      [
        node('QuantizeLinear', ['x', 's', 'zu'], ['xq']),
        node('Clip', ['xq', 'u0', 'u15'], ['xc']),
        node('DequantizeLinear', ['xc', 's', 'zu'], ['xd']),
        node('QuantizeLinear', ['w', 's', 'zi'], ['wq']),
        node('Clip', ['wq', 'i4', 'i3'], ['wc']),
        node('DequantizeLinear', ['wc', 's', 'zi'], ['wd']),
        node('Conv', ['xd', 'wd'], ['y']),
      ],
      [
        scale,
        zero('zu', 'UINT8'),
        zero('zi', 'INT8'),
        zero('u0', 'UINT8'),
        { ...zero('u15', 'UINT8'), rawData: Uint8Array.of(15) },
        { ...zero('i4', 'INT8'), rawData: Uint8Array.of(256 - 4) },
        { ...zero('i3', 'INT8'), rawData: Uint8Array.of(3) },
        weights('w', [8, 4, 3, 3]),
      ],
    ),
    layers: ['convolution 8x4x4'],
    bits: { Conv_y: '3 4' },
  },
  'integer convolution with its scales': {
    graph: {
      inputs: [input('x', x, 'UINT8')],
      outputs: ['y'],
      nodes: [
        node('QLinearConv', ['x', 's', 'z', 'w', 's', 'zi', 's', 'z'], ['c']),
        node('MaxPool', ['c'], ['y'], { kernel_shape: [2, 2], strides: [2, 2] }),
      ],
      initializers: [scale, zero('z', 'UINT8'), zero('zi', 'INT8'), weights('w', [8, 4, 3, 3], 'INT8')],
    },
    layers: ['convolution 8x4x4', 'pooling 8x2x2'],
    bits: { QLinearConv_c: '8 8', MaxPool_y: '- 8' },
  },
  'integer products': {
    graph: chain(
      [1, 5, 8],
      [
        node('DynamicQuantizeLinear', ['x'], ['q', 'qs', 'qz']),
        node('MatMulInteger', ['q', 'w', 'qz'], ['m']),
        node('Cast', ['m'], ['f'], { to: 1 }),
        node('Mul', ['f', 'qs'], ['y']),
      ],
      [weights('w', [8, 6], 'INT8')],
    ),
    layers: ['activation quantize 8x5x1', 'linear 6x5x1'],
    bits: { MatMulInteger_m: '8 8' },
  },
  'product of two quantized activations': {
    graph: {
      inputs: [input('x', [1, 5, 8], 'UINT8'), input('v', [1, 8, 7], 'INT8')],
      outputs: ['y'],
      nodes: [node('QLinearMatMul', ['x', 's', 'z', 'v', 's', 'zi', 's', 'z'], ['y'])],
      initializers: [scale, zero('z', 'UINT8'), zero('zi', 'INT8')],
    },
    layers: ['matmul 7x5x1'],
    bits: { QLinearMatMul_y: '- 8' },
  },
  'integer convolution without scales': {
    graph: {
      inputs: [input('x', x, 'UINT8')],
      outputs: ['y'],
      nodes: [node('ConvInteger', ['x', 'w'], ['y'])],
      initializers: [weights('w', [8, 4, 3, 3], 'UINT8')],
    },
    layers: ['convolution 8x4x4'],
    bits: { ConvInteger_y: '8 8' },
  },
  'quantized sum of the runtime': {
    graph: {
      inputs: [input('x', x, 'UINT8'), input('v', x, 'UINT8')],
      outputs: ['y'],
      nodes: [node('QLinearAdd', ['x', 's', 'z', 'v', 's', 'z', 's', 'z'], ['y'], {}, 'com.microsoft')],
      initializers: [scale, zero('z', 'UINT8')],
    },
    layers: ['addition 4x6x6'],
    bits: { QLinearAdd_y: '- 8' },
  },
  'any width, by QONNX': {
    graph: chain(
      x,
      [
        node('Quant', ['x', 's', 'n', 'three'], ['xq'], { signed: 0 }, 'qonnx.custom_op.general'),
        node('Quant', ['w', 's', 'n', 'two'], ['wq'], { signed: 1 }, 'qonnx.custom_op.general'),
        node('Conv', ['xq', 'wq'], ['c']),
        node('BipolarQuant', ['c', 's'], ['b'], {}, 'qonnx.custom_op.general'),
        node('Conv', ['b', 'v'], ['y']),
      ],
      [
        scale,
        floats('n', [0], []),
        floats('two', [2], []),
        floats('three', [3], []),
        weights('w', [8, 4, 3, 3]),
        weights('v', [2, 8, 1, 1]),
      ],
    ),
    layers: ['convolution 8x4x4', 'convolution 2x4x4'],
    bits: { Conv_c: '2 3', Conv_y: '- 1' },
    isForeign: true,
  },
  'views keep the width': {
    graph: chain(
      [1, 4, 3, 3],
      [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['d']),
        node('Reshape', ['d', 'flat'], ['r']),
        node('MatMul', ['r', 'w'], ['y']),
      ],
      [scale, zero('z', 'INT8'), integers('flat', [1, 36]), weights('w', [36, 5])],
    ),
    layers: ['linear 5x1x1'],
    bits: { MatMul_y: '- 8' },
  },
} as const satisfies Record<string, QuantizedSample>;
