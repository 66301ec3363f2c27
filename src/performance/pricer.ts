import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { Pricer } from '../mapping/pricer.js';
import { loopOrders } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import { channelRate, type ChannelRate } from './channel-rate.js';
import { LayerEnergy } from './layer-energy.js';
import { LowerBound, ROUNDING_CYCLES } from './lower-bound.js';
import { hasOtherPaths, OtherPaths } from './levels.js';
import { OrderMoves } from './order-moves.js';
import { stepKind, TileSequence, type StepKind } from './tile-sequence.js';
import { partsOf, storesApart } from './transfer-parts.js';
import { PipelineStep } from './pipeline-step.js';
import type { PricedTraffic } from './priced-traffic.js';

/**
 * Time and traffic of a layer under a mapping.
 *
 * Tiles run one after the other. While one is computed, the next one's operands are loaded and the one before is
 * stored, over one channel, so a step takes max(compute, load + store); what is single-buffered can only move between
 * two tiles, and adds to the step. The first load and the last store have nothing to hide behind. Operands change at
 * different steps (weights, say, only when the output channels move on): steps are counted by the loop that moves, and
 * each kind loads just what changes, a mean tile at a time so that bytes add up exactly. Where all tiles load
 * everything this is L + (n - 1) max(C, L + S) + C + S.
 *
 * Every term grows with compute cycles and with bytes, and falls with bandwidth, which is what makes narrower operands
 * and a faster channel never slower under the same mapping.
 */
export class LayerPricer implements Pricer {
  readonly traffic: PricedTraffic = {
    inputBytes: 0,
    secondBytes: 0,
    outputBytes: 0,
    partialSumBytes: 0,
    prefetchBytes: 0,
    channelCycles: 0,
    sharedBytes: 0,
    interconnectBytes: 0,
    inputElements: 0,
    secondElements: 0,
    spilledBytes: 0,
  };
  readonly energy: LayerEnergy;
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly channel: ChannelRate;
  private readonly step: PipelineStep;
  private readonly sequence: TileSequence;
  private readonly lowerBound: LowerBound;
  /** Null where only the off-chip channel can be waited for. */
  private readonly otherPaths: OtherPaths | null;
  /** Of the candidate prepared last: what these keep it busy for. */
  private otherFloor = 0;
  /** By loop order, with nothing staged; and of the candidate that was staged last. */
  private readonly moves: (OrderMoves | undefined)[] = loopOrders.map(() => undefined);
  private stagedMoves: OrderMoves | undefined;
  private readonly mean: StepKind = stepKind();
  private isWalked = false;

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.machine = machine;
    this.energy = new LayerEnergy(problem, machine, this.traffic);
    this.channel = channelRate(machine);
    this.sequence = new TileSequence(problem, machine);
    this.lowerBound = new LowerBound(problem, machine, this.sequence);
    this.otherPaths = hasOtherPaths(machine) ? new OtherPaths(problem, machine) : null;
    this.step = new PipelineStep(problem, machine, this.otherPaths);
  }

  boundUncut(candidate: Candidate): void {
    this.lowerBound.uncut(candidate);
  }

  bound(candidate: Candidate): void {
    this.lowerBound.ofTiles(candidate);
  }

  boundBuffering(candidate: Candidate): void {
    this.lowerBound.ofBuffering(candidate);
  }

  /** Sets offChipBytes of a candidate that was bounded. Its cycles with the machine's own channel. */
  price(candidate: Candidate): number {
    this.prepare(candidate);
    return this.cyclesAt(candidate, this.machine.offChipBytesPerCycle);
  }

  boundOrder(candidate: Candidate): void {
    const moves = this.movesOf(candidate);
    this.lowerBound.ofOrder(candidate, moves);
  }

  prepare(candidate: Candidate): void {
    const { problem, traffic } = this;
    const moves = this.movesOf(candidate);
    traffic.inputBytes = moves.inputBytes;
    traffic.secondBytes = moves.secondBytes;
    traffic.outputBytes = moves.outputBytes;
    traffic.partialSumBytes = 2 * moves.sumBytes;
    traffic.prefetchBytes = problem.prefetchBytes;
    traffic.inputElements = moves.inputs;
    traffic.secondElements = moves.seconds;
    traffic.spilledBytes = moves.spilled;
    this.step.candidate = candidate;
    this.step.tiles = moves.tiles;
    this.step.waits = moves.waits;
    this.otherFloor = 0;
    if (this.otherPaths !== null) {
      this.otherPaths.set(candidate, moves, moves.inputBytes, moves.secondBytes);
      traffic.sharedBytes = this.otherPaths.sharedBytes;
      traffic.interconnectBytes = this.otherPaths.interconnectBytes;
      this.otherFloor = this.otherPaths.floor();
    }
    candidate.offChipBytes = moves.bytes;
    this.lowerBound.ofSchedule(candidate, moves);
    this.isWalked = false;
    if (this.channel.countsParts) traffic.channelCycles = this.setTransfers(candidate, moves);
    else traffic.channelCycles = moves.bytes / this.channel.bytesPerCycle;
  }

  /** `bytesPerCycle` is of no matter where the machine has a kind of memory. */
  cyclesAt(candidate: Candidate, bytesPerCycle: number): number {
    const { busyCycles, offChipBytes } = candidate;
    const { channel, otherFloor, step } = this;
    if (!this.isWalked) this.walk(candidate);
    // A kind of memory has its own rate, and transfers in cycles.
    const rate = channel.countsParts ? channel.bytesPerCycle : bytesPerCycle;
    const cycles = Math.ceil(step.times.cyclesAt(channel.countsParts ? 1 : rate) - ROUNDING_CYCLES);
    return Math.max(cycles, busyCycles, Math.ceil(offChipBytes / rate), otherFloor);
  }

  /** Of a loop order of some tiles these are known to the next buffering of the same. */
  private movesOf(candidate: Candidate): OrderMoves {
    const { problem, machine, moves } = this;
    const { order, staged } = candidate;
    const own =
      staged === 0
        ? (moves[order] ??= new OrderMoves(problem, machine))
        : (this.stagedMoves ??= new OrderMoves(problem, machine));
    own.set(candidate);
    return own;
  }

  /**
   * What the channel moves for one mean load of each operand, a sum that returns, and what is stored: in cycles, for a
   * channel on which these depend on more than the bytes. Those of all transfers.
   */
  private setTransfers(candidate: Candidate, moves: OrderMoves): number {
    const { channel, step, problem } = this;
    const { tiles, inputTransfers: inputs, secondTransfers: seconds, visits } = moves;
    const stored = moves.outputBytes + moves.sumBytes;
    const parts = partsOf(candidate);
    step.prefetch = channel.transferCycles(problem.prefetchBytes / tiles, 1);
    step.input = channel.transferCycles(moves.inputBytes / inputs, parts.inputs);
    step.second = channel.transferCycles(moves.secondBytes / seconds, parts.seconds);
    step.sum = channel.transferCycles(moves.sumBytes / visits, parts.outputs);
    step.store = channel.transferCycles(stored / visits, parts.outputs);
    if (stored > 0) {
      const loadedInputs = moves.inputBytes > 0 ? inputs * parts.inputs : 0;
      const loadedSeconds = moves.secondBytes > 0 ? seconds * parts.seconds : 0;
      const apart = Math.min(storesApart(moves.waits, parts), (loadedInputs + loadedSeconds) / visits);
      step.store += channel.turnaroundCycles * apart;
    }
    return inputs * step.input + seconds * step.second + visits * (step.sum + step.store) + tiles * step.prefetch;
  }

  /** The same in bytes. */
  private setTransferBytes(moves: OrderMoves): void {
    const { step, problem } = this;
    step.prefetch = problem.prefetchBytes / moves.tiles;
    step.input = moves.inputBytes / moves.inputTransfers;
    step.second = moves.secondBytes / moves.secondTransfers;
    step.sum = moves.sumBytes / moves.visits;
    step.store = (moves.outputBytes + moves.sumBytes) / moves.visits;
  }

  /** Goes through the steps of the candidate prepared last. */
  private walk(candidate: Candidate): void {
    const { step, sequence, mean } = this;
    const moves = this.movesOf(candidate);
    this.isWalked = true;
    if (!this.channel.countsParts) this.setTransferBytes(moves);
    sequence.set(candidate);
    step.times.clear();
    step.addEnds(sequence);
    if (sequence.uneven) {
      sequence.steps(candidate, step);
      return;
    }
    mean.pixelsFirst = 1 / candidate.pixelTrips;
    mean.channelsFirst = 1 / candidate.channelTrips;
    step.addSteps(2, moves.innerSteps, mean);
    step.addSteps(1, moves.middleSteps, mean);
    step.addSteps(0, moves.outerSteps, mean);
    step.addSteps(-1, moves.groupSteps, mean);
  }
}
