/** As much of a training as the findings are judged by. */
export interface TrainingOutcome {
  readonly plan: {
    readonly network: string;
    readonly scheme: string;
    /** Between the first and the last layer; null: not rounded. */
    readonly bits: number | null;
    /** Of the first and the last layer; null: not rounded. */
    readonly edgeBits: number | null;
    readonly seed: number;
    readonly epochs: number;
    /** L2 strength of clipping levels. */
    readonly levelDecay: number;
    /** Where clipping levels started. */
    readonly startLevel: number;
  };
  /** Share of the test images that were told right. */
  readonly accuracy: number;
  /** After each pass over the training images. */
  readonly epochs: readonly {
    readonly loss: number;
    readonly accuracy: number;
    /** Learned clipping levels, by layer. */
    readonly clipLevels: Readonly<Record<string, number>>;
  }[];
}

/** What trainings that differ in their seed alone come to. */
export interface Spread {
  readonly runs: number;
  readonly mean: number;
  /** Standard deviation of the runs, from n - 1; 0 of one run. */
  readonly deviation: number;
  /** Of the mean. */
  readonly standardError: number;
}

export type PlanFilter = Partial<TrainingOutcome['plan']>;

/** The outcomes whose plans agree with every field of the filter. */
export function outcomesOf(outcomes: readonly TrainingOutcome[], filter: PlanFilter): TrainingOutcome[] {
  const wanted = Object.entries(filter);
  return outcomes.filter(({ plan }) =>
    wanted.every(([field, value]) => Object.entries(plan).some(([name, own]) => name === field && own === value)),
  );
}

/** @throws Error if there are none: a bug in what was trained */
export function spreadOf(values: readonly number[]): Spread {
  const runs = values.length;
  if (runs === 0) throw new Error('no trainings to compare');
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = runs === 1 ? 0 : Math.sqrt(squares / (runs - 1));
  return { runs, mean, deviation, standardError: deviation / Math.sqrt(runs) };
}

/** Accuracy of all trainings that fit the filter. */
export function accuracyOf(outcomes: readonly TrainingOutcome[], filter: PlanFilter): Spread {
  return spreadOf(outcomesOf(outcomes, filter).map(({ accuracy }) => accuracy));
}

/** `87.3 ± 0.4`: percent. */
export function percentPoints({ mean, deviation, runs }: Spread): string {
  return runs === 1 ? (100 * mean).toFixed(1) : `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)}`;
}
