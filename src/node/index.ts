/** For programs in Node: everything of the front door, and what touches files. */
export * from '../index.js';
export type { ImageFormat } from './charts.js';
export { imageFormats, renderChart } from './charts.js';
export { readText, writeWhole } from './files.js';
export type { OpenPrecision } from './precision-files.js';
export { openPrecision } from './precision-files.js';
export { importersFor } from './importers.js';
export { readArchFile, readPrecisionFile, readWorkloadFile } from './inputs.js';
export type { ShippedFolder } from './shipped.js';
export { shippedNames } from './shipped.js';
