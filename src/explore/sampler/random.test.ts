import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.js';

describe('Random', () => {
  it('is xoshiro128**, three words by hand', () => {
    // From 1, 2, 3, 4: rotl(2 * 5, 7) * 9 = 11520. Then s = 7, 0, 1026, 12288, and s1 = 0 gives 0. Then s = 12295, 1029, 1029,
    // 25165824, and rotl(1029 * 5, 7) * 9 = 658560 * 9.
    const random = new Random([1, 2, 3, 4]);
    expect([random.word(), random.word(), random.word()]).toEqual([11520, 0, 5927040]);
  });

  it('says the same for the same seed, and other things for others, also of more than 32 bits', () => {
    const words = (seed: number): string => {
      const random = new Random(seed);
      return [random.word(), random.word(), random.word()].join();
    };
    expect(words(7)).toBe(words(7));
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    expect(new Set(seeds.map(words)).size).toBe(seeds.length);
  });

  it('draws every number below a count about as often', () => {
    // 6000 throws of a die: each face 1000 times but for 5 standard deviations of sqrt(6000 * 1/6 * 5/6) = 29.
    const random = new Random(3);
    const faces = [0, 0, 0, 0, 0, 0];
    for (let throws = 0; throws < 6000; throws++) faces[random.below(6)]! += 1;
    for (const count of faces) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it('shuffles without losing an entry', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 99 })), fc.nat(), (entries, seed) => {
        const shuffled = new Random(seed).shuffle(Uint32Array.from(entries));
        expect([...shuffled].toSorted((a, b) => a - b)).toEqual(entries.toSorted((a, b) => a - b));
      }),
    );
  });
});
