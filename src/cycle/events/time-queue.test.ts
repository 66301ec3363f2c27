import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeQueue } from './time-queue.js';

function runAll(queue: TimeQueue): void {
  while (queue.nextTime !== undefined) queue.runNext();
}

test('things happen earliest first, and of one instant in the order in which they were entered', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const queue = new TimeQueue();
      const happened: { at: number; entry: number }[] = [];
      for (const [entry, at] of times.entries()) queue.add(at, () => void happened.push({ at, entry }));
      runAll(queue);
      const sorted = times.map((at, entry) => ({ at, entry })).sort((a, b) => a.at - b.at || a.entry - b.entry);
      expect(happened).toEqual(sorted);
    }),
  );
});

test('what happens may enter more, also for the same instant', () => {
  const queue = new TimeQueue();
  const happened: string[] = [];
  queue.add(2, () => happened.push('last'));
  queue.add(1, () => {
    happened.push('first');
    queue.add(1, () => happened.push('second'));
  });
  expect(queue.nextTime).toBe(1);
  runAll(queue);
  expect(happened).toEqual(['first', 'second', 'last']);
});
