import { describe, expect, it } from 'vitest';
import { networkTotals } from '../../totals.js';
import { cnnNetwork, parametersOf, shapesOf } from './networks.test-data.js';

/**
 * Szegedy et al., arXiv:1409.4842, Table 1: output, thousands (1024s) of parameters, millions of MACs. The first
 * convolution is left out: the 2.7K of the table are not the 9408 weights that 7x7, 3 and 64 make.
 */
const TABLE_1 = [
  { name: 'inception3a', output: '256x28x28', kiloParameters: 159, millionMacs: 128 },
  { name: 'inception3b', output: '480x28x28', kiloParameters: 380, millionMacs: 304 },
  { name: 'inception4a', output: '512x14x14', kiloParameters: 364, millionMacs: 73 },
  { name: 'inception4b', output: '512x14x14', kiloParameters: 437, millionMacs: 88 },
  { name: 'inception4c', output: '512x14x14', kiloParameters: 463, millionMacs: 100 },
  { name: 'inception4d', output: '528x14x14', kiloParameters: 580, millionMacs: 119 },
  { name: 'inception4e', output: '832x14x14', kiloParameters: 840, millionMacs: 170 },
  { name: 'inception5a', output: '832x7x7', kiloParameters: 1072, millionMacs: 54 },
  { name: 'inception5b', output: '1024x7x7', kiloParameters: 1388, millionMacs: 71 },
] as const;

/**
 * Where the table contradicts itself, how far off it may be: 5a has 5% more of both than its channels make, and 4c 7%
 * fewer parameters than the 100 million MACs beside them need, each parameter working at 14 x 14 positions.
 */
const CONTRADICTIONS: Readonly<Record<string, readonly [number, number]>> = {
  inception4c: [0.08, 0.02],
  inception5a: [0.06, 0.06],
};

describe('GoogLeNet', () => {
  const network = cnnNetwork('googlenet');
  const shapes = shapesOf(network);

  it.each(TABLE_1)('$name is as in Table 1', ({ name, output, kiloParameters, millionMacs }) => {
    const layers = network.layers.filter((layer) => layer.name.startsWith(`${name}.`));
    const weights = layers.reduce((sum, layer) => sum + layer.weightElements, 0);
    const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
    expect(shapes.get(`${name}.concat`)).toBe(output);
    const [parametersOff, macsOff] = CONTRADICTIONS[name] ?? [0.02, 0.02];
    expect(Math.abs(weights / 1024 / kiloParameters - 1)).toBeLessThan(parametersOff);
    expect(Math.abs(macs / 1e6 / millionMacs - 1)).toBeLessThan(macsOff);
  });

  it('takes the MACs of Table 1 altogether, but for the first convolution', () => {
    // The other rows: convolutions 360, the nine modules, classifier 1. The first takes 112^2 * 9408 = 118 million
    // MACs and not the 34 of the table. Sze et al., arXiv:1703.09039, Table II, has 1.43 GMACs, for a reason they do
    // not give, and the same 7M weights.
    const million = 118 + 360 + TABLE_1.reduce((sum, { millionMacs }) => sum + millionMacs, 0) + 1;
    expect(Math.abs(networkTotals(network).macs / 1e6 / million - 1)).toBeLessThan(0.005);
    expect(Math.abs(parametersOf('googlenet') / 1e6 - 7)).toBeLessThan(0.005);
  });

  it('pools 112 to 56, 56 to 28, 28 to 14 and 14 to 7', () => {
    expect([1, 2, 3, 4].map((index) => shapes.get(`maxpool${index}`))).toEqual([
      '64x56x56',
      '192x28x28',
      '480x14x14',
      '832x7x7',
    ]);
  });

  it('in torchvision differs by the kernel of nine convolutions and the last pooling', () => {
    const other = cnnNetwork('googlenet-torchvision');
    const kernels = new Map(other.layers.map((layer) => [layer.name, layer.nest.kernelRows]));
    const changed = network.layers.filter(
      (layer) => kernels.has(layer.name) && kernels.get(layer.name) !== layer.nest.kernelRows,
    );
    expect(changed.filter((layer) => layer.kind === 'convolution')).toHaveLength(9);
    expect(changed.filter((layer) => layer.kind === 'pooling').map((layer) => layer.name)).toEqual(['maxpool4']);
    for (const [name, shape] of shapesOf(other)) expect(shapes.get(name)).toBe(shape);
  });
});
