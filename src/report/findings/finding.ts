import type { Spread, TrainingOutcome } from './outcome.js';

/**
 * `reproduced`: the means say so. `within chance`: they do not, but twice the standard error would cover it.
 * `not reproduced`: neither.
 */
export type Verdict = 'reproduced' | 'within chance' | 'not reproduced';

/** One finding of the paper, as a question to trainings. */
export interface Finding {
  readonly id: string;
  readonly statement: string;
  readonly where: string;
  /** What is asked of the means, in words. */
  readonly rule: string;
  /** False: short trainings of a small network are not expected to show it; `why` says so. */
  readonly isExpected: boolean;
  readonly why?: string;
  readonly judge: (outcomes: readonly TrainingOutcome[]) => Judgement;
}

export interface Judgement {
  /** What was measured, in words. */
  readonly measured: string;
  readonly verdict: Verdict;
}

export type FindingResult = Omit<Finding, 'judge'> & Judgement;

/** Judges `a - b >= least`, in points, by the spread of both. */
export function atLeast(a: Spread, b: Spread, leastPoints: number): Verdict {
  const difference = 100 * (a.mean - b.mean);
  const error = 100 * Math.hypot(a.standardError, b.standardError);
  if (difference >= leastPoints) return 'reproduced';
  return difference + 2 * error >= leastPoints ? 'within chance' : 'not reproduced';
}

const RANK: readonly Verdict[] = ['reproduced', 'within chance', 'not reproduced'];

/** The worst of several. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (RANK.indexOf(b) > RANK.indexOf(a) ? b : a), 'reproduced');
}
