import type { z } from 'zod';

/** MACs per cycle of one processing element are `lanes / passes`. */
export interface MacRate {
  /** Multiplications side by side, summed in the element: they lengthen the reduction it takes per step. */
  readonly lanes: number;
  /** Cycles (of multiplications narrower than the operands) that one step takes. */
  readonly passes: number;
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
  /** What an element built at `designBits` does with operands of these widths. Fewer bits never do less. */
  rate(spec: Spec, designBits: number, weightBits: number, activationBits: number): MacRate;
  /** um2 of one element built at `designBits`. */
  elementAreaUm2(spec: Spec, designBits: number): number;
  /** Width of the reference element, whose area times rows times columns is the budget of the array. */
  referenceBits(spec: Spec): number;
  /** Names the elements in reports, such as `dedicated 4-bit MACs`. */
  label(spec: Spec, designBits: number): string;
  /** The next narrower nominal width at which the unit does more; null where there is none. */
  narrowerBits(spec: Spec, bits: number): number | null;
}
