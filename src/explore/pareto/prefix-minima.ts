/**
 * The least value at or before a place, while values come in any order: a tree of minima (P. M. Fenwick, "A new data
 * structure for cumulative frequency tables", 1994) that takes a value and answers in logarithmic time.
 */
export class PrefixMinima {
  readonly #tree: Uint32Array;

  /** Without values: the least of none is above every rank. */
  constructor(places: number) {
    this.#tree = new Uint32Array(places + 1).fill(NONE);
  }

  put(place: number, value: number): void {
    const tree = this.#tree;
    // A node that has less already is within others that have.
    for (let node = place + 1; node < tree.length && tree[node]! > value; node += node & -node) tree[node] = value;
  }

  /** Of the places 0 to `place`; -1 for none of them. */
  least(place: number): number {
    const tree = this.#tree;
    let least = NONE;
    for (let node = place + 1; node > 0; node -= node & -node) least = tree[node]! < least ? tree[node]! : least;
    return least;
  }
}

const NONE = 0xffff_ffff;
