import type { Machine } from '../arch/machine.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import { loopAt } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileSpace } from '../mapping/tile-space.js';
import type { Moves } from './levels.js';
import { changeMask } from './reuse.js';
import { loads, tripsOf } from './steps.js';
import { inBursts, wholeBytes } from './traffic.js';

/**
 * How often and how much each operand moves under a loop order and a staging of a tile choice, whatever is
 * double-buffered. Filled over and over, allocating nothing.
 */
export class OrderMoves implements Moves {
  /** Steps in which each loop moves, and operands whose tiles change then. */
  innerSteps = 0;
  middleSteps = 0;
  outerSteps = 0;
  groupSteps = 0;
  private innerMask = 0;
  private middleMask = 0;
  private outerMask = 0;
  tiles = 1;
  inputLoads = 0;
  secondLoads = 0;
  visits = 0;
  inputTransfers = 0;
  secondTransfers = 0;
  inputs = 0;
  seconds = 0;
  spilled = 0;
  /** Off-chip, in whole bursts; sums each way. */
  inputBytes = 0;
  secondBytes = 0;
  outputBytes = 0;
  sumBytes = 0;
  /** All of these, and what is prefetched. */
  bytes = 0;
  /** Operands whose loads wait for the latency of external memory, and the loads of the one that has most. */
  waits = 0;
  mostLoads = 0;
  private readonly problem: LayerProblem;
  private readonly burstBytes: number;
  /** What was set last. */
  private space: TileSpace | null = null;
  private g = 0;
  private m = 0;
  private c = 0;
  private k = 0;
  private order = 0;
  private staged = 0;

  constructor(problem: LayerProblem, { burstBytes }: Machine) {
    this.problem = problem;
    this.burstBytes = burstBytes;
  }

  /** Does nothing if they are those of the candidate already. */
  set(candidate: Candidate): void {
    const { space, g, m, c, k, order, staged } = candidate;
    const isSame =
      space !== null &&
      space === this.space &&
      g === this.g &&
      m === this.m &&
      c === this.c &&
      k === this.k &&
      order === this.order &&
      staged === this.staged;
    if (isSame) return;
    this.space = space;
    this.g = g;
    this.m = m;
    this.c = c;
    this.k = k;
    this.order = order;
    this.staged = staged;
    this.setLoads(candidate);
    this.setBytes(candidate);
  }

  /** Steps that wait for a load of any of these operands, with the first load of all. */
  stepsThatLoad(operands: number): number {
    let steps = this.waits & (INPUT | SECOND) ? 1 : 0;
    const waiting = operands & this.waits;
    if (waiting === 0) return steps;
    steps += this.groupSteps;
    if (this.innerMask & waiting) steps += this.innerSteps;
    if (this.middleMask & waiting) steps += this.middleSteps;
    if (this.outerMask & waiting) steps += this.outerSteps;
    return steps;
  }

  /** Off-chip bytes of these operands. */
  bytesOf(operands: number): number {
    let bytes = 0;
    if (operands & INPUT) bytes += this.inputBytes;
    if (operands & SECOND) bytes += this.secondBytes;
    if (operands & OUTPUT) bytes += this.outputBytes + 2 * this.sumBytes;
    return bytes;
  }

  private setLoads({
    order,
    active,
    staged,
    groupTrips: g,
    pixelTrips: m,
    channelTrips: k,
    reductionTrips: c,
  }: Candidate) {
    const outer = tripsOf(loopAt(order, 0), m, k, c);
    const middle = tripsOf(loopAt(order, 1), m, k, c);
    const inner = tripsOf(loopAt(order, 2), m, k, c);
    const innerSteps = g * outer * middle * (inner - 1);
    const middleSteps = g * outer * (middle - 1);
    const outerSteps = g * (outer - 1);
    const groupSteps = g - 1;
    this.innerSteps = innerSteps;
    this.middleSteps = middleSteps;
    this.outerSteps = outerSteps;
    this.groupSteps = groupSteps;
    const innerMask = changeMask(order, active, 2);
    const middleMask = changeMask(order, active, 1);
    const outerMask = changeMask(order, active, 0);
    this.innerMask = innerMask;
    this.middleMask = middleMask;
    this.outerMask = outerMask;
    this.tiles = g * m * k * c;
    this.inputLoads = loads(INPUT, innerSteps, innerMask, middleSteps, middleMask, outerSteps, outerMask, groupSteps);
    this.secondLoads = loads(SECOND, innerSteps, innerMask, middleSteps, middleMask, outerSteps, outerMask, groupSteps);
    this.visits = loads(OUTPUT, innerSteps, innerMask, middleSteps, middleMask, outerSteps, outerMask, groupSteps);
    // What is staged crosses the off-chip channel on the first sweep alone.
    this.inputTransfers = staged & INPUT ? g * m * c : this.inputLoads;
    this.secondTransfers = staged & SECOND ? g * k * c : this.secondLoads;
  }

  private setBytes(candidate: Candidate): void {
    const { problem, burstBytes } = this;
    const { staged, groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
    // How often each operand as a whole crosses the channel.
    const inputs = candidate.inputElements * (this.inputLoads / (g * m * c)) * candidate.inputCopies;
    const seconds = candidate.secondElements * (this.secondLoads / (g * k * c)) * candidate.secondCopies;
    const revisited = candidate.outputElements * (this.visits / (g * m * k) - 1);
    const loadedInputs = wholeBytes(staged & INPUT ? candidate.wholeInputElements : inputs, problem.inputBits);
    const loadedSeconds = wholeBytes(staged & SECOND ? candidate.secondElements : seconds, problem.secondBits);
    const spilled = wholeBytes(revisited, problem.accumulatorBits);
    this.inputs = inputs;
    this.seconds = seconds;
    this.spilled = spilled;
    this.inputBytes = inBursts(loadedInputs, this.inputTransfers, burstBytes);
    this.secondBytes = inBursts(loadedSeconds, this.secondTransfers, burstBytes);
    this.outputBytes = inBursts(wholeBytes(candidate.outputElements, problem.outputBits), g * m * k, burstBytes);
    this.sumBytes = staged & OUTPUT ? 0 : inBursts(spilled, this.visits - g * m * k, burstBytes);
    this.bytes = this.bytesOf(OPERANDS) + problem.prefetchBytes;
    this.waits =
      (this.inputBytes > 0 ? INPUT : 0) | (this.secondBytes > 0 ? SECOND : 0) | (this.sumBytes > 0 ? OUTPUT : 0);
    this.mostLoads = Math.max(
      this.waits & INPUT ? this.inputTransfers : 0,
      this.waits & SECOND ? this.secondTransfers : 0,
    );
  }
}
