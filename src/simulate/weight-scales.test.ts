import { expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { assignPrecision } from '../precision/index.js';
import { buildNetwork } from '../workload/index.js';
import { simulateNetwork } from './network.js';

const network = buildNetwork({
  name: 'one',
  inputs: [{ name: 'x', channels: 64, height: 1, width: 1 }],
  layers: [{ name: 'fc', kind: 'linear', input: 'x', outputFeatures: 32 }],
});
const machine = machineOf({ rows: 4, columns: 4, bandwidthGBps: 8, capacityKiB: 64 });

it('scales of groups of weights move and are kept like the weights', () => {
  const weights = { weightBits: 4, activationBits: 8 };
  const [plain, grouped] = [weights, { ...weights, weightGroupSize: 32, weightScaleBits: 16 }].map((whole) =>
    ['latency', 'throughput'].map((mode) => {
      const choice = { policy: 'per-layer', source: 'test', default: whole, layers: {} } as const;
      return simulateNetwork(network, assignPrecision(network, choice), machine, mode as 'latency' | 'throughput');
    }),
  );
  // 64 x 32 weights of 4 bits are 1024 bytes; 16 bits for each 32 of them are 128 more.
  expect(plain![0]!.totals.offChipBytes.weights).toBe(1024);
  expect(grouped![0]!.totals.offChipBytes.weights).toBe(1152);
  // In steady state they stay.
  expect(grouped![1]!.totals.offChipBytes.weights).toBe(0);
  expect(grouped![1]!.residency.tensors.find(({ kind }) => kind === 'weights')).toMatchObject({
    bytes: 1152,
    place: 'on-chip',
  });
  // They are not multiplied with.
  expect(grouped![0]!.totals.computeCycles).toBe(plain![0]!.totals.computeCycles);
});
