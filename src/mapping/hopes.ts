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
    const count = goals.rates.length;
    this.rates = new Int32Array(count);
    for (let at = 0; at < count; at++) this.rates[at] = at;
    this.count = count;
  }

  /**
   * Of `wider` those at which a mapping that takes this memory or more, and at best the candidate's minimum, could add
   * something. False if none is left.
   */
  narrow(wider: Hopes, candidate: Candidate, memoryBytes: number): boolean {
    const { bytesFirst, ofEnergy } = this.goals.rule;
    const from = this.goals.limitsAt(memoryBytes);
    if (bytesFirst || ofEnergy !== null) this.byCost(wider, candidate, memoryBytes, from);
    else this.byCycles(wider, candidate, memoryBytes, from);
    return this.count > 0;
  }

  /** Of most searches cycles are all that counts. */
  private byCycles(wider: Hopes, candidate: Candidate, memoryBytes: number, from: number): void {
    const { rates, goals } = this;
    const { limits, cyclesPerByte } = goals;
    const { computedCycles, computedBytes, movedCycles, movedBytes, exposedCycles, exposedBytes } = candidate;
    const asked = wider.count;
    const askedRates = wider.rates;
    let count = 0;
    for (let at = 0; at < asked; at++) {
      const rate = askedRates[at]!;
      const perByte = cyclesPerByte[rate]!;
      let cost = movedCycles + movedBytes * perByte;
      const computed = computedCycles + computedBytes * perByte;
      if (computed > cost) cost = computed;
      const exposed = exposedCycles + exposedBytes * perByte;
      if (exposed > cost) cost = exposed;
      const limit = limits[from + rate]!;
      // Near the limit ties count; what is well below is let through, though at a closer look it may not be.
      if (cost > limit || (cost >= limit - 1 && !this.exactly(rate, candidate, memoryBytes))) continue;
      rates[count++] = rate;
    }
    this.count = count;
  }

  private byCost(wider: Hopes, candidate: Candidate, memoryBytes: number, from: number): void {
    const { rates, goals } = this;
    const { minimumBytes, minimumEnergy } = candidate;
    let count = 0;
    for (let at = 0; at < wider.count; at++) {
      const rate = wider.rates[at]!;
      const perByte = goals.cyclesPerByte[rate]!;
      const cycles = Math.max(
        candidate.computedCycles + candidate.computedBytes * perByte,
        candidate.movedCycles + candidate.movedBytes * perByte,
        candidate.exposedCycles + candidate.exposedBytes * perByte,
      );
      const cost = goals.cost(cycles, minimumBytes, minimumEnergy);
      const limit = goals.limits[from + rate]!;
      if (cost > limit || (cost >= limit - 1 && !this.exactly(rate, candidate, memoryBytes))) continue;
      rates[count++] = rate;
    }
    this.count = count;
  }

  /** A tile choice was not ruled out at these. */
  countLeft(): void {
    const { left } = this.goals;
    for (let at = 0; at < this.count; at++) {
      const rate = this.rates[at]!;
      left[rate] = left[rate]! + 1;
    }
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
