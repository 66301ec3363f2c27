import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from './candidate.js';
import type { Mapping } from './mapping.js';
import type { Pricer } from './pricer.js';
import { searchAtRates, searchMappings } from './search.js';

/** A price one can follow: each tile takes a cycle, and nothing moves. */
const tilesCost: Pricer = {
  energy: { leastUncut: () => 0, leastOfTiles: () => 0, ofPrepared: () => 0, leakage: () => 0 },
  boundUncut(candidate) {
    candidate.computedCycles = tilesOf(candidate);
    candidate.minimumBytes = 0;
  },
  bound(candidate) {
    candidate.computeCycles = candidate.computedCycles = tilesOf(candidate);
    candidate.minimumBytes = 0;
  },
  boundBuffering: () => undefined,
  boundOrder: () => undefined,
  prepare(candidate) {
    candidate.offChipBytes = 0;
  },
  cyclesAt: tilesOf,
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
    // In two tiles of pixels, each operand single-buffered: inputs 8, weights 16, sums 32: 56 bytes. Of output channels:
    // the same by symmetry. Of the reduction: inputs 8, weights 8, sums 64: 80.
    expect(frontier.best(95)).toMatchObject({ cycles: 2, bufferBytesPerCore: 56 });
    expect(frontier.best(55)?.cycles).toBe(4);
  });

  it('saves the second buffer of an operand where there is no room for it', () => {
    // Had a tile to wait a cycle for each operand that is single-buffered. In two tiles of pixels (or channels): inputs
    // 2 x 8, weights 16, sums 32, outputs leaving 8: 72 bytes.
    const waiting: Pricer = {
      ...tilesCost,
      cyclesAt(candidate) {
        const single = [INPUT, SECOND, OUTPUT].filter((operand) => !(candidate.doubled & operand)).length;
        return tilesOf(candidate) + single;
      },
    };
    const frontier = searchMappings(product, machineOf({}), waiting);
    expect(frontier.best(95)).toMatchObject({ cycles: 2, bufferBytesPerCore: 72, doubled: OPERANDS });
    // Without one of the two buffers that are 8 bytes: 64.
    expect(frontier.best(71)).toMatchObject({ cycles: 3, bufferBytesPerCore: 64 });
    // In four tiles of pixels: inputs 2 x 4, weights 16, sums 16, outputs leaving 4.
    expect(frontier.best(63)).toMatchObject({ cycles: 4, bufferBytesPerCore: 44, doubled: OPERANDS });
  });

  it('with a shared buffer takes that for the memory, and the scratchpad for a limit', () => {
    const shared = { bytes: 100, bytesPerCycle: Infinity };
    // Each operand that is staged saves a cycle.
    const staging: Pricer = {
      ...tilesCost,
      cyclesAt(candidate) {
        const staged = [INPUT, SECOND, OUTPUT].filter((operand) => candidate.staged & operand).length;
        return 10 * tilesOf(candidate) - staged;
      },
      bound(candidate) {
        candidate.computeCycles = candidate.computedCycles = 10 * tilesOf(candidate) - 3;
        candidate.minimumBytes = 0;
      },
    };
    const frontier = searchMappings(product, machineOf({ scratchpadBytes: 70, shared }), staging);
    // Not whole: that takes 96 bytes of scratchpad. Inputs or weights staged: 16 bytes of the shared buffer; both: 32.
    expect(frontier.best(0)).toMatchObject({ cycles: 20, sharedBufferBytes: 0, staged: 0 });
    expect(frontier.best(16)).toMatchObject({ cycles: 19, sharedBufferBytes: 16 });
    expect(frontier.best(100)).toMatchObject({ cycles: 18, sharedBufferBytes: 32, staged: INPUT | SECOND });
    for (const { bufferBytesPerCore } of frontier.all()) expect(bufferBytesPerCore).toBeLessThanOrEqual(70);
  });

  it('looks for fewest bytes, then cycles, or the other way round', () => {
    // A byte for each input channel in a tile: small tiles move least, and take longest.
    const bytesCost: Pricer = {
      ...tilesCost,
      prepare(candidate) {
        candidate.offChipBytes = 4 / candidate.reductionTrips;
      },
    };
    const best = (objective: 'latency' | 'off-chip-bytes') =>
      searchMappings(product, machineOf({}), bytesCost, { objective }).best(1000);
    expect(best('latency')).toMatchObject({ cycles: 1, offChipBytes: 4 });
    expect(best('off-chip-bytes')).toMatchObject({ cycles: 4, offChipBytes: 1, reductionTile: 1 });
  });

  it('knows the least that any mapping needs, also where that does not fit', () => {
    const frontier = searchMappings(product, machineOf({}), tilesCost);
    // Single elements: an input, a weight and a sum of 4. With the whole reduction: no less.
    expect(frontier.smallestBufferBytes).toBe(6);
    expect(frontier.best(6)?.cycles).toBe(64);
    expect(frontier.best(5)).toBeUndefined();
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

  it('answers the same, to the choices, with schedules to begin with as without', () => {
    const whole = searchMappings(product, machineOf({}), tilesCost);
    const small = searchMappings({ ...product, accumulatorBits: 16 }, machineOf({}), tilesCost);
    // In the wrong order, so that of equals one is tried first that is not the first.
    const seeds = [...small.schedules(), ...whole.schedules()].reverse();
    const seeded = searchMappings(product, machineOf({}), tilesCost, { seeds });
    expect(seeded.considered).toBe(whole.considered);
    for (let bytes = 0; bytes <= 100; bytes += 1)
      expect(choicesOf(seeded.best(bytes))).toEqual(choicesOf(whole.best(bytes)));
  });

  it('answers the same, to the choices, above a floor as without one', () => {
    const whole = searchMappings(product, machineOf({}), tilesCost);
    const roomy = searchMappings(product, machineOf({}), tilesCost, { floorBytes: 40 });
    for (let bytes = 40; bytes <= 100; bytes += 1)
      expect(choicesOf(roomy.best(bytes))).toEqual(choicesOf(whole.best(bytes)));
  });

  it('answers for several rates of the channel as for each of them by itself', () => {
    // 64 bytes move, beside the tiles or before them: with less of the channel, smaller tiles are the faster ones.
    const moving: Pricer = {
      ...tilesCost,
      boundUncut(candidate) {
        candidate.computedCycles = candidate.minimumBytes = 0;
      },
      bound(candidate) {
        candidate.computeCycles = candidate.computedCycles = tilesOf(candidate);
        candidate.computedBytes = 64 / tilesOf(candidate);
        candidate.minimumBytes = 0;
      },
      cyclesAt: (candidate, bytesPerCycle) => tilesOf(candidate) + Math.ceil(64 / tilesOf(candidate) / bytesPerCycle),
    };
    const rates = [Infinity, 8, 1, 0.25];
    const found = searchAtRates(product, machineOf({}), moving, rates);
    expect(found.map((frontier) => frontier.best(100)?.cycles)).toEqual([1, 4 + 2, 8 + 8, 16 + 16]);
    for (const [at, offChipBytesPerCycle] of rates.entries()) {
      const alone = searchMappings(product, { ...machineOf({}), offChipBytesPerCycle }, moving);
      for (let bytes = 0; bytes <= 100; bytes += 1)
        expect(choicesOf(found[at]!.best(bytes))).toEqual(choicesOf(alone.best(bytes)));
    }
  });
});

/** A mapping but for how the search that found it went. */
function choicesOf(mapping: Mapping | undefined) {
  return mapping && { ...mapping, search: null };
}
