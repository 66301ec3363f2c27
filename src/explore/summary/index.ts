export { precisionAxis, type ByPrecision, type MachineByPrecision } from './by-precision.js';
export type { MainEffect, LevelMean } from './effects.js';
export type { StudyError } from './errors.js';
export { FrontGatherer } from './front-gatherer.js';
export { costOf, costsOf, figureOf } from './objectives.js';
export { MAX_CELLS, type AxisPair } from './pairs.js';
export { summariseStudy, varyingAxes, type OpenResults, type StudyCounts, type StudySummary } from './summarise.js';
