import type { OperandFormat } from './operand-format.js';

/** Which digit of an operand each pass takes: `(value >> shift) & mask`. The top digit carries the sign. */
export interface OperandDigits {
  readonly shift: Int32Array;
  readonly mask: Int32Array;
}

/** The passes of one step: every digit of the input times every digit of the weight. */
export interface Passes {
  readonly count: number;
  readonly inputs: OperandDigits;
  readonly weights: OperandDigits;
  /** What the product of a pass's two digits is worth. */
  readonly scale: Float64Array;
}

/**
 * Cuts operands into digits of `multiplierBits`, the lowest first. All but the top one are unsigned, so that
 * value = sum of digit x 2^(place x multiplierBits).
 */
export function passesOf(inputs: OperandFormat, weights: OperandFormat, multiplierBits: number): Passes {
  const inputPlaces = Math.ceil(inputs.bits / multiplierBits);
  const weightPlaces = Math.ceil(weights.bits / multiplierBits);
  const count = inputPlaces * weightPlaces;
  const place = (pass: number) => ({ input: pass % inputPlaces, weight: Math.floor(pass / inputPlaces) });
  const passes = Array.from({ length: count }, (_, pass) => place(pass));
  return {
    count,
    inputs: digitsOf(
      inputs,
      multiplierBits,
      passes.map(({ input }) => input),
    ),
    weights: digitsOf(
      weights,
      multiplierBits,
      passes.map(({ weight }) => weight),
    ),
    scale: Float64Array.from(passes, ({ input, weight }) => 2 ** ((input + weight) * multiplierBits)),
  };
}

function digitsOf({ bits }: OperandFormat, multiplierBits: number, places: readonly number[]): OperandDigits {
  const top = Math.ceil(bits / multiplierBits) - 1;
  return {
    shift: Int32Array.from(places, (place) => place * multiplierBits),
    // All ones leaves the top digit as the shift has brought it down, with its sign.
    mask: Int32Array.from(places, (place) => (place === top ? -1 : 2 ** multiplierBits - 1)),
  };
}
