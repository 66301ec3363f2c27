import { chain, floats, input, integers, node, single, weights } from './sample.js';
import type { Sample } from './sample.js';

const relu = (from: string, to = 'y') => node('Relu', [from], [to]);
/** One node and a layer that reads what it makes. */
const seen = (
  operator: string,
  shape: readonly number[],
  attributes: Parameters<typeof node>[3] = {},
  initializers: Parameters<typeof chain>[2] = [],
  opset?: number,
): Sample['graph'] =>
  chain(
    shape,
    [node(operator, ['x', ...(initializers ?? []).map(({ name }) => name ?? '')], ['v'], attributes), relu('v')],
    initializers,
    opset,
  );

export const moves = {
  'reshape, one size open': {
    graph: seen('Reshape', [1, 4, 3, 3], {}, [integers('s', [0, -1])]),
    layers: ['activation relu 36x1x1'],
  },
  flatten: {
    graph: chain(
      [1, 4, 3, 3],
      [node('Flatten', ['x'], ['f']), node('Gemm', ['f', 'w'], ['y'])],
      [weights('w', [36, 5])],
    ),
    layers: ['linear 5x1x1'],
    macs: 36 * 5,
  },
  'squeeze and unsqueeze': {
    graph: chain(
      [1, 4, 1, 3],
      [node('Squeeze', ['x', 'a'], ['s']), node('Unsqueeze', ['s', 'b'], ['u']), relu('u')],
      [integers('a', [2]), integers('b', [0, -1])],
    ),
    layers: ['activation relu 4x1x3'],
  },
  'transposition after a layer': {
    graph: chain(
      [1, 4, 3, 5],
      [relu('x', 'r'), node('Transpose', ['r'], ['t'], { perm: [0, 2, 3, 1] }), node('MatMul', ['t', 'w'], ['y'])],
      [weights('w', [4, 6])],
    ),
    layers: ['activation relu 4x3x5', 'view 4x15x1', 'linear 6x15x1'],
    macs: 15 * 4 * 6,
  },
  'shape worked out in the graph': {
    graph: {
      inputs: [input('x', [1, 4, 3, 3])],
      outputs: ['y'],
      nodes: [
        node('Shape', ['x'], ['s']),
        node('Gather', ['s', 'i'], ['c'], { axis: 0 }),
        node('Mul', ['c', 'i'], ['d']),
        node('Unsqueeze', ['d', 'zero'], ['u']),
        node('Concat', ['one', 'u', 'rest'], ['t'], { axis: 0 }),
        node('Reshape', ['x', 't'], ['v']),
        relu('v'),
      ],
      initializers: [integers('i', [1], []), integers('zero', [0]), integers('one', [1]), integers('rest', [-1])],
    },
    layers: ['activation relu 4x9x1'],
  },
  'identity, dropout and cast': {
    graph: chain(
      [1, 4],
      [node('Identity', ['x'], ['i']), node('Dropout', ['i'], ['d']), node('Cast', ['d'], ['c'], { to: 1 }), relu('c')],
    ),
    layers: ['activation relu 4x1x1'],
  },
  'part of the channels': {
    graph: seen('Slice', [1, 8, 3, 3], {}, [integers('s', [2]), integers('e', [6]), integers('a', [1])]),
    layers: ['view 4x3x3', 'activation relu 4x3x3'],
  },
  'every other row, from the end': {
    graph: seen('Slice', [1, 2, 8, 3], {}, [
      integers('s', [-1]),
      integers('e', [-9]),
      integers('a', [2]),
      integers('t', [-2]),
    ]),
    layers: ['view 2x4x3', 'activation relu 2x4x3'],
  },
  'parts as attributes': {
    graph: seen('Slice', [1, 8, 3, 3], { starts: [0, 1], ends: [1, 9], axes: [0, 1] }, [], 9),
    layers: ['view 7x3x3', 'activation relu 7x3x3'],
  },
  split: {
    graph: {
      inputs: [input('x', [1, 9, 2])],
      outputs: ['y'],
      nodes: [node('Split', ['x', 's'], ['a', 'b'], { axis: 1 }), relu('b')],
      initializers: [integers('s', [4, 5])],
    },
    layers: ['view 2x5x1', 'activation relu 2x5x1'],
  },
  'split into equal parts': {
    graph: {
      inputs: [input('x', [1, 8])],
      outputs: ['y'],
      nodes: [node('Split', ['x'], ['a', 'b'], { axis: 1 }), node('Add', ['a', 'b'], ['y'])],
    },
    layers: ['view 4x1x1', 'view 4x1x1', 'addition 4x1x1'],
  },
  'channels joined': {
    graph: {
      inputs: [input('x', [1, 4, 3, 3]), input('z', [1, 2, 3, 3])],
      outputs: ['y'],
      nodes: [node('Concat', ['x', 'z'], ['y'], { axis: 1 })],
    },
    layers: ['concatenation channels 6x3x3'],
  },
  'rows joined': {
    graph: {
      inputs: [input('x', [1, 4, 3, 3]), input('z', [1, 4, 2, 3])],
      outputs: ['y'],
      nodes: [node('Concat', ['x', 'z'], ['y'], { axis: -2 })],
    },
    layers: ['concatenation rows 4x5x3'],
  },
  'zeros joined': {
    graph: seen('Concat', [1, 4, 3, 3], { axis: 1 }, [weights('z', [1, 4, 3, 3])]),
    layers: ['copy 8x3x3', 'activation relu 8x3x3'],
  },
  'constants joined to two': {
    graph: {
      inputs: [input('x', [1, 4]), input('z', [1, 2])],
      outputs: ['y'],
      nodes: [node('Concat', ['x', 'c', 'z'], ['y'], { axis: 1 })],
      initializers: [weights('c', [1, 3])],
    },
    layers: ['copy 7x1x1', 'concatenation channels 9x1x1'],
  },
  'padded with zeros': {
    graph: seen('Pad', [1, 4, 3, 3], {}, [integers('p', [0, 0, 1, 1, 0, 0, 1, 1])]),
    layers: ['copy 4x5x5', 'activation relu 4x5x5'],
  },
  cropped: {
    graph: seen('Pad', [1, 4, 5, 5], {}, [integers('p', [0, 0, -1, -1, 0, 0, -1, -1])]),
    layers: ['view 4x3x3', 'activation relu 4x3x3'],
  },
  repeated: {
    graph: seen('Expand', [1, 4, 1, 1], {}, [integers('s', [1, 4, 3, 3])]),
    layers: ['copy 4x3x3', 'activation relu 4x3x3'],
  },
  tiled: {
    graph: seen('Tile', [1, 4, 2, 2], {}, [integers('r', [1, 1, 2, 3])]),
    layers: ['copy 4x4x6', 'activation relu 4x4x6'],
  },
  'one position of a sequence': {
    graph: seen('Gather', [1, 5, 8], { axis: 1 }, [integers('i', [0], [])]),
    layers: ['view 8x1x1', 'activation relu 8x1x1'],
  },
  'positions out of order': {
    graph: seen('Gather', [1, 5, 8], { axis: 1 }, [integers('i', [4, 0, 2])]),
    layers: ['copy 8x3x1', 'activation relu 8x3x1'],
  },
  'blocks of rows and columns': {
    graph: seen('SpaceToDepth', [1, 4, 6, 6], { blocksize: 2 }),
    layers: ['activation relu 16x3x3'],
  },
  'channels as blocks': {
    graph: seen('DepthToSpace', [1, 16, 3, 3], { blocksize: 2 }),
    layers: ['activation relu 4x6x6'],
  },
  'twice the size': {
    graph: {
      ...single('Resize', [1, 4, 3, 5], { mode: 'nearest' }, [floats('s', [1, 1, 2, 2])]),
      nodes: [node('Resize', ['x', '', 's'], ['y'], { mode: 'nearest' })],
    },
    layers: ['resize nearest 4x6x10'],
  },
  'to a size': {
    graph: {
      ...single('Resize', [1, 4, 3, 5], {}, [integers('s', [1, 4, 7, 9])]),
      nodes: [node('Resize', ['x', '', '', 's'], ['y'], { mode: 'linear' })],
    },
    layers: ['resize bilinear 4x7x9'],
  },
  'to a size of some axes': {
    graph: {
      ...single('Resize', [1, 4, 6, 8], {}, [integers('s', [3, 3])], 19),
      nodes: [
        node('Resize', ['x', '', '', 's'], ['y'], {
          mode: 'linear',
          axes: [2, 3],
          keep_aspect_ratio_policy: 'not_larger',
        }),
      ],
    },
    layers: ['resize bilinear 4x2x3'],
  },
  'an older resize': {
    graph: single('Upsample', [1, 4, 3, 3], { mode: 'nearest' }, [floats('s', [1, 1, 2, 2])], 9),
    layers: ['resize nearest 4x6x6'],
  },
  'mean of rows and columns': {
    graph: single('ReduceMean', [1, 4, 3, 5], { axes: [2, 3], keepdims: 0 }),
    layers: ['reduce mean rows,columns 4x1x1'],
  },
  'maximum of the features': {
    graph: single('ReduceMax', [1, 5, 8], { axes: [-1] }),
    layers: ['reduce maximum channels 1x5x1'],
  },
  'sum of an axis between': {
    graph: single('ReduceSum', [1, 2, 3, 4, 5], {}, [integers('a', [2])]),
    layers: ['reduce sum rows 40x1x1'],
  },
  'place of the largest': {
    graph: single('ArgMax', [1, 8], { axis: 1, keepdims: 0 }),
    layers: ['reduce maximum channels 1x1x1'],
  },
} as const satisfies Record<string, Sample>;
