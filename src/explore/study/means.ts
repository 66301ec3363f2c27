/** One figure for each workload, and how much it counts. Weights are positive. */
export interface WeightedFigure {
  readonly value: number;
  readonly weight: number;
}

export const MEAN_NAMES = ['geometric', 'arithmetic'] as const;

export type MeanName = (typeof MEAN_NAMES)[number];

interface Mean {
  readonly description: string;
  readonly of: (figures: readonly WeightedFigure[]) => number;
}

/** Ways to make one figure of several workloads' figures. */
export const means = {
  geometric: {
    description: 'the root of the product: each workload counts by ratios, however long it runs',
    of: (figures) => Math.exp(weightedSum(figures, Math.log) / totalWeight(figures)),
  },
  arithmetic: {
    description: 'the sum over the number: a mix of inferences, in which long ones count for more',
    of: (figures) => weightedSum(figures, (value) => value) / totalWeight(figures),
  },
} as const satisfies Record<MeanName, Mean>;

/**
 * The mean of several workloads' figures. One figure is its own mean, to the last digit, and so is one that all of
 * them share. The geometric mean of figures one of which is 0 is 0.
 */
export function meanOf(name: MeanName, figures: readonly WeightedFigure[]): number {
  const first = figures[0]!.value;
  return figures.every(({ value }) => value === first) ? first : means[name].of(figures);
}

function weightedSum(figures: readonly WeightedFigure[], of: (value: number) => number): number {
  return figures.reduce((sum, { value, weight }) => sum + weight * of(value), 0);
}

function totalWeight(figures: readonly WeightedFigure[]): number {
  return figures.reduce((sum, { weight }) => sum + weight, 0);
}
