import type { Machine } from './machine.js';
import { macRate } from './mac/index.js';

/** MACs per cycle of the whole machine with operands of these widths, every lane busy. */
export function peakMacsPerCycle(machine: Machine, weightBits: number, activationBits: number): number {
  const { lanes, passes } = macRate(machine, weightBits, activationBits);
  return (machine.cores * machine.rows * machine.columns * machine.depth * lanes) / passes;
}
