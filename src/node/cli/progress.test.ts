import { describe, expect, it } from 'vitest';
import type { Terminal } from './command.js';
import { Pace } from './pace.js';
import { followProgress, showProgress } from './progress.js';

/** A terminal that keeps what it is told; `rewrites` makes it one whose line can be written over. */
function terminalOf(rewrites: boolean): { terminal: Terminal; lines: string[] } {
  const lines: string[] = [];
  const keep = (line: string): void => void lines.push(line);
  return { terminal: { out: keep, note: keep, warn: keep, ...(rewrites ? { rewrite: keep } : {}) }, lines };
}

describe('the pace', () => {
  it('is unknown at first', () => {
    const pace = new Pace(10, 0);
    expect([pace.perSecond, pace.secondsLeft(20)]).toEqual([null, null]);
  });

  it('of even work is its rate from the first moment, not counting what was done before', () => {
    const pace = new Pace(1000, 5000);
    for (let step = 1; step <= 50; step += 1) {
      pace.add(1000 + 30 * step, 5000 + 100 * step);
      expect(pace.perSecond).toBeCloseTo(300, 9);
    }
    expect(pace.secondsLeft(2500 + 600)).toBeCloseTo(2, 9);
  });

  it('smooths a stop, and follows a lasting change', () => {
    const pace = new Pace(0, 0);
    for (let second = 1; second <= 60; second += 1) pace.add(100 * second, 1000 * second);
    pace.add(6000, 62_000);
    // Two seconds of nothing in fifteen.
    expect(pace.perSecond).toBeGreaterThan(80);
    expect(pace.perSecond).toBeLessThan(95);
    for (let second = 1; second <= 60; second += 1) pace.add(6000 + 10 * second, 1000 * (62 + second));
    expect(pace.perSecond).toBeLessThan(13);
  });

  it('ignores a moment without length', () => {
    const pace = new Pace(0, 0);
    pace.add(5, 0);
    expect(pace.perSecond).toBeNull();
    pace.add(10, 1000);
    expect(pace.perSecond).toBeCloseTo(10, 9);
  });
});

describe('following', () => {
  it('rewrites one line on a terminal, at most ten times a second, and clears it', () => {
    const { terminal, lines } = terminalOf(true);
    let atMs = 0;
    const follower = followProgress(terminal, 'points', () => atMs);
    for (let done = 0; done <= 100; done += 1) {
      atMs = 10 * done;
      follower.update(done, 100);
    }
    follower.end();
    expect(lines).toHaveLength(12);
    expect(lines[5]).toBe('[##########..........] 50 of 100 points (50.0%), 100 a second, under 1 s left');
    expect(lines.at(-1)).toBe('');
  });

  it('prints few lines elsewhere, and the last in any case', () => {
    const { terminal, lines } = terminalOf(false);
    let atMs = 0;
    const follower = followProgress(terminal, 'points', () => atMs);
    for (let done = 0; done <= 999; done += 1) {
      atMs = 25 * done;
      follower.update(done, 1000);
    }
    follower.end();
    expect(lines[0]).toBe('0 of 1,000 points (0.0%)');
    expect(lines[1]).toBe('100 of 1,000 points (10.0%), 40.0 a second, 23 s left');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('999 of 1,000 points (99.9%), 40.0 a second, under 1 s left');
  });

  it('says nothing twice, and nothing of work that never began', () => {
    const { terminal, lines } = terminalOf(false);
    const follower = followProgress(terminal, 'points', () => 0);
    follower.end();
    expect(lines).toEqual([]);
    follower.update(3, 3);
    follower.end();
    expect(lines).toEqual(['3 of 3 points (100.0%)']);
  });

  it('shows in a log that slow work goes on', () => {
    const { terminal, lines } = terminalOf(false);
    let atMs = 0;
    const follower = followProgress(terminal, 'points', () => atMs);
    for (let minute = 0; minute <= 3; minute += 1) {
      atMs = 60_000 * minute;
      follower.update(minute, 100_000);
    }
    expect(lines).toHaveLength(4);
  });
});

it('short work is told of four times and at its end', () => {
  const { terminal, lines } = terminalOf(false);
  const show = showProgress(terminal, 'run');
  for (let done = 0; done <= 8; done += 1) show(done, 8);
  // Who ends early says once more that all is done.
  show(8, 8);
  expect(lines).toEqual(['0 of 8 runs', '2 of 8 runs', '4 of 8 runs', '6 of 8 runs', '8 of 8 runs']);
  const single = terminalOf(false);
  showProgress(single.terminal, 'run')(1, 1);
  expect(single.lines).toEqual(['1 of 1 run']);
});
