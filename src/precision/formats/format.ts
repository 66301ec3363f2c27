import type { Issue } from '../../errors.js';
import type { TextPosition } from '../../json/index.js';
import { isAllowedBits, BITS_RULE } from '../bits.js';
import type { ListedChoice, PerLayerChoice } from '../policy/index.js';

/** One form in which a quantizer hands over the bits it chose. */
export interface PrecisionFormat {
  /** The form as a user knows it: `HAWQ bit configuration`. */
  readonly description: string;
  /** Where the form is described or made. */
  readonly reference: string;
  /** Whether a text looks like this form. Throws nothing. */
  readonly sniff: (text: string) => boolean;
  /**
   * @param source what to call the text in messages
   * @param part which of several lists in one file, where a user says
   * @throws AccelsimError with every issue, and nothing else
   */
  readonly read: (text: string, source: string, part: string | undefined) => ListedChoice | PerLayerChoice;
}

/** What a quantizer leaves as it was: the width that results are compared with. */
export const UNQUANTIZED_BITS = 16;

/** Of the issues of one file: more of the same say nothing new. */
const MAX_ISSUES = 50;

/** Gathers issues with their places. */
export class PlacedIssues {
  readonly list: Issue[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  add(place: TextPosition, path: string, rule: string, found?: string, hint?: string): void {
    if (this.list.length >= MAX_ISSUES) return;
    const { line, column } = place;
    this.list.push({
      source: this.#source,
      path,
      rule,
      ...(found === undefined ? {} : { found }),
      ...(hint === undefined ? {} : { hint }),
      line,
      column,
    });
  }

  /** A width; what is none is an issue, and counts as the narrowest. */
  width(value: number, place: TextPosition, path: string): number {
    if (isAllowedBits(value)) return value;
    this.add(place, path, BITS_RULE, String(value));
    return 1;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an object's own field; undefined where it is no object or has none. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The first line with something on it that is no comment, as far as it matters for telling forms apart. */
export function firstLine(text: string): string {
  const lines = text.slice(0, 20_000).split(/[\r\n]/);
  return (
    lines.map((line) => line.replace(/^\uFEFF/, '').trim()).find((line) => line !== '' && !line.startsWith('#')) ?? ''
  );
}
