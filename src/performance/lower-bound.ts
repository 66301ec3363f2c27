import type { Machine } from '../arch/machine.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileSpace } from '../mapping/tile-space.js';
import { arrayCycles, hiddenPreload, vectorCycles } from './compute.js';
import { scratchpadBytes } from './delivery.js';
import type { OrderMoves } from './order-moves.js';
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
  private reloads = 0;
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
    const { inputBytes: input, secondBytes: second } = this;
    const loaded = input + second;
    const reloads = machine.sharedBuffer === null ? unavoidableReloads(input, second, candidate, problem) : 0;
    const bytes = loaded + this.outputBytes + reloads + problem.prefetchBytes;
    const latency = loaded > 0 ? machine.offChipLatencyCycles : 0;
    // Whole loops take the fewest folds; how small the first load gets is still open.
    const busy = this.setBusyCycles(candidate, candidate.leastChannelFolds);
    // Each tile is loaded once at least, and loops that are cut further have more of them.
    const { groupTrips: g, pixelTrips: m, reductionTrips: c } = candidate;
    const loads = Math.max(input > 0 ? g * m * c : 0, second > 0 ? g * c : 0);
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
    this.reloads = reloads;
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
    const inputs = doubled & INPUT ? 0 : this.inputBytes;
    const seconds = doubled & SECOND ? 0 : this.secondBytes;
    const outputs = doubled & OUTPUT ? 0 : this.outputBytes;
    let bytes = inputs + seconds + outputs;
    let loads = this.inputBytes + this.secondBytes > 0 ? 1 : 0;
    if (inputs > 0) loads = Math.max(loads, g * m * c);
    if (seconds > 0) loads = Math.max(loads, g * k * c);
    // Of these two each step changes one.
    if (inputs > 0 && seconds > 0 && machine.sharedBuffer === null) loads = g * m * k * c;
    if ((doubled & OPERANDS) === 0) bytes += this.reloads;
    this.exposedCycles = candidate.busyCycles + loads * machine.offChipLatencyCycles - TOLERANCE;
    candidate.exposedCycles = this.exposedCycles;
    candidate.exposedBytes = bytes;
  }

  /** With the order and nothing staged, whatever is double-buffered: so many bytes move, and loads wait, in all. */
  ofOrder(candidate: Candidate, moves: OrderMoves): void {
    const { machine, problem } = this;
    candidate.movedCycles = this.movedCycles + Math.max(0, moves.mostLoads - this.loads) * machine.offChipLatencyCycles;
    candidate.movedBytes = moves.bytes - problem.prefetchBytes / moves.tiles;
    candidate.exposedCycles = candidate.exposedBytes = 0;
    candidate.minimumBytes = moves.bytes;
  }

  /** With all of it, staging too: while what is single-buffered moves nothing is computed. */
  ofSchedule(candidate: Candidate, moves: OrderMoves): void {
    const { exposedCycles, machine } = this;
    const single = OPERANDS & ~candidate.doubled;
    this.ofOrder(candidate, moves);
    const exposedBytes = moves.bytesOf(single);
    candidate.exposedBytes = exposedBytes;
    candidate.exposedCycles = exposedCycles;
    if (exposedBytes === 0) return;
    // What a sweep before has staged is there without a load.
    const loads = machine.sharedBuffer === null ? moves.stepsThatLoad(single) : 0;
    const exposed = candidate.busyCycles + loads * machine.offChipLatencyCycles - TOLERANCE;
    if (exposed > exposedCycles) candidate.exposedCycles = exposed;
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
