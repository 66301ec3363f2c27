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
