import { fixedMacPj } from '../arch/energy/table-figures.js';
import { macEnergyPj } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import type { EnergySums } from './energy-sums.js';

/** Where energy goes, in the order in which it is summed. */
export const ENERGY_COMPONENTS = [
  'mac',
  'registers',
  'scratchpad',
  'sharedBuffer',
  'interconnect',
  'offChip',
  'vector',
  'leakage',
] as const;

export type EnergyComponent = (typeof ENERGY_COMPONENTS)[number];

/** pJ by component; null where the machine gives no figure. `total` is the sum of the parts, null when a part is null. */
export type EnergyPj = { readonly [Part in EnergyComponent | 'total']: number | null };

/**
 * Energies are given to 2^-10 pJ, about a femtojoule. Sums of such numbers are exact up to 8.8 J, in any order: parts
 * add up to the total and layers to the network, to the last digit.
 */
export const QUANTA_PER_PJ = 1024;

/** A component's energy in those quanta: a whole number, never less for more of what it counts. */
export function energyQuanta(count: number, energyPj: number): number {
  return Math.round(count * energyPj * QUANTA_PER_PJ);
}

/** The energy of what the sums say: one layer's, or many layers' at once, which may differ from their sum by a quantum each. */
export function energyOfSums(sums: EnergySums, machine: Machine): EnergyPj {
  const { energy } = machine;
  const parts: Record<EnergyComponent, number | null> = {
    mac: macsPj(sums, machine),
    registers: times(sums.registerBits, energy.registerPjPerBit),
    scratchpad: times(8 * sums.scratchpadBytes, energy.scratchpadPjPerBit),
    sharedBuffer: times(8 * sums.sharedBufferBytes, energy.sharedBufferPjPerBit),
    interconnect: times(
      8 * linkBytes(sums.interconnectBytes, sums.deliveredBytes, machine),
      energy.interconnectPjPerBitHop,
    ),
    offChip: times(8 * sums.offChipBytes, energy.offChipPjPerBit),
    vector: times(sums.vectorOperations, energy.vectorOperationPj),
    // Milliwatts times nanoseconds are picojoules.
    leakage: times(sums.cycles / machine.clockGHz, energy.leakageMw),
  };
  return withTotal(parts);
}

/** Component by component, each as often as it is said. */
export function sumEnergies(energies: readonly { readonly energy: EnergyPj; readonly times: number }[]): EnergyPj {
  const sum = (component: EnergyComponent): number | null => {
    let total = 0;
    for (const { energy, times: often } of energies) {
      const part = energy[component];
      if (part === null) return null;
      total += often * part;
    }
    return total;
  };
  return withTotal({
    mac: sum('mac'),
    registers: sum('registers'),
    scratchpad: sum('scratchpad'),
    sharedBuffer: sum('sharedBuffer'),
    interconnect: sum('interconnect'),
    offChip: sum('offChip'),
    vector: sum('vector'),
    leakage: sum('leakage'),
  });
}

/** Arithmetic operations per picojoule, which are 1e12 per second and watt: two for each MAC. Null without an energy. */
export function topsPerWatt(macs: number, energyPj: number | null): number | null {
  return energyPj === null || energyPj === 0 ? null : (2 * macs) / energyPj;
}

function withTotal(parts: Record<EnergyComponent, number | null>): EnergyPj {
  const total = ENERGY_COMPONENTS.reduce<number | null>((sum, component) => {
    const part = parts[component];
    return sum === null || part === null ? null : sum + part;
  }, 0);
  return { ...parts, total };
}

function macsPj({ macs }: EnergySums, machine: Machine): number | null {
  const { fixedMac } = machine.energy;
  if (fixedMac === null && machine.mac.energy === undefined) return null;
  const fixed = (w: number, a: number): number => (fixedMac === null ? Number.NaN : fixedMacPj(fixedMac, w, a));
  return times(
    macs.reduce(
      (sum, { weightBits, activationBits, macs: count }) =>
        sum + count * macEnergyPj(machine, weightBits, activationBits, fixed),
      0,
    ),
    1,
  );
}

/** Each byte makes its hops once, and one more for each further core that it is delivered to. */
export function linkBytes(interconnectBytes: number, deliveredBytes: number, { energy }: Machine): number {
  return interconnectBytes * energy.interconnectHops + (deliveredBytes - interconnectBytes);
}

function times(count: number, energyPj: number | null): number | null {
  return energyPj === null ? null : energyQuanta(count, energyPj) / QUANTA_PER_PJ;
}
