/** Figures that others published, to be marked beside simulated ones; those of PACT stand with its claims. */

/** Bit Fusion (Sharma et al., ISCA 2018): one MAC synthesised at 45 nm, um2 by operand width. */
export const bitFusionMacUm2 = [
  { bits: 2, areaUm2: 124.9 },
  { bits: 4, areaUm2: 282.2 },
  { bits: 8, areaUm2: 687.6 },
  { bits: 16, areaUm2: 2203.2 },
] as const;
