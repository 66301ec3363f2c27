import { describe, expect, it } from 'vitest';
import { AccelsimError, failure, formatIssue, show } from './errors.js';

describe('formatIssue', () => {
  it('leaves out what is not known', () => {
    expect(formatIssue({ source: '--bits', path: '', rule: 'must be a list of widths' })).toBe(
      '--bits: must be a list of widths',
    );
  });

  it('names place, path, rule, what was found and a hint, in this order', () => {
    const issue = {
      source: 'a.json',
      path: 'array.rows',
      found: '0',
      rule: 'must be at least 1',
      hint: 'see array.columns',
      line: 3,
      column: 9,
    };
    expect(formatIssue(issue)).toBe('a.json:3:9: array.rows: must be at least 1 (found 0); see array.columns');
  });
});

describe('a message', () => {
  it('cannot steer a terminal, whatever names are in it', () => {
    const issue = { source: 'a\u001b[2Jb', path: 'x\n', rule: 'is\u202ewrong', found: '\u009b' };
    expect(formatIssue(issue)).toBe(String.raw`a\u001b[2Jb: x\u000a: is\u202ewrong (found \u009b)`);
    expect(formatIssue({ source: 'Größe 大', path: '', rule: '👩‍🔬 is kept' })).toBe('Größe 大: 👩‍🔬 is kept');
  });
});

describe('AccelsimError', () => {
  it('carries every issue, one a line', () => {
    const error = new AccelsimError([
      { source: 'a', path: 'x', rule: 'is wrong' },
      { source: 'a', path: 'y', rule: 'is wrong too' },
    ]);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('AccelsimError');
    expect(error.issues).toHaveLength(2);
    expect(error.message).toBe('a: x: is wrong\na: y: is wrong too');
  });
});

describe('failure', () => {
  it('makes one issue and shows what was found', () => {
    expect(failure('--batch', '', 'must be at least 1', 0, 'the default is 1').message).toBe(
      '--batch: must be at least 1 (found 0); the default is 1',
    );
    expect(failure('--out', '', 'is not a folder').issues).toEqual([
      { source: '--out', path: '', rule: 'is not a folder' },
    ]);
  });
});

describe('show', () => {
  it.each([
    ['text', '"text"'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [null, 'null'],
    [{ rows: 2 }, '{"rows":2}'],
    [() => 1, '() => 1'],
  ])('shows %s as a user would recognise it', (value, text) => {
    expect(show(value)).toBe(text);
  });

  it('keeps it short', () => {
    // 57 characters and three dots.
    expect(show('x'.repeat(200))).toBe(`"${'x'.repeat(56)}...`);
  });
});
