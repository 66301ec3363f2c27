import type { Machine } from '../arch/machine.js';
import { INPUT, OUTPUT, SECOND, type Candidate, type Pricer } from '../mapping/candidate.js';
import { loopAt } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import { channelRate, type ChannelRate } from './channel-rate.js';
import { LayerEnergy } from './layer-energy.js';
import { LowerBound, ROUNDING_CYCLES } from './lower-bound.js';
import { hasOtherPaths, OtherPaths } from './levels.js';
import { changeMask } from './reuse.js';
import { stepKind, TileSequence, type StepKind } from './tile-sequence.js';
import { partsOf, storesApart } from './transfer-parts.js';
import { PipelineStep } from './pipeline-step.js';
import type { PricedTraffic } from './priced-traffic.js';
import { loads, tripsOf } from './steps.js';
import { inBursts, wholeBytes } from './traffic.js';

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
  /** Of the candidate prepared last: what these keep it busy for, and steps in which each loop moves. */
  private otherFloor = 0;
  private readonly steps = { inner: 0, middle: 0, outer: 0, group: 0 };
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

  /** Sets cycles and offChipBytes of a candidate that was bounded, as they are with the machine's own channel. */
  price(candidate: Candidate): void {
    this.prepare(candidate);
    candidate.cycles = this.cyclesAt(candidate, this.machine.offChipBytesPerCycle);
  }

  prepare(candidate: Candidate): void {
    const { problem, machine, traffic } = this;
    const { order, active, staged, groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const outer = tripsOf(loopAt(order, 0), m, k, c);
    const middle = tripsOf(loopAt(order, 1), m, k, c);
    const inner = tripsOf(loopAt(order, 2), m, k, c);
    const innerSteps = g * outer * middle * (inner - 1);
    const middleSteps = g * outer * (middle - 1);
    const outerSteps = g * (outer - 1);
    const groupSteps = g - 1;
    this.steps.inner = innerSteps;
    this.steps.middle = middleSteps;
    this.steps.outer = outerSteps;
    this.steps.group = groupSteps;
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

    const { step } = this;
    step.candidate = candidate;
    step.tiles = g * m * k * c;
    step.waits =
      (traffic.inputBytes > 0 ? INPUT : 0) | (traffic.secondBytes > 0 ? SECOND : 0) | (spilledOffChip > 0 ? OUTPUT : 0);
    this.setTransfers(candidate, inputTransfers, secondTransfers, visits, bytes);
    this.otherFloor = 0;
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
      this.otherFloor = this.otherPaths.floor();
    }
    candidate.offChipBytes = bytes;
    const transfers = Math.max(step.waits & INPUT ? inputTransfers : 0, step.waits & SECOND ? secondTransfers : 0);
    this.lowerBound.ofSchedule(candidate, transfers, bytes, exposedBytes(candidate, traffic));
    this.isWalked = false;
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

  /**
   * What the channel moves for one mean load of each operand, a sum that returns, and what is stored: in bytes, or in its
   * cycles where these depend on more than the bytes.
   */
  private setTransfers(candidate: Candidate, inputs: number, seconds: number, visits: number, bytes: number): void {
    const { channel, step, traffic } = this;
    const { inputBytes, secondBytes, prefetchBytes } = traffic;
    const sums = traffic.partialSumBytes / 2;
    const stored = traffic.outputBytes + sums;
    if (!channel.countsParts) {
      step.prefetch = prefetchBytes / step.tiles;
      step.input = inputBytes / inputs;
      step.second = secondBytes / seconds;
      step.sum = sums / visits;
      step.store = stored / visits;
      traffic.channelCycles = bytes / channel.bytesPerCycle;
      return;
    }
    const parts = partsOf(candidate);
    step.prefetch = channel.transferCycles(prefetchBytes / step.tiles, 1);
    step.input = channel.transferCycles(inputBytes / inputs, parts.inputs);
    step.second = channel.transferCycles(secondBytes / seconds, parts.seconds);
    step.sum = channel.transferCycles(sums / visits, parts.outputs);
    step.store = channel.transferCycles(stored / visits, parts.outputs);
    if (stored > 0) {
      const loaded = (inputBytes > 0 ? inputs * parts.inputs : 0) + (secondBytes > 0 ? seconds * parts.seconds : 0);
      step.store += channel.turnaroundCycles * Math.min(storesApart(step.waits, parts), loaded / visits);
    }
    const moved = inputs * step.input + seconds * step.second + visits * (step.sum + step.store);
    traffic.channelCycles = moved + step.tiles * step.prefetch;
  }

  /** Goes through the steps of the candidate prepared last. */
  private walk(candidate: Candidate): void {
    const { step, sequence, steps, mean } = this;
    this.isWalked = true;
    sequence.set(candidate);
    step.times.clear();
    step.addEnds(sequence);
    if (sequence.uneven) {
      sequence.steps(candidate, step);
      return;
    }
    mean.pixelsFirst = 1 / candidate.pixelTrips;
    mean.channelsFirst = 1 / candidate.channelTrips;
    step.addSteps(2, steps.inner, mean);
    step.addSteps(1, steps.middle, mean);
    step.addSteps(0, steps.outer, mean);
    step.addSteps(-1, steps.group, mean);
  }
}

/** Of operands that are single-buffered: nothing is computed while they move. */
function exposedBytes({ doubled }: Candidate, traffic: PricedTraffic): number {
  const { inputBytes, secondBytes, outputBytes, partialSumBytes } = traffic;
  const loaded = (doubled & INPUT ? 0 : inputBytes) + (doubled & SECOND ? 0 : secondBytes);
  return doubled & OUTPUT ? loaded : loaded + outputBytes + partialSumBytes;
}
