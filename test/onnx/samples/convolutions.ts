import { chain, floats, input, integers, node, single, weights } from './sample.js';
import type { Sample } from './sample.js';

const conv3x3 = node('Conv', ['x', 'w'], ['c'], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
const w = weights('w', [8, 4, 3, 3]);

export const convolutions = {
  // 6x6 with a 3x3 filter, stride 2, a ring of padding: floor((6 + 2 - 3) / 2) + 1 = 3. MACs 8 x 9 outputs x 4 x 9.
  'convolution, strided and padded': {
    graph: single('Conv', [1, 4, 6, 6], { strides: [2, 2], pads: [1, 1, 1, 1] }, [w, floats('b', Array(8).fill(0))]),
    layers: ['convolution 8x3x3'],
    macs: 8 * 9 * 4 * 9,
  },
  // Two groups: each output channel sums 2 of 4 input channels.
  'convolution, grouped and dilated': {
    graph: single('Conv', [1, 4, 9, 9], { group: 2, dilations: [2, 2] }, [weights('w', [8, 2, 3, 3])]),
    layers: ['convolution 8x5x5'],
    macs: 8 * 25 * 2 * 9,
  },
  'convolution, depthwise, padding found by itself': {
    graph: single('Conv', [1, 4, 7, 7], { group: 4, auto_pad: 'SAME_UPPER', strides: [2, 2] }, [
      weights('w', [4, 1, 3, 3]),
    ]),
    layers: ['convolution 4x4x4'],
    macs: 4 * 16 * 9,
  },
  'convolution, the odd zero before': {
    graph: single('Conv', [1, 4, 6, 6], { auto_pad: 'SAME_LOWER' }, [weights('w', [2, 4, 2, 2])]),
    layers: ['convolution 2x6x6'],
    macs: 2 * 36 * 4 * 4,
  },
  // A signal of 10 samples: floor((10 + 2 - 3) / 1) + 1 = 10 rows, one column.
  'convolution over one axis': {
    graph: single('Conv', [1, 4, 10], { pads: [1, 1] }, [weights('w', [6, 4, 3])]),
    layers: ['convolution 6x10x1'],
    macs: 6 * 10 * 4 * 3,
  },
  'pointwise convolution of several images': {
    graph: chain(
      [1, 3, 4, 2, 2],
      [node('Reshape', ['x', 's'], ['r']), node('Conv', ['r', 'w'], ['y'])],
      [integers('s', [3, 4, 2, 2]), weights('w', [5, 4, 1, 1])],
    ),
    layers: ['convolution 5x6x2'],
    macs: 3 * 5 * 4 * 4,
  },
  // (5 - 1) x 2 - 1 - 1 + 3 + 1 = 10
  'transposed convolution': {
    graph: single('ConvTranspose', [1, 4, 5, 5], { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }, [
      weights('w', [4, 6, 3, 3]),
    ]),
    layers: ['transposed-convolution 6x10x10'],
    macs: 4 * 25 * 6 * 9,
  },
  'transposed convolution, size asked for': {
    graph: single('ConvTranspose', [1, 4, 5, 5], { strides: [2, 2], output_shape: [9, 9] }, [
      weights('w', [4, 6, 3, 3]),
    ]),
    layers: ['transposed-convolution 6x9x9'],
  },
  'transposed convolution, grouped, padding found by itself': {
    graph: single('ConvTranspose', [1, 4, 5, 5], { strides: [2, 2], group: 2, auto_pad: 'SAME_UPPER' }, [
      weights('w', [4, 3, 3, 3]),
    ]),
    layers: ['transposed-convolution 6x10x10'],
    macs: 4 * 25 * 3 * 9,
  },
  'what follows a convolution is fused or folded': {
    graph: chain(
      [1, 4, 6, 6],
      [
        conv3x3,
        node('BatchNormalization', ['c', 's', 's', 's', 's'], ['n']),
        node('Mul', ['n', 'k'], ['m']),
        node('Add', ['m', 'k'], ['a']),
        node('Relu', ['a'], ['y']),
      ],
      [w, floats('s', Array(8).fill(1)), floats('k', Array(8).fill(1), [8, 1, 1])],
    ),
    layers: ['convolution 8x6x6 relu'],
  },
  'what two layers read is not fused': {
    graph: {
      inputs: [input('x', [1, 4, 6, 6])],
      outputs: ['y'],
      nodes: [conv3x3, node('Relu', ['c'], ['r']), node('Add', ['c', 'r'], ['y'])],
      initializers: [w],
    },
    layers: ['convolution 8x6x6', 'activation relu 8x6x6', 'addition 8x6x6'],
  },
  'an output of the graph is not fused, and copied out': {
    graph: {
      inputs: [input('x', [1, 4, 6, 6])],
      outputs: ['c', 'y'],
      nodes: [conv3x3, node('Relu', ['c'], ['y'])],
      initializers: [w],
    },
    layers: ['convolution 8x6x6', 'activation relu 8x6x6', 'copy (all)'],
  },
  'padding goes into the convolution': {
    graph: chain(
      [1, 4, 6, 6],
      [node('Pad', ['x', 'p'], ['q']), node('Conv', ['q', 'w'], ['y'], { strides: [2, 2] })],
      [integers('p', [0, 0, 0, 0, 0, 0, 1, 1]), w],
    ),
    layers: ['convolution 8x3x3'],
  },
  'padding that others see is copied': {
    graph: {
      inputs: [input('x', [1, 4, 6, 6])],
      outputs: ['y', 'z'],
      nodes: [
        node('Pad', ['x', 'p'], ['q']),
        node('Conv', ['q', 'w'], ['y']),
        node('MaxPool', ['q'], ['z'], { kernel_shape: [2, 2], strides: [2, 2] }),
      ],
      initializers: [integers('p', [0, 0, 0, 0, 0, 0, 2, 2]), w],
    },
    layers: ['copy 4x8x8', 'convolution 8x6x6', 'pooling 4x4x4'],
  },
  'an image with channels last': {
    graph: chain(
      [1, 6, 6, 4],
      [node('Transpose', ['x'], ['t'], { perm: [0, 3, 1, 2] }), node('Conv', ['t', 'w'], ['y'])],
      [w],
    ),
    layers: ['convolution 8x4x4'],
  },
} as const satisfies Record<string, Sample>;

export const pools = {
  'maximum of a window': {
    graph: single('MaxPool', [1, 4, 7, 7], { kernel_shape: [3, 3], strides: [2, 2] }),
    layers: ['pooling 4x3x3'],
  },
  // Rounded up: ceil((6 - 3) / 2) + 1 = 3.
  'maximum of a window, rounded up': {
    graph: single('MaxPool', [1, 4, 6, 6], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
    layers: ['pooling 4x3x3'],
  },
  // The window that would lie in the padding altogether does not count: (3 + 2 - 2) / 2 up is 2, and 2 x 2 >= 3 + 1.
  // The runtime computes 2 in every version, but infers 3 before version 22.
  'maximum of a window, none in the padding': {
    graph: single(
      'MaxPool',
      [1, 4, 3, 3],
      { kernel_shape: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 },
      [],
      22,
    ),
    layers: ['pooling 4x2x2'],
  },
  'average of a window over one axis': {
    graph: single('AveragePool', [1, 4, 8], { kernel_shape: [2], strides: [2] }),
    layers: ['pooling 4x4x1'],
  },
  'average of all positions': { graph: single('GlobalAveragePool', [1, 4, 5, 3]), layers: ['pooling 4x1x1'] },
  'maximum of all positions': { graph: single('GlobalMaxPool', [1, 4, 5]), layers: ['pooling 4x1x1'] },
} as const satisfies Record<string, Sample>;
