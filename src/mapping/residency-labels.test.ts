import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLabel, type Label } from './residency-labels.js';

function add(labels: Label[], cycles: number, bytes: number, regionUsed: number): Label[] {
  addLabel(labels, cycles, bytes, regionUsed, null);
  return labels;
}

function isAtLeastAsGood(one: Label, other: Label): boolean {
  const better = one.cycles < other.cycles || (one.cycles === other.cycles && one.bytes <= other.bytes);
  return better && one.regionUsed <= other.regionUsed;
}

describe('addLabel', () => {
  it('keeps what takes more of the region only if it is better for it', () => {
    const labels = add(add([], 100, 5, 10), 90, 5, 20);
    expect(labels.map(({ cycles }) => cycles)).toEqual([100, 90]);
    expect(add(labels, 95, 5, 30)).toHaveLength(2);
    expect(add(labels, 90, 5, 15).map(({ regionUsed }) => regionUsed)).toEqual([10, 15]);
    expect(add(labels, 80, 9, 10).map(({ cycles }) => cycles)).toEqual([80]);
  });

  it('breaks ties in time by bytes', () => {
    expect(add(add([], 100, 5, 10), 100, 4, 10).map(({ bytes }) => bytes)).toEqual([4]);
    expect(add(add([], 100, 5, 10), 100, 6, 10).map(({ bytes }) => bytes)).toEqual([5]);
    expect(add(add([], 100, 5, 10), 100, 4, 12)).toHaveLength(2);
  });

  it('keeps just the labels that none other makes useless', () => {
    const small = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.array(fc.tuple(small(6), small(3), small(6)), { minLength: 1, maxLength: 20 }), (drawn) => {
        const labels: Label[] = [];
        const all = drawn.map(([cycles, bytes, regionUsed]): Label => ({ cycles, bytes, regionUsed, step: null }));
        for (const { cycles, bytes, regionUsed } of all) add(labels, cycles, bytes, regionUsed);
        const useful = new Set(
          all
            .filter((label) => all.every((other) => isAtLeastAsGood(label, other) || !isAtLeastAsGood(other, label)))
            .map((label) => JSON.stringify(label)),
        );
        expect(new Set(labels.map((label) => JSON.stringify(label)))).toEqual(useful);
        expect(labels).toHaveLength(useful.size);
        const regions = labels.map(({ regionUsed }) => regionUsed);
        expect(regions).toEqual([...regions].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});
