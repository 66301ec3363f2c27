import { accelsim } from './accelsim.js';
import { aimet } from './aimet.js';
import { compressedTensors } from './compressed-tensors.js';
import { csv } from './csv.js';
import type { PrecisionFormat } from './format.js';
import { haq } from './haq.js';
import { hawq } from './hawq.js';

export type { PrecisionFormat } from './format.js';
export { UNQUANTIZED_BITS } from './format.js';

/** Every form in which bits of layers can be read. The first whose `sniff` says yes reads; the least particular last. */
export const precisionFormats = {
  'compressed-tensors': compressedTensors,
  aimet,
  hawq,
  haq,
  csv,
  accelsim,
} as const satisfies Record<string, PrecisionFormat>;

export type PrecisionFormatName = keyof typeof precisionFormats;
