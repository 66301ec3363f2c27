import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOrder } from './run-order.js';

describe('runOrder', () => {
  it('keeps an order in which the layers can run', () => {
    expect(runOrder([[], [0], [0], [1, 2]]).order).toEqual([0, 1, 2, 3]);
  });

  it('draws what is read before its reader, and moves nothing else', () => {
    // Layer 0 reads 3, which reads 2; 1 stands by itself.
    expect(runOrder([[3], [], [], [2]]).order).toEqual([2, 3, 0, 1]);
  });

  it('finds a layer that reads itself, and a circle of three', () => {
    expect(runOrder([[0]]).cycles).toEqual([[0]]);
    // 1 reads 3, 3 reads 2, 2 reads 1.
    expect(runOrder([[], [0, 3], [1], [2]]).cycles).toEqual([[1, 3, 2]]);
  });

  it('follows a chain of many thousand layers listed backwards', () => {
    const count = 50_000;
    const producers = Array.from({ length: count }, (_, index) => (index + 1 < count ? [index + 1] : []));
    expect(runOrder(producers).order[0]).toBe(count - 1);
  });

  it('puts every layer of a graph without circles after all that it reads', () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.record({
        shuffle: fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        reads: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ shuffle, reads }) => {
        // An edge from the smaller to the larger rank, under shuffled names: no circles.
        const producers: number[][] = shuffle.map(() => []);
        for (const [a, b] of reads) if (a !== b) producers[shuffle[Math.max(a, b)]!]!.push(shuffle[Math.min(a, b)]!);
        const { order, cycles } = runOrder(producers);
        expect(cycles).toEqual([]);
        expect(order.toSorted((a, b) => a - b)).toEqual([...shuffle.keys()]);
        for (const [reader, list] of producers.entries()) {
          for (const producer of list) expect(order.indexOf(producer)).toBeLessThan(order.indexOf(reader));
        }
      }),
    );
  });
});
