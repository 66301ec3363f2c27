import type { LoopNest } from '../../workload/loop-nest.js';
import type { CoreShare } from './core-share.js';
import type { TilePlace } from './tile-places.js';

/**
 * Lets cores that read the same tile wait for each other: it is sent once, when all of them have room for it. They ask
 * for it at the same place of their loops. Along one loop cores of a party have different parts of the layer, and the
 * last of them may have fewer tiles; it takes no part in what lies beyond.
 */
export class SharedReads {
  private readonly nest: LoopNest;
  private readonly own: 'outputChannels' | 'pixels';
  private readonly partyOf: number[];
  /** Of each party: how many tiles its cores have along the loop in which they differ. */
  private readonly trips: number[][] = [];
  private readonly pending: Map<number, { readonly cores: number[]; readonly expected: number }>[] = [];

  constructor(nest: LoopNest, shares: readonly CoreShare[], operand: 'inputs' | 'second') {
    this.nest = nest;
    this.own = operand === 'inputs' ? 'outputChannels' : 'pixels';
    this.partyOf = shares.map((share) => (operand === 'inputs' ? share.inputParty : share.secondParty));
    for (const [core, share] of shares.entries()) (this.trips[this.partyOf[core]!] ??= []).push(share[this.own].length);
    this.pending = this.trips.map(() => new Map());
  }

  /** The cores that the tile goes to, once the last of them asks; until then undefined. */
  ask(core: number, place: TilePlace): readonly number[] | undefined {
    const party = this.partyOf[core]!;
    const pending = this.pending[party]!;
    const key = this.keyOf(place);
    let load = pending.get(key);
    if (load === undefined) {
      const expected = this.trips[party]!.filter((trips) => trips > place[this.own]).length;
      pending.set(key, (load = { cores: [], expected }));
    }
    load.cores.push(core);
    if (load.cores.length < load.expected) return undefined;
    pending.delete(key);
    return load.cores;
  }

  /** A number for each place: no loop has more tiles than positions. */
  private keyOf({ groups, pixels, outputChannels, reduction }: TilePlace): number {
    const { nest } = this;
    const pixelCount = nest.batch * nest.outputRows * nest.outputColumns;
    return ((groups * pixelCount + pixels) * nest.outputChannels + outputChannels) * nest.inputChannels + reduction;
  }
}
