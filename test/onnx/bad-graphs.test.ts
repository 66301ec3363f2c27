import { describe, expect, it } from 'vitest';
import { AccelsimError, buildNetwork } from '../../src/index.js';
import { importOnnx } from '../../src/workload/onnx/index.js';
import type { Dimensions } from '../../src/workload/onnx/index.js';
import { floats, input, integers, node, onnxFile, weights } from '../fixtures/onnx-file.js';
import type { GraphSketch } from '../fixtures/onnx-file.js';
import { chain, single } from './samples/sample.js';

const image = [input('x', [1, 4, 6, 6])];
const w = weights('w', [8, 4, 3, 3]);
const conv = node('Conv', ['x', 'w'], ['y']);

/** What is wrong with each graph, and all of what is said of it. */
const graphs: Readonly<Record<string, readonly [GraphSketch, readonly string[]]>> = {
  'a circle': [
    { inputs: image, outputs: ['b'], nodes: [node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b'])] },
    ['Add "Add_a": waits for its own output: Relu_b -> Add_a -> Relu_b'],
  ],
  'a value that nothing makes': [
    { inputs: image, outputs: ['y'], nodes: [conv] },
    ['Conv "Conv_y": reads "w", which is no input, initializer or output of a node'],
  ],
  'a value that is made twice': [
    { inputs: image, outputs: ['y'], nodes: [conv, node('Relu', ['x'], ['y'])], initializers: [w] },
    ['Relu "Relu_y": makes "y", which exists already'],
  ],
  'weights that are there twice': [
    { inputs: image, outputs: ['y'], nodes: [conv], initializers: [w, w] },
    ['initializer "w": must be unique; it is there twice'],
  ],
  'an input that is there twice': [
    { inputs: [...image, ...image], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] },
    ['input "x": must be unique; it is there twice'],
  ],
  'an output that nothing makes': [
    { inputs: image, outputs: ['z'], nodes: [node('Relu', ['x'], ['y'])] },
    ['output "z": is made by no node'],
  ],
  'no outputs': [
    { inputs: image, outputs: [], nodes: [node('Relu', ['x'], ['y'])] },
    ['outputs: there are none, so nothing is computed'],
  ],
  'nothing but views': [
    { inputs: image, outputs: ['y'], nodes: [node('Transpose', ['x'], ['y'])] },
    ['computes nothing: no output needs a layer'],
  ],
  'a size of zero': [
    { inputs: [input('x', [1, 0, 6, 6])], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] },
    ['input "x": has a size of 0 in dimension 2; a size must be from 1 to 2^31'],
  ],
  'a huge size': [
    { inputs: [input('x', [1, 2 ** 50])], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] },
    ['input "x": has a size of 1125899906842624 in dimension 2; a size must be from 1 to 2^31'],
  ],
  'a tensor of too many elements': [
    single('Tile', [1, 4], {}, [integers('r', [2 ** 30, 2 ** 30])]),
    ['Tile "Tile_y": it makes 1073741824x4294967296, more than 2^40 elements'],
  ],
  'a batch that is built in': [
    { inputs: [input('x', [8, 4, 6, 6])], outputs: ['y'], nodes: [conv], initializers: [w] },
    [
      'input "x": has a batch of 8 built in; it must be 1 or open, and --batch says how many samples run; export the network with a batch of 1',
    ],
  ],
  'an input without a shape': [
    {
      inputs: [{ name: 'x', type: { value: { case: 'tensorType', value: { elemType: 1 } } } }],
      outputs: ['y'],
      nodes: [node('Relu', ['x'], ['y'])],
    },
    ['input "x": has no shape in the file; give it: --shape x=1,3,224,224'],
  ],
  'an input that is no tensor': [
    { inputs: [{ name: 'x' }], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] },
    ['input "x": must be a tensor'],
  ],
  'everything that cannot be mapped, at once': [
    {
      inputs: image,
      outputs: ['a', 'b', 'c', 'd', 'e'],
      nodes: [
        node('NonMaxSuppression', ['x'], ['a']),
        node('Frobnicate', ['x'], ['b'], {}, 'com.example'),
        node('Relu', ['b'], ['c']),
        node('Conv', ['x', 'v'], ['d']),
        node('LSTM', ['x'], ['e']),
      ],
      initializers: [weights('v', [8, 5, 3, 3])],
    },
    [
      'NonMaxSuppression "NonMaxSuppression_a": how much it makes depends on data; export the network without its post-processing',
      'Frobnicate "Frobnicate_b": an operator of domain com.example that is not known here',
      'LSTM "LSTM_e": a recurrent layer, whose steps wait for each other; unroll it into matrix products',
      'Conv "Conv_d": its weights (8x5x3x3, 1 groups) do not fit the 4 channels of its input',
    ],
  ],
  'a branch': [
    {
      inputs: image,
      outputs: ['y'],
      nodes: [node('If', ['x'], ['y'], { then_branch: { graph: 'inner' } })],
    },
    [
      'If "If_y": control flow: which of its graphs runs, and how often, is decided by data; export what is meant without it',
    ],
  ],
  'a shape that depends on data': [
    {
      inputs: [...image, input('s', [2], 'INT64')],
      outputs: ['y'],
      nodes: [node('Reshape', ['x', 's'], ['r']), node('Relu', ['r'], ['y'])],
    },
    [
      'input "s": has a batch of 2 built in; it must be 1 or open, and --batch says how many samples run; export the network with a batch of 1',
    ],
  ],
  'weights that are computed': [
    { inputs: [...image, input('v', [1, 4, 3, 3])], outputs: ['y'], nodes: [node('Conv', ['x', 'v'], ['y'])] },
    ['Conv "Conv_y": its weights are computed while it runs; only constant ones are known'],
  ],
  'a kernel larger than its input': [
    single('Conv', [1, 4, 2, 2], {}, [w]),
    ['Conv "Conv_y": its kernel spans 3, more than the 2 of its padded input'],
  ],
  'a reshape to other elements': [
    single('Reshape', [1, 4], {}, [integers('s', [1, 5])]),
    ['Reshape "Reshape_y": it makes 1x5 of 1x4, which has other elements'],
  ],
  'tensors that do not fit each other': [
    single('Add', [1, 4], {}, [floats('c', [1, 2, 3])]),
    ['Add "Add_y": its inputs (1x4, 3) do not fit each other'],
  ],
  'an axis that is not there': [
    chain([1, 4], [node('Concat', ['x', 'x'], ['y'], { axis: 2 })]),
    ['Concat "Concat_y": its axis 2 is not one of the 2 of its input'],
  ],
  'three spatial axes': [
    single('Conv', [1, 4, 6, 6, 6], {}, [weights('w', [8, 4, 3, 3, 3])]),
    ['Conv "Conv_y": it has three spatial axes; only one and two are known'],
  ],
  'a missing input': [chain([1, 4], [node('MatMul', ['x'], ['y'])]), ['MatMul "MatMul_y": its input 2 is missing']],
};

describe('a graph with', () => {
  it.each(Object.entries(graphs))('%s', (_, [graph, expected]) => {
    expect(complaintsOf(graph)).toEqual(expected.map((complaint) => `bad.onnx: ${complaint}`));
  });

  it('a hundred issues tells them and counts the rest', () => {
    const nodes = Array.from({ length: 150 }, (_, at) => node('Frobnicate', ['x'], [`y${at}`]));
    const told = complaintsOf({ inputs: image, outputs: nodes.map(({ output }) => output![0]!), nodes });
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toBe('bad.onnx: and 50 more of such complaints');
  });
});

describe('sizes that a file leaves open', () => {
  const graph: GraphSketch = {
    inputs: [input('x', ['N', 4, 'side', null]), input('z', ['N', 'side'])],
    outputs: ['y', 'v'],
    nodes: [conv, node('Relu', ['z'], ['v'])],
    initializers: [w],
  };

  it('are asked for, each name once, the batch not at all', () => {
    expect(complaintsOf(graph)).toEqual([
      'bad.onnx: input "x": leaves dimension "side" open; give it: --shape side=N',
      'bad.onnx: input "x": leaves dimension 4 open, without a name; give them all: --shape x=1,4,side,N',
    ]);
  });

  it('are given by name, or all of an input', () => {
    const { network } = importOnnx(onnxFile(graph), 'open.onnx', { dimensions: { side: 6, x: [1, 4, 6, 9] } });
    expect(network.inputs).toEqual([
      { name: 'x', channels: 4, height: 6, width: 9 },
      { name: 'z', channels: 6, height: 1, width: 1 },
    ]);
  });

  it.each<[Dimensions, string]>([
    [{ sides: 6, x: [1, 4, 6, 9] }, '--shape: no input has such a dimension (found "sides"); did you mean side?'],
    [{ side: 6, x: 9 }, '--shape: names an input: give all of its sizes (found "x")'],
    [{ side: 6, x: [1, 4, 6] }, '--shape: x: must have the 4 sizes that the file gives this input (found 1,4,6)'],
    [{ side: 6, x: [1, 5, 6, 6] }, '--shape: x: size 2 must be 4: the file fixes it (found 5)'],
    [{ side: 6, x: [8, 4, 6, 6] }, '--shape: x: must be 1 in the first dimension, the batch (found 8)'],
    [{ side: 0.5, x: [1, 4, 6, 6] }, '--shape: side: must be a whole number from 1 to 2^31 (found 0.5)'],
  ])('%j', (dimensions, message) => {
    expect(complaintsOf(graph, dimensions).join('\n')).toContain(message);
  });
});

it('names of nodes that are alike or missing are told apart', () => {
  const nodes = [conv, node('Relu', ['y'], ['r']), node('Exp', ['r'], ['e']), node('Exp', ['e'], ['f'])];
  const graph = {
    inputs: image,
    outputs: ['f'],
    nodes: nodes.map((each) => ({ ...each, name: 'same' })),
    initializers: [w],
  };
  const { network } = importOnnx(onnxFile(graph), 'same.onnx');
  expect(network.layers.map(({ name }) => name)).toEqual(['same', 'same#2', 'same#3']);
  const unnamed = { ...graph, nodes: nodes.map((each) => ({ ...each, name: '' })) };
  expect(importOnnx(onnxFile(unnamed), 'x.onnx').network.layers.map(({ name }) => name)).toEqual(['y', 'e', 'f']);
});

it('nodes in any order, and those that nothing needs, are no matter', () => {
  const nodes = [node('Relu', ['y'], ['r']), node('Frobnicate', ['x'], ['unused']), conv];
  const { network } = importOnnx(onnxFile({ inputs: image, outputs: ['r'], nodes, initializers: [w] }), 'any.onnx');
  expect(buildNetwork(network).layers.map(({ kind, activation }) => [kind, activation])).toEqual([
    ['convolution', 'fused'],
  ]);
});

function complaintsOf(graph: GraphSketch, dimensions: Dimensions = {}): readonly string[] {
  try {
    importOnnx(onnxFile(graph), 'bad.onnx', { dimensions });
  } catch (error) {
    if (error instanceof AccelsimError) return error.message.split('\n');
    throw error;
  }
  throw new Error('it was read');
}
