import { describe, expect, it } from 'vitest';
import { emptyCandidate, INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { loopOrders } from '../mapping/index.js';
import { overSweeps } from './staging.js';

const [P, K, C] = [0, 1, 2];

/** Steps by what lies in the shared buffer already. Loops over pixels and channels are at their first tile in a third and a quarter of them. */
function sweeps(order: readonly number[], depth: number, steps: number, staged: number): Record<number, number> {
  const found: Record<number, number> = {};
  const candidate = {
    ...emptyCandidate(),
    order: loopOrders.findIndex((loops) => loops.join() === order.join()),
    staged,
  };
  overSweeps(candidate, depth, steps, 1 / 3, 1 / 4, (some, there) => {
    if (some > 1e-9) found[there] = (found[there] ?? 0) + some;
  });
  return found;
}

describe('steps over what is staged', () => {
  it('are told apart by the first sweep of each operand, which do not hang on one another', () => {
    // Of 24 steps 6 are on the first tile of channels, when inputs come in, and 8 on the first of pixels, when weights do:
    // 2 on both, 4 and 6 on one of them, 12 on neither.
    const found = sweeps([P, K, C], 2, 24, INPUT | SECOND);
    expect(found[0]).toBeCloseTo(2, 9);
    expect(found[INPUT]).toBeCloseTo(6, 9);
    expect(found[SECOND]).toBeCloseTo(4, 9);
    expect(found[INPUT | SECOND]).toBeCloseTo(12, 9);
  });

  it('find nothing of what is not staged', () => {
    expect(sweeps([P, K, C], 2, 24, 0)).toEqual({ 0: 24 });
    expect(sweeps([P, K, C], 2, 24, OUTPUT)).toEqual({ 0: 24 });
    const inputs = sweeps([P, K, C], 2, 24, INPUT);
    expect(Object.keys(inputs).map(Number)).toEqual([0, INPUT]);
    expect(inputs[0]).toBeCloseTo(6, 9);
  });

  it('have swept already when that very loop moves, and begin anew with a loop inside', () => {
    // Channels move innermost: all 24 steps go on to tiles past the first, for which inputs are there.
    expect(sweeps([P, C, K], 2, 24, INPUT)).toEqual({ [INPUT]: 24 });
    // Pixels move outside: channels start over with each, so that inputs come in.
    expect(sweeps([P, C, K], 0, 24, INPUT)).toEqual({ 0: 24 });
  });

  it('are none for no steps', () => {
    expect(sweeps([P, K, C], 2, 0, INPUT | SECOND)).toEqual({});
  });
});
