import { describe, expect, it } from 'vitest';
import { describeOrder, distinctOrders, loopOrders, spillsPartialSums } from './loop-order.js';

const P = 1;
const K = 2;
const C = 4;
const orderOf = (...loops: number[]) => loopOrders.findIndex((order) => order.join() === loops.join());

describe('loop orders', () => {
  it('are the six orders of three loops', () => {
    expect(new Set(loopOrders.map(String)).size).toBe(6);
    for (const order of loopOrders) expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2]);
  });

  it('differ only in loops that run more than once', () => {
    // None or one running: all the same. Two: which is outside. Three: all six.
    expect(distinctOrders.map((orders) => orders.length)).toEqual([1, 1, 1, 2, 1, 2, 2, 6]);
  });

  it('are named by the loops that run more than once, groups outermost', () => {
    expect(describeOrder(orderOf(1, 0, 2), [4, 1, 3], 1)).toEqual(['pixels', 'reduction']);
    expect(describeOrder(orderOf(2, 1, 0), [4, 5, 3], 2)).toEqual(['groups', 'reduction', 'output channels', 'pixels']);
    expect(describeOrder(0, [1, 1, 1], 1)).toEqual([]);
  });
});

describe('spillsPartialSums', () => {
  it('is so where a cut reduction stands outside a loop over outputs that runs', () => {
    expect(spillsPartialSums(orderOf(0, 1, 2), P | K | C)).toBe(false);
    expect(spillsPartialSums(orderOf(0, 2, 1), P | K | C)).toBe(true);
    expect(spillsPartialSums(orderOf(2, 0, 1), P | K | C)).toBe(true);
  });

  it('is not so where the loops inside run once, or the reduction is whole', () => {
    expect(spillsPartialSums(orderOf(0, 2, 1), P | C)).toBe(false);
    expect(spillsPartialSums(orderOf(2, 0, 1), C)).toBe(false);
    expect(spillsPartialSums(orderOf(2, 0, 1), P | K)).toBe(false);
  });
});
