import { describe, expect, test } from 'vitest';
import {
  bandwidth,
  bitWidth,
  bytes,
  count,
  given,
  grouped,
  milliseconds,
  percent,
  plural,
  significant,
  times,
} from './figures.js';

describe('figures for people', () => {
  test.each([
    [0, 0, '0'],
    [999, 0, '999'],
    [1000, 0, '1,000'],
    [1_234_567, 0, '1,234,567'],
    [1234.567, 1, '1,234.6'],
    [0.004, 2, '0.00'],
    [-1234, 0, '-1,234'],
    [-0.001, 2, '0.00'],
  ])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(grouped(value, decimals)).toBe(text);
  });

  test.each([
    [0, '0'],
    [0.00123, '0.00123'],
    [1.2345, '1.23'],
    [12.345, '12.3'],
    [123.45, '123'],
    [123_456, '123,456'],
    [99.96, '100'],
    [0.009996, '0.0100'],
  ])('%d to three digits is %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  test('a ratio keeps two decimals below ten', () => {
    expect([times(4.518), times(9.99), times(9.996), times(14)]).toEqual(['4.52x', '9.99x', '10.0x', '14.0x']);
  });

  test('a percentage does not round something to nothing', () => {
    expect([percent(0), percent(0.0001), percent(0.001), percent(0.8312), percent(1)]).toEqual([
      '0.0%',
      '< 0.1%',
      '0.1%',
      '83.1%',
      '100.0%',
    ]);
  });

  test('bytes change unit at 1024, counts at a thousand thousand', () => {
    expect([bytes(0), bytes(1023), bytes(1024), bytes(12_595), bytes(1024 * 1024)]).toEqual([
      '0 B',
      '1,023 B',
      '1.00 KiB',
      '12.3 KiB',
      '1.00 MiB',
    ]);
    expect([2048, 118_000_000, 3_858_000_000, 14_363_000_000_000].map(count)).toEqual([
      '2,048',
      '118 M',
      '3.86 G',
      '14.4 T',
    ]);
  });

  test('times below a tenth of a millisecond are in microseconds', () => {
    expect([milliseconds(0.002), milliseconds(0.1), milliseconds(1.234)]).toEqual(['2.00 us', '0.100 ms', '1.23 ms']);
  });

  test('times below a tenth of a microsecond are in nanoseconds', () => {
    expect([0, 4.69e-8, 0.000006, 0.0001].map(milliseconds)).toEqual(['0 us', '0.0469 ns', '6.00 ns', '0.100 us']);
  });

  test('ratios have three digits, and more only before the point', () => {
    expect([1, 9.994, 9.995, 999.4, 1578.7].map(times)).toEqual(['1.00x', '9.99x', '10.0x', '999.4x', '1,579x']);
  });

  test('figures from a file keep their digits', () => {
    expect([given(1), given(1.5), given(0.3333333), given(1e-7)]).toEqual(['1', '1.5', '0.333', '0']);
    expect([bandwidth(64), bandwidth(25.6), bandwidth(Infinity)]).toEqual(['64 GB/s', '25.6 GB/s', 'unlimited']);
  });

  test('nouns follow their number', () => {
    expect([bitWidth(1), bitWidth(4), bitWidth(null), plural(1, 'layer'), plural(2, 'layer')]).toEqual([
      '1 bit',
      '4 bits',
      'mixed bits',
      '1 layer',
      '2 layers',
    ]);
  });
});

test('a figure far below anything real is still a figure', () => {
  // 1e-105 needs more decimals than toFixed gives: it comes out as nought, and does not throw.
  expect(Number(significant(1e-105))).toBe(0);
});
