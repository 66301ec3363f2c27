import { inProcess } from '../../../index.js';
import type { ExecutorChoice } from './executor-choice.js';
import { queue } from './queue.js';
import { threads } from './threads.js';

export type { ExecutorChoice, ExecutorOptions } from './executor-choice.js';

/** Every way to have points answered, by its name on the command line; the first is the default. */
export const executors = {
  threads,
  'in-process': {
    description: 'in the command itself, one point after the other',
    heeds: [],
    parallel: () => 1,
    make: () => inProcess,
  },
  queue,
} as const satisfies Record<string, ExecutorChoice>;

export type ExecutorName = keyof typeof executors;
