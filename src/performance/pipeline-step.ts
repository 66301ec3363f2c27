import type { Machine } from '../arch/machine.js';
import { emptyCandidate, INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { OtherPaths } from './levels.js';
import { tileCycles } from './lower-bound.js';
import { changeMask } from './reuse.js';
import { overSweeps } from './staging.js';
import { StepTimes } from './step-times.js';
import type { StepKind, TileSequence } from './tile-sequence.js';

/** Before the first candidate. */
const NOTHING = emptyCandidate();

/**
 * One step of the pipeline: computing a tile while the channel brings what changes and takes what is finished (and a part
 * of the next layer's weights), then what is single-buffered, which waits for the tile's end. The shared buffer and the
 * interconnect work side by side with the channel; what takes longest counts.
 */
export class PipelineStep {
  readonly times = new StepTimes();
  candidate: Candidate = NOTHING;
  tiles = 1;
  /** Operands whose loads wait for the latency of external memory. */
  waits = 0;
  /**
   * What the off-chip channel moves for one mean load of each operand, a sum that returns, and what is stored: bytes, or
   * cycles of a channel on which these depend on more than the bytes.
   */
  input = 0;
  second = 0;
  sum = 0;
  store = 0;
  /** For the part of the next layer's weights that each tile brings. */
  prefetch = 0;
  private readonly problem: LayerProblem;
  private readonly latency: number;
  private readonly otherPaths: OtherPaths | null;

  constructor(problem: LayerProblem, machine: Machine, otherPaths: OtherPaths | null) {
    this.problem = problem;
    this.latency = machine.offChipLatencyCycles;
    this.otherPaths = otherPaths;
  }

  /** The first load, and the last tile with its store. */
  addEnds({ firstInput, firstSecond, firstOutput, lastCompute, lastMacs, lastStore }: TileSequence): void {
    const { otherPaths, latency, times } = this;
    const loadBytes = this.input * firstInput + this.second * firstSecond + this.sum * firstOutput;
    const loadWaits = this.waits & (INPUT | SECOND) ? latency : 0;
    const tile = tileCycles(this.candidate, this.tiles, lastCompute, lastMacs);
    if (otherPaths === null) {
      times.addSum(1, loadWaits, loadBytes + this.store * lastStore);
    } else {
      times.addLongest(1, otherPaths.firstLoad(firstInput, firstSecond, firstOutput), loadWaits, loadBytes);
      times.addLongest(1, otherPaths.lastStore(lastStore), 0, this.store * lastStore);
    }
    if (this.problem.prefetchBytes === 0) times.addSum(1, tile, 0);
    else times.addLongest(1, Math.max(tile, otherPaths?.lastPrefetch() ?? 0), latency, this.prefetch);
  }

  addSteps(depth: number, count: number, kind: StepKind): void {
    if (count === 0) return;
    const { candidate } = this;
    const changes = depth < 0 ? OPERANDS : changeMask(candidate.order, candidate.active, depth);
    const busy = tileCycles(candidate, this.tiles, kind.compute, kind.macs);
    if (this.otherPaths === null) this.overChannel(count, changes, busy, kind);
    // Nothing of a new group lies in the shared buffer.
    else if (depth < 0) this.overPaths(count, changes, 0, busy, kind);
    else {
      overSweeps(candidate, depth, count, kind.pixelsFirst, kind.channelsFirst, (steps, there) =>
        this.overPaths(steps, changes, there, busy, kind),
      );
    }
  }

  private overChannel(count: number, changes: number, busy: number, kind: StepKind): void {
    const { doubled } = this.candidate;
    this.addBeside(count, changes & doubled, busy, kind);
    const between = changes & ~doubled;
    if (between !== 0) {
      this.times.addSum(count, between & this.waits ? this.latency : 0, this.channelBytes(between, kind));
    }
  }

  /** `there`: staged operands that lie in the shared buffer already. */
  private overPaths(count: number, changes: number, there: number, busy: number, kind: StepKind): void {
    const { doubled } = this.candidate;
    const paths = this.otherPaths!;
    const enters = changes & ~there;
    const beside = changes & doubled;
    const between = changes & ~doubled;
    this.addBeside(count, beside & enters, Math.max(busy, paths.beside(beside, enters, kind)), kind);
    const bytes = this.channelBytes(between & enters, kind);
    const waits = between & enters & this.waits ? this.latency : 0;
    this.times.addLongest(count, paths.between(between, enters, kind), waits, bytes);
  }

  /** Double-buffered operands that move while something else takes `least` cycles. */
  private addBeside(count: number, beside: number, least: number, kind: StepKind): void {
    const { prefetchBytes } = this.problem;
    if (beside === 0 && prefetchBytes === 0) this.times.addSum(count, least, 0);
    else {
      const waits = beside & this.waits || prefetchBytes > 0 ? this.latency : 0;
      this.times.addLongest(count, least, waits, this.channelBytes(beside, kind) + this.prefetch);
    }
  }

  private channelBytes(changes: number, { input, second, sum, store }: StepKind): number {
    let bytes = 0;
    if (changes & INPUT) bytes += this.input * input;
    if (changes & SECOND) bytes += this.second * second;
    if (changes & OUTPUT) bytes += this.sum * sum + this.store * store;
    return bytes;
  }
}
