import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatestOf, leastOf } from './operand-format.js';
import { passesOf, type OperandDigits } from './passes.js';

function digitsOf(value: number, { shift, mask }: OperandDigits): number[] {
  return Array.from(shift, (by, pass) => (value >> by) & mask[pass]!);
}

describe('passes', () => {
  it('take every digit of one operand with every digit of the other', () => {
    // 3 digits of an unsigned 5-bit input by 2 digits of a signed 4-bit weight, each of 2 bits. 27 is 1 10 11; -5 is
    // 10 11 in two's complement, -2 x 4 + 3.
    const passes = passesOf({ bits: 5, signed: false }, { bits: 4, signed: true }, 2);
    expect(passes.count).toBe(6);
    expect(digitsOf(27, passes.inputs)).toEqual([3, 2, 1, 3, 2, 1]);
    expect(digitsOf(-5, passes.weights)).toEqual([3, 3, 3, -2, -2, -2]);
    expect([...passes.scale]).toEqual([1, 4, 16, 4, 16, 64]);
  });

  it('are one where both operands fit the multiplier', () => {
    const passes = passesOf({ bits: 4, signed: true }, { bits: 3, signed: false }, 4);
    expect(passes.count).toBe(1);
    expect(digitsOf(-8, passes.inputs)).toEqual([-8]);
    expect(digitsOf(7, passes.weights)).toEqual([7]);
  });

  it('add up to the product, whatever the widths', () => {
    const format = fc.record({ bits: fc.integer({ min: 1, max: 16 }), signed: fc.boolean() });
    const written = format.chain((of) =>
      fc.record({ format: fc.constant(of), value: fc.integer({ min: leastOf(of), max: greatestOf(of) }) }),
    );
    fc.assert(
      fc.property(written, written, fc.integer({ min: 1, max: 16 }), (input, weight, multiplierBits) => {
        const passes = passesOf(input.format, weight.format, multiplierBits);
        const inputs = digitsOf(input.value, passes.inputs);
        const weights = digitsOf(weight.value, passes.weights);
        const total = inputs.reduce((sum, digit, pass) => sum + digit * weights[pass]! * passes.scale[pass]!, 0);
        expect(total).toBe(input.value * weight.value + 0);
        for (const digit of [...inputs, ...weights]) expect(Math.abs(digit)).toBeLessThan(2 ** multiplierBits);
      }),
    );
  });
});
