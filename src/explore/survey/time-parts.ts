import type { LayerResult, NetworkResult } from '../../performance/index.js';
import { hasWeights, type Layer, type Network } from '../../workload/index.js';

/**
 * Why a run takes longer or shorter than its linear time, which is the baseline's time divided by the ratio of peaks.
 * Fractions of the linear time, costs positive, gains negative; their sum is peak / speedup - 1.
 */
export interface TimeParts {
  /** The first and last MAC layer, where they keep wider operands: the time that goes when they do not. */
  readonly edges: number;
  /** Work of the vector unit, which does no more per cycle at fewer bits. */
  readonly vectorUnit: number;
  /** Work of convolutions in groups, whose sums are short. */
  readonly groups: number;
  /** Work of the other layers on the array: fill and drain, sums shorter than the lanes, folds filled in part. */
  readonly array: number;
  /** Waiting for memory; a layer that memory bounds at both precisions is counted here whole. */
  readonly memory: number;
}

export type TimePart = keyof TimeParts;

interface Comparison {
  readonly network: Network;
  readonly baseline: NetworkResult;
  readonly run: NetworkResult;
  /** The run without an exception for the first and last layer; `run` itself where it makes none. */
  readonly withoutEdges: NetworkResult;
  /** Ratio of peaks, clocks included, of `run` over `baseline`. */
  readonly peak: number;
}

/** Layer by layer: what each takes beyond its own linear time. */
export function timeParts({ network, baseline, run, withoutEdges, peak }: Comparison): TimeParts {
  const linearMs = baseline.totals.latencyMs / peak;
  const partsMs: Record<TimePart, number> = {
    edges: run.totals.latencyMs - withoutEdges.totals.latencyMs,
    vectorUnit: 0,
    groups: 0,
    array: 0,
    memory: 0,
  };
  for (const layer of network.layers) {
    const before = baseline.layers[layer.index]!;
    const after = withoutEdges.layers[layer.index]!;
    const excessMs = (cycles: (of: LayerResult) => number): number =>
      milliseconds(cycles(after), withoutEdges) - milliseconds(cycles(before), baseline) / peak;
    if (before.bound === 'memory' && after.bound === 'memory') {
      partsMs.memory += excessMs(({ totalCycles }) => totalCycles);
    } else {
      partsMs[workOf(layer)] += excessMs(({ computeCycles }) => computeCycles);
      partsMs.memory += excessMs(({ stallCycles }) => stallCycles);
    }
  }
  const fraction = (part: TimePart): number => partsMs[part] / linearMs;
  return {
    edges: fraction('edges'),
    vectorUnit: fraction('vectorUnit'),
    groups: fraction('groups'),
    array: fraction('array'),
    memory: fraction('memory'),
  };
}

function workOf(layer: Layer): 'vectorUnit' | 'groups' | 'array' {
  if (layer.engine === 'vector') return 'vectorUnit';
  return hasWeights(layer) && layer.nest.groups > 1 ? 'groups' : 'array';
}

function milliseconds(cycles: number, { arch }: NetworkResult): number {
  return cycles / (arch.clockGHz * 1e6);
}
