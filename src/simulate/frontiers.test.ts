import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { searchMappings } from '../mapping/index.js';
import { LayerPricer } from '../performance/index.js';
import { Frontiers } from './frontiers.js';

const machine = machineOf({ capacityKiB: 2 });
const problem = problemOf({ outputRows: 12, inputChannels: 16, outputChannels: 16, kernelRows: 3 });

describe('LayerFrontiers', () => {
  it('answers for every size of scratchpad as one whole search does, below its floor and above', () => {
    const whole = searchMappings(problem, machine, new LayerPricer(problem, machine));
    const frontiers = new Frontiers(machine).of(problem);
    // Down from all of it, so that the narrow search is made first.
    for (let bytes = 2048; bytes >= 0; bytes -= 1) {
      const [best, answer] = [whole.best(bytes), frontiers.best(bytes)];
      expect([answer?.cycles, answer?.offChipBytes], `${bytes} bytes`).toEqual([best?.cycles, best?.offChipBytes]);
    }
    expect(whole.best(255)).toBeDefined();
    expect(frontiers.smallestBufferBytes()).toBe(whole.smallestBufferBytes);
  });

  it('knows a floor for every size of scratchpad without a search, and a higher one when more room was searched', () => {
    const whole = searchMappings(problem, machine, new LayerPricer(problem, machine));
    const frontiers = new Frontiers(machine).of(problem);
    const check = () => {
      for (let bytes = 2048; bytes >= 0; bytes -= 1) {
        const [floor, price] = [frontiers.floor(bytes), whole.price(bytes)];
        if (floor === undefined) expect(price, `${bytes} bytes`).toBeUndefined();
        else if (price !== undefined) expect(floor.cycles, `${bytes} bytes`).toBeLessThanOrEqual(price.cycles);
      }
    };
    check();
    expect([2048, 1024, 300].map((bytes) => frontiers.isKnown(bytes))).toEqual([false, false, false]);
    const before = frontiers.floor(300)!;
    frontiers.price(2048);
    check();
    expect([2048, 1024, 300].map((bytes) => frontiers.isKnown(bytes))).toEqual([true, true, false]);
    expect(frontiers.floor(300)).toMatchObject({ cycles: whole.price(1024)!.cycles });
    expect(frontiers.floor(300)!.cycles).toBeGreaterThanOrEqual(before.cycles);
    // Three operands take a byte each.
    expect(frontiers.isKnown(2)).toBe(true);
    expect(frontiers.price(2)).toBeUndefined();
  });
});

describe('opening mappings', () => {
  it('searches for much room first, whose price is a floor of the price with little', () => {
    const frontiers = new Frontiers(machine).of(problem);
    const guess = frontiers.estimate(300)!;
    frontiers.open(300);
    expect([2048, 300].map((bytes) => frontiers.isKnown(bytes))).toEqual([true, false]);
    const floor = frontiers.estimate(300)!;
    expect(floor).toMatchObject({ cycles: frontiers.price(1024)!.cycles });
    expect(floor.cycles).toBeGreaterThanOrEqual(guess.cycles);
    frontiers.open(300);
    expect(frontiers.isKnown(300)).toBe(true);
    expect(frontiers.estimate(300)).toBe(frontiers.price(300));
    expect(frontiers.price(300)!.cycles).toBeGreaterThan(floor.cycles);
  });
});

describe('Frontiers', () => {
  it('searches once for layers that are alike', () => {
    const frontiers = new Frontiers(machine);
    expect(frontiers.of({ ...problem, nest: { ...problem.nest } })).toBe(frontiers.of(problem));
    expect(frontiers.of({ ...problem, inputBits: 4 })).not.toBe(frontiers.of(problem));
  });
});
