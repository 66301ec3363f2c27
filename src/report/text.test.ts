import { describe, expect, test } from 'vitest';
import { documentToText, tableToText, wrap } from './text.js';

describe('a document as text', () => {
  test('columns are as wide as their widest cell, numbers to the right', () => {
    const text = tableToText({
      columns: [
        { header: 'layer', align: 'left' },
        { header: 'cycles\nk', align: 'right' },
      ],
      rows: [
        ['a long name', '1'],
        ['b', '1,000.5'],
      ],
      footer: ['total', '1,001.5'],
    });
    expect(text.split('\n')).toEqual([
      'layer         cycles',
      '                   k',
      '-----------  -------',
      'a long name        1',
      'b            1,000.5',
      '-----------  -------',
      'total        1,001.5',
    ]);
  });

  test('a last column of words is wrapped, where the line would be too long', () => {
    const columns = [
      { header: 'name', align: 'left' },
      { header: 'words', align: 'left' },
    ] as const;
    const lines = tableToText({
      columns,
      rows: [
        ['a', 'word '.repeat(30).trim()],
        ['b', 'few'],
      ],
    }).split('\n');
    // 4 characters of name and 2 spaces leave 104, which hold 21 words.
    expect(lines.slice(2)).toEqual([
      `a     ${'word '.repeat(21).trim()}`,
      `      ${'word '.repeat(9).trim()}`,
      'b     few',
    ]);
    expect(lines[1]).toBe(`----  ${'-'.repeat(104)}`);
  });

  test('a table without rows is its header', () => {
    expect(tableToText({ columns: [{ header: 'layer', align: 'left' }], rows: [] })).toBe('layer\n-----');
  });

  test('lines break between words and a long word keeps a line of its own', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable it is', 5)).toEqual(['unbreakable', 'it is']);
  });

  test('what follows a label is indented below it', () => {
    const value = 'word '.repeat(30).trim();
    const lines = documentToText([{ kind: 'facts', facts: [{ label: 'machine', value }] }]).split('\n');
    expect(lines[0]).toMatch(/^machine {2}word/);
    expect(lines[1]).toMatch(/^ {9}word/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});
