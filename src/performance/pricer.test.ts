import { describe, expect, it } from 'vitest';
import { archOf, machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { resolveMachine, withMemory } from '../arch/index.js';
import { loopOrders, type Candidate, type LayerProblem } from '../mapping/index.js';
import { emptyCandidate, INPUT, minimumCyclesAt, OUTPUT, SECOND } from '../mapping/candidate.js';
import { channelRate } from './channel-rate.js';
import { LayerPricer } from './pricer.js';

const [P, K, C] = [0, 1, 2];

/** A candidate whose loops run so many times, in this order from the outside. It computes for `computeCycles`. */
function candidateOf(fields: Partial<Candidate>, order: readonly number[] = [P, K, C]): Candidate {
  const candidate = { ...emptyCandidate(), busyCycles: fields.computeCycles ?? 0, ...fields };
  candidate.order = loopOrders.findIndex((loops) => loops.join() === order.join());
  candidate.active =
    (candidate.pixelTrips > 1 ? 1 : 0) | (candidate.channelTrips > 1 ? 2 : 0) | (candidate.reductionTrips > 1 ? 4 : 0);
  return candidate;
}

/** 10 bytes per cycle. */
const machine = machineOf({ bandwidthGBps: 10 });
const at8Bits = problemOf({});

function price(candidate: Candidate, problem: LayerProblem = at8Bits, on = machine) {
  const pricer = new LayerPricer(problem, on);
  const cycles = pricer.price(candidate);
  return { cycles, bytes: candidate.offChipBytes, ...pricer.traffic };
}

describe('overlap', () => {
  // 4 tiles of pixels, each loading 100 bytes of inputs (10 cycles) and storing 50 of outputs (5); no weights move.
  const problem = problemOf({}, { secondBits: 0 });
  const tiles = { pixelTrips: 4, inputElements: 400, outputElements: 200 };

  it('of equal tiles that load everything is L + (n - 1) max(C, L + S) + C + S', () => {
    // C = 20 hides 10 + 5: 10 + 3 x 20 + 20 + 5.
    expect(price(candidateOf({ ...tiles, computeCycles: 80 }), problem).cycles).toBe(95);
    // C = 8 does not: 10 + 3 x 15 + 8 + 5.
    expect(price(candidateOf({ ...tiles, computeCycles: 32 }), problem).cycles).toBe(68);
  });

  it('of one tile is load, compute, store', () => {
    expect(price(candidateOf({ ...tiles, pixelTrips: 1, computeCycles: 80 }), problem).cycles).toBe(40 + 80 + 20);
  });

  it('is never below compute or channel, and the same for as many groups as pixels', () => {
    const grouped = candidateOf({ ...tiles, pixelTrips: 1, groupTrips: 4, computeCycles: 80 });
    expect(price(grouped, problem).cycles).toBe(95);
  });

  it('leaves only compute on an unlimited channel without latency', () => {
    const unlimited = machineOf({ bandwidthGBps: Infinity });
    expect(price(candidateOf({ ...tiles, computeCycles: 80 }), problem, unlimited).cycles).toBe(80);
  });

  it('waits the latency of the channel before every step that loads', () => {
    // 7 cycles of latency: 17 + 3 x max(20, 7 + 15) + 20 + 5.
    const slow = machineOf({ bandwidthGBps: 10, latencyNs: 7 });
    expect(price(candidateOf({ ...tiles, computeCycles: 80 }), problem, slow).cycles).toBe(17 + 3 * 22 + 25);
  });

  it('waits for nothing where nothing is loaded', () => {
    // Inputs resident: 3 x max(20, 5) + 20 + 5; stores do not wait for an answer.
    const slow = machineOf({ bandwidthGBps: 10, latencyNs: 7 });
    const resident = { ...problem, inputBits: 0 };
    expect(price(candidateOf({ ...tiles, computeCycles: 80 }), resident, slow).cycles).toBe(85);
  });

  it('waits for partial sums that come back, but not before the first tile, which has none', () => {
    // Inputs and weights resident, 2 output tiles visited twice: 80 bytes of sums leave and return in 4 visits, 2 cycles
    // each way, 20 bytes of outputs half a cycle each. 2 + 4 + 2.5, and 3 x (7 + 2 + 2.5).
    const slow = machineOf({ bandwidthGBps: 10, latencyNs: 7 });
    const sumsOnly = problemOf({}, { inputBits: 0, secondBits: 0 });
    const candidate = candidateOf({ channelTrips: 2, reductionTrips: 2, outputElements: 20, computeCycles: 16 }, [
      P,
      C,
      K,
    ]);
    expect(price(candidate, sumsOnly, slow)).toMatchObject({ cycles: 43, bytes: 180, partialSumBytes: 160 });
  });

  it('rounds time up to whole cycles, bytes to whole bytes', () => {
    // 3 elements of 3 bits: 9 bits, 2 bytes, 0.2 cycles; compute 5.
    const odd = problemOf({}, { inputBits: 3, secondBits: 0, outputBits: 0 });
    expect(price(candidateOf({ inputElements: 3, computeCycles: 5 }), odd)).toMatchObject({ cycles: 6, bytes: 2 });
  });

  it('loads at each step what changes there', () => {
    // Weights (K) outside, pixels inside: 2 tiles of weights of 300 bytes, 3 of pixels of 100, outputs of 6 x 50.
    // First: 30 + 10 load, 12 compute, 5 store. Inside, 4 times: inputs and outputs, max(12, 10 + 5) = 15. Outside,
    // once: weights too, max(12, 30 + 10 + 5) = 45.
    const candidate = candidateOf(
      {
        channelTrips: 2,
        pixelTrips: 3,
        inputElements: 300,
        secondElements: 600,
        outputElements: 300,
        computeCycles: 72,
      },
      [K, P, C],
    );
    expect(price(candidate)).toMatchObject({
      cycles: 30 + 10 + 12 + 5 + 4 * 15 + 45,
      bytes: 600 + 600 + 300,
      inputBytes: 600,
      secondBytes: 600,
      outputBytes: 300,
      partialSumBytes: 0,
      prefetchBytes: 0,
      // 1500 bytes at 10 per cycle.
      channelCycles: 150,
      // Nobody asks what crosses what is never the limit.
      sharedBytes: 0,
      interconnectBytes: 0,
    });
  });

  it('takes as long as the scratchpad keeps the core busy', () => {
    expect(
      price(candidateOf({ ...tiles, computeCycles: 80, busyCycles: 120, deliveryCycles: 120 }), problem).cycles,
    ).toBe(10 + 4 * 30 + 5);
  });
});

describe('single buffers', () => {
  // As above: 4 tiles, 10 cycles to load each and 5 to store; latency 7, nothing else moves.
  const problem = problemOf({}, { secondBits: 0 });
  const slow = machineOf({ bandwidthGBps: 10, latencyNs: 7 });
  const tiles = { pixelTrips: 4, inputElements: 400, outputElements: 200, computeCycles: 80 };
  const cycles = (doubled: number, fields = {}, on = slow) =>
    price(candidateOf({ ...tiles, ...fields, doubled }), problem, on).cycles;

  it('make loads wait for the tile before, and the tile after for them', () => {
    // 17 + 3 x (max(20, 5) + 17) + 20 + 5.
    expect(cycles(SECOND | OUTPUT)).toBe(17 + 3 * 37 + 25);
  });

  it('make stores wait, without latency', () => {
    // 17 + 3 x (max(20, 17) + 5) + 20 + 5.
    expect(cycles(INPUT | SECOND)).toBe(17 + 3 * 25 + 25);
    // The channel is busy in neither part alone for longer than it is in both.
    expect(cycles(INPUT | SECOND, { computeCycles: 4 })).toBe(17 + 3 * 22 + 6);
  });

  it('of all operands do one thing after the other, with one wait for both loads', () => {
    const both = problemOf({});
    const one = candidateOf({ ...tiles, secondElements: 400, pixelTrips: 1, groupTrips: 4, doubled: 0 });
    // 4 groups of 100 inputs and 100 weights: 7 + 20, 20, 5 for each.
    expect(price(one, both, slow).cycles).toBe(4 * (7 + 20 + 20 + 5));
  });

  it('make partial sums that return wait', () => {
    // Two output tiles visited twice, 2 cycles each way, 20 bytes of outputs half a cycle each: 4 steps of 4 cycles.
    const sumsOnly = problemOf({}, { inputBits: 0, secondBits: 0 });
    const fields = { channelTrips: 2, reductionTrips: 2, outputElements: 20, computeCycles: 16 };
    const candidate = candidateOf({ ...fields, doubled: INPUT | SECOND }, [P, C, K]);
    // 2 + 4 + 2.5, and 3 x (4 + 7 + 2 + 2.5).
    expect(price(candidate, sumsOnly, slow).cycles).toBe(Math.ceil(8.5 + 3 * 15.5));
  });
});

describe('weights of the next layer', () => {
  const problem = problemOf({}, { secondBits: 0, prefetchBytes: 200 });
  const tiles = { pixelTrips: 4, inputElements: 400, outputElements: 200 };

  it('come in equal parts beside what the steps load, the last tile included', () => {
    // 5 cycles each: 10 + 3 x max(8, 15 + 5) + max(8, 5) + 5.
    expect(price(candidateOf({ ...tiles, computeCycles: 32 }), problem)).toMatchObject({
      cycles: 10 + 3 * 20 + 8 + 5,
      bytes: 400 + 200 + 200,
      prefetchBytes: 200,
    });
    // 10 + 3 x max(2, 20) + max(2, 5) + 5.
    expect(price(candidateOf({ ...tiles, computeCycles: 8 }), problem).cycles).toBe(10 + 3 * 20 + 5 + 5);
  });

  it('wait for the channel to answer, also where nothing else is loaded', () => {
    const slow = machineOf({ bandwidthGBps: 10, latencyNs: 7 });
    const resident = { ...problem, inputBits: 0 };
    // 3 x max(4, 7 + 5 + 5) + max(4, 7 + 5) + 5.
    expect(price(candidateOf({ ...tiles, computeCycles: 16 }), resident, slow).cycles).toBe(3 * 17 + 12 + 5);
    // An unlimited channel answers no sooner: 3 x max(4, 7) + max(4, 7).
    const far = machineOf({ bandwidthGBps: Infinity, latencyNs: 7 });
    expect(price(candidateOf({ ...tiles, computeCycles: 16 }), resident, far).cycles).toBe(4 * 7);
  });

  it('cross the interconnect to the cores, or go to the shared buffer where there is one', () => {
    // 4 bytes per cycle. Inputs 25 cycles, outputs 12.5, 50 bytes in each step 12.5: 25 + 3 x 50 + 12.5 + 12.5.
    const candidate = () => candidateOf({ ...tiles, computeCycles: 4 });
    const narrow = machineOf({ bandwidthGBps: 10, interconnectBytesPerCycle: 4 });
    expect(price(candidate(), problem, narrow)).toMatchObject({ cycles: 200, interconnectBytes: 800 });
    const shared = machineOf({ bandwidthGBps: 10, shared: { bytes: 1024, bytesPerCycle: 2 } });
    // 25 cycles a step at 2 bytes per cycle, inputs and outputs at 10 off-chip: 10 + 3 x 25 + 25 + 5.
    expect(price(candidate(), problem, shared)).toMatchObject({
      cycles: 115,
      sharedBytes: 200,
      interconnectBytes: 600,
    });
  });

  it('hold up the last tile on their way to the cores, also where the channel is the slower way before', () => {
    // Bursts make 128 bytes of 100, and 64 of 50: with 50 of weights 242 at 5 bytes per cycle in each step, 48.4 cycles, for
    // 200 / 4.5 on the interconnect. Behind the last tile 50 / 4.5, for 10: 25.6 + 3 x 48.4 + 11.1 + 12.8.
    const bursts = machineOf({ bandwidthGBps: 5, burstBytes: 64, interconnectBytesPerCycle: 4.5 });
    const { cycles } = price(candidateOf({ ...tiles, computeCycles: 4 }), problem, bursts);
    expect(cycles).toBe(Math.ceil(25.6 + 3 * 48.4 + 50 / 4.5 + 12.8));
  });
});

describe('bursts', () => {
  it('are taken whole by each transfer, of a mean tile', () => {
    // 4 loads of 100 bytes take 2 bursts of 64 each, 4 stores of 50 one.
    const bursts = machineOf({ bandwidthGBps: 10, burstBytes: 64 });
    const problem = problemOf({}, { secondBits: 0 });
    const candidate = candidateOf({ pixelTrips: 4, inputElements: 400, outputElements: 200 });
    expect(price(candidate, problem, bursts)).toMatchObject({ inputBytes: 512, outputBytes: 256, bytes: 768 });
  });

  it('are not taken where nothing moves', () => {
    const bursts = machineOf({ burstBytes: 64 });
    const resident = problemOf({}, { inputBits: 0, secondBits: 0, outputBits: 0 });
    expect(price(candidateOf({ pixelTrips: 4, inputElements: 400, outputElements: 200 }), resident, bursts).bytes).toBe(
      0,
    );
  });

  it('are counted for outputs once a tile, however often it was visited, and for sums once a return', () => {
    // 2 tiles of 10 outputs, 3 visits each: 2 x 2 tiles of 40 bytes of sums leave and as many return; 2 of 10 bytes leave.
    const bursts = machineOf({ burstBytes: 16 });
    const sumsOnly = problemOf({}, { inputBits: 0, secondBits: 0 });
    const candidate = candidateOf({ channelTrips: 2, reductionTrips: 3, outputElements: 20 }, [P, C, K]);
    expect(price(candidate, sumsOnly, bursts)).toMatchObject({ outputBytes: 2 * 16, partialSumBytes: 2 * 4 * 48 });
  });
});

describe('other paths', () => {
  const tiles = { pixelTrips: 4, inputElements: 400, outputElements: 200, computeCycles: 80 };
  const problem = problemOf({}, { secondBits: 0 });

  it('hold up a step that the interconnect takes longest for', () => {
    // 4 bytes per cycle: 25 to load, 12.5 to store: 25 + 3 x 37.5 + 20 + 12.5.
    const narrow = machineOf({ bandwidthGBps: 10, interconnectBytesPerCycle: 4 });
    expect(price(candidateOf(tiles), problem, narrow)).toMatchObject({ cycles: 170, interconnectBytes: 600 });
  });

  it('carry a copy for each core that reads an input or a weight, if there is no multicast', () => {
    const copies = { ...tiles, inputCopies: 3, secondCopies: 2, secondElements: 40 };
    expect(price(candidateOf(copies))).toMatchObject({ inputBytes: 1200, secondBytes: 80, outputBytes: 200 });
  });

  it('bring what lies in a shared buffer, at its bandwidth and without latency', () => {
    const shared = { bytes: 1024, bytesPerCycle: 5 };
    const both = machineOf({ bandwidthGBps: 10, latencyNs: 7, shared });
    const inShared = { ...problem, inputBits: 0, sharedInputBits: 8 };
    // 20 to load over the shared buffer; 5 to store off-chip: 20 + 3 x 20 + 20 + 5.
    expect(price(candidateOf(tiles), inShared, both)).toMatchObject({ cycles: 105, bytes: 200, sharedBytes: 400 });
    // Single-buffered: 20 + 3 x (20 + 20) + 20 + 5.
    expect(price(candidateOf({ ...tiles, doubled: OUTPUT }), inShared, both).cycles).toBe(165);
  });
});

describe('a kind of memory', () => {
  it('is turned around no more often than something is loaded', () => {
    const ddr4 = resolveMachine(withMemory(archOf({}), { memory: 'DDR4-3200', channels: 1 }));
    const rate = channelRate(ddr4);
    // 4 tiles of outputs of 50 bytes and one of weights of 300: one load, so that one store turns the bus around.
    const problem = problemOf({}, { inputBits: 0 });
    const fields = { pixelTrips: 4, secondElements: 300, outputElements: 200 };
    const { channelCycles } = price(candidateOf(fields), problem, ddr4);
    const moving = rate.transferCycles(300, 1) + 4 * rate.transferCycles(50, 1);
    expect(channelCycles).toBeCloseTo(moving + rate.turnaroundCycles, 9);
    // With inputs in each step every store does.
    const loading = price(candidateOf({ ...fields, inputElements: 400 }), at8Bits, ddr4);
    expect(loading.channelCycles).toBeCloseTo(moving + 4 * rate.transferCycles(100, 1) + 4 * rate.turnaroundCycles, 9);
  });
});

describe('staging', () => {
  // Channels outside pixels: 3 tiles of weights of 100 bytes; 2 of inputs of 100 that are swept 3 times, where the tensor
  // has 180 without halos. No outputs leave. 10 bytes per cycle and 7 of latency.
  const problem = problemOf({}, { outputBits: 0 });
  const tiles = {
    channelTrips: 3,
    pixelTrips: 2,
    inputElements: 200,
    wholeInputElements: 180,
    secondElements: 300,
    outputElements: 6,
    computeCycles: 60,
  };
  const shared = { bytes: 1024, bytesPerCycle: 40 };
  const staging = machineOf({ bandwidthGBps: 10, latencyNs: 7, shared });
  const cost = (staged: number) => price(candidateOf({ ...tiles, staged }, [K, P, C]), problem, staging);

  it('unstaged, inputs cross the channel at each sweep', () => {
    // First: 7 + 10 + 10. Inputs alone move in 3 steps, 17 each; both in 2, 27 each. Last: compute, 10.
    expect(cost(0)).toMatchObject({ cycles: 27 + 3 * 17 + 2 * 27 + 10, bytes: 900, sharedBytes: 0 });
  });

  it('staged, inputs cross once and without halos, on the first sweep', () => {
    // 2 transfers of 90 bytes: 9 cycles. First: 7 + 9 + 10. The second tile of inputs: 7 + 9. Weights alone, twice: 17.
    // Inputs from the shared buffer, twice: 100 bytes, 2.5 cycles behind 10 of compute. Last: 10.
    expect(cost(INPUT)).toMatchObject({ cycles: 26 + 16 + 2 * 17 + 2 * 10 + 10, bytes: 480 });
    // In: 180. Out: 6 loads of 100.
    expect(cost(INPUT).sharedBytes).toBe(780);
  });

  it('of weights that are swept once changes nothing but the bytes of the shared buffer', () => {
    expect(cost(SECOND)).toMatchObject({ cycles: cost(0).cycles, bytes: 900, sharedBytes: 600 });
  });

  it('loads each staged tile before its first use: the first sweep is not hidden behind the ones that follow', () => {
    // With next to nothing to compute, all loads are waited for: 7 + 19, 7 + 9, 2 x (7 + 10) and the rest from the shared
    // buffer, 2 x 2.5 and a tenth of a cycle.
    const quick = candidateOf({ ...tiles, staged: INPUT, computeCycles: 0.6 }, [K, P, C]);
    expect(price(quick, problem, staging).cycles).toBe(Math.ceil(26 + 16 + 34 + 5 + 0.1));
  });

  it('keeps partial sums from leaving the chip', () => {
    const sumsOnly = problemOf({}, { inputBits: 0, secondBits: 0 });
    const fields = { channelTrips: 2, reductionTrips: 2, outputElements: 20 };
    const spilling = candidateOf({ ...fields, staged: OUTPUT }, [P, C, K]);
    // 80 bytes of sums go to the shared buffer and return; 20 bytes of outputs leave.
    expect(price(spilling, sumsOnly, staging)).toMatchObject({ bytes: 20, partialSumBytes: 0, sharedBytes: 160 });
  });

  it('is held up by the shared buffer where that is the slowest: in and out at each first load', () => {
    const slow = machineOf({ bandwidthGBps: 10, shared: { bytes: 1024, bytesPerCycle: 4 } });
    const { cycles } = price(candidateOf({ ...tiles, staged: INPUT }, [K, P, C]), problem, slow);
    // Tiles of 90 bytes in and 100 out take 47.5 cycles; 25 when they are there already.
    expect(cycles).toBe(Math.ceil(47.5 + 47.5 + 2 * 25 + 2 * 25 + 10));
  });
});

describe('traffic of a product of 4 x 8 by 8 x 6 in 2 x 4 x 3 tiles, in bytes', () => {
  const tiles = {
    pixelTrips: 2,
    channelTrips: 3,
    reductionTrips: 4,
    inputElements: 32,
    secondElements: 48,
    outputElements: 24,
  };
  // Sums of 32 bits: 24 x 4 = 96 bytes. Cut in four outside the outputs, they leave and return three times: 2 x 3 x 96.
  const spilled = 576;
  it.each([
    // Reduction innermost: inputs come for each of 3 channel tiles, weights for each of 2 pixel tiles.
    { order: [P, K, C], inputs: 96, weights: 96, sums: 0 },
    { order: [K, P, C], inputs: 96, weights: 96, sums: 0 },
    // Channels innermost: inputs stay for all of them.
    { order: [P, C, K], inputs: 32, weights: 96, sums: spilled },
    { order: [C, P, K], inputs: 32, weights: 96, sums: spilled },
    // Pixels innermost: weights stay for all of them.
    { order: [K, C, P], inputs: 96, weights: 48, sums: spilled },
    { order: [C, K, P], inputs: 96, weights: 48, sums: spilled },
  ])('$order', ({ order, inputs, weights, sums }) => {
    expect(price(candidateOf(tiles, order))).toMatchObject({
      inputBytes: inputs,
      secondBytes: weights,
      outputBytes: 24,
      partialSumBytes: sums,
      bytes: inputs + weights + 24 + sums,
    });
  });

  it('has no reloads where only one loop is cut, and no spills for a reduction that is cut alone', () => {
    for (const order of loopOrders) {
      for (const loop of ['pixelTrips', 'channelTrips', 'reductionTrips'] as const) {
        const once = { ...tiles, pixelTrips: 1, channelTrips: 1, reductionTrips: 1, [loop]: 4 };
        expect(price(candidateOf(once, order)).bytes).toBe(32 + 48 + 24);
      }
    }
  });

  it('keeps the weights where one tile of them serves all pixels, whatever the order says', () => {
    const twoLoops = { ...tiles, channelTrips: 1, reductionTrips: 1 };
    expect(price(candidateOf(twoLoops, [K, P, C]))).toMatchObject({ inputBytes: 32, secondBytes: 48 });
  });

  it('loads everything anew for each group', () => {
    // Two groups: twice the elements in all, each moved as above.
    const two = { ...tiles, groupTrips: 2, inputElements: 64, secondElements: 96, outputElements: 48 };
    expect(price(candidateOf(two, [P, K, C]))).toMatchObject({ inputBytes: 192, secondBytes: 192, outputBytes: 48 });
  });
});

describe('bound', () => {
  it('does not charge each sweep of an operand for a rounded-up byte that is rounded up once for all sweeps', () => {
    // 6 weights of 3 bits are 18 bits, 3 bytes. With pixels outside and the reduction inside both are cut in two, and
    // they cross twice: 36 bits, 5 bytes, in 4 loads of 1.25 bytes, 125 cycles each at 0.01 bytes per cycle. Each of 4
    // tiles computes for longer: 125 + 1000. Three bytes in 2 loads would make the first 150.
    const weightsOnly = problemOf({}, { inputBits: 0, secondBits: 3, outputBits: 0 });
    const slow = machineOf({ bandwidthGBps: 0.01, rows: 1, columns: 1 });
    const pricer = new LayerPricer(weightsOnly, slow);
    const tiles = { pixelTrips: 2, reductionTrips: 2, secondElements: 6 };
    const candidate = candidateOf({ ...tiles, folds: 2, streamSteps: 500, streamTrips: 1 }, [P, K, C]);
    pricer.bound(candidate);
    expect(pricer.price(candidate)).toBe(1125);
    // 18 bits in 2 loads.
    expect(minimumCyclesAt(candidate, slow.offChipBytesPerCycle)).toBe(Math.ceil(112.5 + 1000));
  });

  it('does not count on a last store as large as an output where sums, which are narrower, are stored as well', () => {
    // Two output tiles of 100 bytes, each visited twice: sums of 50 bytes leave first. The mean visit leaves 75, 7.5 cycles.
    const outputsOnly = problemOf({}, { inputBits: 0, secondBits: 0, outputBits: 8, accumulatorBits: 4 });
    const pricer = new LayerPricer(outputsOnly, machine);
    const tiles = { channelTrips: 2, reductionTrips: 2, outputElements: 200 };
    const candidate = candidateOf({ ...tiles, folds: 1, streamSteps: 800, streamTrips: 1 }, [P, C, K]);
    pricer.bound(candidate);
    // A sum of 50 bytes is back every other visit: 2.5 cycles before the first tile, by the mean.
    expect(pricer.price(candidate)).toBe(Math.ceil(2.5 + 800 + 7.5));
    expect(minimumCyclesAt(candidate, machine.offChipBytesPerCycle)).toBe(805);
  });
});
