/**
 * Figures that others published, to be marked beside simulated ones.
 */

/** PACT (arXiv:1805.06085), section 6 and Figure 6: ResNet50 against the same machine at 16 bits. */
export const pactSpeedup = {
  workload: 'resnet50',
  baselineBits: 16,
  bits: 4,
  bandwidthGBps: 64,
  speedup: 4.5,
} as const;

/** PACT, Figure 6(b): MACs of 2 bits that take the area of one of 16 bits, 14 nm. */
export const pactDensity = { bits: 2, density: 14 } as const;

/** Bit Fusion (Sharma et al., ISCA 2018): one MAC synthesised at 45 nm, um2 by operand width. */
export const bitFusionMacUm2 = [
  { bits: 2, areaUm2: 124.9 },
  { bits: 4, areaUm2: 282.2 },
  { bits: 8, areaUm2: 687.6 },
  { bits: 16, areaUm2: 2203.2 },
] as const;
