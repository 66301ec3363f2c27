export { chunksOf, type ChunkOptions } from './chunks.js';
export { formatConstraint, parseConstraint } from './constraints.js';
export { estimateStudy, type EstimateOptions, type StudyEstimate } from './estimate.js';
export { evaluatePoints } from './evaluate.js';
export type { JsonObject, JsonValue } from './json-value.js';
export { keysOf, pointIdentity, type KeyOf } from './identity.js';
export { means, type MeanName } from './means.js';
export {
  isMetricName,
  METRIC_NAMES,
  metrics,
  WORKLOAD_METRIC_NAMES,
  type Metric,
  type MetricName,
  type PointMetrics,
  type WorkloadFigures,
} from './metrics.js';
export type { AxisValue, Chunk, DesignPoint, KeyedPoint, PointAnswer, PointResult } from './point.js';
export { prepareStudy, type StudySources } from './prepare-study.js';
export type { PreparedStudy, StudyPrecision } from './prepared-study.js';
export type { AxisLevel, Constraint, StudyAxis } from './study-axis.js';
export { readStudy, readStudyValue, studyNeeds, type Study, type StudyNeeds } from './read-study.js';
export {
  runStudy,
  type StudyListener,
  type StudyOutcome,
  type StudyProgress,
  type StudyRun,
} from './run-study.js';
export { studyJsonSchema, type StudyJson } from './schema.js';
export { asAnswered, studyResults } from './study-results.js';
export { combinedWorkloads, workloadColumns, type WorkloadColumn } from './workload-columns.js';
