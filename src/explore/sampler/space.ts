import type { MetricName } from '../study/metrics.js';
import type { AxisValue, DesignPoint } from '../study/point.js';
import type { Constraint, StudyAxis } from '../study/study-axis.js';

/** The part of a study that samplers look at. */
export interface Space {
  readonly axes: readonly StudyAxis[];
  readonly constraints: readonly Constraint[];
  readonly objectives: readonly MetricName[];
  readonly seed: number;
}

/** Paths whose values share the searches for mappings: what sweeps of them cost least. */
const SHARING_FIELDS: ReadonlySet<string> = new Set(['scratchpad.capacityKiB', 'offChip.bandwidthGBps']);

/** Whether points that differ on this axis only share work. */
export function sharesWork(axis: StudyAxis): boolean {
  return axis.fields.every((field) => SHARING_FIELDS.has(field));
}

/** Number of points of the whole space; beyond 2^53 no longer exact. */
export function spaceSize({ axes }: Pick<Space, 'axes'>): number {
  return axes.reduce((product, { levels }) => product * levels.length, 1);
}

/** The point with the given level of each axis. */
export function pointAt(axes: readonly StudyAxis[], index: number, levels: readonly number[]): DesignPoint {
  const values: Record<string, AxisValue> = {};
  for (const [at, axis] of axes.entries()) values[axis.name] = axis.levels[levels[at]!]!.label;
  return { index, values };
}
