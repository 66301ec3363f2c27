export { topologyForms } from './forms.js';
export { DEFAULT_READING, scalesimReadings } from './readings.js';
export type { ScalesimReading, ScalesimReadingName } from './readings.js';
export { toScalesim } from './write.js';
export { looksLikeScalesim, readScalesim } from './read.js';
