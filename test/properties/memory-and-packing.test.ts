import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memories, memoryNames, packingNames, resolveMemory, type Machine } from '../../src/arch/index.js';
import { emptyCandidate, minimumCyclesAt, OPERANDS } from '../../src/mapping/candidate.js';
import { setTiles, wholeInputElements } from '../../src/mapping/geometry.js';
import { secondElements, tileSpaces } from '../../src/mapping/index.js';
import { distinctOrders } from '../../src/mapping/loop-order.js';
import { LayerPricer, type NetworkResult } from '../../src/performance/index.js';
import { outputElements } from '../../src/workload/loop-nest.js';
import { machineOf, smallMachine } from './machines.test-data.js';
import { cutProblem, onMachine, smallProblem, smallVectorProblem } from './problems.test-data.js';
import { anyBits, anyRun, simulate } from './runs.test-data.js';

/** The machine with so many channels of a memory in place of its bandwidth. */
function remembering(machine: Machine, name: (typeof memoryNames)[number], channels: number): Machine {
  const memory = resolveMemory(name, memories[name], channels);
  const bandwidthGBps = channels * memory.channelGBps;
  return {
    ...machine,
    offChip: { ...machine.offChip, memory },
    bandwidthGBps,
    offChipBytesPerCycle: bandwidthGBps / machine.clockGHz,
    burstBytes: memory.burstBytes,
  };
}

const anyMemory = fc.constantFrom(...memoryNames);
const fewChannels = fc.integer({ min: 1, max: 4 });

describe('a kind of memory', () => {
  it('is priced above every bound of the search, and above bytes over peak', () => {
    const problem = fc.oneof(smallProblem, cutProblem, smallVectorProblem);
    fc.assert(
      fc.property(problem, smallMachine, anyMemory, fewChannels, (drawn, sketch, name, channels) => {
        const machine = remembering(machineOf(sketch), name, channels);
        const layer = onMachine(drawn, machine);
        const spaces = tileSpaces(layer, machine);
        const pricer = new LayerPricer(layer, machine);
        const candidate = emptyCandidate();
        candidate.secondElements = secondElements(layer);
        candidate.outputElements = outputElements(layer.nest);
        candidate.wholeInputElements = wholeInputElements(layer.nest);
        let checked = 0;
        for (const space of spaces)
          for (let g = 0; g < space.groups.length; g += 1)
            for (let m = 0; m < space.pixels.length; m += 1)
              for (let c = 0; c < space.reductions.length; c += 1)
                for (let k = 0; k < space.channels.length && checked < 3000; k += 1) {
                  setTiles(candidate, layer, machine, space, g, m, c, k);
                  pricer.bound(candidate);
                  const { minimumBytes } = candidate;
                  for (let doubled = 0; doubled <= OPERANDS; doubled += 1) {
                    candidate.doubled = doubled;
                    pricer.boundBuffering(candidate);
                    const buffering = minimumCyclesAt(candidate, machine.offChipBytesPerCycle);
                    for (const order of distinctOrders[candidate.active]!) {
                      candidate.order = order;
                      const cycles = pricer.price(candidate);
                      checked += 1;
                      const { offChipBytes } = candidate;
                      const schedule = minimumCyclesAt(candidate, machine.offChipBytesPerCycle);
                      const floor = Math.max(buffering, schedule, offChipBytes / machine.offChipBytesPerCycle);
                      if (cycles >= floor && offChipBytes >= minimumBytes) continue;
                      expect(cycles).toBeGreaterThanOrEqual(floor);
                      expect(offChipBytes).toBeGreaterThanOrEqual(minimumBytes);
                    }
                  }
                }
        expect(checked).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('is no slower with more channels, nor with fewer bits, and never faster than its peak', () => {
    fc.assert(
      fc.property(anyRun, anyMemory, fewChannels, anyBits, anyBits, (asked, name, channels, one, other) => {
        const [narrow, wide] = [Math.min(one, other), Math.max(one, other)];
        const machine = machineOf({ ...asked.sketch, mac: 'configurable' });
        const at = (bits: number, on: Machine) => simulate({ ...asked, choice: { policy: 'uniform', bits } }, on);
        const run = at(wide, remembering(machine, name, channels));
        if (run === null) return;
        const cycles = run.totals.totalCycles;
        expect(at(wide, remembering(machine, name, channels + 1))!.totals.totalCycles).toBeLessThanOrEqual(cycles);
        expect(at(narrow, remembering(machine, name, channels))!.totals.totalCycles).toBeLessThanOrEqual(cycles);
        const peak = { ...machine, ...remembering(machine, name, channels), offChip: machine.offChip };
        expect(at(wide, peak)!.totals.totalCycles).toBeLessThanOrEqual(cycles);
      }),
      { numRuns: 40 },
    );
  });
});

/** Each tensor and weight, whether it stays on chip or not. */
function expectNoLarger(small: NetworkResult, large: NetworkResult): void {
  for (const [index, { bytes, tensor }] of small.residency.tensors.entries())
    expect(bytes, tensor).toBeLessThanOrEqual(large.residency.tensors[index]!.bytes);
}

describe('packing', () => {
  it('bit by bit is never slower than any other, and nothing is larger', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(...packingNames), (asked, packing) => {
        const machine = machineOf(asked.sketch);
        const [dense, packed] = [simulate(asked, machine), simulate(asked, { ...machine, packing })];
        if (packed === null) return;
        expect(dense).not.toBeNull();
        expect(dense!.totals.totalCycles).toBeLessThanOrEqual(packed.totals.totalCycles);
        expect(packed.arch.packing).toBe(packing);
        expectNoLarger(dense!, packed);
      }),
      { numRuns: 60 },
    );
  });

  it('takes no longer and no more room for fewer bits, whichever it is', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(...packingNames), anyBits, anyBits, (asked, packing, one, other) => {
        const machine = { ...machineOf({ ...asked.sketch, mac: 'configurable' }), packing };
        const at = (bits: number) => simulate({ ...asked, choice: { policy: 'uniform', bits } }, machine);
        const [narrow, wide] = [at(Math.min(one, other)), at(Math.max(one, other))];
        if (wide === null) return;
        expect(narrow!.totals.totalCycles).toBeLessThanOrEqual(wide.totals.totalCycles);
        expectNoLarger(narrow!, wide);
      }),
      { numRuns: 60 },
    );
  });
});
