import type { z } from 'zod';
import type { MacArea } from './area.js';
import type { MacEnergy } from './energy.js';

/** MACs per cycle of one processing element are `lanes / passes`. */
export interface MacRate {
  /** Multiplications side by side, summed in the element: they lengthen the reduction it takes per step. */
  readonly lanes: number;
  /** Cycles that one step takes: of operands taken bit by bit, or of multiplications narrower than they are. */
  readonly passes: number;
}

/** Widths that circuits compute with: no less than those of the operands. */
export interface ComputedBits {
  readonly weightBits: number;
  readonly activationBits: number;
}

/** pJ of one fixed-point MAC built for operands of these widths. */
export type FixedMacPj = (weightBits: number, activationBits: number) => number;

/** What lies in memory of one value. */
export interface StoredValue {
  /** Its own bits: a whole number. */
  readonly bits: number;
  /** Bits of the scale that a block of values shares, and how many values those are; left out where there is none. */
  readonly scale?: { readonly bits: number; readonly values: number };
}

/** What the section of every kind says. */
export interface MacSection {
  readonly kind: string;
  readonly area: MacArea;
  /** In place of the energy that the model's own tables give a fixed-point MAC. */
  readonly energy?: MacEnergy | undefined;
}

/**
 * A way to build the multiply-accumulate unit of a processing element. `Spec` is its section of a machine file.
 * To add one: a file beside this, a line in the table of `index.ts`.
 */
export interface MacKind<Spec> {
  readonly description: string;
  /** What its section of a machine file may say. */
  readonly schema: z.ZodType<Spec>;
  /**
   * Operand width the elements are built for in a run whose nominal width is `runBits`; null where layers differ.
   * @throws AccelsimError if that does not settle it.
   */
  designBits(spec: Spec, runBits: number | null): number;
  /**
   * What an element built at `designBits` does with operands of these widths. Fewer bits never take lanes away or add
   * passes.
   */
  rate(spec: Spec, designBits: number, weightBits: number, activationBits: number): MacRate;
  /**
   * Widths, in bits, of the operands that the circuits of such an element take these for: their own, or those that they
   * are filled up to. An operand of that width is computed with as fast.
   */
  computedBits(spec: Spec, designBits: number, weightBits: number, activationBits: number): ComputedBits;
  /** um2 of one element built at `designBits`. */
  elementAreaUm2(spec: Spec, designBits: number): number;
  /**
   * pJ of one MAC of operands of these widths on an element built at `designBits`, given what a fixed-point MAC takes.
   * Fewer bits never take more.
   */
  energyPj(spec: Spec, designBits: number, weightBits: number, activationBits: number, fixedMacPj: FixedMacPj): number;
  /** Width of the reference element, whose area times rows times columns is the budget of the array. */
  referenceBits(spec: Spec): number;
  /** What of a value of `bits` lies in memory. Of fewer bits never more does. */
  storedValue(spec: Spec, bits: number): StoredValue;
  /** How an element built at `designBits` takes operands of these widths, such as `in the 8-bit mode`. */
  taken(spec: Spec, designBits: number, weightBits: number, activationBits: number): string;
  /** Names the elements in reports, such as `dedicated 4-bit MACs`. */
  label(spec: Spec, designBits: number): string;
  /** The next narrower nominal width at which the unit does more; null where there is none. */
  narrowerBits(spec: Spec, bits: number): number | null;
}

/**
 * pJ of one MAC on an element that takes `cyclePj` in every cycle whatever its operands are: a unit is charged less for
 * fewer bits only in so far as it does more MACs with them.
 */
export function energyPerMac(cyclePj: number, { lanes, passes }: MacRate): number {
  return (cyclePj * passes) / lanes;
}

/** Whole digits of `digitBits` that hold `bits`, in bits. */
export function wholeDigits(bits: number, digitBits: number): number {
  return Math.ceil(bits / digitBits) * digitBits;
}

/** The answer of kinds whose integers are stored as they are. */
export function storedAsIs(_spec: unknown, bits: number): StoredValue {
  return { bits };
}
