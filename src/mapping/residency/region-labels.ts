import type { PricedRegion } from './priced-region.js';
import { longerFloats, longerInts, NO_EDGE, type StateSpace } from './state-space.js';

/** Labels over all states: more are not kept, and the plan is then not called exact. */
const MAX_LABELS = 2 ** 21;

/** Priced cycles are sums of floats: a label this little (in proportion to them) above the upper bound is not left out. */
const TOLERANCE = 1e-9;

/**
 * The cheapest path that takes no more than a given number of parts of the weight region. Each state has labels: ways
 * to it (cycles, bytes, parts used) of which none uses as little as another and costs no more. Labels that cannot end
 * within the upper bound are left out.
 */
export class RegionLabels {
  /** By label. */
  private used = new Int32Array(1024);
  private cycles = new Float64Array(1024);
  private bytes = new Float64Array(1024);
  private before = new Int32Array(1024);
  private lastEdge = new Int32Array(1024);
  private labels = 0;
  /** By state: its labels stand together. */
  private first = new Int32Array(0);
  private past = new Int32Array(0);
  private settled = new Uint8Array(0);
  /** Edges by the state they lead to. */
  private firstInto = new Int32Array(0);
  private into = new Int32Array(0);
  /** By parts used: the cheapest way into the state at hand. */
  private readonly bestCycles: Float64Array;
  private readonly bestBytes: Float64Array;
  private readonly bestBefore: Int32Array;
  private readonly bestEdge: Int32Array;
  private readonly parts: number;
  /** The least that a label could have come to that there was no room for; infinite when there was room for all. */
  droppedCycles = Infinity;

  constructor(parts: number) {
    this.parts = parts;
    this.bestCycles = new Float64Array(parts + 1).fill(Infinity);
    this.bestBytes = new Float64Array(parts + 1);
    this.bestBefore = new Int32Array(parts + 1);
    this.bestEdge = new Int32Array(parts + 1);
  }

  /** Edges of the cheapest path to boundary `end`, first to last; undefined when none takes at most `upper` cycles. */
  cheapest(space: StateSpace, end: number, prices: PricedRegion, upper: number): number[] | undefined {
    const { states, edges } = space;
    this.sortEdges(space);
    this.labels = 0;
    this.first = new Int32Array(states);
    this.past = new Int32Array(states);
    this.settled = new Uint8Array(states);
    const within = upper + Math.max(upper, prices.toGo[0]!) * TOLERANCE;
    this.settleStart();
    // States come up as starts of edges after all edges that lead to them.
    for (let edge = 0; edge < edges; edge++) this.settle(space, space.from[edge]!, prices, within);
    let winner = -1;
    for (let state = space.head[end]!; state >= 0; state = space.next[state]!) {
      this.settle(space, state, prices, within);
      for (let label = this.first[state]!; label < this.past[state]!; label++)
        if (winner < 0 || this.isCheaper(label, winner)) winner = label;
    }
    if (winner < 0) return undefined;
    const path: number[] = [];
    for (let label = winner; this.lastEdge[label] !== NO_EDGE; label = this.before[label]!)
      path.push(this.lastEdge[label]!);
    return path.reverse();
  }

  private settleStart(): void {
    this.used[0] = this.cycles[0] = this.bytes[0] = 0;
    this.lastEdge[0] = NO_EDGE;
    this.labels = 1;
    this.past[0] = 1;
    this.settled[0] = 1;
  }

  /** Makes a state's labels from those of the states before it. */
  private settle(space: StateSpace, state: number, prices: PricedRegion, within: number): void {
    if (this.settled[state]! > 0) return;
    this.settled[state] = 1;
    this.first[state] = this.past[state] = this.labels;
    if (prices.toGo[state] === Infinity) return;
    for (let at = this.firstInto[state]!; at < this.firstInto[state + 1]!; at++) this.extend(space, this.into[at]!);
    this.keep(prices.toGo[state]!, prices.price, within);
    this.past[state] = this.labels;
  }

  private extend(space: StateSpace, edge: number): void {
    const { used, cycles, bytes, bestCycles, bestBytes, parts } = this;
    const from = space.from[edge]!;
    const more = space.edgeParts[edge]!;
    const edgeCycles = space.edgeCycles[edge]!;
    const edgeBytes = space.edgeBytes[edge]!;
    const past = this.past[from]!;
    for (let label = this.first[from]!; label < past; label++) {
      const at = used[label]! + more;
      // Labels stand in the order of parts used.
      if (at > parts) break;
      const total = cycles[label]! + edgeCycles;
      const best = bestCycles[at]!;
      if (total > best || (total === best && bytes[label]! + edgeBytes >= bestBytes[at]!)) continue;
      bestCycles[at] = total;
      bestBytes[at] = bytes[label]! + edgeBytes;
      this.bestBefore[at] = label;
      this.bestEdge[at] = edge;
    }
  }

  /** Moves the best ways to the labels: those that are better than all that use less, and can end within the bound. */
  private keep(toGo: number, price: number, within: number): void {
    const { bestCycles, bestBytes, parts } = this;
    let cycles = Infinity;
    let bytes = Infinity;
    for (let at = 0; at <= parts; at++) {
      const here = bestCycles[at]!;
      if (here === Infinity) continue;
      bestCycles[at] = Infinity;
      if (here > cycles || (here === cycles && bestBytes[at]! >= bytes)) continue;
      const atLeast = here + toGo - price * (parts - at);
      if (atLeast > within) continue;
      if (this.labels >= MAX_LABELS) {
        this.droppedCycles = Math.min(this.droppedCycles, atLeast);
        continue;
      }
      cycles = here;
      bytes = bestBytes[at]!;
      this.add(at, cycles, bytes);
    }
  }

  private add(at: number, cycles: number, bytes: number): void {
    const label = this.labels++;
    if (label === this.used.length) {
      this.used = longerInts(this.used);
      this.cycles = longerFloats(this.cycles);
      this.bytes = longerFloats(this.bytes);
      this.before = longerInts(this.before);
      this.lastEdge = longerInts(this.lastEdge);
    }
    this.used[label] = at;
    this.cycles[label] = cycles;
    this.bytes[label] = bytes;
    this.before[label] = this.bestBefore[at]!;
    this.lastEdge[label] = this.bestEdge[at]!;
  }

  private isCheaper(label: number, than: number): boolean {
    const cycles = this.cycles[label]!;
    return cycles < this.cycles[than]! || (cycles === this.cycles[than]! && this.bytes[label]! < this.bytes[than]!);
  }

  private sortEdges({ states, edges, to }: StateSpace): void {
    const firstInto = new Int32Array(states + 2);
    for (let edge = 0; edge < edges; edge++) firstInto[to[edge]! + 2]!++;
    for (let state = 0; state < states; state++) firstInto[state + 2] = firstInto[state + 2]! + firstInto[state + 1]!;
    this.into = new Int32Array(edges);
    for (let edge = 0; edge < edges; edge++) this.into[firstInto[to[edge]! + 1]!++] = edge;
    this.firstInto = firstInto;
  }
}
