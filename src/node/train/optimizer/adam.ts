import type { Optimizer } from './optimizer.js';

const [FIRST, SECOND, EPSILON] = [0.9, 0.999, 1e-8];

/** Adam (Kingma and Ba 2014, arXiv:1412.6980); the penalty is part of the gradient. */
export const adam = {
  description: 'Adam',
  defaultRate: 0.01,
  slots: 2,
  update({ values, gradient }, { rate, decay }, [mean, square], step) {
    const scale = (rate * Math.sqrt(1 - SECOND ** step)) / (1 - FIRST ** step);
    for (let at = 0; at < values.length; at += 1) {
      const slope = gradient[at]! + decay * values[at]!;
      const m = (mean![at] = FIRST * mean![at]! + (1 - FIRST) * slope);
      const v = (square![at] = SECOND * square![at]! + (1 - SECOND) * slope * slope);
      values[at]! -= (scale * m) / (Math.sqrt(v) + EPSILON);
    }
  },
} as const satisfies Optimizer;
