import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakMacsPerCycle, type Machine } from '../../src/arch/index.js';
import { searchMappings, type Frontier, type LayerProblem } from '../../src/mapping/index.js';
import { objectives, type Objective } from '../../src/mapping/objective.js';
import { communicationBoundBytes } from '../../src/performance/communication-bound.js';
import { scratchpadBytes } from '../../src/performance/delivery.js';
import { compulsoryBytes, LayerPricer } from '../../src/performance/index.js';
import { nestOperations } from '../../src/workload/loop-nest.js';
import { machineOf, smallMachine, smallSharedMachine, type MachineSketch } from './machines.test-data.js';
import { cutProblem, onMachine, smallProblem, smallVectorProblem } from './problems.test-data.js';

const anyObjective = fc.constantFrom(...(Object.keys(objectives) as Objective[]));
/** Those whose cost is time or bytes; `objectives.test.ts` and the oracle hold the others. */
const timeOrBytes = fc.constantFrom<Objective>('latency', 'off-chip-bytes');
const anySketch = fc.oneof(smallMachine, smallSharedMachine);
const anyProblem = fc.oneof(smallProblem, cutProblem, smallVectorProblem);

function search(problem: LayerProblem, machine: Machine, objective: Objective): Frontier {
  return searchMappings(problem, machine, new LayerPricer(problem, machine), { objective });
}

describe('floors', () => {
  it('hold at every level: array, scratchpad, shared buffer, interconnect, channel', () => {
    fc.assert(
      fc.property(anyProblem, anySketch, anyObjective, (drawn, sketch, objective) => {
        const machine = machineOf(sketch);
        const problem = onMachine(drawn, machine);
        const pricer = new LayerPricer(problem, machine);
        // As the problem says, whatever the widths.
        const rate = peakMacsPerCycle(machine, 16, 16) * (problem.lanes / problem.passes);
        for (const mapping of search(problem, machine, objective).all()) {
          const { cycles, offChipBytes, candidate } = mapping;
          pricer.price({ ...candidate });
          const { traffic } = pricer;
          const atLeast = [
            candidate.computeCycles,
            candidate.busyCycles,
            scratchpadBytes(candidate, problem) / machine.scratchpadBytesPerCycle,
            traffic.sharedBytes / (machine.sharedBuffer?.bytesPerCycle ?? Infinity),
            traffic.interconnectBytes / machine.interconnect.bytesPerCycle,
            offChipBytes / machine.offChipBytesPerCycle,
          ];
          if (problem.engine === 'array') atLeast.push(nestOperations(problem.nest) / rate);
          expect(cycles).toBeGreaterThanOrEqual(Math.max(...atLeast));
          expect(Number.isInteger(cycles) && Number.isInteger(offChipBytes)).toBe(true);
          expect(offChipBytes).toBeGreaterThanOrEqual(compulsoryBytes(problem));
          expect(offChipBytes).toBeGreaterThanOrEqual(communicationBoundBytes(problem, machine));
          expect(offChipBytes % machine.burstBytes === problem.prefetchBytes % machine.burstBytes).toBe(true);
          expect(mapping.bufferBytesPerCore).toBeLessThanOrEqual(machine.scratchpadBytesPerCore);
          expect(mapping.sharedBufferBytes).toBeLessThanOrEqual(machine.sharedBuffer?.bytes ?? 0);
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** Whatever memory is left, the better side finds a mapping that is no slower (or moves no more), if the worse finds one. */
function expectNoWorse(
  [better, betterOn]: readonly [LayerProblem, MachineSketch],
  [worse, worseOn]: readonly [LayerProblem, MachineSketch],
  objective: Objective,
): void {
  const machines = [machineOf(betterOn), machineOf(worseOn)] as const;
  const one = search(onMachine(better, machines[0]), machines[0], objective);
  const other = search(onMachine(worse, machines[1]), machines[1], objective);
  for (const { bufferBytesPerCore, sharedBufferBytes, cycles, offChipBytes } of other.all()) {
    const memory = machines[1].sharedBuffer === null ? bufferBytesPerCore : sharedBufferBytes;
    const found = one.price(memory);
    expect(found).toBeDefined();
    if (objective === 'latency') expect(found!.cycles).toBeLessThanOrEqual(cycles);
    else expect(found!.offChipBytes).toBeLessThanOrEqual(offChipBytes);
  }
}

describe('a layer is never slower, and never moves more,', () => {
  const factor = fc.constantFrom(1.01, 1.7, 2, 10, Infinity);
  const noWorse = (change: (sketch: MachineSketch, by: number) => Partial<MachineSketch>, numRuns = 150) => {
    fc.assert(
      fc.property(anyProblem, anySketch, factor, timeOrBytes, (problem, sketch, by, objective) => {
        expectNoWorse([problem, { ...sketch, ...change(sketch, by) }], [problem, sketch], objective);
      }),
      { numRuns },
    );
  };

  it('with more bandwidth off-chip', () => {
    noWorse(({ bandwidthGBps }, by) => ({ bandwidthGBps: bandwidthGBps * by }));
  });

  it('with less latency', () => {
    noWorse(({ latencyNs }, by) => ({ latencyNs: Math.floor(latencyNs / by) }));
  });

  it('with more bandwidth between scratchpad and array', () => {
    noWorse(({ scratchpadBytesPerCycle }, by) => ({ scratchpadBytesPerCycle: scratchpadBytesPerCycle * by }));
  });

  it('with more bandwidth of the shared buffer', () => {
    noWorse(({ shared }, by) => ({ shared: shared && { ...shared, bytesPerCycle: shared.bytesPerCycle * by } }));
  });

  it('with more bandwidth of the interconnect', () => {
    noWorse(({ interconnectBytesPerCycle }, by) => ({ interconnectBytesPerCycle: interconnectBytesPerCycle * by }));
  });

  it('with more scratchpad, and more shared buffer', () => {
    noWorse(({ scratchpadBytes: bytes, capacityKiB, shared }) => ({
      capacityKiB: capacityKiB + 1,
      scratchpadBytes: bytes && bytes + 30,
      shared: shared && { ...shared, bytes: shared.bytes + 50 },
    }));
  });

  it('with multicast', () => {
    noWorse(() => ({ multicast: true }));
  });

  it('with a burst that is a part of the other', () => {
    fc.assert(
      fc.property(
        anyProblem,
        anySketch,
        fc.integer({ min: 2, max: 5 }),
        timeOrBytes,
        (problem, sketch, by, objective) => {
          const coarse = { ...sketch, burstBytes: sketch.burstBytes * by };
          expectNoWorse([problem, sketch], [problem, coarse], objective);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('with fewer bits of an operand or of sums, or fewer bytes of the next layer to load', () => {
    const less = fc.constantFrom<((problem: LayerProblem) => Partial<LayerProblem>)[]>(
      ({ inputBits, inputWidthBits }) => ({
        inputBits: inputBits >> 1,
        inputWidthBits: inputWidthBits - (inputBits - (inputBits >> 1)),
      }),
      ({ secondBits, secondWidthBits }) => ({
        secondBits: secondBits >> 1,
        secondWidthBits: secondWidthBits - (secondBits - (secondBits >> 1)),
      }),
      ({ outputBits, outputWidthBits }) => ({
        outputBits: outputBits >> 1,
        outputWidthBits: outputWidthBits - (outputBits - (outputBits >> 1)),
      }),
      ({ accumulatorBits }) => ({ accumulatorBits: accumulatorBits >> 1 }),
      ({ prefetchBytes }) => ({ prefetchBytes: prefetchBytes >> 1 }),
    );
    fc.assert(
      fc.property(anyProblem, anySketch, less, timeOrBytes, (problem, sketch, change, objective) => {
        expectNoWorse([{ ...problem, ...change(problem) }, sketch], [problem, sketch], objective);
      }),
      { numRuns: 300 },
    );
  });

  it('with what is read on chip instead of off-chip', () => {
    const place = fc.constantFrom('inputBits' as const, 'secondBits' as const, 'outputBits' as const);
    fc.assert(
      fc.property(anyProblem, smallMachine, place, timeOrBytes, (problem, sketch, operand, objective) => {
        expectNoWorse([{ ...problem, [operand]: 0 }, sketch], [problem, sketch], objective);
      }),
      { numRuns: 150 },
    );
  });

  it('with another dataflow to choose from', () => {
    fc.assert(
      fc.property(anyProblem, anySketch, timeOrBytes, (problem, sketch, objective) => {
        const [first] = sketch.dataflows;
        expectNoWorse([problem, sketch], [problem, { ...sketch, dataflows: [first!] }], objective);
      }),
      { numRuns: 100 },
    );
  });
});
