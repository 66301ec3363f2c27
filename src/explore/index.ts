export {
  calibrate,
  CALIBRATION_CAPACITIES_KIB,
  plausibleStructures,
  restructure,
  withCapacity,
  type Calibration,
  type CalibrationStep,
  type Structure,
} from './calibrate.js';
export { compareMachines, type MachineComparison } from './compare-machines.js';
export {
  type ChipSplitStudy,
  type SplitPoint,
  type SplitQuestion,
  type SplitSeries,
  studyChipSplit,
} from './chip-split/chip-split.js';
export { splitGains, type SplitGain } from './chip-split/gains.js';
export { spentArea, type SpentArea, splitShapes, type SplitShape, withSplit } from './chip-split/grid.js';
export { FIXED_MAC_45NM_PJ, MAC_CANDIDATES, macBudgetMm2, withMac, type MacCandidate } from './mac-candidates.js';
export { MAC_STUDY_BITS, studyMacs, type MacColumn, type MacPoint, type MacStudy } from './mac-study.js';
export { judgePact, pactClaims, type ClaimOrigin, type ClaimResult } from './pact/claims.js';
export {
  edgeGainAt,
  measurePact,
  PACT_BANDWIDTHS_GBPS,
  PACT_BITS,
  speedupAt,
  type PactFigures,
  type PactSpeedup,
} from './pact/measure.js';
export { PACT_EDGE_GAIN, PACT_PEAK_RATIO, pactDensity, pactSpeedup } from './pact/published.js';
export {
  SCHEDULE_NAMES,
  SCHEDULES,
  STUDIED_BANDWIDTHS_GBPS,
  STUDIED_BITS,
  studySchedules,
  superLinearShare,
  type ScheduledRun,
  type ScheduleGain,
  type ScheduleName,
  type ScheduleStudy,
} from './schedule-study.js';
export { keyFigures, sensitivity, type KeyFigures, type SensitivityRow } from './sensitivity.js';
export { halvedAndDoubled, otherChoices, type Subject, type Variation } from './variations.js';
export {
  surveyNetworks,
  type Survey,
  type SurveyPoint,
  type SurveyQuestion,
  type SurveyRow,
  type SurveySubject,
} from './survey/survey.js';
export { timeParts, type TimePart, type TimeParts } from './survey/time-parts.js';
export type { Executor, OnChunk, StopSignal } from './executor/executor.js';
export { inProcess } from './executor/in-process.js';
export {
  countPoints,
  Random,
  samplerOf,
  samplers,
  startSampler,
  type PointCount,
  type Sampler,
  type SamplerKind,
  type SamplerName,
  type SamplerSpec,
  type Space,
} from './sampler/index.js';
export { MemoryStore } from './store/memory-store.js';
export type { ResultStore } from './store/result-store.js';
export * from './study/index.js';
export { paretoFront } from './pareto/index.js';
export * from './summary/index.js';
export * from './search-bits/index.js';
