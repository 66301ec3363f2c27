import type { Machine } from '../arch/machine.js';
import type { Candidate } from './candidate.js';
import type { Mapping } from './mapping.js';
import type { Pricer } from './pricer.js';
import type { Frontier, KeptSchedule } from './frontier.js';
import { setTiles } from './geometry.js';
import type { LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/** Makes mappings of schedules that were kept, when they are asked for. */
export class Realiser {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly pricer: Pricer;
  private readonly spaces: readonly TileSpace[];
  /** Filled over and over. */
  private readonly candidate: Candidate;
  /** A schedule is kept at many rates of the channel. */
  private readonly realised = new Map<KeptSchedule, Readonly<Candidate>>();

  constructor(
    problem: LayerProblem,
    machine: Machine,
    pricer: Pricer,
    spaces: readonly TileSpace[],
    candidate: Candidate,
  ) {
    this.problem = problem;
    this.machine = machine;
    this.pricer = pricer;
    this.spaces = spaces;
    this.candidate = candidate;
  }

  readonly realise = (choice: KeptSchedule, cycles: number, frontier: Frontier): Mapping => {
    const { at, g, m, c, k, order, doubled, staged, buffer, sharedBytes, offChipBytes } = choice;
    const { considered, pruned, priced } = frontier;
    const { dataflow, split, pixels, groups, channels, reductions } = this.spaces[at]!;
    return {
      dataflow: dataflow?.name ?? null,
      split,
      pixelTile: pixels[m]!,
      groupTile: groups[g]!.size,
      channelTile: channels[k]!.size,
      reductionTile: reductions[c]!.size,
      order,
      doubled,
      staged,
      bufferBytesPerCore: buffer,
      sharedBufferBytes: sharedBytes,
      cycles,
      offChipBytes,
      search: { considered, pruned, priced },
      candidate: this.candidateOf(choice),
    };
  };

  private candidateOf(choice: KeptSchedule): Readonly<Candidate> {
    let own = this.realised.get(choice);
    if (own === undefined) this.realised.set(choice, (own = this.consider(choice)));
    return own;
  }

  private consider({ at, g, m, c, k, order, doubled, staged, offChipBytes }: KeptSchedule): Readonly<Candidate> {
    const { candidate, problem, machine, pricer, spaces } = this;
    setTiles(candidate, problem, machine, spaces[at]!, g, m, c, k);
    candidate.order = order;
    candidate.doubled = doubled;
    candidate.staged = staged;
    pricer.bound(candidate);
    candidate.minimumEnergy = 0;
    candidate.offChipBytes = offChipBytes;
    return { ...candidate };
  }
}
