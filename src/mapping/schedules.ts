import type { Machine } from '../arch/machine.js';
import { inputTileBytes, secondTileBytes, storedTileBytes, sumTileBytes } from './buffers.js';
import { INPUT, OPERANDS, OUTPUT, SECOND, type Candidate, type Pricer } from './candidate.js';
import type { Frontier, TileChoice } from './frontier.js';
import { setTiles } from './geometry.js';
import { distinctOrders, spillsPartialSums } from './loop-order.js';
import type { LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/**
 * The schedules of a tile choice: which operands are double-buffered, which are staged in the shared buffer, and the
 * loop order. Those that could add something are priced and offered to the frontier. Double buffering is tried first for
 * all choices: what saves a buffer has to hold its own against the best of that.
 */
export class Schedules {
  private readonly spaces: readonly TileSpace[];
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly pricer: Pricer;
  private readonly candidate: Candidate;
  private readonly frontier: Frontier;
  private readonly bytesFirst: boolean;
  private readonly kernel: number;
  /** Tile choices that the bound did not rule out and that have a buffer to save. */
  private readonly left: TileChoice[] = [];
  private inputTile = 0;
  private inputTiles = 1;

  constructor(
    spaces: readonly TileSpace[],
    problem: LayerProblem,
    machine: Machine,
    pricer: Pricer,
    candidate: Candidate,
    frontier: Frontier,
    bytesFirst: boolean,
  ) {
    this.spaces = spaces;
    this.problem = problem;
    this.machine = machine;
    this.pricer = pricer;
    this.candidate = candidate;
    this.frontier = frontier;
    this.bytesFirst = bytesFirst;
    this.kernel = problem.engine === 'array' ? problem.nest.kernelRows * problem.nest.kernelColumns : 0;
  }

  /** Works out what all channel tiles of a group, pixel and reduction tile have in common. */
  beginReduction(at: number, g: number, m: number, c: number): void {
    const { groups, pixels, reductions } = this.spaces[at]!;
    const elements = pixels[m]!.tileInputElements * groups[g]!.size * reductions[c]!.size;
    this.inputTile = inputTileBytes(this.problem, elements);
    this.inputTiles = groups[g]!.trips * pixels[m]!.trips * reductions[c]!.trips;
  }

  /** Prices a tile choice with every operand double-buffered, and remembers it if it may be worth more. */
  tryDoubled(at: number, g: number, m: number, c: number, k: number): void {
    if (this.tryTiles(at, g, m, c, k, false)) this.left.push({ at, g, m, c, k });
  }

  /** Prices all schedules of a tile choice. */
  tryAll({ at, g, m, c, k }: TileChoice): void {
    this.beginReduction(at, g, m, c);
    if (this.tryTiles(at, g, m, c, k, false)) this.tryTiles(at, g, m, c, k, true);
  }

  /** Prices the choices that were remembered with single buffers. */
  trySingle(): void {
    for (const { at, g, m, c, k } of this.left) {
      this.beginReduction(at, g, m, c);
      this.tryTiles(at, g, m, c, k, true);
    }
  }

  /** Whether single buffers are left to try. */
  private tryTiles(at: number, g: number, m: number, c: number, k: number, single: boolean): boolean {
    const { problem, machine, frontier, candidate, pricer } = this;
    const space = this.spaces[at]!;
    const { size: groupSize, trips: groupTrips } = space.groups[g]!;
    const { size: reductionSize, trips: reductionTrips } = space.reductions[c]!;
    const { size: channelSize, trips: channelTrips } = space.channels[k]!;
    const { trips: pixelTrips, fullPixels } = space.pixels[m]!;
    const secondTile = secondTileBytes(problem, groupSize * channelSize * reductionSize * this.kernel);
    const outputTile = groupSize * channelSize * fullPixels;
    const stored = storedTileBytes(problem, outputTile);
    const sums = sumTileBytes(problem, outputTile);
    const summedOutside = space.dataflow !== null && (!space.dataflow.accumulatesInArray || reductionTrips > 1);
    // With every operand single-buffered, and no partial sums that leave.
    const least = this.inputTile + secondTile + (summedOutside ? sums : stored);
    if (least < frontier.smallestBufferBytes) frontier.smallestBufferBytes = least;
    if (least > machine.scratchpadBytesPerCore) return false;

    setTiles(candidate, problem, machine, space, g, m, c, k);
    pricer.bound(candidate);
    if (!this.couldImprove(machine.sharedBuffer === null ? least : 0)) {
      frontier.pruned += single ? 0 : 1;
      return false;
    }
    const secondTiles = groupTrips * channelTrips * reductionTrips;
    const outputTiles = groupTrips * pixelTrips * channelTrips;
    // An operand of one tile, or of none, has nothing to choose.
    const open =
      (this.inputTile > 0 && this.inputTiles > 1 ? INPUT : 0) |
      (secondTile > 0 && secondTiles > 1 ? SECOND : 0) |
      (outputTiles > 1 && (stored > 0 || (reductionTrips > 1 && pixelTrips * channelTrips > 1)) ? OUTPUT : 0);
    const { active } = candidate;
    const orders = distinctOrders[active]!;
    const boundCycles = candidate.minimumCycles;
    const last = single ? open : 0;
    for (let one = single ? nextMask(0, open) : 0; one <= last; one = nextMask(one, open)) {
      // A store queues before a load that is asked for when its tile is done, and would not be hidden.
      if (one & (INPUT | SECOND) && open & ~one & OUTPUT) continue;
      const doubled = OPERANDS & ~one;
      const operands =
        this.inputTile * (open & doubled & INPUT ? 2 : 1) + secondTile * (open & doubled & SECOND ? 2 : 1);
      const doubledOutputs = (open & doubled & OUTPUT) !== 0;
      const buffer = operands + (summedOutside ? sums : stored) + (doubledOutputs ? stored : 0);
      const spilling = operands + (doubledOutputs ? 3 : 1) * sums;
      if (Math.min(buffer, spilling) > machine.scratchpadBytesPerCore) continue;
      candidate.doubled = doubled;
      candidate.minimumCycles = boundCycles;
      if (one > 0) pricer.boundBuffering(candidate);
      if (machine.sharedBuffer === null) {
        if (!this.couldImprove(Math.min(buffer, spilling))) continue;
        for (let o = 0; o < orders.length; o++) {
          const bytes = spillsPartialSums(orders[o]!, active) ? spilling : buffer;
          this.price(at, g, m, c, k, orders[o]!, doubled, 0, bytes, bytes, 0);
        }
      } else {
        if (!this.couldImprove(0)) continue;
        for (let o = 0; o < orders.length; o++) {
          const spills = spillsPartialSums(orders[o]!, active);
          this.stage(at, g, m, c, k, orders[o]!, doubled, spills ? spilling : buffer, spills);
        }
      }
    }
    candidate.doubled = OPERANDS;
    candidate.staged = 0;
    return open > 0;
  }

  /** Every choice of what lies whole in the shared buffer while the layer runs. */
  private stage(
    at: number,
    g: number,
    m: number,
    c: number,
    k: number,
    order: number,
    doubled: number,
    buffer: number,
    spills: boolean,
  ): void {
    const { problem, candidate } = this;
    const inputs = Math.ceil((candidate.wholeInputElements * problem.inputBits) / 8);
    const seconds = Math.ceil((candidate.secondElements * problem.secondBits) / 8);
    const sums = Math.ceil((candidate.outputElements * problem.accumulatorBits) / 8);
    const open = (inputs > 0 ? INPUT : 0) | (seconds > 0 ? SECOND : 0) | (spills ? OUTPUT : 0);
    for (let staged = 0; staged <= open; staged = nextMask(staged, open)) {
      const bytes = (staged & INPUT ? inputs : 0) + (staged & SECOND ? seconds : 0) + (staged & OUTPUT ? sums : 0);
      if (bytes > this.machine.sharedBuffer!.bytes) continue;
      this.price(at, g, m, c, k, order, doubled, staged, buffer, bytes, bytes);
    }
  }

  private price(
    at: number,
    g: number,
    m: number,
    c: number,
    k: number,
    order: number,
    doubled: number,
    staged: number,
    buffer: number,
    memory: number,
    sharedBytes: number,
  ): void {
    const { candidate, frontier, bytesFirst } = this;
    if (buffer > this.machine.scratchpadBytesPerCore) return;
    candidate.order = order;
    candidate.staged = staged;
    candidate.cyclesLimit = bytesFirst ? Infinity : frontier.costLimit(memory);
    this.pricer.price(candidate);
    frontier.priced += 1;
    const { cycles, offChipBytes } = candidate;
    const cost = bytesFirst ? offChipBytes : cycles;
    const tie = bytesFirst ? cycles : offChipBytes;
    if (!frontier.couldImprove(memory, cost, tie)) return;
    frontier.add(memory, cost, tie, {
      at,
      g,
      m,
      c,
      k,
      order,
      doubled,
      staged,
      cycles,
      offChipBytes,
      buffer,
      sharedBytes,
    });
  }

  private couldImprove(memory: number): boolean {
    const { minimumCycles, minimumBytes } = this.candidate;
    return this.bytesFirst
      ? this.frontier.couldImprove(memory, minimumBytes, minimumCycles)
      : this.frontier.couldImprove(memory, minimumCycles, minimumBytes);
  }
}

/** The masks inside `open`, one after the other from 0; past `open` after the last. */
function nextMask(mask: number, open: number): number {
  return mask === open ? OPERANDS + 1 : (mask - open) & open;
}
