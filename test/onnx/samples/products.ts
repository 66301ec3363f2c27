import { chain, floats, input, integers, node, single, weights } from './sample.js';
import type { Sample } from './sample.js';

/** Queries, keys and values of 2 heads of 4 features at 5 positions. */
const heads = (name: string, perm: readonly number[]) => [
  node('MatMul', ['x', `w${name}`], [`m${name}`]),
  node('Reshape', [`m${name}`, 'split'], [`r${name}`]),
  node('Transpose', [`r${name}`], [name], { perm }),
];

export const products = {
  // 5 positions, 8 features to 6.
  'product with weights': {
    graph: single('MatMul', [1, 5, 8], {}, [weights('w', [8, 6])]),
    layers: ['linear 6x5x1'],
    macs: 5 * 8 * 6,
  },
  'product with weights on the left': {
    graph: { ...single('MatMul', [1, 8, 5], {}, [weights('w', [6, 8])]), nodes: [node('MatMul', ['w', 'x'], ['y'])] },
    layers: ['linear 6x5x1'],
    macs: 5 * 8 * 6,
  },
  'vector by matrix': {
    graph: chain(
      [1, 8],
      [node('Squeeze', ['x', 'a'], ['v']), node('MatMul', ['v', 'w'], ['y'])],
      [integers('a', [0]), weights('w', [8, 6])],
    ),
    layers: ['linear 6x1x1'],
    macs: 8 * 6,
  },
  // Three products of 5 x 8 by 8 x 6, each with weights of its own.
  'products with a stack of weights': {
    graph: single('MatMul', [1, 3, 5, 8], {}, [weights('w', [3, 8, 6])]),
    layers: ['convolution 18x5x1'],
    macs: 3 * 5 * 8 * 6,
  },
  'fully connected layer with its weights transposed': {
    graph: single('Gemm', [1, 8], { transB: 1 }, [weights('w', [6, 8]), floats('b', Array(6).fill(0))]),
    layers: ['linear 6x1x1'],
    macs: 8 * 6,
  },
  'a bias and a non-linearity after a product': {
    graph: chain(
      [1, 5, 8],
      [node('MatMul', ['x', 'w'], ['m']), node('Add', ['m', 'b'], ['a']), node('Tanh', ['a'], ['y'])],
      [weights('w', [8, 6]), floats('b', Array(6).fill(0))],
    ),
    layers: ['linear 6x5x1 tanh'],
  },
  // Of two computed factors: 5 x 8 by 8 x 7.
  'product of two inputs': {
    graph: {
      inputs: [input('x', [1, 5, 8]), input('z', [1, 8, 7])],
      outputs: ['y'],
      nodes: [node('MatMul', ['x', 'z'], ['y'])],
    },
    layers: ['matmul 7x5x1'],
    macs: 5 * 8 * 7,
  },
  // Three linear layers of 8 x 8 at 5 positions, scores and mixing of 2 heads of 4 features, and the softmax between.
  attention: {
    graph: {
      inputs: [input('x', [1, 5, 8])],
      outputs: ['y'],
      nodes: [
        ...heads('q', [0, 2, 1, 3]),
        ...heads('k', [0, 2, 3, 1]),
        ...heads('v', [0, 2, 1, 3]),
        node('MatMul', ['q', 'k'], ['s']),
        node('Div', ['s', 'root'], ['d']),
        node('Softmax', ['d'], ['p'], { axis: 3 }),
        node('MatMul', ['p', 'v'], ['o']),
        node('Transpose', ['o'], ['t'], { perm: [0, 2, 1, 3] }),
        node('Reshape', ['t', 'join'], ['j']),
        node('MatMul', ['j', 'wo'], ['y']),
      ],
      initializers: [
        ...['q', 'k', 'v', 'o'].map((name) => weights(`w${name}`, [8, 8])),
        integers('split', [0, 0, 2, 4]),
        integers('join', [0, 0, 8]),
        floats('root', [2], []),
      ],
    },
    layers: [
      'linear 8x5x1',
      'linear 8x5x1',
      'linear 8x5x1',
      'matmul 10x5x1',
      'activation softmax 10x5x1',
      'matmul 8x5x1',
      'linear 8x5x1',
    ],
    macs: 4 * 5 * 64 + 2 * (2 * 5 * 5 * 4),
  },
  'sum over one axis of two tensors, by letters': {
    graph: {
      inputs: [input('x', [1, 2, 5, 4]), input('z', [1, 2, 7, 4])],
      outputs: ['y'],
      nodes: [node('Einsum', ['x', 'z'], ['y'], { equation: 'bhqd,bhkd->bhqk' })],
    },
    layers: ['matmul 14x5x1'],
    macs: 2 * 5 * 7 * 4,
  },
  'weights by letters': {
    graph: single('Einsum', [1, 5, 8], { equation: 'bsf,fg->bsg' }, [weights('w', [8, 6])]),
    layers: ['linear 6x5x1'],
    macs: 5 * 8 * 6,
  },
  embedding: {
    graph: {
      inputs: [input('x', [1, 5], 'INT64')],
      outputs: ['y'],
      nodes: [node('Gather', ['w', 'x'], ['y'])],
      initializers: [weights('w', [100, 8])],
    },
    layers: ['embedding 8x5x1'],
  },
} as const satisfies Record<string, Sample>;
