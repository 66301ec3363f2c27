import { isObjective, objectives, type ObjectiveRule } from '../../mapping/index.js';
import type { JsonValue } from './json-value.js';
import type { DesignPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/**
 * Milliseconds of one core for each layer of a network: once for points that share its searches at one bandwidth (and with one
 * capacity, where energy counts), and again for each of them. Rather too low than too high, of ResNet50 on the default machine: a
 * chunk that lasts longer than thought does no harm. Only the cut into chunks hangs on them, no answer.
 */
const SEARCH_MS_PER_LAYER = 0.1;
const POINT_MS_PER_LAYER = 0.02;
/**
 * Weighted sums that a point is planned under, each with searches of its own, where a product is to be least: rather too few,
 * ResNet50 takes four to eight.
 */
const SUMS_OF_PRODUCT = 3;

const BANDWIDTH = 'offChip.bandwidthGBps';
const CAPACITY = 'scratchpad.capacityKiB';

/** What points that share work are thought to take together. */
export function estimatedMs(study: PreparedStudy, group: readonly DesignPoint[]): number {
  const layers = layersOf(study, group[0]!);
  const { ofEnergy, additive } = ruleOfPoint(study, group[0]!);
  const apart = ofEnergy === null ? [BANDWIDTH] : [BANDWIDTH, CAPACITY];
  const axes = study.axes.filter(({ fields }) => apart.some((field) => fields.includes(field)));
  const shared = new Set(group.map(({ values }) => JSON.stringify(axes.map(({ name }) => values[name])))).size;
  const searches = additive ? shared : shared + SUMS_OF_PRODUCT * group.length;
  return layers * (searches * SEARCH_MS_PER_LAYER + group.length * POINT_MS_PER_LAYER);
}

function ruleOfPoint(study: PreparedStudy, point: DesignPoint): ObjectiveRule {
  const own = setByAxis(study, point, 'mappingObjective');
  return objectives[typeof own === 'string' && isObjective(own) ? own : (study.mappingObjective ?? 'latency')];
}

function layersOf(study: PreparedStudy, point: DesignPoint): number {
  const own = setByAxis(study, point, 'workload');
  const names = typeof own === 'string' ? [own] : study.workloads.map(({ workload }) => workload);
  return names.reduce((sum, name) => sum + study.networks[name]!.layers.length, 0);
}

/** What the level of an axis sets a field to; undefined where none does. */
function setByAxis({ axes }: PreparedStudy, { values }: DesignPoint, field: string): JsonValue | undefined {
  const axis = axes.find(({ fields }) => fields.includes(field));
  return axis?.levels.find(({ label }) => label === values[axis.name])?.set[field];
}
