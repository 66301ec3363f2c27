import type { Machine } from '../arch/machine.js';
import { INPUT, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { StepKind } from './tile-sequence.js';
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
  /** Loads that come from off-chip: of a staged operand those of its first sweep, of others all. */
  readonly inputTransfers: number;
  readonly secondTransfers: number;
  /** Elements that enter the cores, over all loads. */
  readonly inputs: number;
  readonly seconds: number;
  /** Bytes of partial sums that leave, and come back. */
  readonly spilled: number;
  readonly tiles: number;
}

/** What moves over the shared buffer and the interconnect: the paths work side by side with the off-chip channel. */
export class OtherPaths {
  /** Of the mapping set last. */
  sharedBytes = 0;
  interconnectBytes = 0;
  private readonly shared: PathTimes = { input: 0, second: 0, sum: 0, store: 0 };
  private readonly interconnect: PathTimes = { input: 0, second: 0, sum: 0, store: 0 };
  /** For a tile of a staged operand to be written to the shared buffer. */
  private inputEntry = 0;
  private secondEntry = 0;
  /** For a tile's part of the next layer's weights to be written where they will lie. */
  private sharedPrefetch = 0;
  private interconnectPrefetch = 0;
  private readonly hasSharedBuffer: boolean;
  private readonly problem: LayerProblem;
  private readonly sharedBytesPerCycle: number;
  private readonly interconnectBytesPerCycle: number;

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.hasSharedBuffer = machine.sharedBuffer !== null;
    this.sharedBytesPerCycle = machine.sharedBuffer?.bytesPerCycle ?? Infinity;
    this.interconnectBytesPerCycle = machine.interconnect.bytesPerCycle;
  }

  /**
   * What is staged enters the shared buffer once and leaves it at each sweep; what lies in it leaves it at each sweep.
   * All that enters or leaves a core crosses the interconnect. Weights of the next layer go to the shared buffer, or to
   * the cores where there is none.
   */
  set(candidate: Candidate, moves: Moves, inputBytes: number, secondBytes: number): void {
    const { problem } = this;
    const { staged, outputElements } = candidate;
    const { inputs, seconds, spilled } = moves;
    const crossingInputs = wholeBytes(inputs, problem.inputBits + problem.sharedInputBits);
    const crossingSeconds = wholeBytes(seconds, problem.secondBits + problem.sharedSecondBits);
    const crossingOutputs = wholeBytes(outputElements, problem.outputBits + problem.sharedOutputBits);
    const sharedInputs = staged & INPUT ? crossingInputs : wholeBytes(inputs, problem.sharedInputBits);
    const sharedSeconds = staged & SECOND ? crossingSeconds : wholeBytes(seconds, problem.sharedSecondBits);
    const sharedOutputs = wholeBytes(outputElements, problem.sharedOutputBits);
    const sharedSums = staged & OUTPUT ? spilled : 0;
    const enteringInputs = staged & INPUT ? inputBytes : 0;
    const enteringSeconds = staged & SECOND ? secondBytes : 0;
    const sharedPrefetch = this.hasSharedBuffer ? problem.prefetchBytes : 0;
    const crossingPrefetch = problem.prefetchBytes - sharedPrefetch;
    this.sharedBytes =
      sharedInputs + enteringInputs + sharedSeconds + enteringSeconds + sharedOutputs + 2 * sharedSums + sharedPrefetch;
    this.interconnectBytes = crossingInputs + crossingSeconds + crossingOutputs + 2 * spilled + crossingPrefetch;
    this.sharedPrefetch = sharedPrefetch / moves.tiles / this.sharedBytesPerCycle;
    this.interconnectPrefetch = crossingPrefetch / moves.tiles / this.interconnectBytesPerCycle;
    this.inputEntry = enteringInputs / moves.inputTransfers / this.sharedBytesPerCycle;
    this.secondEntry = enteringSeconds / moves.secondTransfers / this.sharedBytesPerCycle;
    setTimes(this.shared, this.sharedBytesPerCycle, moves, sharedInputs, sharedSeconds, sharedOutputs, sharedSums);
    const perCycle = this.interconnectBytesPerCycle;
    setTimes(this.interconnect, perCycle, moves, crossingInputs, crossingSeconds, crossingOutputs, spilled);
  }

  /**
   * The longer of both, for what a step changes of what is double-buffered; `enters` of it comes from off-chip. Loads and
   * stores of its tiles stand to those of the mean tile as `kind` says.
   */
  beside(changes: number, enters: number, kind: StepKind): number {
    return Math.max(
      this.sharedPrefetch + this.sharedCycles(changes, enters, kind),
      this.interconnectPrefetch + pathCycles(this.interconnect, changes, kind),
    );
  }

  /** The same of what is single-buffered. */
  between(changes: number, enters: number, kind: StepKind): number {
    return Math.max(this.sharedCycles(changes, enters, kind), pathCycles(this.interconnect, changes, kind));
  }

  /** While the last tile is computed. */
  lastPrefetch(): number {
    return Math.max(this.sharedPrefetch, this.interconnectPrefetch);
  }

  private sharedCycles(changes: number, enters: number, kind: StepKind): number {
    let cycles = pathCycles(this.shared, changes, kind);
    if (changes & enters & INPUT) cycles += this.inputEntry * kind.input;
    if (changes & enters & SECOND) cycles += this.secondEntry * kind.second;
    return cycles;
  }

  firstLoad(input: number, second: number, sum: number): number {
    const { shared, interconnect } = this;
    return Math.max(
      (shared.input + this.inputEntry) * input + (shared.second + this.secondEntry) * second + shared.sum * sum,
      interconnect.input * input + interconnect.second * second + interconnect.sum * sum,
    );
  }

  lastStore(store: number): number {
    return Math.max(this.shared.store, this.interconnect.store) * store;
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

function pathCycles(times: PathTimes, changes: number, { input, second, sum, store }: StepKind): number {
  let cycles = 0;
  if (changes & INPUT) cycles += times.input * input;
  if (changes & SECOND) cycles += times.second * second;
  if (changes & OUTPUT) cycles += times.sum * sum + times.store * store;
  return cycles;
}
