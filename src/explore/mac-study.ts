import { macEnergyPj, macKindOf, peakMacsPerCycle, resolveMachine } from '../arch/index.js';
import type { NetworkResult } from '../performance/index.js';
import { simulateRun } from '../simulate/index.js';
import { MAC_CANDIDATES, macBudgetMm2, withMac, type MacCandidate } from './mac-candidates.js';
import type { Subject } from './variations.js';

/** Nominal widths, from wide to narrow; both operands. */
export const MAC_STUDY_BITS = [16, 8, 7, 6, 5, 4, 3, 2, 1] as const;

/** One kind of unit at one width. */
export interface MacPoint {
  readonly bits: number;
  readonly result: NetworkResult;
  /** Of the whole machine, with both operands of this width. */
  readonly peakMacsPerCycle: number;
  /** Of one MAC of this width, at 45 nm; memory is not in it. */
  readonly macEnergyPj: number;
  /** How the units take the width, in words. */
  readonly taken: string;
}

/** One kind of unit in the silicon that all have. */
export interface MacColumn {
  readonly candidate: MacCandidate;
  /** By width, in the order of `MAC_STUDY_BITS`. */
  readonly points: readonly MacPoint[];
}

export interface MacStudy {
  readonly budgetMm2: number;
  readonly columns: readonly MacColumn[];
}

/**
 * What every kind of MAC unit makes of the same silicon, memory and channel.
 * @param onProgress is told how many runs are done, and how many there are.
 */
export function studyMacs(
  { arch, network, mode }: Subject,
  onProgress?: (done: number, all: number) => void,
): MacStudy {
  const all = MAC_CANDIDATES.length * MAC_STUDY_BITS.length;
  let done = 0;
  const columns = MAC_CANDIDATES.map((candidate): MacColumn => {
    const own = withMac(arch, candidate);
    const points = MAC_STUDY_BITS.map((bits): MacPoint => {
      onProgress?.(done++, all);
      const machine = resolveMachine(own, { bits });
      return {
        bits,
        result: simulateRun({ arch: own, network, mode }, { policy: 'edges', bits }),
        peakMacsPerCycle: peakMacsPerCycle(machine, bits, bits),
        // The section of every candidate states its own.
        macEnergyPj: macEnergyPj(machine, bits, bits, () => Number.NaN),
        taken: macKindOf(own.mac).taken(own.mac, machine.designBits, bits, bits),
      };
    });
    return { candidate, points };
  });
  onProgress?.(all, all);
  return { budgetMm2: macBudgetMm2(arch), columns };
}
