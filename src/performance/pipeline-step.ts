import type { Machine } from '../arch/machine.js';
import { emptyCandidate, INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { OtherPaths } from './levels.js';
import { tileCycles } from './lower-bound.js';
import { changeMask } from './reuse.js';
import { overSweeps } from './staging.js';
import type { StepPricer, TileSequence } from './tile-sequence.js';

/**
 * One step of the pipeline: computing a tile while the channel brings what changes and takes what is finished (and a part
 * of the next layer's weights), then what is single-buffered, which waits for the tile's end. The shared buffer and the
 * interconnect work side by side with the channel; what takes longest counts.
 */
export class PipelineStep implements StepPricer {
  candidate: Candidate = emptyCandidate();
  tiles = 1;
  /** Operands whose loads wait for the latency of external memory. */
  waits = 0;
  /** Cycles of the off-chip channel for one mean load of each operand, a sum that returns, and what is stored. */
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
  ends({ firstInput, firstSecond, firstOutput, lastCompute, lastMacs, lastStore }: TileSequence): number {
    const { otherPaths, latency } = this;
    let load =
      (this.waits & (INPUT | SECOND) ? latency : 0) +
      this.input * firstInput +
      this.second * firstSecond +
      this.sum * firstOutput;
    let store = this.store * lastStore;
    if (otherPaths !== null) {
      load = Math.max(load, otherPaths.firstLoad(firstInput, firstSecond, firstOutput));
      store = Math.max(store, otherPaths.lastStore(lastStore));
    }
    const prefetch =
      this.problem.prefetchBytes > 0 ? Math.max(this.prefetch + latency, otherPaths?.lastPrefetch() ?? 0) : 0;
    return load + Math.max(tileCycles(this.candidate, this.tiles, lastCompute, lastMacs), prefetch) + store;
  }

  stepsCycles(
    depth: number,
    count: number,
    compute: number,
    macs: number,
    input: number,
    second: number,
    sum: number,
    store: number,
    pixelsFirst: number,
    channelsFirst: number,
  ): number {
    if (count === 0) return 0;
    const { candidate } = this;
    const changes = depth < 0 ? OPERANDS : changeMask(candidate.order, candidate.active, depth);
    const busy = tileCycles(candidate, this.tiles, compute, macs);
    if (this.otherPaths === null) return count * this.overChannel(changes, busy, input, second, sum, store);
    // Nothing of a new group lies in the shared buffer.
    if (depth < 0) return count * this.overPaths(changes, 0, busy, input, second, sum, store);
    return overSweeps(candidate, depth, count, pixelsFirst, channelsFirst, (there) =>
      this.overPaths(changes, there, busy, input, second, sum, store),
    );
  }

  private overChannel(
    changes: number,
    busy: number,
    input: number,
    second: number,
    sum: number,
    store: number,
  ): number {
    const { waits, latency } = this;
    const { doubled } = this.candidate;
    const beside = changes & doubled;
    const between = changes & ~doubled;
    let hidden = this.channelCycles(beside, input, second, sum, store) + this.prefetch;
    if (beside & waits || this.problem.prefetchBytes > 0) hidden += latency;
    if (hidden < busy) hidden = busy;
    if (between === 0) return hidden;
    return hidden + this.channelCycles(between, input, second, sum, store) + (between & waits ? latency : 0);
  }

  /** `there`: staged operands that lie in the shared buffer already. */
  private overPaths(
    changes: number,
    there: number,
    busy: number,
    input: number,
    second: number,
    sum: number,
    store: number,
  ): number {
    const { doubled } = this.candidate;
    const paths = this.otherPaths!;
    const enters = changes & ~there;
    const beside = changes & doubled;
    const between = changes & ~doubled;
    const hidden = Math.max(
      this.overChannel(beside & enters, busy, input, second, sum, store),
      paths.beside(beside, enters, input, second, sum, store),
    );
    const exposed =
      this.channelCycles(between & enters, input, second, sum, store) +
      (between & enters & this.waits ? this.latency : 0);
    return hidden + Math.max(exposed, paths.between(between, enters, input, second, sum, store));
  }

  private channelCycles(changes: number, input: number, second: number, sum: number, store: number): number {
    let cycles = 0;
    if (changes & INPUT) cycles += this.input * input;
    if (changes & SECOND) cycles += this.second * second;
    if (changes & OUTPUT) cycles += this.sum * sum + this.store * store;
    return cycles;
  }
}
