export { readCsv } from './csv.js';
export type { CsvCell, CsvForm, CsvRow, CsvTable } from './csv.js';
export { nearestName } from './nearest.js';
export { formatPath } from './path.js';
export type { JsonPath } from './path.js';
export type { TextPosition } from './position.js';
export { issuesOf, readDocument, readJson, readValue } from './read.js';
export type { JsonDocument } from './read.js';
