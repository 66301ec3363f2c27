import { expect, it } from 'vitest';
import { estimateText } from './words.js';

it('an estimate is never about under a second', () => {
  // 12 s of work for 4 workers, and for one part of three of them.
  const work = { count: { points: 24, exact: true }, milliseconds: 12_000, sampled: 8 };
  expect(estimateText(work, 4, 1)).toBe('about 3 s with 4 workers, by the time that 8 points took');
  expect(estimateText(work, 4, 3)).toBe('about 1 s with 4 workers, by the time that 8 points took');
  expect(estimateText({ ...work, milliseconds: 5 }, 1, 1)).toMatch(/^under 1 s with 1 worker,/);
  expect(estimateText({ ...work, milliseconds: null }, 4, 1)).toBe('no estimate: no point could be timed');
});
