import type { Executor } from '../../../index.js';
import type { RedisAddress } from '../../queue/redis-address.js';

/** What a command line may say of an executor; which of it one heeds, it declares. */
export interface ExecutorOptions {
  /** Points worked on at once. */
  readonly workers?: number | undefined;
  /** The Redis server whose workers answer points. */
  readonly queue?: RedisAddress | undefined;
}

/** A way to have points answered, by its name on the command line. */
export interface ExecutorChoice {
  readonly description: string;
  readonly heeds: readonly (keyof ExecutorOptions)[];
  /** How many points are worked on at once, as far as that is known. */
  readonly parallel: (options: ExecutorOptions) => number;
  /** The option that asks for this executor by itself, and without which it can not be. */
  readonly needs?: keyof ExecutorOptions;
  /**
   * Makes sure that it can begin, before anything is written.
   * @throws AccelsimError where it can not
   */
  readonly check?: (options: ExecutorOptions) => Promise<void>;
  /** `say` is told what a user should know while it goes on. */
  readonly make: (options: ExecutorOptions, say: (line: string) => void) => Executor;
}
