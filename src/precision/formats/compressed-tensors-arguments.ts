import { z } from 'zod';
import { bitsSchema } from '../bits.js';
import { DEFAULT_SCALE_BITS } from '../stated.js';
import type { StatedBits } from '../stated.js';
import { UNQUANTIZED_BITS } from './format.js';

/** How one operand is quantized, as far as it bears on bits. */
export const argumentsSchema = z.looseObject({
  num_bits: bitsSchema,
  type: z.string().optional(),
  symmetric: z.boolean().nullish(),
  /** Weights along a row that share a scale; null or -1 where a whole row does. */
  group_size: z.int().nullish(),
  scale_dtype: z.string().nullish(),
});

export type QuantizationArguments = z.output<typeof argumentsSchema>;

/** How the layers of one group are quantized; what is null stays as it was. */
export interface QuantizationScheme {
  readonly weights?: QuantizationArguments | null | undefined;
  readonly input_activations?: QuantizationArguments | null | undefined;
  readonly output_activations?: QuantizationArguments | null | undefined;
}

export function statedByArguments({ weights, input_activations, output_activations }: QuantizationScheme): StatedBits {
  return {
    weightBits: weights?.num_bits ?? UNQUANTIZED_BITS,
    activationBits: input_activations?.num_bits ?? UNQUANTIZED_BITS,
    outputBits: output_activations?.num_bits,
    ...scalesOf(weights),
  };
}

/** What there is to say of schemes of which not everything counts. */
export function scaleNotes(schemes: readonly QuantizationScheme[]): string[] {
  const all = schemes.flatMap(({ weights, input_activations }) => [weights, input_activations]);
  return all.some((one) => one?.type === 'float') ? ['floating-point operands count by their width alone'] : [];
}

/** One scale for a row or a whole tensor weighs nothing beside the weights; those of short groups do. */
function scalesOf(weights: QuantizationArguments | null | undefined): StatedBits {
  const size = weights?.group_size;
  if (weights === undefined || weights === null || size === undefined || size === null || size < 1) return {};
  const zeroPointBits = weights.symmetric === false ? weights.num_bits : 0;
  return { weightGroupSize: size, weightScaleBits: widthOfType(weights.scale_dtype) + zeroPointBits };
}

/** `torch.float8_e4m3fn` has 8 bits; what is not said is what such scales mostly have. */
function widthOfType(type: string | null | undefined): number {
  const digits = /^(?:torch\.)?(?:bfloat|float|uint|int)(\d{1,2})/.exec(type ?? '')?.[1];
  const width = digits === undefined ? DEFAULT_SCALE_BITS : Number(digits);
  return width >= 1 && width <= 32 ? width : DEFAULT_SCALE_BITS;
}
