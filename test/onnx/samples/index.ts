import { convolutions, pools } from './convolutions.js';
import { composites, elementwise } from './elementwise.js';
import { moves } from './moves.js';
import { products } from './products.js';
import { quantized } from './quantized.js';
import type { Sample } from './sample.js';

export { quantized };
export type { QuantizedSample } from './quantized.js';
export { fileOf } from './sample.js';
export type { Sample } from './sample.js';

/** Every sample by its title. Also what the fuzz test starts from. */
export const samples: Readonly<Record<string, Sample>> = {
  ...convolutions,
  ...pools,
  ...products,
  ...elementwise,
  ...composites,
  ...moves,
  ...quantized,
};
