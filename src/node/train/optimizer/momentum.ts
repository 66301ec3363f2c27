import type { Optimizer } from './optimizer.js';

const MOMENTUM = 0.9;

/** Gradient descent with momentum. */
export const momentum = {
  description: 'gradient descent with momentum 0.9',
  defaultRate: 0.05,
  slots: 1,
  update({ values, gradient }, { rate, decay }, [velocity]) {
    for (let at = 0; at < values.length; at += 1) {
      const v = (velocity![at] = MOMENTUM * velocity![at]! + gradient[at]! + decay * values[at]!);
      values[at]! -= rate * v;
    }
  },
} as const satisfies Optimizer;
