import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import type { Candidate, Pricer } from './candidate.js';
import { searchMappings } from './search.js';

/** A price one can follow: each tile takes a cycle, and nothing moves. */
const tilesCost: Pricer = {
  boundUncut(candidate) {
    candidate.minimumCycles = tilesOf(candidate);
    candidate.minimumBytes = 0;
  },
  bound(candidate) {
    candidate.computeCycles = candidate.minimumCycles = tilesOf(candidate);
    candidate.minimumBytes = 0;
  },
  price(candidate) {
    candidate.cycles = tilesOf(candidate);
    candidate.offChipBytes = 0;
  },
};

function tilesOf({ groupTrips, pixelTrips, channelTrips, reductionTrips }: Candidate): number {
  return groupTrips * pixelTrips * channelTrips * reductionTrips;
}

// A product of 4 x 4 by 4 x 4 at 8 bits with sums of 32 bits, on an array of 4 x 4.
const product = problemOf({ outputRows: 4, inputChannels: 4, outputChannels: 4 });

describe('searchMappings', () => {
  it('takes the whole layer where it fits, and cuts as little as the room asks', () => {
    const frontier = searchMappings(product, machineOf({}), tilesCost);
    // Uncut: 16 bytes of inputs, 16 of weights, 64 of sums.
    expect(frontier.best(96)).toMatchObject({ cycles: 1, bufferBytesPerCore: 96, channelTile: 4, reductionTile: 4 });
    // In two tiles of pixels: inputs 2 x 8, weights 16, sums 32, outputs leaving 8: 72 bytes. Of output channels: the
    // same by symmetry. Of the reduction: inputs 2 x 8, weights 2 x 8, sums 64: 96.
    expect(frontier.best(95)).toMatchObject({ cycles: 2, bufferBytesPerCore: 72 });
    expect(frontier.best(71)?.cycles).toBe(4);
  });

  it('knows the least that any mapping needs, also where that does not fit', () => {
    const frontier = searchMappings(product, machineOf({}), tilesCost);
    // Single elements: inputs 2, weights 2, a sum of 4, an output leaving of 1. With the whole reduction: no less.
    expect(frontier.smallestBufferBytes).toBe(9);
    expect(frontier.best(9)?.cycles).toBe(64);
    expect(frontier.best(8)).toBeUndefined();
    // A kernel of 40 x 40: 1600 inputs and 1600 weights at least, above the 1024 bytes there are.
    const large = problemOf({ kernelRows: 40, kernelColumns: 40 });
    const none = searchMappings(large, machineOf({ capacityKiB: 1 }), tilesCost);
    expect(none.best(1024)).toBeUndefined();
    expect(none.smallestBufferBytes).toBe(1600 + 1600 + 4);
  });

  it('considers every dataflow the machine runs', () => {
    // Sums that stay in the array save the 64 bytes of sums, at 16 of outputs.
    const frontier = searchMappings(
      product,
      machineOf({ dataflows: ['weight-stationary', 'output-stationary'] }),
      tilesCost,
    );
    expect(frontier.best(48)).toMatchObject({ dataflow: 'output-stationary', cycles: 1, bufferBytesPerCore: 48 });
  });

  it('splits among cores, where the busiest decides', () => {
    const frontier = searchMappings(product, machineOf({ cores: 4 }), tilesCost);
    // Each of 4 cores with 2 rows and 2 channels: inputs 8, weights 8, sums 16. With 4 rows or 4 channels it were 36.
    expect(frontier.best(32)).toMatchObject({ cycles: 1, split: { outputRows: 2, outputChannels: 2 } });
    expect(frontier.best(31)?.cycles).toBe(2);
  });

  it('has no weights and no dataflow on the vector unit', () => {
    const vector = problemOf({ groups: 4 }, { engine: 'vector', secondBits: 0, vectorOperationsPerOutput: 1 });
    expect(searchMappings(vector, machineOf({}), tilesCost).best(8)).toMatchObject({ dataflow: null, cycles: 1 });
  });

  it('counts the tile choices it looked at: pixels, channels and input channels in tiles of 4, 2 and 1', () => {
    const frontier = searchMappings(product, machineOf({}), tilesCost);
    expect(frontier.considered).toBe(3 * 3 * 3);
    expect(frontier.pruned).toBeLessThan(frontier.considered);
  });

  it('answers the same above a floor as without one', () => {
    const whole = searchMappings(product, machineOf({}), tilesCost);
    const roomy = searchMappings(product, machineOf({}), tilesCost, 40);
    for (let bytes = 40; bytes <= 100; bytes += 1) expect(roomy.best(bytes)?.cycles).toBe(whole.best(bytes)?.cycles);
  });
});
