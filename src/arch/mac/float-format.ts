import type { StoredValue } from './mac-kind.js';

/** One way to lay a floating-point value into bits. */
export interface FloatFormat extends StoredValue {
  /** With the leading bit that is not stored: what the multiplier takes. */
  readonly significandBits: number;
}

/** Of every MX format: E8M0, one for 32 values (OCP Microscaling Formats (MX) Specification v1.0, 2023, section 5). */
const MX_SCALE = { bits: 8, values: 32 } as const;

/**
 * Formats by name. fp16 and fp32: IEEE 754; bf16: 8 exponent and 7 fraction bits; fp8: Micikevicius et al., FP8 Formats for
 * Deep Learning, arXiv:2209.05433; mxfp: the OCP specification, of the exponent and fraction bits in the name (mxfp4:
 * E2M1).
 */
export const floatFormats = {
  fp32: { bits: 32, significandBits: 24 },
  fp16: { bits: 16, significandBits: 11 },
  bf16: { bits: 16, significandBits: 8 },
  'fp8-e4m3': { bits: 8, significandBits: 4 },
  'fp8-e5m2': { bits: 8, significandBits: 3 },
  'mxfp8-e4m3': { bits: 8, significandBits: 4, scale: MX_SCALE },
  'mxfp8-e5m2': { bits: 8, significandBits: 3, scale: MX_SCALE },
  'mxfp6-e2m3': { bits: 6, significandBits: 4, scale: MX_SCALE },
  'mxfp6-e3m2': { bits: 6, significandBits: 3, scale: MX_SCALE },
  mxfp4: { bits: 4, significandBits: 2, scale: MX_SCALE },
} as const satisfies Record<string, FloatFormat>;

export type FloatFormatName = keyof typeof floatFormats;

/** Widths that some format has, from narrow to wide. */
export const FLOAT_WIDTHS = [4, 6, 8, 16, 32] as const;

export type FloatWidth = (typeof FLOAT_WIDTHS)[number];

/** The names of the formats of each width. */
export const formatsByWidth = {
  4: ['mxfp4'],
  6: ['mxfp6-e2m3', 'mxfp6-e3m2'],
  8: ['fp8-e4m3', 'fp8-e5m2', 'mxfp8-e4m3', 'mxfp8-e5m2'],
  16: ['fp16', 'bf16'],
  32: ['fp32'],
} as const satisfies Record<FloatWidth, readonly FloatFormatName[]>;

/** What lies in memory of one value. */
export function storedFormat(name: FloatFormatName): StoredValue {
  const { bits, scale }: FloatFormat = floatFormats[name];
  return scale === undefined ? { bits } : { bits, scale };
}

/** Of a value whose format nobody states: what the usual format of the next width has (fp8-e4m3, fp16, fp32). */
export function usualSignificandBits(bits: number): number {
  const usual = [floatFormats['fp8-e4m3'], floatFormats.fp16].find((format) => format.bits >= bits);
  return (usual ?? floatFormats.fp32).significandBits;
}
