import { SLOT_MASK, type Slot } from './slots.js';

/** In place of the edge by which the first state was reached. */
export const NO_EDGE = -1;

const FIRST_STATES = 256;
const FIRST_EDGES = 1024;

/**
 * States between layers and the choices that lead from one to another, as plain arrays: planning makes thousands of
 * either and keeps none. States of one boundary (the moment before the layer of that number) form a list. Edges are
 * stored in an order in which every edge comes after those that lead to where it starts, and each edge updates the
 * cheapest way (cycles, then bytes; the first of equals) to where it ends.
 */
export class StateSpace {
  readonly words: number;
  states = 0;
  edges = 0;
  /** By state: its words. */
  word: Int32Array<ArrayBuffer>;
  /** By state: bytes of tensors kept. */
  resident = new Float64Array(FIRST_STATES);
  /** By state: the cheapest way here, with parts of the weight region at their price, and the edge it ends with. */
  cycles = new Float64Array(FIRST_STATES);
  bytes = new Float64Array(FIRST_STATES);
  via = new Int32Array(FIRST_STATES);
  /** By state: the next one of its boundary; -1 after the last. */
  next = new Int32Array(FIRST_STATES);
  /** By edge: where from and to, what it costs, parts of the weight region it takes, and what was chosen. */
  from = new Int32Array(FIRST_EDGES);
  to = new Int32Array(FIRST_EDGES);
  edgeCycles = new Float64Array(FIRST_EDGES);
  edgeBytes = new Float64Array(FIRST_EDGES);
  edgeParts = new Int32Array(FIRST_EDGES);
  edgeChoice = new Int32Array(FIRST_EDGES);
  /** By edge of a step: the variant it runs in, and the bytes of each bank that are free for its tiles. */
  edgeVariant = new Float64Array(FIRST_EDGES);
  edgeFree = new Float64Array(FIRST_EDGES);
  /** By boundary: its first and last state, and how many there are. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly count: Int32Array;
  /** The words of the state that `intern` looks for. */
  readonly draft: Int32Array;
  /** Cycles that a part of the weight region is priced at. */
  price = 0;
  private boundary = new Int32Array(FIRST_STATES);
  private hash = new Int32Array(4 * FIRST_STATES);

  constructor(words: number, boundaries: number) {
    this.words = words;
    this.word = new Int32Array(FIRST_STATES * words);
    this.draft = new Int32Array(words);
    this.head = new Int32Array(boundaries);
    this.tail = new Int32Array(boundaries);
    this.count = new Int32Array(boundaries);
  }

  /** Empty but for the state before the first layer, in which nothing is on chip. */
  reset(price: number): void {
    this.states = 0;
    this.edges = 0;
    this.price = price;
    this.head.fill(-1);
    this.tail.fill(-1);
    this.count.fill(0);
    this.hash.fill(-1);
    this.draft.fill(0);
    const start = this.intern(0, 0);
    this.cycles[start] = 0;
    this.bytes[start] = 0;
  }

  /** The state at a boundary whose words are in `draft`; made if there is none. */
  intern(boundary: number, resident: number): number {
    const last = this.hash.length - 1;
    let place = this.mixed(boundary) & last;
    for (let found = this.hash[place]!; found >= 0; found = this.hash[place]!) {
      if (this.boundary[found] === boundary && this.matches(found)) return found;
      place = (place + 1) & last;
    }
    return this.add(boundary, resident, place);
  }

  /** Where a tensor is in a state. */
  place(state: number, slot: Slot): number {
    return (this.word[state * this.words + slot.word]! >> slot.shift) & SLOT_MASK;
  }

  /** Adds a choice; makes it the way to `to` if it is cheaper than what is known. */
  connect(
    from: number,
    to: number,
    cycles: number,
    bytes: number,
    parts: number,
    choice: number,
    variant: number,
    freeBytes: number,
  ): void {
    const edge = this.edges++;
    if (edge === this.from.length) this.growEdges();
    this.from[edge] = from;
    this.to[edge] = to;
    this.edgeParts[edge] = parts;
    this.edgeChoice[edge] = choice;
    this.edgeVariant[edge] = variant;
    this.edgeFree[edge] = freeBytes;
    this.charge(edge, cycles, bytes);
  }

  /** Forgets the ways to all states but the first, for edges that are to be charged anew, one after the other. */
  forgetWays(): void {
    this.cycles.fill(Infinity, 1, this.states);
    this.bytes.fill(Infinity, 1, this.states);
    this.via.fill(NO_EDGE, 1, this.states);
  }

  /** Sets what an edge costs. */
  charge(edge: number, cycles: number, bytes: number): void {
    const from = this.from[edge]!;
    const to = this.to[edge]!;
    this.edgeCycles[edge] = cycles;
    this.edgeBytes[edge] = bytes;
    const cyclesHere = this.cycles[from]! + cycles + this.price * this.edgeParts[edge]!;
    const bytesHere = this.bytes[from]! + bytes;
    const before = this.cycles[to]!;
    if (cyclesHere < before || (cyclesHere === before && bytesHere < this.bytes[to]!)) {
      this.cycles[to] = cyclesHere;
      this.bytes[to] = bytesHere;
      this.via[to] = edge;
    }
  }

  /** Leaves only these states at a boundary, in this order. */
  relink(boundary: number, states: readonly number[]): void {
    this.head[boundary] = states[0] ?? -1;
    this.tail[boundary] = states.at(-1) ?? -1;
    this.count[boundary] = states.length;
    for (const [at, state] of states.entries()) this.next[state] = states[at + 1] ?? -1;
  }

  private mixed(boundary: number): number {
    const { words, draft } = this;
    let mixed = Math.imul(boundary + 1, 0x9e3779b1);
    for (let at = 0; at < words; at++) {
      mixed = Math.imul(mixed ^ draft[at]!, 0x85ebca6b);
      mixed ^= mixed >>> 15;
    }
    return mixed;
  }

  private matches(state: number): boolean {
    const { words, word, draft } = this;
    for (let at = 0, from = state * words; at < words; at++) if (word[from + at] !== draft[at]) return false;
    return true;
  }

  private add(boundary: number, resident: number, place: number): number {
    const state = this.states++;
    if (state === this.resident.length) this.growStates();
    const { words, word, draft } = this;
    for (let at = 0, from = state * words; at < words; at++) word[from + at] = draft[at]!;
    this.boundary[state] = boundary;
    this.resident[state] = resident;
    this.cycles[state] = Infinity;
    this.bytes[state] = Infinity;
    this.via[state] = NO_EDGE;
    this.next[state] = -1;
    if (this.count[boundary]!++ === 0) this.head[boundary] = state;
    else this.next[this.tail[boundary]!] = state;
    this.tail[boundary] = state;
    this.hash[place] = state;
    if (2 * this.states > this.hash.length) this.rehash();
    return state;
  }

  private growStates(): void {
    this.word = longerInts(this.word);
    this.resident = longerFloats(this.resident);
    this.cycles = longerFloats(this.cycles);
    this.bytes = longerFloats(this.bytes);
    this.via = longerInts(this.via);
    this.next = longerInts(this.next);
    this.boundary = longerInts(this.boundary);
  }

  private growEdges(): void {
    this.from = longerInts(this.from);
    this.to = longerInts(this.to);
    this.edgeCycles = longerFloats(this.edgeCycles);
    this.edgeBytes = longerFloats(this.edgeBytes);
    this.edgeParts = longerInts(this.edgeParts);
    this.edgeChoice = longerInts(this.edgeChoice);
    this.edgeVariant = longerFloats(this.edgeVariant);
    this.edgeFree = longerFloats(this.edgeFree);
  }

  private rehash(): void {
    this.hash = new Int32Array(2 * this.hash.length).fill(-1);
    const last = this.hash.length - 1;
    const { draft, words } = this;
    const kept = Int32Array.from(draft);
    for (let state = 0; state < this.states; state++) {
      for (let at = 0; at < words; at++) draft[at] = this.word[state * words + at]!;
      let place = this.mixed(this.boundary[state]!) & last;
      while (this.hash[place]! >= 0) place = (place + 1) & last;
      this.hash[place] = state;
    }
    draft.set(kept);
  }
}

export function longerInts(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * array.length);
  longer.set(array);
  return longer;
}

export function longerFloats(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * array.length);
  longer.set(array);
  return longer;
}
