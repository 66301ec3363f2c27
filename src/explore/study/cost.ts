import type { DesignPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/**
 * Milliseconds of one core for each layer of a network: once for points that share its searches at one bandwidth, and again for each of
 * them. Rather too low than too high, of ResNet50 on the default machine: a chunk that lasts longer than thought does no harm. Only the
 * cut into chunks hangs on them, no answer.
 */
const SEARCH_MS_PER_LAYER = 0.1;
const POINT_MS_PER_LAYER = 0.02;

/** What points that share work are thought to take together. */
export function estimatedMs(study: PreparedStudy, group: readonly DesignPoint[]): number {
  const layers = layersOf(study, group[0]!);
  const bandwidths = study.axes.filter(({ fields }) => fields.includes('offChip.bandwidthGBps'));
  const searches = new Set(group.map(({ values }) => JSON.stringify(bandwidths.map(({ name }) => values[name])))).size;
  return layers * (searches * SEARCH_MS_PER_LAYER + group.length * POINT_MS_PER_LAYER);
}

function layersOf({ axes, networks, workloads }: PreparedStudy, { values }: DesignPoint): number {
  const axis = axes.find(({ fields }) => fields.includes('workload'));
  const level = axis?.levels.find(({ label }) => label === values[axis.name]);
  const own = level?.set['workload'];
  const names = typeof own === 'string' ? [own] : workloads.map(({ workload }) => workload);
  return names.reduce((sum, name) => sum + networks[name]!.layers.length, 0);
}
