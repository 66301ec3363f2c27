import { minimumCyclesAt, type Candidate } from './candidate.js';
import type { Goals } from './goals.js';

/** The rates at which a part of the space may still hold something better than what was found. */
export class Hopes {
  /** Places in the list of rates; the first `count` count. */
  readonly rates: Int32Array;
  count: number;
  private readonly goals: Goals;

  /** All of them. */
  constructor(goals: Goals) {
    this.goals = goals;
    this.rates = Int32Array.from(goals.rates, (_, at) => at);
    this.count = goals.rates.length;
  }

  /**
   * Of `wider` those at which a mapping that takes this memory or more, and at best the candidate's minimum, could add
   * something; `choices` tile choices are ruled out at the others. False if none is left.
   */
  narrow(wider: Hopes, candidate: Candidate, memoryBytes: number, choices: number): boolean {
    const { goals, rates } = this;
    const { rule, limits, cyclesPerByte, pruned } = goals;
    const { bytesFirst, ofEnergy } = rule;
    const { computedCycles, computedBytes, movedCycles, movedBytes, exposedCycles, exposedBytes } = candidate;
    const bytes = candidate.minimumBytes;
    const from = goals.limitsAt(memoryBytes);
    const asked = wider.count;
    const askedRates = wider.rates;
    let count = 0;
    for (let at = 0; at < asked; at++) {
      const rate = askedRates[at]!;
      let cost = bytes;
      if (!bytesFirst) {
        const perByte = cyclesPerByte[rate]!;
        cost = computedCycles + computedBytes * perByte;
        const moved = movedCycles + movedBytes * perByte;
        if (moved > cost) cost = moved;
        if (exposedCycles > 0) {
          const exposed = exposedCycles + exposedBytes * perByte;
          if (exposed > cost) cost = exposed;
        }
        if (ofEnergy !== null) cost = goals.cost(cost, bytes, candidate.minimumEnergy);
      }
      const limit = limits[from + rate]!;
      // Near the limit ties count; what is well below is let through, though at a closer look it may not be.
      if (cost < limit - 1 || (cost <= limit && this.exactly(rate, candidate, memoryBytes))) rates[count++] = rate;
      else pruned[rate] = pruned[rate]! + choices;
    }
    this.count = count;
    return count > 0;
  }

  /** What a glance did not tell. */
  private exactly(rate: number, candidate: Candidate, memoryBytes: number): boolean {
    const { goals } = this;
    const cycles = minimumCyclesAt(candidate, goals.rates[rate]!);
    const bytes = candidate.minimumBytes;
    const cost = goals.cost(cycles, bytes, candidate.minimumEnergy);
    return goals.frontiers[rate]!.couldImprove(memoryBytes, cost, goals.tie(cycles, bytes));
  }
}
