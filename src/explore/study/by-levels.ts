import type { JsonValue } from './json-value.js';
import type { StudyAxis } from './study-axis.js';

type FieldSet = Readonly<Record<string, JsonValue>>;

/** What hangs on some of the fields that axes set, made once for each combination of levels that sets them. */
export class ByLevels<Value> {
  readonly #axes: readonly StudyAxis[];
  readonly #isMine: (field: string) => boolean;
  readonly #make: (set: FieldSet) => Value;
  /** Places of the axes that set such fields. */
  readonly #places: readonly number[];
  readonly #known = new Map<number | string, Value>();

  constructor(axes: readonly StudyAxis[], isMine: (field: string) => boolean, make: (set: FieldSet) => Value) {
    this.#axes = axes;
    this.#isMine = isMine;
    this.#make = make;
    this.#places = [...axes.keys()].filter((at) => axes[at]!.fields.some(isMine));
  }

  /** @param levels of each axis of the study */
  at(levels: readonly number[]): Value {
    const places = this.#places;
    const key = places.length === 1 ? levels[places[0]!]! : places.map((at) => levels[at]).join();
    let value = this.#known.get(key);
    if (value === undefined) this.#known.set(key, (value = this.#make(this.#setAt(levels))));
    return value;
  }

  #setAt(levels: readonly number[]): FieldSet {
    const set: Record<string, JsonValue> = {};
    for (const at of this.#places)
      for (const [field, value] of Object.entries(this.#axes[at]!.levels[levels[at]!]!.set))
        if (this.#isMine(field)) set[field] = value;
    return set;
  }
}
