import type { Machine } from '../arch/machine.js';
import { loopsKey, tileSpaces, type LayerProblem, type Schedule, type TileSpace } from '../mapping/index.js';
import type { Network } from '../workload/network.js';

/** What searches over the same loops share. */
export interface Loops {
  readonly spaces: readonly TileSpace[];
  /** By the level of the search: schedules that were good the last time, whatever the bits, the bandwidth and what was resident. */
  readonly good: { readonly schedules: (readonly Schedule[])[] };
}

/**
 * Remembers tiles to choose from, and which of them were good, from one search to the next: over the layers of one
 * network, or over all points of a grid. What is good makes the next search faster
 * and never changes its answer.
 */
export class LoopsMemory {
  private readonly spaces: SpacesByKey;
  private readonly good = new Map<string, Loops['good']>();

  /** `spaces` that were listed before, and will be added to. */
  constructor(spaces: SpacesByKey = new Map()) {
    this.spaces = spaces;
  }

  of(problem: LayerProblem, machine: Machine): Loops {
    const key = `${geometryOf(machine)} ${loopsKey(problem)}`;
    const spacesKey = `${problem.lanes} ${key}`;
    let spaces = this.spaces.get(spacesKey);
    if (spaces === undefined) this.spaces.set(spacesKey, (spaces = tileSpaces(problem, machine)));
    let good = this.good.get(key);
    if (good === undefined) this.good.set(key, (good = { schedules: [] }));
    return { spaces, good };
  }

  /** Of machines that will not be asked about again: what was good on them stays, as it takes little. */
  forgetSpaces(): void {
    this.spaces.clear();
  }
}

type SpacesByKey = Map<string, readonly TileSpace[]>;

/** Listing tiles takes a fifth of a simulation, and they are the same whatever the bits, the bandwidth and the memory. */
const lastSpaces = new WeakMap<Network, { readonly geometry: string; readonly spaces: SpacesByKey }>();

/** Tile spaces of a network on the machine it was last simulated on, if that had the cores and arrays of this one. */
export function spacesOf(network: Network, machine: Machine): SpacesByKey {
  const geometry = geometryOf(machine);
  let last = lastSpaces.get(network);
  if (last?.geometry !== geometry) lastSpaces.set(network, (last = { geometry, spaces: new Map() }));
  return last.spaces;
}

function geometryOf({ cores, rows, columns, depth, dataflows }: Machine): string {
  return `${cores} ${rows} ${columns} ${depth} ${JSON.stringify(dataflows)}`;
}
