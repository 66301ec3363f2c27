import type { Machine } from '../arch/machine.js';
import { loopsKey, tileSpaces, type LayerProblem, type Schedule, type TileSpace } from '../mapping/index.js';

/** What searches over the same loops share. */
export interface Loops {
  readonly spaces: readonly TileSpace[];
  /** Schedules that were good the last time, whatever the bits, the bandwidth and what was resident. */
  readonly good: { schedules: readonly Schedule[] };
}

/**
 * Remembers tiles to choose from, and which of them were good, from one search to the next: over the layers of one
 * network, or over all points of a grid. What is good makes the next search faster
 * and never changes its answer.
 */
export class LoopsMemory {
  private readonly spaces = new Map<string, readonly TileSpace[]>();
  private readonly good = new Map<string, Loops['good']>();

  of(problem: LayerProblem, machine: Machine): Loops {
    const { cores, rows, columns, depth, dataflows } = machine;
    const key = `${cores} ${rows} ${columns} ${depth} ${JSON.stringify(dataflows)} ${loopsKey(problem)}`;
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
