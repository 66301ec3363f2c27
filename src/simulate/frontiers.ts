import type { Machine } from '../arch/machine.js';
import {
  problemKey,
  searchMappings,
  tileSpaceKey,
  tileSpaces,
  type Frontier,
  type LayerProblem,
  type Mapping,
  type TileSpace,
} from '../mapping/index.js';
import { LayerPricer } from '../performance/index.js';

/**
 * Most layers are asked for their best mapping with much of the scratchpad free. A search that need not tell apart
 * anything below an eighth of it leaves far more unpriced; the full one is made only when less is asked for.
 */
const FLOOR_FRACTION = 1 / 8;

/** The best mappings of one layer problem, searched for when they are first asked for. */
export class LayerFrontiers {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly spaces: readonly TileSpace[];
  private readonly floorBytes: number;
  private roomy: Frontier | undefined;
  private full: Frontier | undefined;

  constructor(problem: LayerProblem, machine: Machine, spaces: readonly TileSpace[]) {
    this.problem = problem;
    this.spaces = spaces;
    this.machine = machine;
    this.floorBytes = Math.floor(machine.scratchpadBytesPerCore * FLOOR_FRACTION);
  }

  /** The best mapping whose buffers fit in `bytesPerCore`; undefined when none does. */
  best(bytesPerCore: number): Mapping | undefined {
    if (bytesPerCore < this.floorBytes) return this.whole().best(bytesPerCore);
    this.roomy ??= this.search(this.floorBytes);
    return this.roomy.best(bytesPerCore);
  }

  /** Bytes of scratchpad per core without which the layer cannot run at all. */
  smallestBufferBytes(): number {
    return this.whole().smallestBufferBytes;
  }

  private whole(): Frontier {
    this.full ??= this.search(0);
    return this.full;
  }

  private search(floorBytes: number): Frontier {
    const pricer = new LayerPricer(this.problem, this.machine);
    return searchMappings(this.problem, this.machine, pricer, { floorBytes, spaces: this.spaces });
  }
}

/** Layers of the same shape, bits and residency share their search. */
export class Frontiers {
  private readonly machine: Machine;
  private readonly byProblem = new Map<string, LayerFrontiers>();
  private readonly byShape = new Map<string, readonly TileSpace[]>();

  constructor(machine: Machine) {
    this.machine = machine;
  }

  of(problem: LayerProblem): LayerFrontiers {
    const key = problemKey(problem);
    let frontiers = this.byProblem.get(key);
    if (frontiers === undefined) {
      frontiers = new LayerFrontiers(problem, this.machine, this.spacesOf(problem));
      this.byProblem.set(key, frontiers);
    }
    return frontiers;
  }

  /** Tile spaces do not depend on what is resident, which is what most problems of a layer differ in. */
  private spacesOf(problem: LayerProblem): readonly TileSpace[] {
    const key = tileSpaceKey(problem);
    let spaces = this.byShape.get(key);
    if (spaces === undefined) {
      spaces = tileSpaces(problem, this.machine);
      this.byShape.set(key, spaces);
    }
    return spaces;
  }
}
