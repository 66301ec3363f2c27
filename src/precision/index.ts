import { z } from 'zod';
import { precisionFileSchema } from './policy/index.js';

export { assignPrecision } from './assign.js';
export type { PrecisionChoice } from './assign.js';
export {
  BITS_ALLOWED,
  BITS_RULE,
  DEFAULT_ACCUMULATOR_BITS,
  SAME_BITS,
  bitsSchema,
  checkBits,
  isAllowedBits,
  parseBits,
  parseBitsList,
  parseEdgeBits,
} from './bits.js';
export { UNQUANTIZED_BITS, precisionFormats } from './formats/index.js';
export type { PrecisionFormat, PrecisionFormatName } from './formats/index.js';
export { importPrecision } from './import-precision.js';
export type { PrecisionFile } from './import-precision.js';
export { readLayerNames, renameLayers } from './layer-names.js';
export type { LayerNames } from './layer-names.js';
export type {
  EdgesChoice,
  ListedChoice,
  PerLayerChoice,
  PolicyChoice,
  PolicyName,
  PrecisionEntry,
  PrecisionPolicy,
  ResidualSum,
  ShortcutsChoice,
  UniformChoice,
} from './policy/index.js';
export {
  DEFAULT_EDGE_BITS,
  DEFAULT_SHORTCUT_BITS,
  policies,
  precisionFileSchema,
  readPrecision,
  residualSums,
} from './policy/index.js';
export { storedWeightBits } from './precision.js';
export type { LayerBits, Precision, WeightScales } from './precision.js';

export { readSensitivity, sensitivityJsonSchema, sensitivityOf, writeSensitivity } from './sensitivity/index.js';
export type { SensitivityLayer, SensitivityTable } from './sensitivity/index.js';

/** JSON Schema (draft 2020-12) of a precision file, for editors. */
export function precisionJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(precisionFileSchema, { io: 'input' });
}
