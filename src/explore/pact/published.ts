/**
 * Figures of the PACT system study (arXiv:1805.06085v2, section 6 and Figure 6): ResNet50 inference, against the same
 * machine at 16 bits.
 */

/** Figure 6(c): the one bar whose height the text gives. */
export const pactSpeedup = {
  workload: 'resnet50',
  /** The shipped machine that stands for the paper's; on another the figure says nothing. */
  machine: 'default',
  baselineBits: 16,
  bits: 4,
  /** Of the first and last layer. */
  edgeBits: 8,
  bandwidthGBps: 64,
  speedup: 4.5,
} as const;

/** Figure 6(b): MACs of 2 bits that take the area of one of 16 bits, 14 nm. */
export const pactDensity = { baselineBits: 16, bits: 2, density: 14 } as const;

/** Text: what quantising the first and last layer as well gives on top. */
export const PACT_EDGE_GAIN = 1.24;

/** Text: peak operations at 4 bits over 16 bits. */
export const PACT_PEAK_RATIO = 4;
