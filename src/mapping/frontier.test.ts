import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappingOf } from '../../test/properties/residency.test-data.js';
import type { Mapping } from './mapping.js';
import { Frontier } from './frontier.js';

/** Offers mappings as the search does; a choice is told by its place. Only what a frontier compares matters. */
function frontierOf(offered: readonly Mapping[], floorBytes = 0, seeds: readonly Mapping[] = []): Frontier {
  const frontier = new Frontier(({ m }) => offered[m]!, floorBytes);
  for (const [m, mapping] of offered.entries()) {
    const { bufferBytesPerCore: buffer, cycles, offChipBytes } = mapping;
    if (!frontier.couldImprove(buffer, cycles, offChipBytes)) continue;
    const tiles = { at: 0, g: 0, m, c: 0, k: 0 };
    const schedule = { order: 0, doubled: 7, staged: 0, sharedBytes: 0, isSeed: seeds.includes(mapping) };
    frontier.add(buffer, cycles, offChipBytes, cycles, { ...tiles, ...schedule, offChipBytes, buffer });
  }
  return frontier;
}

describe('Frontier', () => {
  it('has no answer for less than the smallest buffer', () => {
    const frontier = frontierOf([mappingOf(100, 50, 8)]);
    expect(frontier.best(99)).toBeUndefined();
    expect(frontier.best(100)?.cycles).toBe(50);
    expect(frontierOf([]).best(Infinity)).toBeUndefined();
  });

  it('keeps a slower mapping only if it needs less room', () => {
    const frontier = frontierOf([
      mappingOf(100, 50, 8),
      mappingOf(60, 70, 8),
      mappingOf(200, 60, 1),
      mappingOf(200, 40, 9),
    ]);
    expect(frontier.all().map((mapping) => mapping.bufferBytesPerCore)).toEqual([60, 100, 200]);
    expect(frontier.best(199)?.cycles).toBe(50);
  });

  it('prefers fewer bytes among equals in time, then less room, then the first', () => {
    const first = mappingOf(100, 50, 8);
    expect(frontierOf([first, mappingOf(100, 50, 8)]).best(100)).toBe(first);
    expect(frontierOf([first, mappingOf(100, 50, 7)]).best(100)?.offChipBytes).toBe(7);
    expect(frontierOf([first, mappingOf(90, 50, 8)]).all()).toHaveLength(1);
    expect(frontierOf([first, mappingOf(110, 50, 8)]).best(200)).toBe(first);
  });

  it('does not tell apart what is below its floor, and refuses to answer there', () => {
    const frontier = frontierOf(
      [mappingOf(10, 90, 8), mappingOf(60, 70, 8), mappingOf(30, 80, 8), mappingOf(120, 50, 8)],
      60,
    );
    expect(frontier.all().map(({ cycles }) => cycles)).toEqual([70, 50]);
    expect(frontier.best(60)?.cycles).toBe(70);
    expect(frontier.best(119)?.cycles).toBe(70);
    expect(() => frontier.best(59)).toThrow('floor');
    expect(() => frontier.price(59)).toThrow('floor');
  });

  it('names the schedules it kept', () => {
    const frontier = frontierOf([mappingOf(100, 50, 8), mappingOf(60, 70, 8), mappingOf(80, 90, 1)]);
    expect(frontier.schedules().map(({ m }) => m)).toEqual([1, 0]);
  });

  it('gives the place of what was tried before its turn to the first equal of it, and to nothing that takes more', () => {
    const seed = mappingOf(100, 50, 8);
    const turn = mappingOf(100, 50, 8);
    expect(frontierOf([seed, mappingOf(110, 50, 8)], 0, [seed]).best(200)).toBe(seed);
    expect(frontierOf([seed, turn, mappingOf(100, 50, 8)], 0, [seed]).best(100)).toBe(turn);
    // Below the floor it is told apart by what it really takes.
    expect(frontierOf([seed, turn], 120, [seed]).best(120)).toBe(turn);
    expect(frontierOf([seed, mappingOf(110, 50, 8)], 120, [seed]).best(120)).toBe(seed);
    const small = mappingOf(90, 50, 8);
    expect(frontierOf([seed, small, turn], 120, [seed]).best(120)).toBe(small);
  });

  it('answers as looking through all that was offered does', () => {
    const figures = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(figures, { maxLength: 30 }), (drawn) => {
        const offered = drawn.map((figure) => mappingOf(...figure));
        const frontier = frontierOf(offered);
        for (let room = 0; room <= 13; room += 1) {
          // A stable sort leaves the first of equals in front.
          const [best] = offered
            .filter((mapping) => mapping.bufferBytesPerCore <= room)
            .sort(
              (a, b) =>
                a.cycles - b.cycles || a.offChipBytes - b.offChipBytes || a.bufferBytesPerCore - b.bufferBytesPerCore,
            );
          expect(frontier.best(room)).toBe(best);
          const price = best && { cycles: best.cycles, offChipBytes: best.offChipBytes };
          expect(frontier.price(room)).toEqual(price && expect.objectContaining(price));
        }
        const kept = frontier.all();
        for (const [at, mapping] of kept.entries()) {
          const before = kept[at - 1];
          if (before === undefined) continue;
          expect(mapping.bufferBytesPerCore).toBeGreaterThan(before.bufferBytesPerCore);
          const better =
            mapping.cycles < before.cycles ||
            (mapping.cycles === before.cycles && mapping.offChipBytes < before.offChipBytes);
          expect(better).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
