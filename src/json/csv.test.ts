import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../errors.js';
import { readCsv } from './index.js';

const full = { quotes: true, comments: true };

/** Texts of the cells, row by row. */
function cells(text: string, form = full): string[][] {
  return readCsv(text, 't.csv', form).rows.map((row) => row.cells.map((cell) => cell.text));
}

describe('readCsv', () => {
  it('splits lines at commas and drops the spaces around values', () => {
    expect(cells('a, b ,\tc\n1,,3')).toEqual([
      ['a', 'b', 'c'],
      ['1', '', '3'],
    ]);
  });

  it('takes every line end and a byte-order mark, and passes over blank lines', () => {
    expect(cells('\uFEFFa\r\n\r\n \t\nb\rc\n')).toEqual([['a'], ['b'], ['c']]);
  });

  it('keeps the empty value after a trailing comma', () => {
    expect(cells('a,\nb,')).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
  });

  it('reads quoted values with commas, quotes and line ends in them', () => {
    expect(cells('"a,b", "say ""x""" ,"two\nlines"\nlast')).toEqual([['a,b', 'say "x"', 'two\nlines'], ['last']]);
  });

  it('knows where each value stands', () => {
    const { rows, comments } = readCsv('\uFEFF# note\na, b\r\n "x\ny",  z', 't.csv', full);
    expect(comments).toEqual([{ text: 'note', line: 1, column: 1 }]);
    expect(rows.map((row) => row.line)).toEqual([2, 3]);
    // `z` stands in line 4, behind `y",` and two spaces.
    expect(rows.flatMap((row) => row.cells.map(({ line, column }) => [line, column]))).toEqual([
      [2, 1],
      [2, 4],
      [3, 2],
      [4, 6],
    ]);
  });

  it('takes quotes and # as they are where they mean nothing', () => {
    expect(cells('#a,"b,c"', { quotes: false, comments: false })).toEqual([['#a', '"b', 'c"']]);
  });

  it.each([
    ['a quote that is never closed', 'a,"b\nc', 't.csv:1:3: this quote is never closed'],
    ['text behind a closing quote', '"a" b,c', 't.csv:1:5: must be a comma or the end of the line'],
    ['a quote inside a value', 'x\n a"b,c', 't.csv:2:3: a quote inside a value'],
  ])('refuses %s', (_, text, message) => {
    expect(() => cells(text)).toThrow(message);
  });

  it('refuses a file of nothing but commas', () => {
    expect(() => cells(','.repeat(30_000_000))).toThrow('must have at most 1000000 values');
  });

  it('gives back what was written, quoted where need be', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => text.trim() === text);
    const write = (text: string): string =>
      /[",\r\n#\uFEFF]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (table) => {
        expect(cells(table.map((row) => row.map(write).join(',')).join('\r\n'))).toEqual(table);
      }),
    );
  });

  it('throws nothing but AccelsimError', () => {
    const text = fc.array(fc.constantFrom(',', '"', '\n', '\r', '#', ' ', 'a', '1', '\uFEFF'), { maxLength: 30 });
    fc.assert(
      fc.property(text, fc.boolean(), fc.boolean(), (parts, quotes, comments) => {
        try {
          readCsv(parts.join(''), 't.csv', { quotes, comments });
        } catch (error) {
          expect(error).toBeInstanceOf(AccelsimError);
        }
      }),
    );
  });
});
