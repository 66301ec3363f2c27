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
});

describe('Frontiers', () => {
  it('searches once for layers that are alike', () => {
    const frontiers = new Frontiers(machine);
    expect(frontiers.of({ ...problem, nest: { ...problem.nest } })).toBe(frontiers.of(problem));
    expect(frontiers.of({ ...problem, inputBits: 4 })).not.toBe(frontiers.of(problem));
  });
});
