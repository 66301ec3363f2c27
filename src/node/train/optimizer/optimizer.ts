import type { Parameter } from '../layers/layer.js';

/** How strongly a kind of parameter is moved and pulled to 0. */
export interface Strength {
  readonly rate: number;
  /** L2 penalty: `decay / 2 x value^2` on top of the loss. */
  readonly decay: number;
}

/** Changes parameters by their gradients. What it remembers of each is `slots` arrays of its size. */
export interface Optimizer {
  readonly description: string;
  readonly defaultRate: number;
  readonly slots: number;
  /**
   * @param step 1 for the first
   * @param slots written
   */
  readonly update: (parameter: Parameter, strength: Strength, slots: readonly Float32Array[], step: number) => void;
}
