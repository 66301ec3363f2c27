import { describe, expect, it } from 'vitest';
import { duration, progressBar, progressLine } from './progress-line.js';

describe('the line', () => {
  const state = { done: 1200, all: 4800, noun: 'points', perSecond: 310.4, secondsLeft: 11.6 };

  it('says count, part, rate and time left', () => {
    expect(progressLine(state)).toBe('1,200 of 4,800 points (25.0%), 310 a second, 12 s left');
    expect(progressBar(state)).toBe('[#####...............] 1,200 of 4,800 points (25.0%), 310 a second, 12 s left');
  });

  it('leaves out what is not known', () => {
    expect(progressLine({ ...state, perSecond: null, secondsLeft: null })).toBe('1,200 of 4,800 points (25.0%)');
    expect(progressBar({ ...state, all: null, secondsLeft: null })).toBe('1,200 points, 310 a second');
  });

  it('is whole at the end only', () => {
    expect(progressLine({ ...state, done: 99_999, all: 100_000 })).toContain('(99.9%)');
    expect(progressBar({ ...state, done: 4800, secondsLeft: 0 })).toBe(
      '[####################] 4,800 of 4,800 points (100.0%), 310 a second',
    );
  });

  it.each([
    [0.4, 'under 1 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3600 * 2 + 60 * 7 + 20, '2 h 07 min'],
    [86_400 * 4, '4 days'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
