import type { Machine } from '../arch/machine.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileSpace } from '../mapping/tile-space.js';
import { arrayCycles, hiddenPreload, vectorCycles } from './compute.js';
import { scratchpadBytes } from './delivery.js';
import type { TileSequence } from './tile-sequence.js';
import { unavoidableReloads, wholeBytes } from './traffic.js';

/**
 * Sums of float terms miss an integer by less than this, in layers of up to some 1e9 cycles; times are rounded up after
 * taking it off. Longer layers may come out a cycle longer, never shorter than their floors.
 */
export const ROUNDING_CYCLES = 1e-6;

/** Sums of a bound are other sums than those of the price. */
const TOLERANCE = 2 * ROUNDING_CYCLES;

/** What no way of finishing a candidate can go below; docs/model.md, 6.6, has the proofs. */
export class LowerBound {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  /** Of the tiles bounded last: each operand's bytes moved once. */
  private space: TileSpace | null = null;
  private m = 0;
  private inputBytes = 0;
  private secondBytes = 0;
  private outputBytes = 0;
  /** Their loads that each wait for the latency, and what was set of the candidate. */
  private loads = 0;
  private movedCycles = 0;
  private movedBytes = 0;
  private minimumBytes = 0;
  private exposedCycles = 0;

  private readonly sequence: TileSequence;

  /** `sequence` is set for each candidate whose tiles are bounded. */
  constructor(problem: LayerProblem, machine: Machine, sequence: TileSequence) {
    this.problem = problem;
    this.machine = machine;
    this.sequence = sequence;
  }

  /** Given how often the array turns to the output channels of a group, over all groups. */
  private setBusyCycles(candidate: Candidate, channelFolds: number): number {
    const { problem, machine } = this;
    const { scratchpadBytesPerCycle } = machine;
    const compute =
      problem.engine === 'array' ? arrayCycles(candidate, problem, machine) : vectorCycles(candidate, problem, machine);
    candidate.computeCycles = compute;
    candidate.firstPreloadCycles = problem.engine === 'array' ? hiddenPreload(candidate, machine) : 0;
    candidate.deliveryCycles =
      scratchpadBytesPerCycle === Infinity
        ? 0
        : Math.ceil(scratchpadBytes(candidate, problem, channelFolds) / scratchpadBytesPerCycle);
    candidate.busyCycles = Math.max(compute, candidate.deliveryCycles);
    return candidate.busyCycles;
  }

  /** With some loops cut and the others still whole, whichever way these are cut. */
  uncut(candidate: Candidate): void {
    const { problem, machine } = this;
    this.setBytesOnce(candidate);
    const loaded = this.inputBytes + this.secondBytes;
    const bytes = loaded + this.outputBytes + problem.prefetchBytes;
    const latency = loaded > 0 ? machine.offChipLatencyCycles : 0;
    // Whole loops take the fewest folds; how small the first load gets is still open.
    const busy = this.setBusyCycles(candidate, candidate.leastChannelFolds);
    // Each tile is loaded once at least, and loops that are cut further have more of them.
    const { groupTrips: g, pixelTrips: m, reductionTrips: c } = candidate;
    const loads = Math.max(this.inputBytes > 0 ? g * m * c : 0, this.secondBytes > 0 ? g * c : 0);
    candidate.computedCycles = latency + busy - TOLERANCE;
    candidate.computedBytes = 0;
    candidate.movedCycles = loads * machine.offChipLatencyCycles - TOLERANCE;
    candidate.movedBytes = bytes;
    candidate.exposedCycles = candidate.exposedBytes = 0;
    candidate.minimumBytes = bytes;
  }

  /** With all tiles chosen: whatever the loop order, the buffering and the staging. */
  ofTiles(candidate: Candidate): void {
    const { problem, machine } = this;
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const tiles = g * m * k * c;
    const busy = this.setBusyCycles(candidate, candidate.channelFolds);
    this.setBytesOnce(candidate);
    this.sequence.set(candidate);
    const { inputBytes: input, secondBytes: second, outputBytes: output } = this;
    // What is staged is not loaded again, and its first tile may take less than a tile's share.
    const stages = machine.sharedBuffer !== null;
    const reloads = stages ? 0 : unavoidableReloads(input, second, candidate, problem);
    const bytes = input + second + output + reloads + problem.prefetchBytes;
    // Each step changes inputs or the second operand, so where both come from off-chip each step waits for a load,
    // unless a sweep before has staged it.
    const inputLoads = input > 0 ? g * m * c : 0;
    const secondLoads = second > 0 ? g * k * c : 0;
    const loads = input > 0 && second > 0 && !stages ? tiles : Math.max(inputLoads, secondLoads);
    this.loads = loads;
    const latency = machine.offChipLatencyCycles;
    const ends = stages ? 0 : this.firstLoadBytes(candidate) + this.lastStoreBytes(candidate);
    candidate.computedCycles = (loads > 0 ? latency : 0) + busy - TOLERANCE;
    candidate.computedBytes = ends;
    candidate.movedCycles = loads * latency + this.lastTileCycles(candidate) - TOLERANCE;
    candidate.movedBytes = bytes - problem.prefetchBytes / tiles;
    candidate.exposedCycles = candidate.exposedBytes = this.exposedCycles = 0;
    candidate.minimumBytes = bytes;
    this.movedCycles = candidate.movedCycles;
    this.movedBytes = candidate.movedBytes;
    this.minimumBytes = bytes;
  }

  /**
   * With the buffering, too, whatever the order was before: what is single-buffered moves while nothing is computed, and
   * each of its loads waits for the latency.
   */
  ofBuffering(candidate: Candidate): void {
    const { machine } = this;
    candidate.movedCycles = this.movedCycles;
    candidate.movedBytes = this.movedBytes;
    candidate.minimumBytes = this.minimumBytes;
    if (candidate.doubled === OPERANDS) {
      candidate.exposedCycles = candidate.exposedBytes = this.exposedCycles = 0;
      return;
    }
    const { doubled, groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    let bytes = 0;
    let loads = this.inputBytes + this.secondBytes > 0 ? 1 : 0;
    if (!(doubled & INPUT) && this.inputBytes > 0) {
      bytes += this.inputBytes;
      loads = Math.max(loads, g * m * c);
    }
    if (!(doubled & SECOND) && this.secondBytes > 0) {
      bytes += this.secondBytes;
      loads = Math.max(loads, g * k * c);
    }
    if (!(doubled & OUTPUT)) bytes += this.outputBytes;
    this.exposedCycles = candidate.busyCycles + loads * machine.offChipLatencyCycles - TOLERANCE;
    candidate.exposedCycles = this.exposedCycles;
    candidate.exposedBytes = bytes;
  }

  /**
   * With the order and the staging, too: so many bytes move in all, each of so many transfers waits for the latency, and
   * while what is single-buffered moves nothing is computed.
   */
  ofSchedule(candidate: Candidate, transfers: number, bytes: number, exposedBytes: number): void {
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const { loads, movedCycles, exposedCycles, machine, problem } = this;
    candidate.movedCycles = movedCycles + Math.max(0, transfers - loads) * machine.offChipLatencyCycles;
    candidate.movedBytes = bytes - problem.prefetchBytes / (g * m * k * c);
    candidate.exposedCycles =
      exposedBytes > 0 ? Math.max(exposedCycles, candidate.busyCycles - TOLERANCE) : exposedCycles;
    candidate.exposedBytes = exposedBytes;
    candidate.minimumBytes = bytes;
  }

  private setBytesOnce(candidate: Candidate): void {
    const { problem, machine } = this;
    // A core split and a pixel tile say it all.
    if (candidate.space !== null && candidate.space === this.space && candidate.m === this.m) return;
    this.space = candidate.space;
    this.m = candidate.m;
    const staging = machine.sharedBuffer !== null;
    const inputs = staging ? candidate.wholeInputElements : candidate.inputElements * candidate.inputCopies;
    const seconds = candidate.secondElements * (staging ? 1 : candidate.secondCopies);
    this.inputBytes = wholeBytes(inputs, problem.inputBits);
    this.secondBytes = wholeBytes(seconds, problem.secondBits);
    this.outputBytes = wholeBytes(candidate.outputElements, problem.outputBits);
  }

  /**
   * The price rounds an operand's bytes up once over all its sweeps, so one tile's share may be less than that of the
   * rounded bytes of one sweep.
   */
  private firstLoadBytes(candidate: Candidate): number {
    const { problem } = this;
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const inputs = candidate.inputElements * candidate.inputCopies * problem.inputBits;
    const seconds = candidate.secondElements * candidate.secondCopies * problem.secondBits;
    const { firstInput, firstSecond } = this.sequence;
    return (firstInput * inputs) / 8 / (g * m * c) + (firstSecond * seconds) / 8 / (g * k * c);
  }

  private lastTileCycles(candidate: Candidate): number {
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const { lastCompute, lastMacs } = this.sequence;
    return tileCycles(candidate, g * m * k * c, lastCompute, lastMacs);
  }

  /** The last visit to an output may be one of several, whose mean leaves less where accumulators are the narrower. */
  private lastStoreBytes(candidate: Candidate): number {
    const { outputBits, accumulatorBits } = this.problem;
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const bits = c > 1 ? Math.min(outputBits, accumulatorBits) : outputBits;
    return (this.sequence.lastStore * candidate.outputElements * bits) / 8 / (g * m * k);
  }
}

/** How long one of `tiles` tiles keeps the core busy, given its cycles of the array and its MACs to those of the mean. */
export function tileCycles(candidate: Candidate, tiles: number, compute: number, macs: number): number {
  const { computeCycles, firstPreloadCycles, deliveryCycles } = candidate;
  const array = ((computeCycles - firstPreloadCycles) / tiles) * compute + firstPreloadCycles / tiles;
  return Math.max(array, (deliveryCycles / tiles) * macs);
}
