import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { loopOrders, type Candidate, type LayerProblem } from '../mapping/index.js';
import { emptyCandidate } from '../mapping/candidate.js';
import { LayerPricer } from './pricer.js';

const [P, K, C] = [0, 1, 2];

/** A candidate whose loops run so many times, in this order from the outside. */
function candidateOf(fields: Partial<Candidate>, order: readonly number[] = [P, K, C]): Candidate {
  const candidate = { ...emptyCandidate(), ...fields };
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
  pricer.price(candidate);
  return { cycles: candidate.cycles, bytes: candidate.offChipBytes, ...pricer.traffic };
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
    expect(price(candidate)).toEqual({
      cycles: 30 + 10 + 12 + 5 + 4 * 15 + 45,
      bytes: 600 + 600 + 300,
      inputBytes: 600,
      secondBytes: 600,
      outputBytes: 300,
      partialSumBytes: 0,
    });
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
    const pricer = new LayerPricer(weightsOnly, machineOf({ bandwidthGBps: 0.01, rows: 1, columns: 1 }));
    const candidate = candidateOf({ pixelTrips: 2, reductionTrips: 2, secondElements: 6, folds: 2, streamSteps: 500 }, [
      P,
      K,
      C,
    ]);
    pricer.bound(candidate);
    pricer.price(candidate);
    expect(candidate.cycles).toBe(1125);
    expect(candidate.minimumCycles).toBeLessThanOrEqual(1125);
  });

  const trips = fc.constantFrom(1, 1, 2, 3, 8);
  const elements = fc.constantFrom(1, 3, 8, 100);
  const bits = fc.constantFrom(0, 1, 3, 8, 16);
  const draw = fc.record({
    groupTrips: trips,
    pixelTrips: trips,
    channelTrips: trips,
    reductionTrips: trips,
    perTile: fc.record({ inputs: elements, seconds: elements, outputs: elements }),
    bits: fc.record({ inputBits: bits, secondBits: bits, outputBits: bits, accumulatorBits: fc.constantFrom(16, 32) }),
    folds: fc.integer({ min: 1, max: 5 }),
    streamSteps: fc.integer({ min: 1, max: 2000 }),
    bandwidthGBps: fc.constantFrom(0.01, 1, 50, Infinity),
    latencyNs: fc.constantFrom(0, 20),
  });

  it('is what no order goes below, neither in time nor in bytes', () => {
    fc.assert(
      fc.property(draw, (drawn) => {
        const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c, perTile } = drawn;
        const pricer = new LayerPricer(problemOf({}, drawn.bits), machineOf(drawn));
        for (const order of loopOrders) {
          const candidate = candidateOf(
            {
              groupTrips: g,
              pixelTrips: m,
              channelTrips: k,
              reductionTrips: c,
              folds: drawn.folds,
              streamSteps: drawn.streamSteps,
              streamTrips: 1,
              inputElements: perTile.inputs * g * m * c,
              secondElements: perTile.seconds * g * k * c,
              outputElements: perTile.outputs * g * m * k,
            },
            order,
          );
          pricer.bound(candidate);
          pricer.price(candidate);
          expect(candidate.cycles).toBeGreaterThanOrEqual(candidate.minimumCycles);
          expect(candidate.offChipBytes).toBeGreaterThanOrEqual(candidate.minimumBytes);
          expect(candidate.cycles).toBeGreaterThanOrEqual(candidate.computeCycles);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
