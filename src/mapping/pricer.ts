import type { Candidate } from './candidate.js';

/**
 * Puts prices on candidates. The mapping room searches; what a mapping costs is said by the room to its right. All but
 * `cyclesAt` says what holds at any rate of the off-chip channel.
 */
export interface Pricer {
  readonly energy: EnergyPricer;
  /**
   * Sets the minimum of cycles and bytes to what no way of cutting the candidate's uncut loops can go below, its loops
   * that are cut staying as they are.
   */
  boundUncut(candidate: Candidate): void;
  /** Sets computeCycles, busyCycles and the minimum; loop order, buffering and staging may still be open. */
  bound(candidate: Candidate): void;
  /** Raises the minimum that `bound` set to what single-buffered operands (those not in `doubled`) cost at least. */
  boundBuffering(candidate: Candidate): void;
  /** Raises the minimum that `bound` set to what the candidate's loop order costs at least, with nothing staged. */
  boundOrder(candidate: Candidate): void;
  /**
   * Sets offChipBytes for the candidate's loop order, buffering and staging, and raises the minimum that `bound` and
   * `boundBuffering` set to what these cost at least.
   */
  prepare(candidate: Candidate): void;
  /** Cycles of the candidate prepared last, with so many bytes per cycle of the off-chip channel. */
  cyclesAt(candidate: Candidate, bytesPerCycle: number): number;
}

/**
 * Energies in whole quanta, but for what no mapping of the layer changes. What is said of a candidate leaves out leakage,
 * which goes by its cycles.
 */
export interface EnergyPricer {
  /** What no way of cutting the uncut loops of the candidate that `boundUncut` bounded goes below. */
  leastUncut(candidate: Candidate): number;
  /** The same of the candidate that `bound` bounded, whatever its order, buffering and staging. */
  leastOfTiles(candidate: Candidate): number;
  /** Of the candidate prepared last. */
  ofPrepared(candidate: Candidate): number;
  /** Never less for more cycles. */
  leakage(cycles: number): number;
}
