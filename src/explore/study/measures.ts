import type { SumTotals } from '../../performance/index.js';
import { publishedAccuracyOf } from '../../quantization/index.js';
import type { Network } from '../../workload/index.js';
import type { MachineAnswer } from './evaluate-machines.js';
import { meanOf, type MeanName } from './means.js';
import type { PointMetrics, WorkloadFigures } from './metrics.js';

/** One workload's share in a point. */
export interface Measured {
  readonly network: Network;
  readonly weight: number;
  readonly answer: MachineAnswer;
}

/**
 * The metrics of a point from those of its workloads. Figures of an inference are combined by the mean; what follows from them is made
 * of them again, never averaged: the energy-delay product, and, where long inferences count for more, the throughput. Utilization is
 * of all MACs over all that could have been done. Each of several workloads has its own figures beside these.
 */
export function metricsOf(workloads: readonly Measured[], mean: MeanName): PointMetrics {
  const metrics = combinedMetrics(workloads, mean);
  return workloads.length === 1 ? metrics : { ...metrics, byWorkload: workloads.map((one) => figuresOf(one, mean)) };
}

/** One figure is its own mean. */
function figuresOf(workload: Measured, mean: MeanName): WorkloadFigures {
  const own = combinedMetrics([workload], mean);
  const { latencyMs, energyMj, offChipBytes, utilization, totalCycles, top1Percent } = own;
  return { latencyMs, energyMj, offChipBytes, utilization, totalCycles, top1Percent };
}

function combinedMetrics(workloads: readonly Measured[], mean: MeanName): PointMetrics {
  const combined = (figure: (one: Measured) => number | null): number | null => {
    const figures = workloads.map((one) => ({ value: figure(one), weight: one.weight }));
    return figures.every(isKnown) ? meanOf(mean, figures) : null;
  };
  const total = (name: 'latencyMs' | 'energyMj' | 'totalCycles') => combined(({ answer }) => answer.totals[name]);
  const latencyMs = total('latencyMs');
  const energyMj = total('energyMj');
  return {
    latencyMs,
    energyMj,
    areaMm2: areaOf(workloads),
    energyDelayMjMs: energyMj === null || latencyMs === null ? null : energyMj * latencyMs,
    offChipBytes: combined(({ answer }) => answer.totals.offChipBytes.total),
    inferencesPerSecond: throughputOf(workloads, mean),
    utilization: utilizationOf(workloads),
    totalCycles: total('totalCycles'),
    top1Percent: combined(
      ({ network, answer }) => publishedAccuracyOf(network.name, answer.precision)?.top1Percent ?? null,
    ),
  };
}

function isKnown<T>(figure: {
  readonly value: T | null;
  readonly weight: number;
}): figure is { readonly value: T; readonly weight: number } {
  return figure.value !== null;
}

/** Lists of bits by layer may ask for other silicon than one width does: the largest chip serves all. */
function areaOf(workloads: readonly Measured[]): number | null {
  const areas = workloads.map(({ answer }) => answer.totals.areaMm2);
  return areas.reduce<number | null>((most, area) => (most === null || area === null ? null : Math.max(most, area)), 0);
}

function throughputOf(workloads: readonly Measured[], mean: MeanName): number {
  if (mean === 'geometric') {
    const rates = workloads.map(({ answer, weight }) => ({ value: answer.totals.inferencesPerSecond, weight }));
    return meanOf(mean, rates);
  }
  const [only] = workloads;
  if (workloads.length === 1) return only!.answer.totals.inferencesPerSecond;
  const inferences = sumOf(workloads, ({ network }) => network.batch);
  const milliseconds = sumOf(workloads, ({ answer }) => answer.totals.latencyMs);
  return (inferences / milliseconds) * 1000;
}

function utilizationOf(workloads: readonly Measured[]): number {
  if (workloads.length === 1) return workloads[0]!.answer.totals.utilization;
  const possible = sumOf(workloads, ({ answer: { totals } }) => possibleMacs(totals));
  return possible > 0 ? sumOf(workloads, ({ answer }) => answer.totals.macs) / possible : 0;
}

function possibleMacs({ peakMacsPerCycle, totalCycles }: SumTotals): number {
  return peakMacsPerCycle * totalCycles;
}

function sumOf(workloads: readonly Measured[], figure: (one: Measured) => number): number {
  return workloads.reduce((sum, one) => sum + one.weight * figure(one), 0);
}
