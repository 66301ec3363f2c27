import type { PointMetrics } from './metrics.js';

/** What a reader calls one level of an axis: its value, or its name where it sets several fields. */
export type AxisValue = string | number | boolean;

/** One point of a study's space. */
export interface DesignPoint {
  /** Position in the sampler's order, from 0. */
  readonly index: number;
  /** For every axis, by its name, the label of the level. */
  readonly values: Readonly<Record<string, AxisValue>>;
}

/** A point with the hash of all that its answer depends on. */
export interface KeyedPoint extends DesignPoint {
  readonly key: string;
}

/** What a point came to: plain JSON, and the same to the byte whoever worked it out. */
export interface PointAnswer extends DesignPoint {
  /** Null where the point could not be answered. */
  readonly metrics: PointMetrics | null;
  /** Whether every constraint holds; a metric that is unknown holds none. False for a point with an error. */
  readonly feasible: boolean;
  /** Why the point could not be answered: an impossible machine, a layer that does not fit. Null where it was. */
  readonly error: string | null;
}

/** An answer under the key it is kept by. */
export interface PointResult extends PointAnswer {
  readonly key: string;
}

/** Points that are answered together: neighbours that share work. */
export interface Chunk {
  /** Tells chunks with other points apart, whatever was stored before: a hash of the keys of its points. */
  readonly id: string;
  /** Its place among the chunks of its sampler's batches, from 0, stored or not: what shards divide by. */
  readonly ordinal: number;
  readonly points: readonly KeyedPoint[];
}
