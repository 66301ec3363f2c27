import { NO_EDGE, type StateSpace } from './state-space.js';

/** Of a sum of prices, in proportion. */
const ROUNDING = 1e-12;

/**
 * The weight region as a price. If each part of it taken costs `price` cycles, the cheapest plan of all takes no more
 * than the cheapest that keeps within the region does with its parts, so its cost less the price of all parts is a
 * lower bound; and so it is from any state on, with the parts that are left.
 */
export class PricedRegion {
  /** By state: cycles to the end with parts at their price; what each way on starts with. */
  toGo: Float64Array = new Float64Array(0);
  private onward: Int32Array = new Int32Array(0);
  price = 0;
  /** Of the cheapest way from the first state: cycles without the price, bytes and parts. */
  cycles = 0;
  bytes = 0;
  parts = 0;

  /** Prices every state of `space`, whose last boundary is `end`. */
  solve(space: StateSpace, end: number, price: number): void {
    const { states, edges, from, to, edgeCycles, edgeParts } = space;
    if (this.toGo.length < states) {
      this.toGo = new Float64Array(space.resident.length);
      this.onward = new Int32Array(space.resident.length);
    }
    const { toGo, onward } = this;
    this.price = price;
    toGo.fill(Infinity, 0, states);
    for (let state = space.head[end]!; state >= 0; state = space.next[state]!) {
      toGo[state] = 0;
      onward[state] = NO_EDGE;
    }
    for (let edge = edges - 1; edge >= 0; edge--) {
      const cycles = toGo[to[edge]!]! + edgeCycles[edge]! + price * edgeParts[edge]!;
      // Edges are met last first: the first of equals wins here too.
      if (cycles <= toGo[from[edge]!]!) {
        toGo[from[edge]!] = cycles;
        onward[from[edge]!] = edge;
      }
    }
    this.cycles = 0;
    this.bytes = 0;
    this.parts = 0;
    for (let state = 0; onward[state]! !== NO_EDGE; state = to[onward[state]!]!) {
      const edge = onward[state]!;
      this.cycles += edgeCycles[edge]!;
      this.bytes += space.edgeBytes[edge]!;
      this.parts += edgeParts[edge]!;
    }
  }

  /** What no plan within `parts` goes below, from the first state. */
  bound(parts: number): number {
    const priced = this.toGo[0]!;
    // Of two sums that are nearly alike hardly more than their rounding may be left.
    return this.price === 0 ? priced : priced - ROUNDING * priced - this.price * parts;
  }

  /**
   * Solves at the price that gives the highest bound. A cheapest way that takes more than `parts` asks for a higher
   * price, one that takes less for a lower; between two such ways the price at which they cost the same is tried, until
   * it leads to no third. Returns the cycles of the fastest way met that keeps within `parts`.
   */
  maximise(space: StateSpace, end: number, parts: number): number {
    this.solve(space, end, 0);
    if (this.parts <= parts) return this.cycles;
    let over: Way = { cycles: this.cycles, parts: this.parts };
    let price = 0;
    let bound = this.bound(parts);
    let fastest = Infinity;
    // No part saves more than all cycles there are.
    this.solve(space, end, over.cycles + space.cycles[space.head[end]!]! + 1);
    let within: Way | undefined = this.parts <= parts ? { cycles: this.cycles, parts: this.parts } : undefined;
    while (within !== undefined) {
      fastest = Math.min(fastest, within.cycles);
      const next: number = (within.cycles - over.cycles) / (over.parts - within.parts);
      this.solve(space, end, next);
      if (this.bound(parts) > bound) {
        bound = this.bound(parts);
        price = next;
      }
      const met: Way = { cycles: this.cycles, parts: this.parts };
      if (met.parts === over.parts || met.parts === within.parts) break;
      if (met.parts > parts) over = met;
      else within = met;
    }
    if (this.price !== price) this.solve(space, end, price);
    return fastest;
  }
}

interface Way {
  readonly cycles: number;
  readonly parts: number;
}
