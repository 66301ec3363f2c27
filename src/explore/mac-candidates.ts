import type { ArchSpec, MacArea, MacEnergy, MacSpec } from '../arch/index.js';
import { macKindOf } from '../arch/index.js';
import { um2ToMm2 } from '../units.js';

/** One way to spend the silicon of an array. */
export interface MacCandidate {
  readonly name: string;
  /** In the axis or legend of a chart. */
  readonly short: string;
  /** Its section, over the area and energy of a fixed-point MAC of any width. */
  readonly mac: (area: MacArea, energy: MacEnergy) => MacSpec;
  /** What its factors of area and energy rest on. */
  readonly source: string;
}

/**
 * Energy of a fixed-point MAC, in pJ: fitted, within 2.3 %, to the power at 45 nm and 500 MHz of Bit Fusion's MACs of 2, 4,
 * 8 and 16 bits, 0.0575, 0.1202, 0.2977 and 0.9474 pJ (results/systolic_array_synth.csv of github.com/hsharma35/bitfusion).
 */
export const FIXED_MAC_45NM_PJ = {
  model: 'polynomial',
  productPj: 0.002_727,
  linearPj: 0.0069,
  constantPj: 0.019_27,
} as const satisfies MacEnergy;

/** Every kind, in the dress in which it was published where it was. Factors are over a fixed-point MAC. */
export const MAC_CANDIDATES: readonly MacCandidate[] = [
  {
    name: 'configurable',
    short: 'configurable',
    mac: (area, energy) => ({
      kind: 'configurable',
      referenceBits: 16,
      modeBits: [16, 8, 4, 2],
      flexibilityFactor: 1,
      area,
      energy,
    }),
    source:
      'area and energy 1: the study of PACT (arXiv:1805.06085, section 6) leaves the cost of being configurable out',
  },
  {
    name: 'dedicated to each width',
    short: 'dedicated',
    mac: (area, energy) => ({ kind: 'dedicated', designBits: 'run', referenceBits: 16, area, energy }),
    source: 'fixed-point MACs themselves, another array at every width',
  },
  {
    name: 'bit-serial activations',
    short: 'serial activations',
    mac: (area, energy) => ({
      kind: 'bit-serial',
      serial: 'activations',
      referenceBits: 16,
      flexibilityFactor: 1.32,
      energyFactor: 1.22,
      area,
      energy,
    }),
    source:
      'area 1.32, energy per cycle 1.92 / 1.57 = 1.22: those of the whole chip of Stripes over DaDianNao (Judd et al., MICRO 2016), assumed for the units',
  },
  {
    name: 'bit-serial weights and activations',
    short: 'serial both',
    mac: (area, energy) => ({
      kind: 'bit-serial',
      serial: 'both',
      referenceBits: 16,
      lanes: 16,
      flexibilityFactor: 1.32,
      energyFactor: 1.24,
      area,
      energy,
    }),
    source:
      'energy per cycle 4.38 / 3.54 = 1.24: that of Loom over a bit-parallel chip (Sharify et al., DAC 2018, arXiv:1706.07853); area assumed as of Stripes; 16 lanes to the unit as in Loom',
  },
  {
    name: "bit-serial weights and activations by Bit Fusion's measure",
    short: 'serial both, large',
    mac: (area, energy) => ({
      kind: 'bit-serial',
      serial: 'both',
      referenceBits: 16,
      lanes: 16,
      flexibilityFactor: 8.82,
      energyFactor: 6.02,
      area,
      energy,
    }),
    source:
      'area 3.5 x 2.52 = 8.82, energy 3.2 x 1.88 = 6.02: a serial design takes 3.5 times the area and 3.2 times the power of a fusion unit that does as much (Sharma et al., ISCA 2018, Fig. 10), whose own factors are 2.52 and 1.88; assumed at 16 bits as at 8',
  },
  {
    name: 'fused bricks, 2 to 8 bits',
    short: 'fused 2-8',
    mac: (area, energy) => ({ kind: 'fused', brickBits: 2, widestBits: 8, area, energy }),
    source:
      'area 2.52, energy 1.88: the synthesis in the repository of Bit Fusion (Sharma et al., ISCA 2018); its own units',
  },
  {
    name: 'fused bricks, 2 to 16 bits',
    short: 'fused 2-16',
    mac: (area, energy) => ({ kind: 'fused', brickBits: 2, widestBits: 16, area, energy }),
    source: 'area 3.40, energy 2.46: the same synthesis',
  },
  {
    name: 'floating-point fp16, fp8, MXFP4',
    short: 'floating-point',
    mac: (area, energy) => ({
      kind: 'floating-point',
      formats: { 16: 'fp16', 8: 'fp8-e4m3', 4: 'mxfp4' },
      flexibilityFactor: 2.57,
      energyFactor: 2.99,
      area,
      energy,
    }),
    source:
      'area 2.57, energy 2.99: fp16 multiply and add at 45 nm, 3,000 um2 and 1.5 pJ (Horowitz, ISSCC 2014), over a fixed-point MAC of 11 bits by the fits to the synthesis; that it takes narrower formats is assumed to cost nothing',
  },
];

/** Silicon of the MAC units of one core of a machine, in mm2: what every candidate may spend. */
export function macBudgetMm2({ array, mac }: ArchSpec): number {
  const kind = macKindOf(mac);
  const reference = um2ToMm2(kind.elementAreaUm2(mac, kind.referenceBits(mac)));
  return array.macBudgetMm2 ?? array.rows * array.columns * (array.depth ?? 1) * reference;
}

/** Ways to lie on the array that every candidate has: arrays differ in shape, and no shape suits one way alone. */
const DATAFLOWS: ArchSpec['array']['dataflows'] = ['weight-stationary', 'output-stationary'];

/** The machine with other units in the same silicon. */
export function withMac(arch: ArchSpec, candidate: MacCandidate): ArchSpec {
  return {
    ...arch,
    array: { ...arch.array, dataflows: DATAFLOWS, macBudgetMm2: macBudgetMm2(arch) },
    mac: candidate.mac(arch.mac.area, FIXED_MAC_45NM_PJ),
  };
}
