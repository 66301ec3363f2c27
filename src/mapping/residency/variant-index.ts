import { WHOLE_SHARE, type ResidencyVariant } from './residency-layer.js';
import type { Slot } from './slots.js';

const WRITTEN = 1;
const WEIGHTS_ON_CHIP = 2;
const PLAIN_FLAGS = 4;
const SHARES = WHOLE_SHARE + 1;

/** Indices stay whole numbers that a double holds. */
const MAX_PATTERNS = 2 ** 46;

/**
 * Numbers for what may be resident while a step is at work. Of inputs that are alike only the number on chip counts;
 * the rest of the index says whether the output is written, the weights are on chip, and how much was or is prefetched.
 */
export class VariantIndex {
  /** By input: what it adds to the pattern when it is on chip. */
  private readonly strides: readonly number[];
  private readonly keepable: readonly boolean[];
  /** Of kinds that are ever on chip, largest first. */
  private readonly kindStrides: readonly number[];
  private readonly flags: number;
  /** Where there are more patterns than numbers: those met so far. */
  private readonly met: Map<string, number> | undefined;
  private readonly metPatterns: (readonly boolean[])[] = [];

  constructor(
    inputs: readonly { readonly slot: Slot | undefined }[],
    alike: readonly number[] | undefined,
    prefetches: boolean,
  ) {
    this.keepable = inputs.map(({ slot }) => slot !== undefined);
    this.flags = prefetches ? PLAIN_FLAGS * SHARES * SHARES : PLAIN_FLAGS;
    const kinds = alike ?? inputs.map((_, at) => at);
    const strideOf = new Map<number, number>();
    let patterns = 1;
    for (const kind of new Set(kinds)) {
      const keepable = kinds.filter((other, at) => other === kind && this.keepable[at]!).length;
      // Kinds that are never on chip are never counted.
      strideOf.set(kind, keepable === 0 ? 0 : patterns);
      patterns *= 1 + keepable;
    }
    this.strides = kinds.map((kind) => strideOf.get(kind)!);
    this.kindStrides = [...new Set(this.strides)].filter((stride) => stride > 0).sort((a, b) => b - a);
    this.met = patterns > MAX_PATTERNS ? new Map() : undefined;
  }

  /** Whether patterns are sums of strides; else they are asked of `patternOf`. */
  get sums(): boolean {
    return this.met === undefined;
  }

  /** What input `at` on chip adds to the pattern. */
  stride(at: number): number {
    return this.strides[at]!;
  }

  patternOf(inputsOnChip: readonly boolean[]): number {
    if (this.met === undefined)
      return inputsOnChip.reduce((sum, onChip, at) => (onChip ? sum + this.strides[at]! : sum), 0);
    const key = inputsOnChip.map((onChip) => (onChip ? '1' : '0')).join('');
    let pattern = this.met.get(key);
    if (pattern === undefined) {
      pattern = this.metPatterns.push([...inputsOnChip]) - 1;
      this.met.set(key, pattern);
    }
    return pattern;
  }

  /** A pattern with everything on chip that ever is. */
  get whole(): number {
    return this.patternOf(this.keepable);
  }

  index(
    pattern: number,
    outputWritten: boolean,
    weightsOnChip: boolean,
    prefetchedQuarters: number,
    nextQuarters: number,
  ): number {
    return (
      pattern * this.flags +
      (outputWritten ? WRITTEN : 0) +
      (weightsOnChip ? WEIGHTS_ON_CHIP : 0) +
      PLAIN_FLAGS * (prefetchedQuarters + SHARES * nextQuarters)
    );
  }

  variant(index: number): ResidencyVariant {
    const flags = index % this.flags;
    const shares = Math.floor(flags / PLAIN_FLAGS);
    return {
      inputsOnChip: this.inputsOnChip(Math.floor(index / this.flags)),
      outputWritten: (flags & WRITTEN) > 0,
      weightsOnChip: (flags & WEIGHTS_ON_CHIP) > 0,
      prefetchedQuarters: shares % SHARES,
      nextQuarters: Math.floor(shares / SHARES),
    };
  }

  /** A pattern and all that have fewer inputs on chip; undefined if there are more than `most`. */
  patternsWithin(pattern: number, most: number): number[] | undefined {
    if (this.met !== undefined) return undefined;
    const counts = this.counts(pattern);
    if (counts.reduce((product, { count }) => product * (count + 1), 1) > most) return undefined;
    let patterns = [0];
    for (const { stride, count } of counts) {
      patterns = patterns.flatMap((sum) => Array.from({ length: count + 1 }, (_, times) => sum + times * stride));
    }
    return patterns;
  }

  /** Of alike inputs the first are taken to be those on chip. */
  inputsOnChip(pattern: number): readonly boolean[] {
    if (this.met !== undefined) return this.metPatterns[pattern]!;
    const left = new Map(this.counts(pattern).map(({ stride, count }) => [stride, count]));
    return this.strides.map((stride, at) => {
      const count = this.keepable[at] ? left.get(stride)! : 0;
      if (count === 0) return false;
      left.set(stride, count - 1);
      return true;
    });
  }

  /** By kind of input, how many a pattern has on chip. */
  private counts(pattern: number): { readonly stride: number; readonly count: number }[] {
    let rest = pattern;
    return this.kindStrides.map((stride) => {
      const count = Math.floor(rest / stride);
      rest %= stride;
      return { stride, count };
    });
  }
}
