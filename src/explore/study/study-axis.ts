import type { JsonValue } from './json-value.js';
import type { MetricName } from './metrics.js';
import type { AxisValue } from './point.js';

export interface AxisLevel {
  readonly label: AxisValue;
  /** What it sets, by path: fields of the machine, or `bits`, `edgeBits`, `precision`, `batch`, `workload`, `mode`,
   * `mappingObjective`. */
  readonly set: Readonly<Record<string, JsonValue>>;
}

export interface StudyAxis {
  readonly name: string;
  /** Every path that a level of it sets. */
  readonly fields: readonly string[];
  /** At least one, labels all different. */
  readonly levels: readonly AxisLevel[];
}

/** `areaMm2 <= 30` */
export interface Constraint {
  readonly metric: MetricName;
  readonly comparison: '<=' | '>=';
  readonly limit: number;
}
