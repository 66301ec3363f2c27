import { adam } from './adam.js';
import { momentum } from './momentum.js';
import type { Optimizer } from './optimizer.js';

export type { Optimizer, Strength } from './optimizer.js';

/** Every optimizer; `--optimizer` and its help derive from the keys. */
export const optimizers = { adam, momentum } as const satisfies Record<string, Optimizer>;

export type OptimizerName = keyof typeof optimizers;
