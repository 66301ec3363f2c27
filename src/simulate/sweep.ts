import { peakGBps, type ArchSpec } from '../arch/index.js';
import type { Objective } from '../mapping/index.js';
import type { Mode, SumTotals } from '../performance/index.js';
import type { PrecisionChoice } from '../precision/index.js';
import type { Network } from '../workload/network.js';
import { simulateGrid, type GridPoint } from './grid.js';

/** A network on every combination of these; everything else as the machine file says. */
export interface SweepQuestion {
  readonly arch: ArchSpec;
  readonly network: Network;
  readonly mode: Mode;
  /** What mappings and residency are chosen for; the fewest cycles where left out. */
  readonly objective?: Objective | undefined;
  readonly bits: readonly number[];
  /** Undefined: the machine's own, with its kind of memory if it has one. */
  readonly bandwidthsGBps: readonly (number | undefined)[];
  readonly scratchpadKiB: readonly number[];
  readonly cores: readonly number[];
  /** Precision at a nominal width; 8 bits in the first and last MAC layer where left out. */
  readonly choiceOf?: (bits: number) => PrecisionChoice;
}

/** What one point comes to; `simulateRun` says the same, layer by layer. */
export interface SweepPoint {
  readonly cores: number;
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly scratchpadKiB: number;
  /** Null where a layer's smallest tiles do not fit the scratchpad. */
  readonly totals: SumTotals | null;
}

/**
 * Simulates many machines that differ in a few numbers, with the answers of `simulateGrid`. Cores outermost, then bits,
 * bandwidths and capacities, in the order given.
 * @throws AccelsimError when a machine is impossible
 */
export function* sweep({
  arch,
  network,
  mode,
  objective,
  choiceOf = edges,
  ...axes
}: SweepQuestion): Generator<SweepPoint> {
  const { bits, bandwidthsGBps, scratchpadKiB, cores } = axes;
  const machines = cores.map((count) =>
    scratchpadKiB.map((capacityKiB) => ({ ...arch, cores: count, scratchpad: { ...arch.scratchpad, capacityKiB } })),
  );
  const precisions = bits.map(choiceOf);
  const placesOf = (index: number) => {
    const size = index % scratchpadKiB.length;
    const rate = Math.floor(index / scratchpadKiB.length) % bandwidthsGBps.length;
    const run = Math.floor(index / (scratchpadKiB.length * bandwidthsGBps.length));
    return { size, rate, width: run % bits.length, count: Math.floor(run / bits.length) };
  };
  const points = {
    length: cores.length * bits.length * bandwidthsGBps.length * scratchpadKiB.length,
    at: (index: number): GridPoint => {
      const { size, rate, width, count } = placesOf(index);
      const bandwidthGBps = bandwidthsGBps[rate];
      return { arch: machines[count]![size]!, precision: precisions[width]!, bandwidthGBps, objective };
    },
  };
  for (const { index, totals } of simulateGrid({ network, mode, points })) {
    const { size, rate, width, count } = placesOf(index);
    yield {
      cores: cores[count]!,
      bits: bits[width]!,
      bandwidthGBps: bandwidthsGBps[rate] ?? peakGBps(arch.offChip),
      scratchpadKiB: scratchpadKiB[size]!,
      totals,
    };
  }
}

function edges(bits: number): PrecisionChoice {
  return { policy: 'edges', bits };
}
