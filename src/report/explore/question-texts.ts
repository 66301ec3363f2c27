import type { PreparedStudy } from '../../explore/index.js';
import { plural } from '../figures.js';

/** `resnet50 and mobilenet-v2`, or how many an axis goes through. */
export function workloadsText({ axes, workloads }: Pick<PreparedStudy, 'axes' | 'workloads'>): string {
  const axis = axes.find(({ fields }) => fields.includes('workload'));
  if (axis !== undefined && axis.levels.length > 1) return plural(axis.levels.length, 'workload');
  const names =
    axis === undefined ? workloads.map(({ workload }) => workload) : axis.levels.map(({ label }) => String(label));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** `areaMm2 <= 30 and energyMj <= 5`; undefined without constraints. */
export function constraintsText({ constraints }: Pick<PreparedStudy, 'constraints'>): string | undefined {
  if (constraints.length === 0) return undefined;
  return constraints.map(({ metric, comparison, limit }) => `${metric} ${comparison} ${limit}`).join(' and ');
}
