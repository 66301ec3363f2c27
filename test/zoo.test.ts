import { describe, expect, it } from 'vitest';
import {
  assignPrecision,
  buildNetwork,
  buildZooNetwork,
  networkTotals,
  resolveMachine,
  simulateNetwork,
  zoo,
} from '../src/index.js';
import { readArchFile } from '../src/node/index.js';

const machine = resolveMachine(readArchFile('arch/default.json'), { bits: 4 });

describe('the zoo on arch/default.json at 4 bits', () => {
  it.each(Object.keys(zoo))('simulates %s', (name) => {
    const network = buildNetwork(buildZooNetwork(name));
    const precision = assignPrecision(network, { policy: 'edges', bits: 4 });
    const { layers, totals } = simulateNetwork(network, precision, machine, 'latency');
    expect(layers).toHaveLength(network.layers.length);
    expect(layers.every((layer) => Number.isSafeInteger(layer.totalCycles) && layer.totalCycles > 0)).toBe(true);
    expect(totals.macs).toBe(networkTotals(network).macs);
    expect(totals.latencyMs).toBeGreaterThan(0);
    expect(totals.latencyMs).toBeLessThan(Infinity);
    // No network can beat the peak of the array, nor move less than it must.
    expect(totals.utilization).toBeGreaterThan(0);
    expect(totals.utilization).toBeLessThanOrEqual(1);
    expect(totals.offChipBytes.total).toBeGreaterThan(0);
  });
});
