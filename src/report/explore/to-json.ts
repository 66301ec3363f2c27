import type { StudySummary } from '../../explore/index.js';
import { SCHEMA_VERSION } from '../to-json.js';

/**
 * The summary as JSON text: question, counts, front, best, effects, errors. All points are in the store, and its exports.
 */
export function studyToJson(summary: StudySummary): string {
  const { study, counts, front, best, effects, errors, otherErrors } = summary;
  const value = {
    schemaVersion: SCHEMA_VERSION,
    study: {
      name: study.name,
      description: study.description,
      machine: study.machine.name,
      workloads: study.workloads,
      mean: study.mean,
      batch: study.batch,
      mode: study.mode,
      ...(study.mappingObjective === undefined ? {} : { mappingObjective: study.mappingObjective }),
      precision: study.precision,
      axes: study.axes.map(({ name, fields, levels }) => ({ name, fields, levels: levels.map(({ label }) => label) })),
      constraints: study.constraints,
      objectives: study.objectives,
      sampler: study.sampler,
      seed: study.seed,
    },
    counts,
    front,
    best: best.map(({ metric, result }) => ({ metric, key: result?.key ?? null, index: result?.index ?? null })),
    effects,
    errors: errors.map(({ message, points, first }) => ({ message, points, firstIndex: first.index })),
    otherErrors,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
