import { WORKLOAD_METRIC_NAMES } from './metrics.js';
import type { PointResult } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/** A figure of one of several workloads, as tables of points have it. */
export interface WorkloadColumn {
  readonly workload: string;
  readonly metric: (typeof WORKLOAD_METRIC_NAMES)[number];
  /** `resnet50.latencyMs` */
  readonly name: string;
  readonly valueOf: (result: Pick<PointResult, 'metrics'>) => number | null;
}

/** The workloads that each point combines, as the study calls them; none where a point has one only. */
export function combinedWorkloads({ workloads, axes }: Pick<PreparedStudy, 'workloads' | 'axes'>): readonly string[] {
  const isAxis = axes.some(({ fields }) => fields.includes('workload'));
  return isAxis || workloads.length < 2 ? [] : workloads.map(({ workload }) => workload);
}

/** Every figure of each workload that points combine, workload by workload. */
export function workloadColumns(study: Pick<PreparedStudy, 'workloads' | 'axes'>): WorkloadColumn[] {
  return combinedWorkloads(study).flatMap((workload, at) =>
    WORKLOAD_METRIC_NAMES.map(
      (metric): WorkloadColumn => ({
        workload,
        metric,
        name: `${workload}.${metric}`,
        valueOf: ({ metrics }) => metrics?.byWorkload?.[at]?.[metric] ?? null,
      }),
    ),
  );
}
