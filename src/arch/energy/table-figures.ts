import { energyAtSize, type SizePoint } from './by-size.js';
import type { EnergyRow, EnergyTable } from './energy-table.js';
import { energyScale } from './technology.js';

/** Beyond the measured widths: a multiplier is an array of partial products, an adder a row of cells. */
const MULTIPLIER_EXPONENT = 2;
const ADDER_EXPONENT = 1;
/** Beyond the measured capacities: word and bit lines are as long as the side of a square bank. */
const MEMORY_EXPONENT = 0.5;

/** What a fixed-point MAC takes at each width: points of a rule, or those of multiplier and adder. */
export type FixedMacPoints =
  | { readonly macs: readonly SizePoint[] }
  | { readonly multipliers: readonly SizePoint[]; readonly adders: readonly SizePoint[] };

type Component<Name> = Extract<EnergyRow, { readonly component: Name }>;

/** The figures of a table at one technology node; null where it has no row for them. */
export class TableFigures {
  private readonly table: EnergyTable;
  private readonly technologyNm: number;

  constructor(table: EnergyTable, technologyNm: number) {
    this.table = table;
    this.technologyNm = technologyNm;
  }

  /** Measured MACs where there are any, else multiplier and adder. */
  fixedMac(): FixedMacPoints | null {
    const macs = this.byWidth('mac');
    if (macs.length > 0) return { macs };
    const multipliers = this.byWidth('integer-multiply');
    const adders = this.byWidth('integer-add');
    return multipliers.length === 0 || adders.length === 0 ? null : { multipliers, adders };
  }

  registerPjPerBit(): number | null {
    return this.perBit('register');
  }

  interconnectPjPerBit(): number | null {
    return this.perBit('interconnect');
  }

  /** One access reads or writes a word of one bank; per bit of it. */
  memoryPjPerBit(bankBytes: number): number | null {
    const points = this.rows('scratchpad').map(({ capacityKiB, wordBits, ...row }) => ({
      size: capacityKiB * 1024,
      energyPj: this.scaled(row) / wordBits,
    }));
    return points.length === 0 ? null : energyAtSize(ascending(points), bankBytes, MEMORY_EXPONENT);
  }

  /** One addition of so many bits; null without rows of adders. */
  addPj(bits: number): number | null {
    const adders = this.byWidth('integer-add');
    return adders.length === 0 ? null : energyAtSize(adders, bits, ADDER_EXPONENT);
  }

  /** Kinds of external memory it has a row for. */
  memories(): string[] {
    return this.rows('off-chip').map(({ memory }) => memory);
  }

  offChipPjPerBit(kind: string): number | null {
    const row = this.rows('off-chip').find(({ memory }) => memory === kind);
    return row === undefined ? null : row.energyPj / row.bits;
  }

  leakageMwPerMm2(): number | null {
    return this.rows('leakage')[0]?.powerMwPerMm2 ?? null;
  }

  private rows<Name extends EnergyRow['component']>(component: Name): Component<Name>[] {
    return this.table.rows.filter((row): row is Component<Name> => row.component === component);
  }

  private byWidth(component: 'mac' | 'integer-add' | 'integer-multiply'): SizePoint[] {
    return ascending(this.rows(component).map((row) => ({ size: row.bits, energyPj: this.scaled(row) })));
  }

  private perBit(component: 'register' | 'interconnect'): number | null {
    const row = this.rows(component)[0];
    return row === undefined ? null : this.scaled(row) / row.bits;
  }

  private scaled({ energyPj, technologyNm }: { readonly energyPj: number; readonly technologyNm: number }): number {
    return energyPj * energyScale(technologyNm, this.technologyNm);
  }
}

/**
 * pJ of one fixed-point MAC of w by a bits. A multiplier of w by a bits takes what a square one with as many partial
 * products does, of sqrt(w a) bits; what it makes is added at its full width, w + a bits.
 */
export function fixedMacPj(points: FixedMacPoints, weightBits: number, activationBits: number): number {
  const square = Math.sqrt(weightBits * activationBits);
  if ('macs' in points) return energyAtSize(points.macs, square, MULTIPLIER_EXPONENT);
  return (
    energyAtSize(points.multipliers, square, MULTIPLIER_EXPONENT) +
    energyAtSize(points.adders, weightBits + activationBits, ADDER_EXPONENT)
  );
}

function ascending(points: readonly SizePoint[]): SizePoint[] {
  return points.toSorted((a, b) => a.size - b.size);
}
