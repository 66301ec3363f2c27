import { chain, floats, input, node, single, weights } from './sample.js';
import type { Sample } from './sample.js';

const two = (operator: string, first: readonly number[], second: readonly number[]): Sample['graph'] => ({
  inputs: [input('x', first), input('z', second)],
  outputs: ['y'],
  nodes: [node(operator, ['x', 'z'], ['y'])],
});

const unary = (operator: string, expected: string, opset = 17): Sample => ({
  graph: single(operator, [1, 4, 3, 3], {}, [], opset),
  layers: [`activation ${expected} 4x3x3`],
});

export const elementwise = {
  addition: { graph: two('Add', [1, 4, 3, 3], [1, 4, 3, 3]), layers: ['addition 4x3x3'] },
  'gate of each channel': { graph: two('Mul', [1, 4, 3, 3], [1, 4, 1, 1]), layers: ['elementwise multiply 4x3x3'] },
  'both sides repeated': { graph: two('Sub', [1, 5, 1], [1, 1, 7]), layers: ['elementwise subtract 7x5x1'] },
  'repeated in an axis between': {
    graph: two('Add', [1, 2, 3, 4, 5], [1, 2, 1, 4, 1]),
    layers: ['addition 8x15x1'],
  },
  comparison: { graph: two('Greater', [1, 4], [1, 4]), layers: ['elementwise compare 4x1x1'] },
  maximum: { graph: two('Max', [1, 4], [1, 4]), layers: ['elementwise maximum 4x1x1'] },
  'sum of three': {
    graph: {
      inputs: [input('x', [1, 4]), input('z', [1, 4]), input('u', [1, 4])],
      outputs: ['y'],
      nodes: [node('Sum', ['x', 'z', 'u'], ['y'])],
    },
    layers: ['addition 4x1x1'],
  },
  'power of two': { graph: single('Pow', [1, 4], {}, [floats('e', [2], [])]), layers: ['activation square 4x1x1'] },
  'one by it': {
    graph: { ...single('Div', [1, 4], {}, [floats('c', [1], [])]), nodes: [node('Div', ['c', 'x'], ['y'])] },
    layers: ['activation reciprocal 4x1x1'],
  },
  'constants for each element': {
    graph: single('Add', [1, 5, 8], {}, [weights('p', [1, 5, 8])]),
    layers: ['activation scale 8x5x1'],
  },
  'repeated to a larger constant': {
    graph: single('Add', [1, 1, 8], {}, [weights('p', [1, 5, 8])]),
    layers: ['copy 8x5x1'],
  },
  'a choice': {
    graph: {
      ...two('Add', [1, 4], [1, 4]),
      nodes: [node('Less', ['x', 'z'], ['c']), node('Where', ['c', 'x', 'f'], ['y'])],
      initializers: [floats('f', [0], [])],
    },
    layers: ['elementwise compare 4x1x1', 'elementwise multiply 4x1x1'],
  },
  'bounds that are six': {
    graph: single('Clip', [1, 4], {}, [floats('l', [0], []), floats('h', [6], [])]),
    layers: ['activation relu6 4x1x1'],
  },
  'bounds as attributes': {
    graph: single('Clip', [1, 4], { min: { float: -1 }, max: { float: 1 } }, [], 10),
    layers: ['activation clip 4x1x1'],
  },
  'slope of each channel': {
    graph: single('PRelu', [1, 4, 3, 3], {}, [floats('s', Array(4).fill(0), [4, 1, 1])]),
    layers: ['activation prelu 4x3x3'],
  },
  relu: unary('Relu', 'relu'),
  'leaky relu': unary('LeakyRelu', 'leaky-relu'),
  sigmoid: unary('Sigmoid', 'sigmoid'),
  'hard sigmoid': unary('HardSigmoid', 'hard-sigmoid'),
  'hard swish': unary('HardSwish', 'hard-swish'),
  'error function': unary('Erf', 'error-function'),
  softplus: unary('Softplus', 'softplus'),
  logarithm: unary('Log', 'logarithm'),
  mish: unary('Mish', 'mish', 18),
  gelu: unary('Gelu', 'gelu', 20),
  softmax: { graph: single('Softmax', [1, 5, 8], { axis: 2 }), layers: ['activation softmax 8x5x1'] },
  'normalisation by constants, alone': {
    graph: single(
      'BatchNormalization',
      [1, 4, 3, 3],
      {},
      ['a', 'b', 'c', 'd'].map((name) => floats(name, Array(4).fill(1))),
    ),
    layers: ['activation batch-normalization 4x3x3'],
  },
  'normalisation of each layer': {
    graph: single('LayerNormalization', [1, 5, 8], {}, [floats('s', Array(8).fill(1))]),
    layers: ['activation layer-normalization 8x5x1'],
  },
  'normalisation of each image': {
    graph: single(
      'InstanceNormalization',
      [1, 4, 3, 3],
      {},
      ['a', 'b'].map((name) => floats(name, Array(4).fill(1))),
    ),
    layers: ['activation instance-normalization 4x3x3'],
  },
  'normalisation of neighbours': {
    graph: single('LRN', [1, 4, 3, 3], { size: 3 }),
    layers: ['activation local-response-normalization 4x3x3'],
  },
  'a scale and a shift past a non-linearity': {
    graph: chain(
      [1, 4, 6, 6],
      [
        node('Conv', ['x', 'w'], ['c']),
        node('HardSwish', ['c'], ['h']),
        node('Mul', ['h', 'k'], ['m']),
        node('Add', ['m', 'k'], ['y']),
      ],
      [weights('w', [8, 4, 3, 3]), floats('k', [2])],
    ),
    layers: ['convolution 8x4x4 hard-swish'],
  },
} as const satisfies Record<string, Sample>;

const gelu = [
  node('Div', ['x', 'root'], ['d']),
  node('Erf', ['d'], ['e']),
  node('Add', ['e', 'one'], ['p']),
  node('Mul', ['x', 'p'], ['m']),
  node('Mul', ['m', 'half'], ['y']),
];
const scalars = [
  floats('root', [1.4142], []),
  floats('one', [1], []),
  floats('half', [0.5], []),
  floats('six', [6], []),
];
const centre = [node('ReduceMean', ['x'], ['mean'], { axes: [-1] }), node('Sub', ['x', 'mean'], ['c'])];
const normalize = [
  node('Pow', ['c', 'two'], ['s']),
  node('ReduceMean', ['s'], ['v'], { axes: [-1] }),
  node('Add', ['v', 'eps'], ['e']),
  node('Sqrt', ['e'], ['r']),
  node('Div', ['c', 'r'], ['q']),
  node('Mul', ['q', 'scale'], ['m']),
  node('Add', ['m', 'shift'], ['y']),
];
const statistics = [
  floats('two', [2], []),
  floats('eps', [1e-5], []),
  floats('scale', Array(8).fill(1)),
  floats('shift', Array(8).fill(0)),
];

/** Functions that are spelt out in simpler ones. */
export const composites = {
  'gelu by the error function': { graph: chain([1, 5, 8], gelu, scalars), layers: ['activation gelu 8x5x1'] },
  'swish after a convolution': {
    graph: chain(
      [1, 4, 6, 6],
      [node('Conv', ['x', 'w'], ['c']), node('Sigmoid', ['c'], ['s']), node('Mul', ['c', 's'], ['y'])],
      [weights('w', [8, 4, 3, 3])],
    ),
    layers: ['convolution 8x4x4 silu'],
  },
  'hard swish by bounds': {
    graph: chain(
      [1, 4],
      [
        node('Add', ['x', 'one'], ['a']),
        node('Clip', ['a', 'one', 'six'], ['b']),
        node('Mul', ['x', 'b'], ['c']),
        node('Div', ['c', 'six'], ['y']),
      ],
      scalars,
    ),
    layers: ['activation hard-swish 4x1x1'],
  },
  'layer normalisation': {
    graph: chain([1, 5, 8], [...centre, ...normalize], statistics),
    layers: ['activation layer-normalization 8x5x1'],
  },
  'normalisation by the mean of squares': {
    graph: chain(
      [1, 5, 8],
      [
        node('Mul', ['x', 'x'], ['s']),
        node('ReduceMean', ['s'], ['v'], { axes: [-1] }),
        node('Add', ['v', 'eps'], ['e']),
        node('Sqrt', ['e'], ['r']),
        node('Reciprocal', ['r'], ['i']),
        node('Mul', ['x', 'i'], ['q']),
        node('Mul', ['scale', 'q'], ['y']),
      ],
      statistics,
    ),
    layers: ['activation rms-normalization 8x5x1'],
  },
  'a gate of each channel is no function of single numbers': {
    graph: {
      inputs: [input('x', [1, 4, 3, 3])],
      outputs: ['y'],
      nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Sigmoid', ['p'], ['s']), node('Mul', ['x', 's'], ['y'])],
    },
    layers: ['pooling 4x1x1', 'activation sigmoid 4x1x1', 'elementwise multiply 4x3x3'],
  },
  'a part that others read stays': {
    graph: {
      inputs: [input('x', [1, 4])],
      outputs: ['y', 's'],
      nodes: [node('Sigmoid', ['x'], ['s']), node('Mul', ['x', 's'], ['y'])],
    },
    layers: ['activation sigmoid 4x1x1', 'elementwise multiply 4x1x1', 'copy (all)'],
  },
} as const satisfies Record<string, Sample>;
