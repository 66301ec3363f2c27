import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import type { Precision } from '../precision/index.js';
import { buildNetwork, withBatch, type LayerJson, type Network } from '../workload/index.js';
import { distinctInputs, layerProblem } from './layer-problem.js';

const machine = machineOf({});

/** x and y of 4 channels, z of 12; one layer of each kind that reads more than one tensor, and a convolution. */
const network: Network = buildNetwork({
  name: 'joins',
  inputs: [
    { name: 'x', channels: 4, height: 2, width: 1 },
    { name: 'y', channels: 4, height: 2, width: 1 },
    { name: 'z', channels: 12, height: 2, width: 1 },
  ],
  layers: [
    { name: 'add', kind: 'addition', inputs: ['x', 'y'] },
    { name: 'twice', kind: 'addition', inputs: ['x', 'x'] },
    { name: 'join', kind: 'concatenation', inputs: ['x', 'z'] },
    { name: 'product', kind: 'matmul', inputs: ['x', 'y'], transposeSecond: true },
    { name: 'conv', kind: 'convolution', input: 'x', outputChannels: 6, kernel: 1 },
    { name: 'pool', kind: 'pooling', input: 'x', type: 'max', kernel: { rows: 2, columns: 1 }, stride: 1 },
  ],
});

/** 4-bit weights and 8-bit activations in every layer; x is stored in 8 bits, y in 4, z in 2, the rest in 16. */
const precision: Precision = {
  bits: null,
  edgeBits: null,
  layers: network.layers.map(() => ({ weightBits: 4, activationBits: 8, outputBits: 16, accumulatorBits: 24 })),
  tensorBits: network.tensors.map(({ name }) => ({ x: 8, y: 4, z: 2 })[name] ?? 16),
};

/** Other layers on x, y and z. */
function layersOf(...layers: LayerJson[]): Network {
  const used = new Set(layers.flatMap((layer) => ('inputs' in layer ? layer.inputs : [layer.input])));
  const inputs = network.tensors
    .filter(({ name, producer }) => producer < 0 && used.has(name))
    .map(({ name, shape }) => ({ name, ...shape }));
  return buildNetwork({ name: 'others', inputs, layers });
}

function problemOf(of: Network, name: string, inputsOnChip: boolean[], outputWritten = true) {
  const index = of.layers.findIndex((layer) => layer.name === name);
  const bits: Precision = {
    ...precision,
    layers: of.layers.map(() => precision.layers[0]!),
    tensorBits: of.tensors.map((tensor) => ({ x: 8, y: 4, z: 2 })[tensor.name] ?? 16),
  };
  return layerProblem(of, index, bits, machine, inputsOnChip, outputWritten, false);
}

function problemFor(name: string, inputsOnChip: boolean[], outputWritten = true, weightsOnChip = false, of = network) {
  const index = of.layers.findIndex((layer) => layer.name === name);
  return layerProblem(of, index, precision, machine, inputsOnChip, outputWritten, weightsOnChip);
}

describe('layerProblem', () => {
  it('moves both inputs of an addition side by side: their bits add up', () => {
    expect(problemFor('add', [false, false]).inputBits).toBe(12);
    expect(problemFor('add', [true, false]).inputBits).toBe(4);
    expect(problemFor('add', [false, true]).inputBits).toBe(8);
    expect(problemFor('add', [true, true]).inputBits).toBe(0);
  });

  it('moves a tensor that is added to itself once', () => {
    expect(problemFor('twice', [false]).inputBits).toBe(8);
    expect(distinctInputs(network.layers[1]!)).toHaveLength(1);
  });

  it('moves the parts of a concatenation one after the other: their bits average over the 16 channels', () => {
    // 4 channels of 8 bits and 12 of 2: 56 bits over 16 channels.
    expect(problemFor('join', [false, false]).inputBits).toBe(3.5);
    expect(problemFor('join', [false, true]).inputBits).toBe(2);
    expect(problemFor('join', [true, false]).inputBits).toBe(1.5);
  });

  it('takes the second factor of a product as second operand, in the bits it is stored in', () => {
    expect(problemFor('product', [false, false])).toMatchObject({ inputBits: 8, secondBits: 4 });
    expect(problemFor('product', [true, false])).toMatchObject({ inputBits: 0, secondBits: 4 });
    expect(problemFor('product', [false, true])).toMatchObject({ inputBits: 8, secondBits: 0 });
  });

  it('takes weights in their own bits, unless they stay on chip', () => {
    expect(problemFor('conv', [false])).toMatchObject({ inputBits: 8, secondBits: 4, outputBits: 16 });
    expect(problemFor('conv', [false], true, true).secondBits).toBe(0);
    expect(problemFor('conv', [true], false)).toMatchObject({ inputBits: 0, secondBits: 4, outputBits: 0 });
  });

  it('computes at the wider of both operands: 8 bits are two lanes of a 16-bit element', () => {
    expect(problemFor('conv', [false])).toMatchObject({ lanes: 2, passes: 1, engine: 'array', accumulatorBits: 24 });
  });

  it('gives the vector unit operations, neither lanes nor weights', () => {
    // A 2x1 window looks at two elements for each output.
    expect(problemFor('pool', [false])).toMatchObject({
      engine: 'vector',
      lanes: 1,
      secondBits: 0,
      vectorOperationsPerOutput: 2,
    });
    expect(problemFor('add', [false, false]).vectorOperationsPerOutput).toBe(1);
  });

  it('reads no more of a tensor than a view shows', () => {
    // A third of the 12 channels, added to 4: 8 and 2 bits for each of the 8 elements that are made.
    const sliced = layersOf(
      { name: 'part', kind: 'view', type: 'slice', input: 'z', output: { channels: 4, height: 2, width: 1 } },
      { name: 'sum', kind: 'addition', inputs: ['x', 'part'] },
    );
    expect(problemOf(sliced, 'sum', [false, false]).inputBits).toBe(8 + 2);
  });

  it('reads what is repeated along an axis once', () => {
    // y has one row for the two of x: half an element of 4 bits for each one made.
    const gated = layersOf(
      { name: 'row', kind: 'view', type: 'slice', input: 'y', output: { channels: 4, height: 1, width: 1 } },
      { name: 'gate', kind: 'elementwise', function: 'multiply', inputs: ['x', 'row'] },
    );
    expect(problemOf(gated, 'gate', [false, false]).inputBits).toBe(8 + 2);
  });

  it('moves the rows that are looked up in a table, at the bits of weights', () => {
    // 2 indices of 8 bits and 2 rows of 16 weights of 4: 8 / 16 + 4 bits for each element made.
    const table = layersOf(
      { name: 'ids', kind: 'view', type: 'slice', input: 'x', output: { channels: 1, height: 2, width: 1 } },
      { name: 'words', kind: 'embedding', input: 'ids', rows: 1000, features: 16 },
    );
    expect(problemOf(table, 'words', [false])).toMatchObject({ inputBits: 4.5, secondBits: 0, outputBits: 16 });
    expect(problemOf(table, 'words', [true]).inputBits).toBe(4);
  });

  it('writes the output of a transposed convolution once, though its loops make more values', () => {
    // 2 rows of 3 x 3 values at stride 2: the output has 5 rows of 3, 15 values for each 18 that are made.
    const up = layersOf({
      name: 'up',
      kind: 'transposed-convolution',
      input: 'x',
      outputChannels: 1,
      kernel: 3,
      stride: 2,
    });
    expect(problemOf(up, 'up', [false]).outputBits).toBe((16 * 15) / 18);
    expect(problemOf(up, 'up', [false], false).outputBits).toBe(0);
  });

  it('moves of a copy what there is', () => {
    // 8 elements of 8 bits, padded to 16.
    const padded = layersOf({ name: 'pad', kind: 'copy', input: 'x', output: { channels: 4, height: 4, width: 1 } });
    expect(problemOf(padded, 'pad', [false])).toMatchObject({ inputBits: 4, outputBits: 16 });
  });

  it('says the same of a batch, whose elements grow on both sides', () => {
    const batch = withBatch(network, 5);
    for (const { name, inputs } of network.layers) {
      const nothing = inputs.map(() => false);
      const { nest, ...one } = problemFor(name, nothing);
      const { nest: batched, ...five } = problemFor(name, nothing, true, false, batch);
      expect(five).toEqual(one);
      expect(batched.batch * batched.groups).toBe(5 * nest.batch * nest.groups);
    }
  });
});
