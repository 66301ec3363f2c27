import { describe, expect, it } from 'vitest';
import { buildNetwork, buildZooNetwork, networkTotals, simulateRun, zoo, type NetworkResult } from '../src/index.js';
import { readArchFile } from '../src/node/index.js';

const arch = readArchFile('arch/default.json');

describe.each([16, 8, 4, 2])('the zoo on arch/default.json at %i bits', (bits) => {
  it.each(Object.keys(zoo))('simulates %s', (name) => {
    const network = buildNetwork(buildZooNetwork(name));
    const result = simulateRun({ arch, network, mode: 'latency' }, { policy: 'edges', bits });
    expect(result.layers).toHaveLength(network.layers.length);
    expect(result.totals.macs).toBe(networkTotals(network).macs);
    expect(below(result)).toEqual([]);
  });
});

/** Layers that break a floor of the model: nothing beats the peak of the array, nor the channel, nor moves too little. */
function below({ layers, totals, arch: { bandwidthGBps, clockGHz }, residency }: NetworkResult): string[] {
  const bytesPerCycle = bandwidthGBps / clockGHz;
  const broken = layers.filter(
    ({ totalCycles, computeCycles, offChipBytes, compulsoryBytes, peakMacsPerCycle, macs }) =>
      !(
        Number.isSafeInteger(totalCycles) &&
        totalCycles > 0 &&
        totalCycles >= computeCycles &&
        totalCycles * bytesPerCycle >= offChipBytes.total &&
        offChipBytes.total >= compulsoryBytes &&
        totalCycles * peakMacsPerCycle >= macs
      ),
  );
  const sound =
    totals.totalCycles === layers.reduce((sum, { totalCycles }) => sum + totalCycles, 0) &&
    totals.utilization > 0 &&
    totals.utilization <= 1 &&
    residency.peakBytes <= residency.capacityBytes;
  return [...broken.map(({ name }) => name), ...(sound ? [] : ['the whole'])];
}
