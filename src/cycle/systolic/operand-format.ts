/** How the integers of one operand are written: `bits` wide, in two's complement where they are signed. */
export interface OperandFormat {
  readonly bits: number;
  readonly signed: boolean;
}

/** Widest operand: products and sums of such operands stay exact in double precision. */
export const MAX_OPERAND_BITS = 16;

export function leastOf({ bits, signed }: OperandFormat): number {
  return signed ? -(2 ** (bits - 1)) : 0;
}

export function greatestOf({ bits, signed }: OperandFormat): number {
  return signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
}
