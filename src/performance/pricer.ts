import type { Machine } from '../arch/machine.js';
import { INPUT, OUTPUT, SECOND, type Candidate, type Pricer } from '../mapping/candidate.js';
import { loopAt } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import { channelRate, type ChannelRate } from './channel-rate.js';
import { LowerBound, ROUNDING_CYCLES } from './lower-bound.js';
import { hasOtherPaths, OtherPaths } from './levels.js';
import { changeMask } from './reuse.js';
import { TileSequence } from './tile-sequence.js';
import { ONE_PART, partsOf, storesApart } from './transfer-parts.js';
import { PipelineStep } from './pipeline-step.js';
import { loads, tripsOf } from './steps.js';
import { inBursts, wholeBytes } from './traffic.js';

/** Bytes of the candidate priced last. */
export interface PricedTraffic {
  /** Off-chip, by operand. */
  inputBytes: number;
  secondBytes: number;
  /** Final outputs. */
  outputBytes: number;
  /** Partial sums, written and read again. */
  partialSumBytes: number;
  /** Weights of the next layer. */
  prefetchBytes: number;
  /** Of the off-chip channel at work. */
  channelCycles: number;
  /** In and out of the shared buffer, and of all cores. */
  sharedBytes: number;
  interconnectBytes: number;
  /** Elements that enter the cores over all loads, each core's own copies counted where they are sent one by one. */
  inputElements: number;
  secondElements: number;
  /** Partial sums that leave the cores, each way. */
  spilledBytes: number;
}

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
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly channel: ChannelRate;
  private readonly step: PipelineStep;
  private readonly sequence: TileSequence;
  private readonly lowerBound: LowerBound;
  /** Null where only the off-chip channel can be waited for. */
  private readonly otherPaths: OtherPaths | null;

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.machine = machine;
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

  price(candidate: Candidate): void {
    const { problem, machine, traffic } = this;
    const { order, active, staged, groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const outer = tripsOf(loopAt(order, 0), m, k, c);
    const middle = tripsOf(loopAt(order, 1), m, k, c);
    const inner = tripsOf(loopAt(order, 2), m, k, c);
    const innerSteps = g * outer * middle * (inner - 1);
    const middleSteps = g * outer * (middle - 1);
    const outerSteps = g * (outer - 1);
    const groupSteps = g - 1;
    const innerMask = changeMask(order, active, 2);
    const middleMask = changeMask(order, active, 1);
    const outerMask = changeMask(order, active, 0);

    const inputLoads = loads(INPUT, innerSteps, innerMask, middleSteps, middleMask, outerSteps, outerMask, groupSteps);
    const secondLoads = loads(
      SECOND,
      innerSteps,
      innerMask,
      middleSteps,
      middleMask,
      outerSteps,
      outerMask,
      groupSteps,
    );
    const visits = loads(OUTPUT, innerSteps, innerMask, middleSteps, middleMask, outerSteps, outerMask, groupSteps);
    // How often each operand as a whole crosses the channel.
    const inputs = candidate.inputElements * (inputLoads / (g * m * c)) * candidate.inputCopies;
    const seconds = candidate.secondElements * (secondLoads / (g * k * c)) * candidate.secondCopies;
    const revisited = candidate.outputElements * (visits / (g * m * k) - 1);
    // What is staged crosses the off-chip channel on the first sweep alone.
    const inputTransfers = staged & INPUT ? g * m * c : inputLoads;
    const secondTransfers = staged & SECOND ? g * k * c : secondLoads;
    const returns = visits - g * m * k;
    const { burstBytes } = machine;

    const loadedInputs =
      staged & INPUT
        ? wholeBytes(candidate.wholeInputElements, problem.inputBits)
        : wholeBytes(inputs, problem.inputBits);
    const loadedSeconds =
      staged & SECOND
        ? wholeBytes(candidate.secondElements, problem.secondBits)
        : wholeBytes(seconds, problem.secondBits);
    const spilled = wholeBytes(revisited, problem.accumulatorBits);
    const spilledOffChip = staged & OUTPUT ? 0 : inBursts(spilled, returns, burstBytes);
    traffic.inputBytes = inBursts(loadedInputs, inputTransfers, burstBytes);
    traffic.secondBytes = inBursts(loadedSeconds, secondTransfers, burstBytes);
    traffic.outputBytes = inBursts(wholeBytes(candidate.outputElements, problem.outputBits), g * m * k, burstBytes);
    traffic.partialSumBytes = 2 * spilledOffChip;
    traffic.prefetchBytes = problem.prefetchBytes;
    traffic.inputElements = inputs;
    traffic.secondElements = seconds;
    traffic.spilledBytes = spilled;
    const bytes =
      traffic.inputBytes + traffic.secondBytes + traffic.outputBytes + traffic.partialSumBytes + traffic.prefetchBytes;

    const { step, channel } = this;
    const parts = channel.countsParts ? partsOf(candidate) : ONE_PART;
    const perCycle = channel.bytesPerCycle;
    step.candidate = candidate;
    step.tiles = g * m * k * c;
    step.prefetch = channel.transferCycles(problem.prefetchBytes / step.tiles, 1);
    step.waits =
      (traffic.inputBytes > 0 ? INPUT : 0) | (traffic.secondBytes > 0 ? SECOND : 0) | (spilledOffChip > 0 ? OUTPUT : 0);
    step.input = channel.transferCycles(traffic.inputBytes / inputTransfers, parts.inputs);
    step.second = channel.transferCycles(traffic.secondBytes / secondTransfers, parts.seconds);
    step.sum = channel.transferCycles(spilledOffChip / visits, parts.outputs);
    const stored = traffic.outputBytes + spilledOffChip;
    step.store = channel.transferCycles(stored / visits, parts.outputs);
    if (channel.countsParts && stored > 0) {
      const loaded =
        (traffic.inputBytes > 0 ? inputTransfers * parts.inputs : 0) +
        (traffic.secondBytes > 0 ? secondTransfers * parts.seconds : 0);
      step.store += channel.turnaroundCycles * Math.min(storesApart(step.waits, parts), loaded / visits);
    }
    const transfersCycles =
      inputTransfers * step.input + secondTransfers * step.second + visits * (step.sum + step.store);
    traffic.channelCycles = channel.workCycles(bytes, transfersCycles + step.tiles * step.prefetch);
    let floor = Math.ceil(bytes / perCycle);
    if (this.otherPaths !== null) {
      const { tiles } = step;
      const moves = {
        inputLoads,
        secondLoads,
        visits,
        inputTransfers,
        secondTransfers,
        inputs,
        seconds,
        spilled,
        tiles,
      };
      this.otherPaths.set(candidate, moves, traffic.inputBytes, traffic.secondBytes);
      traffic.sharedBytes = this.otherPaths.sharedBytes;
      traffic.interconnectBytes = this.otherPaths.interconnectBytes;
      floor = Math.max(floor, this.otherPaths.floor());
    }

    const { sequence } = this;
    sequence.set(candidate);
    let cycles = step.ends(sequence);
    candidate.offChipBytes = bytes;
    // What the channel and the compute take one by one is quick to say, and often too much already.
    const transfers = Math.max(step.waits & INPUT ? inputTransfers : 0, step.waits & SECOND ? secondTransfers : 0);
    const least = Math.max(
      bytes / perCycle - step.prefetch + transfers * machine.offChipLatencyCycles,
      candidate.busyCycles + exposedBytes(candidate, traffic) / perCycle,
    );
    if (least - 1 > candidate.cyclesLimit) {
      candidate.cycles = Math.ceil(least - 1);
      return;
    }
    if (sequence.uneven) cycles += sequence.cycles(candidate, step);
    else {
      cycles += step.stepsCycles(2, innerSteps, 1, 1, 1, 1, 1, 1, 1 / m, 1 / k);
      cycles += step.stepsCycles(1, middleSteps, 1, 1, 1, 1, 1, 1, 1 / m, 1 / k);
      cycles += step.stepsCycles(0, outerSteps, 1, 1, 1, 1, 1, 1, 1 / m, 1 / k);
      cycles += step.stepsCycles(-1, groupSteps, 1, 1, 1, 1, 1, 1, 1 / m, 1 / k);
    }
    candidate.cycles = Math.max(Math.ceil(cycles - ROUNDING_CYCLES), candidate.busyCycles, floor);
  }
}

/** Of operands that are single-buffered: nothing is computed while they move. */
function exposedBytes({ doubled }: Candidate, { inputBytes, secondBytes, outputBytes }: PricedTraffic): number {
  return (
    (doubled & INPUT ? 0 : inputBytes) + (doubled & SECOND ? 0 : secondBytes) + (doubled & OUTPUT ? 0 : outputBytes)
  );
}
