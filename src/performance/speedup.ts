import type { BeganToFit, NetworkResult, Speedup } from './result.js';

/**
 * How many times faster `result` is than `baseline`, and why. With MACs equal, time is
 * MACs / (peak x utilization while computing) x (total / compute cycles) / clock, so the ratio of times is the product
 * of three ratios: of peaks (clock included), of utilizations while computing, and of total over compute cycles.
 */
export function compareResults(baseline: NetworkResult, result: NetworkResult): Speedup {
  const before = baseline.totals;
  const after = result.totals;
  const value = before.latencyMs / after.latencyMs;
  const clocks = result.arch.clockGHz / baseline.arch.clockGHz;
  // A network without MACs has no peak of its own: the array has no part in its time.
  const peak = clocks * (before.peakMacsPerCycle > 0 ? after.peakMacsPerCycle / before.peakMacsPerCycle : 1);
  const utilization = (before.computeCycles / after.computeCycles) * (clocks / peak);
  const memoryRelief = value / (peak * utilization);
  return {
    baselineBits: baseline.precision.bits,
    value,
    factors: { peak, utilization, memoryRelief },
    beganToFit: beganToFit(baseline, result),
  };
}

/** Tensors kept on chip in `result` (longer than) in `baseline`, largest first. */
function beganToFit(baseline: NetworkResult, result: NetworkResult): BeganToFit[] {
  const rank = { 'off-chip': 0, both: 1, 'on-chip': 2 };
  const before = new Map(baseline.residency.tensors.map((tensor) => [`${tensor.kind} ${tensor.tensor}`, tensor]));
  return result.residency.tensors
    .flatMap((tensor): BeganToFit[] => {
      const was = before.get(`${tensor.kind} ${tensor.tensor}`);
      if (was === undefined || tensor.place === 'off-chip' || rank[tensor.place] <= rank[was.place]) return [];
      return [
        {
          tensor: tensor.tensor,
          kind: tensor.kind,
          baselineBits: was.bits,
          baselineBytes: was.bytes,
          bits: tensor.bits,
          bytes: tensor.bytes,
          place: tensor.place,
        },
      ];
    })
    .sort((a, b) => b.baselineBytes - a.baselineBytes);
}
