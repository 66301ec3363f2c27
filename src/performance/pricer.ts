import type { Machine } from '../arch/machine.js';
import type { Candidate, Pricer } from '../mapping/candidate.js';
import { loopAt } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import { arrayCycles, vectorCycles } from './compute.js';
import { changeMask, INPUT, OUTPUT, SECOND } from './reuse.js';
import { loads, stepCycles, tripsOf } from './steps.js';
import { unavoidableReloads, wholeBytes } from './traffic.js';

/** Off-chip bytes of the candidate priced last, by operand. */
export interface PricedTraffic {
  inputBytes: number;
  secondBytes: number;
  /** Final outputs. */
  outputBytes: number;
  /** Partial sums, written and read again. */
  partialSumBytes: number;
}

/**
 * Sums of float terms miss an integer by less than this, in layers of up to some 1e9 cycles; times are rounded up after
 * taking it off. Longer layers may come out a cycle longer, never shorter than their floors.
 */
const ROUNDING_CYCLES = 1e-6;

/**
 * Time and traffic of a layer under a mapping.
 *
 * Tiles run one after the other. While one is computed, the next one's operands are loaded and the one before is
 * stored, over one channel, so a step takes max(compute, load + store). The first load and the last store have nothing
 * to hide behind. Operands change at different steps (weights, say, only when the output channels move on): steps are
 * counted by the loop that moves, and each kind loads just what changes, a mean tile at a time so that bytes add up
 * exactly. Where all tiles load everything this is L + (n - 1) max(C, L + S) + C + S.
 *
 * Every term grows with compute cycles and with bytes, and falls with bandwidth, which is what makes narrower operands
 * and a faster channel never slower under the same mapping.
 */
export class LayerPricer implements Pricer {
  readonly traffic: PricedTraffic = { inputBytes: 0, secondBytes: 0, outputBytes: 0, partialSumBytes: 0 };

  private readonly problem: LayerProblem;
  private readonly machine: Machine;

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.machine = machine;
  }

  boundUncut(candidate: Candidate): void {
    const { problem, machine } = this;
    const loaded =
      wholeBytes(candidate.inputElements, problem.inputBits) + wholeBytes(candidate.secondElements, problem.secondBits);
    const bytes = loaded + wholeBytes(candidate.outputElements, problem.outputBits);
    const latency = loaded > 0 ? machine.offChipLatencyCycles : 0;
    // Whole loops take the fewest folds; how small the first load gets is still open.
    const cycles = latency + Math.max(this.computeCycles(candidate), bytes / machine.offChipBytesPerCycle);
    candidate.minimumBytes = bytes;
    candidate.minimumCycles = Math.ceil(cycles - 2 * ROUNDING_CYCLES);
  }

  bound(candidate: Candidate): void {
    const { problem, machine } = this;
    const compute = this.computeCycles(candidate);
    const input = wholeBytes(candidate.inputElements, problem.inputBits);
    const second = wholeBytes(candidate.secondElements, problem.secondBits);
    const output = wholeBytes(candidate.outputElements, problem.outputBits);
    const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    const perCycle = machine.offChipBytesPerCycle;
    const bytes = input + second + output + unavoidableReloads(input, second, candidate, problem);
    // The price rounds an operand's bytes up once over all its sweeps, so one tile's share may be less than that of the
    // rounded bytes of one sweep.
    const firstLoad =
      (candidate.inputElements * problem.inputBits) / 8 / (g * m * c) +
      (candidate.secondElements * problem.secondBits) / 8 / (g * k * c);
    const latency = firstLoad > 0 ? machine.offChipLatencyCycles : 0;
    const lastStore = (candidate.outputElements * problem.outputBits) / 8 / (g * m * k);
    const computeBound = compute + (firstLoad + lastStore) / perCycle;
    const memoryBound = bytes / perCycle + compute / (g * m * k * c);
    candidate.computeCycles = compute;
    candidate.minimumBytes = bytes;
    candidate.minimumCycles = Math.ceil(latency + Math.max(computeBound, memoryBound) - 2 * ROUNDING_CYCLES);
  }

  private computeCycles(candidate: Candidate): number {
    const { problem, machine } = this;
    return problem.engine === 'array'
      ? arrayCycles(candidate, problem, machine)
      : vectorCycles(candidate, problem, machine);
  }

  price(candidate: Candidate): void {
    const { problem, machine, traffic } = this;
    const { order, active, groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
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
    const outputVisits = loads(
      OUTPUT,
      innerSteps,
      innerMask,
      middleSteps,
      middleMask,
      outerSteps,
      outerMask,
      groupSteps,
    );

    // How often each operand as a whole crosses the channel.
    const inputSweeps = inputLoads / (g * m * c);
    const secondSweeps = secondLoads / (g * k * c);
    const extraVisits = outputVisits / (g * m * k) - 1;

    traffic.inputBytes = wholeBytes(candidate.inputElements * inputSweeps, problem.inputBits);
    traffic.secondBytes = wholeBytes(candidate.secondElements * secondSweeps, problem.secondBits);
    traffic.outputBytes = wholeBytes(candidate.outputElements, problem.outputBits);
    const spilledBytes = wholeBytes(candidate.outputElements * extraVisits, problem.accumulatorBits);
    traffic.partialSumBytes = 2 * spilledBytes;
    const bytes = traffic.inputBytes + traffic.secondBytes + traffic.outputBytes + traffic.partialSumBytes;

    const perCycle = machine.offChipBytesPerCycle;
    const inputLoad = traffic.inputBytes / inputLoads / perCycle;
    const secondLoad = traffic.secondBytes / secondLoads / perCycle;
    const sumLoad = spilledBytes / outputVisits / perCycle;
    const store = (traffic.outputBytes + spilledBytes) / outputVisits / perCycle;

    const latency = machine.offChipLatencyCycles;
    const inputLatency = traffic.inputBytes > 0 ? INPUT : 0;
    const secondLatency = traffic.secondBytes > 0 ? SECOND : 0;
    const sumLatency = spilledBytes > 0 ? OUTPUT : 0;
    const waits = inputLatency | secondLatency | sumLatency;

    const compute = candidate.computeCycles / (g * m * k * c);
    const inputs = INPUT | SECOND;
    let cycles = (waits & inputs ? latency : 0) + inputLoad + secondLoad + sumLoad + compute + store;
    cycles += innerSteps * stepCycles(innerMask, compute, inputLoad, secondLoad, sumLoad + store, waits, latency);
    cycles += middleSteps * stepCycles(middleMask, compute, inputLoad, secondLoad, sumLoad + store, waits, latency);
    cycles += outerSteps * stepCycles(outerMask, compute, inputLoad, secondLoad, sumLoad + store, waits, latency);
    cycles +=
      groupSteps * stepCycles(INPUT | SECOND | OUTPUT, compute, inputLoad, secondLoad, sumLoad + store, waits, latency);

    candidate.offChipBytes = bytes;
    candidate.cycles = Math.max(
      Math.ceil(cycles - ROUNDING_CYCLES),
      candidate.computeCycles,
      Math.ceil(bytes / perCycle),
    );
  }
}
