/**
 * Small seeded random numbers, the same on every machine: xoshiro128** 1.1 by David Blackman and Sebastiano Vigna
 * (Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47(4), 2021; prng.di.unimi.it), its state filled from the
 * seed by a 32-bit SplitMix with the finalizer of MurmurHash3 (Austin Appleby).
 */
export class Random {
  readonly #state: Uint32Array;

  /** @param seed a whole number from 0 to 2^53 - 1, or the generator's state: four words, not all 0 */
  constructor(seed: number | readonly [number, number, number, number]) {
    this.#state = Uint32Array.from(typeof seed === 'number' ? stateOf(seed) : seed);
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const s = this.#state;
    const result = Math.imul(rotated(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotated(s[3]!, 11);
    return result;
  }

  /** From 0 up to 1, 1 left out, in steps of 2^-32. */
  fraction(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from 0 up to `count` (at most 2^32), which is left out; every one as likely. */
  below(count: number): number {
    // Words past the last whole multiple of `count` would favour small numbers.
    const limit = 2 ** 32 - (2 ** 32 % count);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % count;
  }

  /** Puts the entries in any order, each as likely (Fisher and Yates). */
  shuffle(entries: Uint32Array): Uint32Array {
    for (let last = entries.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = entries[last]!;
      entries[last] = entries[other]!;
      entries[other] = kept;
    }
    return entries;
  }
}

function stateOf(seed: number): number[] {
  // Seeds of more than 32 bits differ too.
  const high = finalized(Math.floor(seed / 2 ** 32) >>> 0);
  const state = [1, 2, 3, 4].map((step) => finalized(((seed >>> 0) + Math.imul(step, 0x9e3779b9)) ^ high));
  return state.every((word) => word === 0) ? [1, 2, 3, 4] : state;
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finalized(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
