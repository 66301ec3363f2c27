import { z } from 'zod';
import type { Issue } from '../errors.js';
import { AccelsimError, failure, show } from '../errors.js';

/** Widths an operand can have: every integer up to 16, and 32 for full precision. */
export const BITS_ALLOWED: readonly number[] = [...Array.from({ length: 16 }, (_, index) => index + 1), 32];

/** Width of partial sums where nothing else is said. */
export const DEFAULT_ACCUMULATOR_BITS = 32;

export const BITS_RULE = 'must be an integer from 1 to 16, or 32 (bits)';

/** Word with which an option asks for no exception in the first and last layer. */
export const SAME_BITS = 'same';

/** A width as a field of an input file. */
export const bitsSchema = z.literal([...BITS_ALLOWED], { error: BITS_RULE });

export function isAllowedBits(bits: number): boolean {
  return BITS_ALLOWED.includes(bits);
}

/**
 * Returns `bits` if it is a legal width.
 * @throws AccelsimError naming `source` and `path` otherwise.
 */
export function checkBits(bits: number, source: string, path = ''): number {
  if (!isAllowedBits(bits)) throw failure(source, path, BITS_RULE, bits);
  return bits;
}

/**
 * Reads one width from an option's text, such as `4`.
 * @throws AccelsimError if it is no legal width.
 */
export function parseBits(text: string, source: string): number {
  const bits = widthIn(text);
  if (bits === null) throw failure(source, '', BITS_RULE, text);
  return bits;
}

/**
 * Reads a comma-separated list of widths, such as `16,8,4,2`, in the order given. Refuses a width named twice.
 * @throws AccelsimError with one issue for each entry that is wrong.
 */
export function parseBitsList(text: string, source: string): readonly number[] {
  const issues: Issue[] = [];
  const widths: number[] = [];
  for (const entry of text.split(',')) {
    const bits = widthIn(entry);
    if (bits === null) issues.push({ source, path: '', rule: BITS_RULE, found: show(entry) });
    else if (widths.includes(bits))
      issues.push({ source, path: '', rule: 'must name each width once', found: show(entry) });
    else widths.push(bits);
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return widths;
}

/**
 * Reads the width of the first and last layer from an option's text: a width, or `same` for no exception.
 * @throws AccelsimError otherwise.
 */
export function parseEdgeBits(text: string, source: string): number | typeof SAME_BITS {
  if (text.trim() === SAME_BITS) return SAME_BITS;
  const bits = widthIn(text);
  if (bits === null) throw failure(source, '', `${BITS_RULE}, or "${SAME_BITS}" for no exception`, text);
  return bits;
}

/** Digits only: `0x4`, `4.0`, `+4` and `4 bits` are not how a width is written. */
function widthIn(text: string): number | null {
  const trimmed = text.trim();
  const bits = /^[1-9]\d?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return isAllowedBits(bits) ? bits : null;
}
