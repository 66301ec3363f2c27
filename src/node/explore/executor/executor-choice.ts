import type { Executor } from '../../../index.js';

/** What a command line may say of an executor; which of it one heeds, it declares. */
export interface ExecutorOptions {
  /** Points worked on at once. */
  readonly workers?: number | undefined;
}

/** A way to have points answered, by its name on the command line. */
export interface ExecutorChoice {
  readonly description: string;
  readonly heeds: readonly (keyof ExecutorOptions)[];
  /** How many points are worked on at once, as far as that is known. */
  readonly parallel: (options: ExecutorOptions) => number;
  readonly make: (options: ExecutorOptions) => Executor;
}
