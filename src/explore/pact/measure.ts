import type { ArchSpec } from '../../arch/index.js';
import { macAreaUm2 } from '../../arch/index.js';
import type { Mode, Run } from '../../performance/index.js';
import { simulateRun, simulateRuns } from '../../simulate/index.js';
import type { Network } from '../../workload/index.js';

/** Precisions of Figure 6(c), baseline first. */
export const PACT_BITS = [16, 8, 4, 2] as const;
/** Bandwidths of Figure 6(c) in GB/s. */
export const PACT_BANDWIDTHS_GBPS = [Infinity, 64, 32] as const;

/** One bar of Figure 6(c). */
export interface PactSpeedup {
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly value: number;
}

/** Everything the study's claims are about, simulated. */
export interface PactFigures {
  /** MACs per area at 2 bits over 16 bits, both operands, each unit built for its width. */
  readonly macDensityRatio: number;
  /** Peak MACs per cycle at 4 bits over 16 bits. */
  readonly peakRatio: number;
  readonly speedups: readonly PactSpeedup[];
  /** What quantising the first and last layer as well gives on top. */
  readonly edgeGains: readonly PactSpeedup[];
  /** The runs behind the speedups, for charts and tables: bandwidths outermost. */
  readonly runs: readonly Run[];
}

/** Runs the study: every precision at every bandwidth, then the narrow ones with quantised edges. */
export function measurePact(arch: ArchSpec, network: Network, mode: Mode): PactFigures {
  const runs = simulateRuns({ arch, network, mode, bandwidthsGBps: PACT_BANDWIDTHS_GBPS, bits: PACT_BITS });
  return {
    macDensityRatio: macAreaUm2(arch.mac.area, 16, 16) / macAreaUm2(arch.mac.area, 2, 2),
    peakRatio: runAt(runs, 4, 64).speedup!.factors.peak,
    speedups: runs.map(({ result, speedup }) => ({
      bits: result.precision.bits!,
      bandwidthGBps: result.arch.bandwidthGBps,
      value: speedup!.value,
    })),
    edgeGains: PACT_BANDWIDTHS_GBPS.flatMap((bandwidthGBps) =>
      PACT_BITS.slice(2).map((bits) => {
        const quantised = simulateRun(
          { arch, network, mode },
          { policy: 'edges', bits, edgeBits: 'same' },
          bandwidthGBps,
        );
        const kept = runAt(runs, bits, bandwidthGBps).result;
        return { bits, bandwidthGBps, value: kept.totals.latencyMs / quantised.totals.latencyMs };
      }),
    ),
    runs,
  };
}

function runAt(runs: readonly Run[], bits: number, bandwidthGBps: number): Run {
  return runs.find(({ result }) => result.precision.bits === bits && result.arch.bandwidthGBps === bandwidthGBps)!;
}

export function speedupAt(figures: PactFigures, bits: number, bandwidthGBps: number): number {
  return figures.speedups.find((bar) => bar.bits === bits && bar.bandwidthGBps === bandwidthGBps)!.value;
}

export function edgeGainAt(figures: PactFigures, bits: number, bandwidthGBps: number): number {
  return figures.edgeGains.find((bar) => bar.bits === bits && bar.bandwidthGBps === bandwidthGBps)!.value;
}
