import type { DataTypeName } from './file/data-types.js';

/** Widths that a file states of one layer, in bits. */
export interface LayerWidths {
  readonly weightBits?: number;
  readonly activationBits?: number;
}

/** Bits that a file states, layer by layer, as the precision policy `per-layer` takes them. */
export interface StatedPrecision {
  readonly policy: 'per-layer';
  /** The file, for messages. */
  readonly source: string;
  /** What the file does not quantize: the width of its floating-point type. */
  readonly default: { readonly weightBits: number; readonly activationBits: number };
  /** By layer name. */
  readonly layers: Readonly<Record<string, LayerWidths>>;
}

/** Undefined where the file states no bits at all. */
export function statePrecision(
  widths: ReadonlyMap<string, LayerWidths>,
  inputType: DataTypeName | undefined,
  source: string,
): StatedPrecision | undefined {
  const stated = [...widths].filter(([, layer]) => Object.keys(layer).length > 0);
  if (stated.length === 0) return undefined;
  const bits = inputType === 'float16' || inputType === 'bfloat16' ? 16 : 32;
  return {
    policy: 'per-layer',
    source,
    default: { weightBits: bits, activationBits: bits },
    layers: Object.fromEntries(stated),
  };
}
