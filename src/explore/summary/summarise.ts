import type { MetricName } from '../study/metrics.js';
import type { PointResult } from '../study/point.js';
import type { PreparedStudy } from '../study/prepared-study.js';
import { ByPrecisionGatherer, precisionAxis, type ByPrecision } from './by-precision.js';
import { EffectsGatherer, type MainEffect } from './effects.js';
import { ErrorsGatherer, type StudyError } from './errors.js';
import { FrontGatherer } from './front-gatherer.js';
import { costOf, costsOf, figureOf } from './objectives.js';
import { PairsGatherer, type AxisPair } from './pairs.js';
import { Span, Thinning } from './thinning.js';

export interface StudyCounts {
  readonly points: number;
  /** Answered, and every constraint holds. */
  readonly feasible: number;
  /** Answered, and a constraint is broken. */
  readonly infeasible: number;
  /** No answer but an error. */
  readonly poisoned: number;
  /** Feasible, but an objective is unknown: on no front. */
  readonly unranked: number;
  /** Answered, but by a machine that does not give what a constraint compares; counted among the infeasible. */
  readonly unknown: number;
}

/** What a finished study comes to: all that its report and its charts are made from, however many points it has. */
export interface StudySummary {
  readonly study: PreparedStudy;
  readonly counts: StudyCounts;
  /** The best in the first objective first; equals by index. */
  readonly front: readonly PointResult[];
  /** For each objective, the point of the front with the best figure; of several, the best in the first objective. */
  readonly best: readonly { readonly metric: MetricName; readonly result: PointResult | null }[];
  readonly errors: readonly StudyError[];
  /** Points with an error that are in no entry of `errors`, which are limited. */
  readonly otherErrors: number;
  readonly effects: readonly MainEffect[];
  readonly pairs: readonly AxisPair[];
  /** Feasible points that others dominate: as many of them as a picture can show. */
  readonly dominated: { readonly all: number; readonly shown: readonly PointResult[] };
  /** Null where no axis sets the precision. */
  readonly byPrecision: ByPrecision | null;
}

/** Opens the results of a study, by index, from the first. */
export type OpenResults = () => Iterable<PointResult> | AsyncIterable<PointResult>;

/** Axes of which there is anything to tell. */
export function varyingAxes({ axes }: Pick<PreparedStudy, 'axes'>): PreparedStudy['axes'] {
  return axes.filter(({ levels }) => levels.length > 1);
}

/**
 * Sums a study up. Goes through the results twice and keeps none but the front, so that memory does not grow with the
 * number of points.
 */
export async function summariseStudy(study: PreparedStudy, open: OpenResults): Promise<StudySummary> {
  const axes = varyingAxes(study);
  const tally = new Tally(study);
  const fronts = new FrontGatherer(study.objectives);
  const effects = new EffectsGatherer(axes, study.objectives);
  const pairs = new PairsGatherer(axes, study.objectives[0]!);
  const errors = new ErrorsGatherer();
  for await (const result of open()) {
    for (const gatherer of [tally, fronts, effects, pairs, errors]) gatherer.add(result);
  }
  const [first] = study.objectives;
  const front = fronts
    .front()
    .sort((a, b) => costOf(first!, figureOf(a, first!)!) - costOf(first!, figureOf(b, first!)!) || a.index - b.index);

  const onFront = new Set(front.map(({ index }) => index));
  const thinning = new Thinning(study.objectives, tally.spans);
  const along = precisionAxis(study);
  const machines = along === undefined ? null : new ByPrecisionGatherer(along, front);
  for await (const result of open()) {
    machines?.add(result);
    if (isRanked(study, result) && !onFront.has(result.index)) thinning.offer(result);
  }
  return {
    study,
    counts: tally.counts(),
    front,
    best: study.objectives.map((metric) => ({ metric, result: bestOf(front, metric) })),
    errors: errors.errors(),
    otherErrors: errors.others,
    effects: effects.effects(),
    pairs: pairs.pairs(),
    dominated: { all: thinning.offered, shown: thinning.kept() },
    byPrecision: machines?.byPrecision() ?? null,
  };
}

function bestOf(front: readonly PointResult[], metric: MetricName): PointResult | null {
  const costAt = (result: PointResult): number => costOf(metric, figureOf(result, metric)!);
  let best: PointResult | null = null;
  for (const result of front) if (best === null || costAt(result) < costAt(best)) best = result;
  return best;
}

function isRanked({ objectives }: PreparedStudy, result: PointResult): boolean {
  return result.feasible && costsOf(objectives, result) !== null;
}

/** Counts, bests and spans. */
class Tally {
  readonly #study: PreparedStudy;
  readonly spans: readonly Span[];
  #points = 0;
  #feasible = 0;
  #poisoned = 0;
  #unranked = 0;
  #unknown = 0;

  constructor(study: PreparedStudy) {
    this.#study = study;
    this.spans = study.objectives.map(() => new Span());
  }

  add(result: PointResult): void {
    this.#points += 1;
    if (result.error !== null) this.#poisoned += 1;
    const { metrics } = result;
    if (metrics !== null && this.#study.constraints.some(({ metric }) => metrics[metric] === null)) this.#unknown += 1;
    if (!result.feasible) return;
    this.#feasible += 1;
    const ranked = isRanked(this.#study, result);
    if (!ranked) this.#unranked += 1;
    for (const [at, metric] of this.#study.objectives.entries()) {
      if (ranked) this.spans[at]!.add(figureOf(result, metric)!);
    }
  }

  counts(): StudyCounts {
    return {
      points: this.#points,
      feasible: this.#feasible,
      infeasible: this.#points - this.#feasible - this.#poisoned,
      poisoned: this.#poisoned,
      unranked: this.#unranked,
      unknown: this.#unknown,
    };
  }
}
