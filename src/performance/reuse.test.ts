import { describe, expect, it } from 'vitest';
import { INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { loopOrders } from '../mapping/index.js';
import { changeMask } from './reuse.js';

const [P, K, C] = [0, 1, 2];
const orderOf = (...loops: number[]) => loopOrders.findIndex((order) => order.join() === loops.join());
const ALL = 7;

describe('changeMask', () => {
  it('says which tiles the innermost loop changes', () => {
    expect(changeMask(orderOf(P, K, C), ALL, 2)).toBe(INPUT | SECOND);
    expect(changeMask(orderOf(P, C, K), ALL, 2)).toBe(SECOND | OUTPUT);
    expect(changeMask(orderOf(K, C, P), ALL, 2)).toBe(INPUT | OUTPUT);
  });

  it('counts the inner loops that start over, but only if they run more than once', () => {
    // Channels step, reduction inside: with it cut, inputs begin again at its first tile.
    expect(changeMask(orderOf(P, K, C), ALL, 1)).toBe(INPUT | SECOND | OUTPUT);
    expect(changeMask(orderOf(P, K, C), 1 | 2, 1)).toBe(SECOND | OUTPUT);
    // Channels step, pixels inside run once: the same inputs serve.
    expect(changeMask(orderOf(K, P, C), 2, 0)).toBe(SECOND | OUTPUT);
    expect(changeMask(orderOf(K, P, C), 1 | 2, 0)).toBe(INPUT | SECOND | OUTPUT);
  });
});
