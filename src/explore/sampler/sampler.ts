import type { z } from 'zod';
import type { DesignPoint, PointResult } from '../study/point.js';
import type { Space } from './space.js';

/** Chooses points of a study's space, batch by batch. The same study gives the same points. */
export interface Sampler {
  /**
   * The points to answer next; null when there are no more. Indices go up by 1 from batch to batch.
   * @param results of the batch before, by index; none are looked at by samplers that do not `learn`
   */
  next(results: readonly PointResult[]): Iterable<DesignPoint> | null;
}

/** How many points a sampler will ask for: so many, or at most so many where it may meet one twice. */
export interface PointCount {
  readonly points: number;
  readonly exact: boolean;
}

/** One way to choose points; a file of this folder each. */
export interface SamplerKind<Spec extends { readonly kind: string }> {
  readonly description: string;
  readonly schema: z.ZodType<Spec>;
  /** Its batches hang on what earlier points came to, so that it cannot be cut into shards. */
  readonly learns: boolean;
  /** It answers every point of the space: nothing is drawn by a seed, and at each level of an axis the others are the same. */
  readonly complete: boolean;
  count(spec: Spec, space: Space): PointCount;
  start(spec: Spec, space: Space): Sampler;
}
