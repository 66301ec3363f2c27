import { fixedMacPj } from '../arch/energy/table-figures.js';
import { macEnergyPj } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import type { EnergySums, ScheduleSums } from './energy-sums.js';

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
  const sum = new EnergySum(machine);
  sum.add(sums, sums.cycles, 1);
  return sum.total();
}

/** Adds up what layers take on one machine, each rounded by itself, without keeping any. */
export class EnergySum {
  private readonly machine: Machine;
  private readonly perMac = new Map<number, number>();
  private readonly hasMac: boolean;
  /** In quanta, by component. */
  private mac = 0;
  private registers = 0;
  private scratchpad = 0;
  private sharedBuffer = 0;
  private interconnect = 0;
  private offChip = 0;
  private vector = 0;
  private leakage = 0;

  constructor(machine: Machine) {
    this.machine = machine;
    this.hasMac = machine.energy.fixedMac !== null || machine.mac.energy !== undefined;
  }

  /** Figures that the machine does not give count as nothing here, and make their component null in the end. */
  add(sums: ScheduleSums, cycles: number, times: number): void {
    const { machine } = this;
    const { energy } = machine;
    const link = linkBytes(sums.interconnectBytes, sums.deliveredBytes, machine);
    if (this.hasMac) this.mac += times * energyQuanta(this.macsPj(sums), 1);
    this.registers += times * energyQuanta(sums.registerBits, energy.registerPjPerBit ?? 0);
    this.scratchpad += times * energyQuanta(8 * sums.scratchpadBytes, energy.scratchpadPjPerBit ?? 0);
    this.sharedBuffer += times * energyQuanta(8 * sums.sharedBufferBytes, energy.sharedBufferPjPerBit ?? 0);
    this.interconnect += times * energyQuanta(8 * link, energy.interconnectPjPerBitHop ?? 0);
    this.offChip += times * energyQuanta(8 * sums.offChipBytes, energy.offChipPjPerBit ?? 0);
    this.vector += times * energyQuanta(sums.vectorOperations, energy.vectorOperationPj ?? 0);
    // Milliwatts times nanoseconds are picojoules.
    this.leakage += times * energyQuanta(cycles / machine.clockGHz, energy.leakageMw ?? 0);
  }

  total(): EnergyPj {
    const { energy } = this.machine;
    return withTotal({
      mac: this.hasMac ? this.mac / QUANTA_PER_PJ : null,
      registers: picojoules(this.registers, energy.registerPjPerBit),
      scratchpad: picojoules(this.scratchpad, energy.scratchpadPjPerBit),
      sharedBuffer: picojoules(this.sharedBuffer, energy.sharedBufferPjPerBit),
      interconnect: picojoules(this.interconnect, energy.interconnectPjPerBitHop),
      offChip: picojoules(this.offChip, energy.offChipPjPerBit),
      vector: picojoules(this.vector, energy.vectorOperationPj),
      leakage: picojoules(this.leakage, energy.leakageMw),
    });
  }

  private macsPj({ macs }: ScheduleSums): number {
    let energyPj = 0;
    for (const { weightBits, activationBits, macs: count } of macs) {
      energyPj += count * this.macPj(weightBits, activationBits);
    }
    return energyPj;
  }

  /** Networks have MACs of a few widths only. */
  private macPj(weightBits: number, activationBits: number): number {
    const key = weightBits * 1024 + activationBits;
    let energyPj = this.perMac.get(key);
    if (energyPj === undefined) {
      const { fixedMac } = this.machine.energy;
      const fixed = (w: number, a: number): number => (fixedMac === null ? Number.NaN : fixedMacPj(fixedMac, w, a));
      energyPj = macEnergyPj(this.machine, weightBits, activationBits, fixed);
      this.perMac.set(key, energyPj);
    }
    return energyPj;
  }
}

/** Null where the machine gives no figure for one of what is counted. */
function picojoules(quanta: number, figure: number | null): number | null {
  return figure === null ? null : quanta / QUANTA_PER_PJ;
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
  let total: number | null = 0;
  for (const component of ENERGY_COMPONENTS) {
    const part: number | null = parts[component];
    total = total === null || part === null ? null : total + part;
  }
  return { ...parts, total };
}

/** Each byte makes its hops once, and one more for each further core that it is delivered to. */
export function linkBytes(interconnectBytes: number, deliveredBytes: number, { energy }: Machine): number {
  return interconnectBytes * energy.interconnectHops + (deliveredBytes - interconnectBytes);
}
