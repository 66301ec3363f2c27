import type { Machine } from '../arch/machine.js';
import { INPUT, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import { pathCycles } from './steps.js';
import { wholeBytes } from './traffic.js';

/** Whether operands move over anything but the off-chip channel that could be what is waited for. */
export function hasOtherPaths({ sharedBuffer, interconnect }: Machine): boolean {
  return sharedBuffer !== null || interconnect.bytesPerCycle < Infinity;
}

/** Cycles for which one load of each operand (and one visit to an output tile) keeps a path busy. */
export interface PathTimes {
  input: number;
  second: number;
  /** A partial sum coming back. */
  sum: number;
  /** An output or partial sum on its way out. */
  store: number;
}

/** How often each operand moves under a mapping. */
export interface Moves {
  readonly inputLoads: number;
  readonly secondLoads: number;
  readonly visits: number;
  /** Elements that enter the cores, over all loads. */
  readonly inputs: number;
  readonly seconds: number;
  /** Bytes of partial sums that leave, and come back. */
  readonly spilled: number;
}

/** What moves over the shared buffer and the interconnect: the paths work side by side with the off-chip channel. */
export class OtherPaths {
  /** Of the mapping set last. */
  sharedBytes = 0;
  interconnectBytes = 0;
  private readonly shared: PathTimes = { input: 0, second: 0, sum: 0, store: 0 };
  private readonly interconnect: PathTimes = { input: 0, second: 0, sum: 0, store: 0 };
  private readonly problem: LayerProblem;
  private readonly sharedBytesPerCycle: number;
  private readonly interconnectBytesPerCycle: number;

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.sharedBytesPerCycle = machine.sharedBuffer?.bytesPerCycle ?? Infinity;
    this.interconnectBytesPerCycle = machine.interconnect.bytesPerCycle;
  }

  /**
   * What is staged enters the shared buffer once and leaves it at each sweep; what lies in it leaves it at each sweep.
   * All that enters or leaves a core crosses the interconnect.
   */
  set(candidate: Candidate, moves: Moves, inputBytes: number, secondBytes: number): void {
    const { problem } = this;
    const { staged, outputElements } = candidate;
    const { inputs, seconds, spilled } = moves;
    const crossingInputs = wholeBytes(inputs, problem.inputBits + problem.sharedInputBits);
    const crossingSeconds = wholeBytes(seconds, problem.secondBits + problem.sharedSecondBits);
    const crossingOutputs = wholeBytes(outputElements, problem.outputBits + problem.sharedOutputBits);
    const sharedInputs = staged & INPUT ? inputBytes + crossingInputs : wholeBytes(inputs, problem.sharedInputBits);
    const sharedSeconds =
      staged & SECOND ? secondBytes + crossingSeconds : wholeBytes(seconds, problem.sharedSecondBits);
    const sharedOutputs = wholeBytes(outputElements, problem.sharedOutputBits);
    const sharedSums = staged & OUTPUT ? spilled : 0;
    this.sharedBytes = sharedInputs + sharedSeconds + sharedOutputs + 2 * sharedSums;
    this.interconnectBytes = crossingInputs + crossingSeconds + crossingOutputs + 2 * spilled;
    setTimes(this.shared, this.sharedBytesPerCycle, moves, sharedInputs, sharedSeconds, sharedOutputs, sharedSums);
    const perCycle = this.interconnectBytesPerCycle;
    setTimes(this.interconnect, perCycle, moves, crossingInputs, crossingSeconds, crossingOutputs, spilled);
  }

  /** The longer of both, for a step that changes these operands. */
  step(changes: number): number {
    const { shared, interconnect } = this;
    return Math.max(
      pathCycles(changes, shared.input, shared.second, shared.sum + shared.store),
      pathCycles(changes, interconnect.input, interconnect.second, interconnect.sum + interconnect.store),
    );
  }

  firstLoad(): number {
    const { shared, interconnect } = this;
    return Math.max(
      shared.input + shared.second + shared.sum,
      interconnect.input + interconnect.second + interconnect.sum,
    );
  }

  lastStore(): number {
    return Math.max(this.shared.store, this.interconnect.store);
  }

  floor(): number {
    const { sharedBytes, interconnectBytes, sharedBytesPerCycle, interconnectBytesPerCycle } = this;
    return Math.ceil(Math.max(sharedBytes / sharedBytesPerCycle, interconnectBytes / interconnectBytesPerCycle));
  }
}

function setTimes(
  times: PathTimes,
  bytesPerCycle: number,
  { inputLoads, secondLoads, visits }: Moves,
  inputBytes: number,
  secondBytes: number,
  outputBytes: number,
  sumBytes: number,
): void {
  times.input = inputBytes / inputLoads / bytesPerCycle;
  times.second = secondBytes / secondLoads / bytesPerCycle;
  times.sum = sumBytes / visits / bytesPerCycle;
  times.store = (outputBytes + sumBytes) / visits / bytesPerCycle;
}
