import { expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { assignPrecision } from '../precision/index.js';
import { buildNetwork } from '../workload/index.js';
import { simulateNetwork } from './network.js';

const network = buildNetwork({
  name: 'two',
  inputs: [{ name: 'x', channels: 64, height: 1, width: 1 }],
  layers: [
    { name: 'one', kind: 'linear', input: 'x', outputFeatures: 32 },
    { name: 'two', kind: 'linear', input: 'one', outputFeatures: 32 },
  ],
});
const precision = assignPrecision(network, { policy: 'uniform', bits: 4 });

it('moves and keeps the scales of MXFP4, of weights and of activations', () => {
  const run = (mac: 'configurable' | 'floating-point') =>
    simulateNetwork(network, precision, machineOf({ rows: 4, columns: 4, capacityKiB: 64, mac }), 'latency');
  const [integers, floats] = [run('configurable'), run('floating-point')];
  // 64 x 32 and 32 x 32 weights of 4 bits are 1024 and 512 bytes; 8 bits for each 32 of them are 64 and 32 more.
  expect(integers.layers.map(({ offChipBytes }) => offChipBytes.weights)).toEqual([1024, 512]);
  expect(floats.layers.map(({ offChipBytes }) => offChipBytes.weights)).toEqual([1088, 544]);
  // The 64 inputs of the first layer: 32 bytes and two scales; the 32 outputs of the second: 16 and one.
  expect(integers.layers.map(({ compulsoryBytes }) => compulsoryBytes)).toEqual([1024 + 32, 512 + 16]);
  expect(floats.layers.map(({ compulsoryBytes }) => compulsoryBytes)).toEqual([1088 + 34, 544 + 17]);
  // What stays between the layers takes room for its scale.
  const between = ({ residency }: typeof floats) => residency.tensors.find(({ tensor }) => tensor === 'one')!;
  expect(between(integers)).toMatchObject({ bytes: 16, place: 'on-chip' });
  expect(between(floats)).toMatchObject({ bytes: 17, place: 'on-chip' });
});
