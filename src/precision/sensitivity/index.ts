export type { SensitivityLayer, SensitivityTable } from './sensitivity.js';
export { readSensitivity, sensitivityJsonSchema, sensitivityOf, writeSensitivity } from './sensitivity.js';
