import { z } from 'zod';
import { precisionFileSchema } from './policy/index.js';

export { assignPrecision } from './assign.js';
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
export type {
  EdgesChoice,
  PerLayerChoice,
  PolicyChoice,
  PolicyName,
  PrecisionPolicy,
  ShortcutsChoice,
  UniformChoice,
} from './policy/index.js';
export {
  DEFAULT_EDGE_BITS,
  DEFAULT_SHORTCUT_BITS,
  policies,
  precisionFileSchema,
  readPrecision,
} from './policy/index.js';
export type { LayerBits, Precision } from './precision.js';

/** JSON Schema (draft 2020-12) of a precision file, for editors. */
export function precisionJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(precisionFileSchema, { io: 'input' });
}
