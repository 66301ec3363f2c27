/**
 * Seeded random numbers by sfc32 (Chris Doty-Humphrey, PractRand),
 * whose state is four 32-bit words. The same seed gives the same numbers on every platform.
 */
export class Random {
  #state: [number, number, number, number];

  constructor(seed: number) {
    this.#state = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
    for (let round = 0; round < 20; round += 1) this.#next();
  }

  /** From 0, less than 1, in steps of 2^-32. */
  uniform(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor(this.uniform() * end);
  }

  /** Mean 0, standard deviation 1: polar method of Marsaglia and Bray. */
  normal(): number {
    for (;;) {
      const [x, y] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /** 0 to `length` - 1 in random order (Fisher and Yates). */
  order(length: number): Int32Array {
    const order = Int32Array.from({ length }, (_, at) => at);
    for (let at = length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    return order;
  }

  #next(): number {
    const [a, b, c, counter] = this.#state;
    const sum = (((a + b) | 0) + counter) | 0;
    this.#state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0];
    return sum >>> 0;
  }
}
