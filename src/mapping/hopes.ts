import { minimumCyclesAt, type Candidate } from './candidate.js';
import type { Frontier } from './frontier.js';

/** What a search looks for: the best mappings at each of some rates of the off-chip channel. */
export interface Goals {
  /** Bytes per cycle of the channel. */
  readonly rates: readonly number[];
  /** By rate. */
  readonly frontiers: readonly Frontier[];
  readonly bytesFirst: boolean;
}

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
    const { frontiers, bytesFirst } = goals;
    const bytes = candidate.minimumBytes;
    let count = 0;
    for (let at = 0; at < wider.count; at++) {
      const rate = wider.rates[at]!;
      const frontier = frontiers[rate]!;
      const cycles = minimumCyclesAt(candidate, goals.rates[rate]!);
      const could = bytesFirst
        ? frontier.couldImprove(memoryBytes, bytes, cycles)
        : frontier.couldImprove(memoryBytes, cycles, bytes);
      if (could) rates[count++] = rate;
      else frontier.pruned += choices;
    }
    this.count = count;
    return count > 0;
  }
}
