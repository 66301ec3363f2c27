import { BYTES_PER_KIB, BYTES_PER_MIB, PJ_PER_MJ, PJ_PER_NJ, PJ_PER_UJ } from '../../units.js';

/** A unit that the figures along an axis may have. */
export interface AxisUnit {
  readonly name: string;
  /** Bytes, or picojoules, that it stands for. */
  readonly size: number;
}

const NANOJOULES = { name: 'nJ', size: PJ_PER_NJ } as const satisfies AxisUnit;
const MICROJOULES = { name: 'µJ', size: PJ_PER_UJ } as const satisfies AxisUnit;

/** Units of an axis, the usual one first, and smaller ones for what is tiny. */
export const axisUnits = {
  bytesOfLayers: [
    { name: 'KiB', size: BYTES_PER_KIB },
    { name: 'bytes', size: 1 },
  ],
  bytesOfRuns: [
    { name: 'MiB', size: BYTES_PER_MIB },
    { name: 'KiB', size: BYTES_PER_KIB },
    { name: 'bytes', size: 1 },
  ],
  energyOfLayers: [MICROJOULES, NANOJOULES],
  energyOfRuns: [{ name: 'mJ', size: PJ_PER_MJ }, MICROJOULES, NANOJOULES],
} as const satisfies Record<string, readonly AxisUnit[]>;

/** Below this part of a unit, ticks have more zeros than figures. */
const LEAST_PART = 0.01;

/** The first unit of which the greatest value is not a tiny part; the last for what is tiny in all of them. */
export function axisUnit(units: readonly AxisUnit[], values: readonly number[]): AxisUnit {
  const greatest = Math.max(0, ...values);
  // Nothing at all is best said in the usual unit.
  return (greatest === 0 ? units[0] : units.find(({ size }) => greatest >= LEAST_PART * size)) ?? units.at(-1)!;
}
