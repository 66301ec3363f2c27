import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import { outputElements } from '../../src/workload/loop-nest.js';
import { emptyCandidate, minimumCyclesAt, OPERANDS, type Candidate } from '../../src/mapping/candidate.js';
import { setTiles, wholeInputElements } from '../../src/mapping/geometry.js';
import { secondElements, tileSpaces } from '../../src/mapping/index.js';
import { distinctOrders } from '../../src/mapping/loop-order.js';
import { LayerPricer } from '../../src/performance/index.js';
import {
  machineOf,
  mixingMachine,
  smallMachine,
  smallSharedMachine,
  type MachineSketch,
} from './machines.test-data.js';
import { cutProblem, onMachine, problemOf, smallProblem, smallVectorProblem } from './problems.test-data.js';

interface Figures {
  readonly cycles: number;
  readonly bytes: number;
}

const minimumOf = (candidate: Candidate, machine: Machine): Figures => ({
  cycles: minimumCyclesAt(candidate, machine.offChipBytesPerCycle),
  bytes: candidate.minimumBytes,
});

const lower = (one: Figures, other: Figures): Figures => ({
  cycles: Math.min(one.cycles, other.cycles),
  bytes: Math.min(one.bytes, other.bytes),
});

const NOTHING: Figures = { cycles: Infinity, bytes: Infinity };

/** Asked millions of times, so without `expect` where all is well. */
function expectBelow(bound: Figures, price: Figures): void {
  if (bound.cycles <= price.cycles && bound.bytes <= price.bytes) return;
  expect(bound.cycles).toBeLessThanOrEqual(price.cycles);
  expect(bound.bytes).toBeLessThanOrEqual(price.bytes);
}

/** Loop orders of the tiles bounded last, each with its own bound: whatever is double-buffered, with nothing staged. */
function ordersOf(orders: readonly number[], candidate: Candidate, pricer: LayerPricer, machine: Machine) {
  return orders.map((order) => {
    candidate.order = order;
    candidate.staged = 0;
    pricer.boundOrder(candidate);
    return { order, ordered: minimumOf(candidate, machine) };
  });
}

/** Walks the whole space, fitting or not, and holds each bound against the least price of what it speaks of. */
function checkBounds(drawn: Parameters<typeof onMachine>[0], sketch: MachineSketch): void {
  const machine = machineOf(sketch);
  const problem = onMachine(drawn, machine);
  const spaces = tileSpaces(problem, machine);
  const choices = spaces.reduce(
    (sum, { groups, pixels, channels, reductions }) =>
      sum + groups.length * pixels.length * channels.length * reductions.length,
    0,
  );
  fc.pre(choices <= 400);
  const pricer = new LayerPricer(problem, machine);
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);

  for (const space of spaces) {
    const uncut = (g: number, m: number, c: number): Figures => {
      setTiles(candidate, problem, machine, space, g, m, c, 0);
      pricer.boundUncut(candidate);
      return minimumOf(candidate, machine);
    };
    /** The least of all schedules of one tile choice, each held against its bounds. */
    const leastOf = (g: number, m: number, c: number, k: number): Figures => {
      setTiles(candidate, problem, machine, space, g, m, c, k);
      pricer.bound(candidate);
      const bound = minimumOf(candidate, machine);
      let least = NOTHING;
      const orders = ordersOf(distinctOrders[candidate.active]!, candidate, pricer, machine);
      for (let doubled = 0; doubled <= OPERANDS; doubled += 1) {
        candidate.doubled = doubled;
        pricer.boundBuffering(candidate);
        const buffering = minimumOf(candidate, machine);
        for (const { order, ordered } of orders)
          for (let staged = 0; staged <= (machine.sharedBuffer === null ? 0 : OPERANDS); staged += 1) {
            candidate.order = order;
            candidate.staged = staged;
            const cycles = pricer.price(candidate);
            const price = { cycles, bytes: candidate.offChipBytes };
            expectBelow(buffering, price);
            if (staged === 0) expectBelow(ordered, price);
            expectBelow(minimumOf(candidate, machine), price);
            least = lower(least, price);
          }
      }
      expectBelow(bound, least);
      return least;
    };
    let leastOfAll = NOTHING;
    for (let g = 0; g < space.groups.length; g += 1)
      for (let m = 0; m < space.pixels.length; m += 1) {
        let leastOfPixels = NOTHING;
        for (let c = 0; c < space.reductions.length; c += 1) {
          let leastOfReduction = NOTHING;
          for (let k = 0; k < space.channels.length; k += 1)
            leastOfReduction = lower(leastOfReduction, leastOf(g, m, c, k));
          expectBelow(uncut(g, m, c), leastOfReduction);
          leastOfPixels = lower(leastOfPixels, leastOfReduction);
        }
        expectBelow(uncut(g, m, 0), leastOfPixels);
        leastOfAll = lower(leastOfAll, leastOfPixels);
      }
    expectBelow(uncut(0, 0, 0), leastOfAll);
  }
}

describe('no price is below its lower bound: of tiles, of a buffering, of an order, of loops still to be cut', () => {
  it('on the array', () => {
    fc.assert(fc.property(fc.oneof(smallProblem, cutProblem), smallMachine, checkBounds), { numRuns: 500 });
  });

  it('on the array where groups and output channels share an axis and the scratchpad may bind', () => {
    fc.assert(fc.property(smallProblem, mixingMachine, checkBounds), { numRuns: 500 });
  });

  it('on the array with a shared buffer', () => {
    fc.assert(fc.property(fc.oneof(smallProblem, cutProblem), smallSharedMachine, checkBounds), { numRuns: 100 });
  });

  it('on the vector unit', () => {
    fc.assert(fc.property(smallVectorProblem, fc.oneof(smallMachine, smallSharedMachine), checkBounds), {
      numRuns: 300,
    });
  });

  it('on tiles of any number and size, if no layer has them', () => {
    const trips = fc.constantFrom(1, 1, 2, 3, 8);
    const elements = fc.constantFrom(1, 3, 8, 100);
    const bits = fc.constantFrom(0, 1, 3, 8, 16);
    const draw = fc.record({
      trips: fc.tuple(trips, trips, trips, trips),
      tile: fc.tuple(elements, elements, elements),
      copies: fc.tuple(fc.constantFrom(1, 1, 3), fc.constantFrom(1, 1, 2)),
      whole: fc.double({ min: 0.3, max: 1, noNaN: true }),
      bits: fc.record({
        inputBits: bits,
        secondBits: bits,
        outputBits: bits,
        accumulatorBits: fc.constantFrom(4, 16, 32),
      }),
      folds: fc.integer({ min: 1, max: 5 }),
      streamSteps: fc.integer({ min: 1, max: 2000 }),
      sketch: fc.oneof(smallMachine, smallSharedMachine),
      prefetchBytes: fc.constantFrom(0, 0, 77),
    });
    fc.assert(
      fc.property(draw, ({ trips: [g, m, k, c], tile, copies, whole, folds, streamSteps, ...drawn }) => {
        const machine = machineOf(drawn.sketch);
        const pricer = new LayerPricer(problemOf({}, { ...drawn.bits, prefetchBytes: drawn.prefetchBytes }), machine);
        const inputElements = tile[0] * g * m * c;
        const candidate: Candidate = {
          ...emptyCandidate(),
          groupTrips: g,
          pixelTrips: m,
          channelTrips: k,
          reductionTrips: c,
          active: (m > 1 ? 1 : 0) | (k > 1 ? 2 : 0) | (c > 1 ? 4 : 0),
          folds,
          streamSteps,
          streamTrips: 1,
          inputElements,
          wholeInputElements: Math.ceil(whole * inputElements),
          secondElements: tile[1] * g * k * c,
          outputElements: tile[2] * g * m * k,
          inputCopies: copies[0],
          secondCopies: copies[1],
        };
        pricer.bound(candidate);
        const orders = ordersOf([0, 1, 2, 3, 4, 5], candidate, pricer, machine);
        for (let doubled = 0; doubled <= OPERANDS; doubled += 1) {
          candidate.doubled = doubled;
          pricer.boundBuffering(candidate);
          const buffering = minimumOf(candidate, machine);
          for (const { order, ordered } of orders)
            for (let staged = 0; staged <= (machine.sharedBuffer === null ? 0 : OPERANDS); staged += 1) {
              candidate.order = order;
              candidate.staged = staged;
              const cycles = pricer.price(candidate);
              const price = { cycles, bytes: candidate.offChipBytes };
              expectBelow(buffering, price);
              if (staged === 0) expectBelow(ordered, price);
              expectBelow(minimumOf(candidate, machine), price);
            }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
