import type { Machine } from '../arch/machine.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate } from './candidate.js';
import type { Pricer } from './pricer.js';
import type { KeptSchedule, Schedule, TileChoice } from './frontier.js';
import { setChannelTile, setTiles } from './geometry.js';
import type { Goals } from './goals.js';
import { Hopes } from './hopes.js';
import { distinctOrders, loopOrders, spillsPartialSums } from './loop-order.js';
import type { LayerProblem } from './problem.js';
import { TileBuffers } from './tile-buffers.js';
import type { TileSpace } from './tile-space.js';

/**
 * The schedules of a tile choice: which operands are double-buffered, which are staged in the shared buffer, and the
 * loop order. Those that could add something are priced and offered to the frontiers. Double buffering is tried first for
 * all choices: what saves a buffer has to hold its own against the best of that.
 */
export class Schedules {
  /** Of any mapping, see `Frontier`. */
  smallestBufferBytes = Infinity;
  private readonly spaces: readonly TileSpace[];
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly pricer: Pricer;
  private readonly candidate: Candidate;
  private readonly goals: Goals;
  private readonly belowBytes: number;
  /** The most that tiles may take of a scratchpad. */
  private readonly mostBytes: number;
  private readonly buffers: TileBuffers;
  private readonly everywhere: Hopes;
  private readonly ofTiles: Hopes;
  private readonly ofOrder: Hopes;
  private readonly ofBuffering: Hopes;
  private readonly ofSchedule: Hopes;
  /** Tile choices that the bound did not rule out and that have a buffer to save. */
  private readonly left: TileChoice[] = [];
  private isSeed = false;

  constructor(
    spaces: readonly TileSpace[],
    problem: LayerProblem,
    machine: Machine,
    pricer: Pricer,
    candidate: Candidate,
    goals: Goals,
    belowBytes: number,
  ) {
    this.spaces = spaces;
    this.problem = problem;
    this.machine = machine;
    this.pricer = pricer;
    this.candidate = candidate;
    this.goals = goals;
    this.belowBytes = belowBytes;
    const { scratchpadBytesPerCore, sharedBuffer } = machine;
    this.mostBytes = sharedBuffer === null ? Math.min(scratchpadBytesPerCore, belowBytes - 1) : scratchpadBytesPerCore;
    this.buffers = new TileBuffers(problem);
    this.everywhere = new Hopes(goals);
    this.ofTiles = new Hopes(goals);
    this.ofOrder = new Hopes(goals);
    this.ofBuffering = new Hopes(goals);
    this.ofSchedule = new Hopes(goals);
  }

  /** Works out what all channel tiles of a group, pixel and reduction tile have in common; before they are tried. */
  beginReduction(at: number, g: number, m: number, c: number): void {
    const space = this.spaces[at]!;
    this.buffers.setReduction(space, g, m, c);
    setTiles(this.candidate, this.problem, this.machine, space, g, m, c, 0);
  }

  /**
   * What mappings compete for: the least that any schedule takes of it, of tiles no smaller than these. With a shared
   * buffer nothing need be staged.
   */
  leastMemory(at: number, g: number, m: number, c: number, k: number): number {
    return this.machine.sharedBuffer === null ? this.buffers.leastOf(this.spaces[at]!, g, m, c, k) : 0;
  }

  /** Prices a tile choice with every operand double-buffered, and remembers it if it may be worth more. */
  tryDoubled(hopes: Hopes, at: number, g: number, m: number, c: number, k: number): void {
    if (this.tryTiles(hopes, at, g, m, c, k, false, null)) this.left.push({ at, g, m, c, k });
  }

  /** Prices one schedule ahead of its turn. */
  trySeed(seed: Schedule): void {
    const { at, g, m, c, k } = seed;
    this.isSeed = true;
    this.beginReduction(at, g, m, c);
    this.tryTiles(this.everywhere, at, g, m, c, k, true, seed);
    this.isSeed = false;
  }

  /** Prices the choices that were remembered with single buffers. */
  trySingle(): void {
    for (const { at, g, m, c, k } of this.left) {
      this.beginReduction(at, g, m, c);
      this.tryTiles(this.everywhere, at, g, m, c, k, true, null);
    }
  }

  /** With every operand double-buffered, or all other ways, or as `only` says. Whether single buffers are left to try. */
  private tryTiles(
    hopes: Hopes,
    at: number,
    g: number,
    m: number,
    c: number,
    k: number,
    single: boolean,
    only: Schedule | null,
  ): boolean {
    const { machine, candidate, pricer, buffers, ofTiles, ofBuffering } = this;
    const space = this.spaces[at]!;
    buffers.setChannel(space, g, m, c, k);
    const { least, open } = buffers;
    if (least < this.smallestBufferBytes) this.smallestBufferBytes = least;
    if (least > this.mostBytes) {
      if (!single) hopes.countLeft();
      return false;
    }

    setChannelTile(candidate, space, k);
    pricer.bound(candidate);
    if (this.goals.rule.ofEnergy !== null) candidate.minimumEnergy = pricer.energy.leastOfTiles(candidate);
    const leastEnergy = candidate.minimumEnergy;
    const unshared = machine.sharedBuffer === null;
    if (!ofTiles.narrow(hopes, candidate, unshared ? least : 0)) return false;
    if (!single) ofTiles.countLeft();
    const { active } = candidate;
    const orders = distinctOrders[active]!;
    const choosesOrder = unshared && single && only === null;
    const hopeful = choosesOrder ? this.hopefulOrders(orders) : ALL_ORDERS;
    if (hopeful === 0) return true;
    const first = only === null ? (single ? nextMask(0, open) : 0) : open & ~only.doubled;
    const last = only === null ? (single ? open : 0) : first;
    for (let one = first; one <= last; one = nextMask(one, open)) {
      // A store queues before a load that is asked for when its tile is done, and would not be hidden.
      if (one & (INPUT | SECOND) && open & ~one & OUTPUT) continue;
      const buffer = buffers.bytes(one, false);
      const spilling = buffers.bytes(one, true);
      if (Math.min(buffer, spilling) > this.mostBytes) continue;
      candidate.doubled = OPERANDS & ~one;
      pricer.boundBuffering(candidate);
      candidate.minimumEnergy = leastEnergy;
      if (!ofBuffering.narrow(ofTiles, candidate, unshared ? Math.min(buffer, spilling) : 0)) continue;
      for (const order of orders) {
        if (((hopeful >> order) & 1) === 0) continue;
        if (only !== null && only.order !== order) continue;
        const spills = spillsPartialSums(order, active);
        const bytes = spills ? spilling : buffer;
        candidate.order = order;
        if (unshared) this.price(0, bytes, bytes, 0);
        else this.stage(bytes, spills, only);
      }
    }
    candidate.doubled = OPERANDS;
    candidate.staged = 0;
    return open > 0;
  }

  /** Orders, as a mask, in which the tiles bounded last may add something, whatever is double-buffered. */
  private hopefulOrders(orders: readonly number[]): number {
    const { candidate, pricer, ofTiles, ofOrder } = this;
    const { least, leastSpilling } = this.buffers;
    let hopeful = 0;
    for (const order of orders) {
      candidate.order = order;
      pricer.boundOrder(candidate);
      const memory = spillsPartialSums(order, candidate.active) ? leastSpilling : least;
      if (ofOrder.narrow(ofTiles, candidate, memory)) hopeful |= 1 << order;
    }
    return hopeful;
  }

  /** Every choice of what lies whole in the shared buffer while the layer runs. */
  private stage(buffer: number, spills: boolean, only: Schedule | null): void {
    const { problem, candidate } = this;
    const inputs = Math.ceil((candidate.wholeInputElements * problem.inputBits) / 8);
    const seconds = Math.ceil((candidate.secondElements * problem.secondBits) / 8);
    const sums = Math.ceil((candidate.outputElements * problem.accumulatorBits) / 8);
    const open = (inputs > 0 ? INPUT : 0) | (seconds > 0 ? SECOND : 0) | (spills ? OUTPUT : 0);
    for (let staged = 0; staged <= open; staged = nextMask(staged, open)) {
      if (only !== null && (only.staged & open) !== staged) continue;
      const bytes = (staged & INPUT ? inputs : 0) + (staged & SECOND ? seconds : 0) + (staged & OUTPUT ? sums : 0);
      if (bytes > this.machine.sharedBuffer!.bytes) continue;
      this.price(staged, buffer, bytes, bytes);
    }
  }

  private price(staged: number, buffer: number, memory: number, sharedBytes: number): void {
    const { candidate, pricer, goals, ofSchedule } = this;
    if (buffer > this.mostBytes || memory >= this.belowBytes) return;
    candidate.staged = staged;
    pricer.prepare(candidate);
    const energy = goals.rule.ofEnergy === null ? 0 : pricer.energy.ofPrepared(candidate);
    candidate.minimumEnergy = energy;
    if (!ofSchedule.narrow(this.ofBuffering, candidate, memory)) return;
    const { offChipBytes } = candidate;
    let choice: KeptSchedule | null = null;
    for (let next = 0; next < ofSchedule.count; next++) {
      const rate = ofSchedule.rates[next]!;
      const frontier = goals.frontiers[rate]!;
      const cycles = pricer.cyclesAt(candidate, goals.rates[rate]!);
      frontier.priced += 1;
      const cost = goals.cost(cycles, offChipBytes, energy);
      const tie = goals.tie(cycles, offChipBytes);
      if (!frontier.couldImprove(memory, cost, tie)) continue;
      choice ??= this.kept(buffer, sharedBytes);
      goals.add(rate, memory, cost, tie, cycles, choice);
    }
  }

  private kept(buffer: number, sharedBytes: number): KeptSchedule {
    const { isSeed } = this;
    const { space, g, m, c, k, order, doubled, staged, offChipBytes } = this.candidate;
    const at = this.spaces.indexOf(space!);
    return { at, g, m, c, k, order, doubled, staged, offChipBytes, buffer, sharedBytes, isSeed };
  }
}

/** As a mask. */
const ALL_ORDERS = (1 << loopOrders.length) - 1;

/** The masks inside `open`, one after the other from 0; past `open` after the last. */
function nextMask(mask: number, open: number): number {
  return mask === open ? OPERANDS + 1 : (mask - open) & open;
}
