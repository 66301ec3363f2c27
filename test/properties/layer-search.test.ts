import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine, MachineEnergy } from '../../src/arch/index.js';
import { INPUT, OUTPUT, SECOND } from '../../src/mapping/candidate.js';
import {
  loopOrders,
  objectiveNames,
  searchAtRates,
  searchMappings,
  type Frontier,
  type LayerProblem,
  type Mapping,
  type Objective,
  type SearchOptions,
} from '../../src/mapping/index.js';
import { LayerPricer } from '../../src/performance/index.js';
import { scratchpadBytes } from '../../src/performance/delivery.js';
import {
  cutsOf,
  everyTiling,
  NONE,
  operandChoices,
  ordersOf,
  type Choice,
  type Loop,
  type OperandChoice,
  type Tiling,
} from './layer-choices.test-data.js';
import { addedUpBytes, play, priceOf, priceOfPlay, type Play, type Price } from './layer-oracle.test-data.js';
import { machineOf, smallMachine, smallSharedMachine, type MachineSketch } from './machines.test-data.js';
import { cutProblem, onMachine, smallProblem, smallVectorProblem } from './problems.test-data.js';

function search(problem: LayerProblem, machine: Machine, options: SearchOptions) {
  return searchMappings(problem, machine, new LayerPricer(problem, machine), options);
}

/** Layers with more to play than this are left to the ones that have less: they are the same, only longer. */
const MOST_STEPS = 12_000;

/** Every mapping that the machine has room for, by its figures. */
function everyPrice(problem: LayerProblem, machine: Machine) {
  const tilings = everyTiling(problem, machine);
  const ordered = tilings.flatMap((tiling) => ordersOf(problem, tiling).map((order) => ({ ...tiling, order })));
  fc.pre(ordered.reduce((steps, tiling) => steps + tileCount(problem, tiling), 0) <= MOST_STEPS);
  const arrayTiles = new Map();
  const prices: Price[] = [];
  let smallest = Infinity;
  for (const tiling of ordered) {
    const steps = play(problem, machine, tiling, arrayTiles);
    if (machine.cores === 1 && machine.burstBytes === 1) {
      const [priced, addedUp] = [priceOfPlay(steps, NONE, NONE).bytes, addedUpBytes(steps)];
      // Asked too often for `expect` where all is well.
      if (priced !== addedUp) expect(priced).toBe(addedUp);
    }
    for (const doubled of operandChoices)
      for (const staged of machine.sharedBuffer === null ? [NONE] : operandChoices) {
        if (hidesStoreBehindExposedLoad(steps, tiling, doubled)) continue;
        const price = priceOfPlay(steps, doubled, staged);
        smallest = Math.min(smallest, price.bufferBytes);
        if (price.bufferBytes > machine.scratchpadBytesPerCore) continue;
        if (price.sharedBytes <= (machine.sharedBuffer?.bytes ?? 0)) prices.push(price);
      }
  }
  return { prices, smallest, tilings: tilings.length };
}

/** Not in the space: a load that waits for its tile to end queues behind that tile's store. */
function hidesStoreBehindExposedLoad(
  { tiles, largest, problem }: Play,
  tiling: Tiling,
  doubled: OperandChoice,
): boolean {
  const { pixels, outputChannels, reduction } = cutsOf(problem, tiling);
  const mayLeave = reduction.length > 1 && pixels.length * outputChannels.length > 1;
  const storeHides = doubled.output && tiles.output > 1 && (largest.output > 0 || mayLeave);
  const loadWaits =
    (!doubled.input && tiles.input > 1 && largest.input > 0) ||
    (!doubled.second && tiles.second > 1 && largest.second > 0);
  return storeHides && loadWaits;
}

function tileCount(problem: LayerProblem, tiling: Tiling): number {
  const { groups, pixels, outputChannels, reduction } = cutsOf(problem, tiling);
  return groups.length * pixels.length * outputChannels.length * reduction.length;
}

/** Some machines spend all of their energy in one place, some none in others. */
const figure = fc.constantFrom(0, 0.3, 4, 90);
const anyEnergy: fc.Arbitrary<MachineEnergy> = fc.record({
  technologyNm: fc.constant(null),
  table: fc.constant(null),
  fixedMac: fc.constant(null),
  registerPjPerBit: fc.constant(null),
  scratchpadPjPerBit: figure,
  sharedBufferPjPerBit: figure,
  interconnectPjPerBitHop: figure,
  interconnectHops: fc.constantFrom(1, 1.5, 3),
  offChipPjPerBit: figure,
  vectorOperationPj: fc.constant(null),
  leakageMw: fc.constantFrom(0, 0.7, 40, 3000),
});
/** What no mapping changes weighs in a product. */
const anyFixedEnergy = fc.constantFrom(0, 3_000_000);

function checkAgainstEveryChoice(
  drawn: LayerProblem,
  sketch: MachineSketch,
  energy: MachineEnergy,
  fixedEnergy: number,
): void {
  const machine = { ...machineOf(sketch), energy };
  const problem = onMachine(drawn, machine);
  const { prices, smallest, tilings } = everyPrice(problem, machine);
  const memoryOf = (price: Price) => (machine.sharedBuffer === null ? price.bufferBytes : price.sharedBytes);
  const limit = machine.sharedBuffer?.bytes ?? machine.scratchpadBytesPerCore;
  const sizes = prices.flatMap((price) => [memoryOf(price) - 1, memoryOf(price)]);
  const capacities = [...new Set([...sizes, limit])].filter((size) => size >= 0).sort((a, b) => a - b);

  for (const objective of objectiveNames) {
    const figures = figuresOf(objective, fixedEnergy);
    const frontier = search(problem, machine, { objective, fixedEnergy });
    expect(frontier.considered).toBe(tilings);
    expect(frontier.pruned).toBeLessThanOrEqual(tilings);
    // With a shared buffer mappings compete for that, and how little they need of the scratchpads is asked if none fits.
    if (machine.sharedBuffer === null || prices.length === 0) expect(frontier.smallestBufferBytes).toBe(smallest);
    // A floor may only leave out what is asked for below it.
    const floorBytes = Math.floor(limit / 8);
    const roomy = search(problem, machine, { objective, fixedEnergy, floorBytes });
    // A search up to some memory only leaves out what takes more.
    const belowBytes = Math.ceil(limit / 2);
    const low = search(problem, machine, { objective, fixedEnergy, floorBytes, belowBytes });
    // Nor does it matter what is tried first: here what was good for the same loops on another channel.
    const other = { ...machine, offChipBytesPerCycle: machine.offChipBytesPerCycle * 3, offChipLatencyCycles: 2 };
    const seeds = search({ ...problem, inputBits: problem.secondBits }, other, { objective, fixedEnergy }).schedules();
    const seeded = search(problem, machine, { objective, fixedEnergy, seeds: [...seeds].reverse() });
    // Nor what other channels are asked about in the same breath.
    const rates = [machine.offChipBytesPerCycle / 2, machine.offChipBytesPerCycle, Infinity];
    const pricer = new LayerPricer(problem, machine);
    const [, amongOthers] = searchAtRates(problem, machine, pricer, rates, { objective, fixedEnergy });
    for (const [at, best] of bestWithin(prices, memoryOf, capacities, figures).entries()) {
      const capacity = capacities[at]!;
      const roomyAndLow = capacity < floorBytes ? [] : capacity < belowBytes ? [roomy, low] : [roomy];
      for (const searched of [frontier, seeded, ...roomyAndLow]) {
        const found = searched.price(capacity);
        // Asked too often for `expect` where all is well.
        const [cost, tie] = best === undefined ? [] : figures(best);
        if (found?.cost === cost && found?.tie === tie) continue;
        expect({ objective, capacity, cost: found?.cost, tie: found?.tie }).toEqual({ objective, capacity, cost, tie });
      }
    }
    // To the choices, not only in what they cost.
    expect(choicesOf(seeded)).toEqual(choicesOf(frontier));
    expect(choicesOf(amongOthers!)).toEqual(choicesOf(frontier));
    for (const mapping of [...roomy.all(), ...low.all()]) {
      const memory = machine.sharedBuffer === null ? mapping.bufferBytesPerCore : mapping.sharedBufferBytes;
      const whole = frontier.best(Math.max(memory, floorBytes))!;
      expect({ ...mapping, search: null }).toEqual({ ...whole, search: null });
    }
    for (const searched of [frontier, roomy, low, seeded])
      for (const mapping of searched.all()) {
        const memory = machine.sharedBuffer === null ? mapping.bufferBytesPerCore : mapping.sharedBufferBytes;
        expect(searched.best(Math.max(memory, searched.floorBytes))).toBe(mapping);
        const { cycles, offChipBytes } = mapping;
        expect(searched.price(Math.max(memory, searched.floorBytes))).toMatchObject({ cycles, offChipBytes });
      }
    // What a kept mapping says of itself is what its choices come to when they are played.
    for (const mapping of frontier.all()) {
      pricer.price({ ...mapping.candidate });
      const { sharedBytes, interconnectBytes } = pricer.traffic;
      const price = priceOf(problem, machine, choiceOf(mapping, machine));
      expect({
        cycles: mapping.cycles,
        bytes: mapping.offChipBytes,
        bufferBytes: mapping.bufferBytesPerCore,
        sharedBytes: mapping.sharedBufferBytes,
        computeCycles: mapping.candidate.computeCycles,
        deliveredBytes: scratchpadBytes(mapping.candidate, problem),
        energy: pricer.energy.ofPrepared(mapping.candidate) + pricer.energy.leakage(mapping.cycles),
      }).toEqual({
        cycles: price.cycles,
        bytes: price.bytes,
        bufferBytes: price.bufferBytes,
        sharedBytes: price.sharedBytes,
        computeCycles: price.computeCycles,
        deliveredBytes: price.deliveredBytes,
        energy: price.energy,
      });
      if (machine.sharedBuffer === null && machine.interconnect.bytesPerCycle === Infinity) continue;
      expect([sharedBytes, interconnectBytes]).toEqual([price.sharedTraffic, price.interconnectTraffic]);
    }
  }
}

/** What was kept, but for how the search went. */
function choicesOf(frontier: Frontier) {
  return frontier.all().map((mapping) => ({ ...mapping, search: null }));
}

/** The best that fits in each capacity (in ascending order), looked through one by one. */
function bestWithin(
  prices: readonly Price[],
  memoryOf: (price: Price) => number,
  capacities: readonly number[],
  figures: (price: Price) => readonly [number, number],
): (Price | undefined)[] {
  const ordered = [...prices].sort((one, other) => memoryOf(one) - memoryOf(other));
  let best: Price | undefined;
  let next = 0;
  return capacities.map((capacity) => {
    for (; next < ordered.length && memoryOf(ordered[next]!) <= capacity; next += 1) {
      const [cost, tie] = figures(ordered[next]!);
      const [bestCost, bestTie] = best === undefined ? [Infinity, Infinity] : figures(best);
      if (cost < bestCost || (cost === bestCost && tie < bestTie)) best = ordered[next];
    }
    return best;
  });
}

/** What counts first and what decides between equals. */
function figuresOf(objective: Objective, fixedEnergy: number): (price: Price) => readonly [number, number] {
  if (objective === 'latency') return ({ cycles, bytes }) => [cycles, bytes];
  if (objective === 'off-chip-bytes') return ({ cycles, bytes }) => [bytes, cycles];
  if (objective === 'energy') return ({ cycles, energy }) => [energy + fixedEnergy, cycles];
  return ({ cycles, energy }) => [(energy + fixedEnergy) * cycles, cycles];
}

function choiceOf(mapping: Mapping, machine: Machine): Choice {
  const { split, pixelTile, groupTile, channelTile, reductionTile } = mapping;
  const names: readonly Loop[] = ['pixels', 'outputChannels', 'reduction'];
  const [outer, middle, inner] = loopOrders[mapping.order]!.map((loop) => names[loop]!);
  const { batch, rows, columns } = pixelTile;
  return {
    dataflow: machine.dataflows.find(({ name }) => name === mapping.dataflow) ?? null,
    split,
    batch,
    rows,
    columns,
    groupTile,
    channelTile,
    reductionTile,
    order: [outer!, middle!, inner!],
    doubled: operandsOf(mapping.doubled),
    staged: operandsOf(mapping.staged),
  };
}

function operandsOf(mask: number): OperandChoice {
  return { input: (mask & INPUT) !== 0, second: (mask & SECOND) !== 0, output: (mask & OUTPUT) !== 0 };
}

describe('the mapping search finds what playing every mapping finds, for every memory and each objective', () => {
  it('on the array', () => {
    fc.assert(fc.property(smallProblem, smallMachine, anyEnergy, anyFixedEnergy, checkAgainstEveryChoice), {
      numRuns: 200,
    });
  });

  it('on the array, layers with all loops to cut', () => {
    fc.assert(fc.property(cutProblem, smallMachine, anyEnergy, anyFixedEnergy, checkAgainstEveryChoice), {
      numRuns: 200,
    });
  });

  it('on the array with a shared buffer', () => {
    fc.assert(
      fc.property(
        fc.oneof(smallProblem, cutProblem),
        smallSharedMachine,
        anyEnergy,
        anyFixedEnergy,
        checkAgainstEveryChoice,
      ),
      {
        numRuns: 80,
      },
    );
  });

  it('on the vector unit', () => {
    fc.assert(fc.property(smallVectorProblem, smallMachine, anyEnergy, anyFixedEnergy, checkAgainstEveryChoice), {
      numRuns: 150,
    });
  });

  it('on the vector unit with a shared buffer', () => {
    fc.assert(fc.property(smallVectorProblem, smallSharedMachine, anyEnergy, anyFixedEnergy, checkAgainstEveryChoice), {
      numRuns: 100,
    });
  });
});
