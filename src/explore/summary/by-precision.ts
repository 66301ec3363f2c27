import type { AxisValue, PointResult } from '../study/point.js';
import type { PreparedStudy } from '../study/prepared-study.js';
import type { StudyAxis } from '../study/study-axis.js';
import { figureOf } from './objectives.js';

/** Machines of the front that are looked at. */
const MAX_MACHINES = 500;

/** Paths an axis of precisions sets. */
const PRECISION_FIELDS: ReadonlySet<string> = new Set(['bits', 'precision']);

/** One machine of the front at every precision. */
export interface MachineByPrecision {
  /** All axes but the one of precisions. */
  readonly values: PointResult['values'];
  /** By level of the axis; null for a point that was not asked for, or has no answer. */
  readonly latencyMs: readonly (number | null)[];
}

/** The machines of the front along the axis of precisions. */
export interface ByPrecision {
  readonly axis: string;
  /** The label of the level that is compared with: the widest, or the first where levels are not numbers. */
  readonly baseline: AxisValue;
  /** In the order of the front; only those with an answer at the baseline and at another level. */
  readonly machines: readonly MachineByPrecision[];
}

/** The axis that sets the bits; undefined where they are the same all over the study. */
export function precisionAxis({ axes }: Pick<PreparedStudy, 'axes'>): StudyAxis | undefined {
  return axes.find(({ fields, levels }) => levels.length > 1 && fields.some((field) => PRECISION_FIELDS.has(field)));
}

/** Finds the machines of a front at the other precisions, among all points. */
export class ByPrecisionGatherer {
  readonly #axis: StudyAxis;
  readonly #places: ReadonlyMap<AxisValue, number>;
  readonly #machines = new Map<string, { values: PointResult['values']; latencyMs: (number | null)[] }>();

  constructor(axis: StudyAxis, front: readonly PointResult[]) {
    this.#axis = axis;
    this.#places = new Map(axis.levels.map(({ label }, at) => [label, at]));
    for (const result of front) {
      const values = this.#rest(result);
      const key = JSON.stringify(values);
      if (this.#machines.has(key) || this.#machines.size >= MAX_MACHINES) continue;
      this.#machines.set(key, { values, latencyMs: axis.levels.map(() => null) });
    }
  }

  /** Points that break a constraint count too: the baseline may be one of them. */
  add(result: PointResult): void {
    const machine = this.#machines.get(JSON.stringify(this.#rest(result)));
    const place = this.#places.get(result.values[this.#axis.name]!);
    if (machine !== undefined && place !== undefined) machine.latencyMs[place] = figureOf(result, 'latencyMs');
  }

  byPrecision(): ByPrecision {
    const labels = this.#axis.levels.map(({ label }) => label);
    const widths = labels.map(Number);
    const base = widths.every(Number.isFinite) ? widths.indexOf(Math.max(...widths)) : 0;
    return {
      axis: this.#axis.name,
      baseline: labels[base]!,
      machines: [...this.#machines.values()].filter(
        ({ latencyMs }) => latencyMs[base] !== null && latencyMs.filter((value) => value !== null).length > 1,
      ),
    };
  }

  #rest({ values }: PointResult): PointResult['values'] {
    const { [this.#axis.name]: _, ...rest } = values;
    return rest;
  }
}
