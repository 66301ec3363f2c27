import type { ArchJson } from '../../arch/index.js';
import { ByLevels } from './by-levels.js';
import { fieldsOfForm } from './machine-fields.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.js';
import { isQuestionField } from './question-fields.js';
import type { StudyAxis } from './study-axis.js';

/**
 * A machine file with some fields set, by path; null leaves a field out. Where a field that says which form a section has
 * (`mac.kind`) is set to another form, what the file says there and that form does not know is left out: an axis over kinds
 * could not be written otherwise. What is set itself is never left out.
 */
export function machineWith(machine: ArchJson, set: Readonly<Record<string, JsonValue>>): JsonObject {
  const base = objectOf(machine);
  let changed = base;
  for (const [path, value] of Object.entries(set)) changed = withField(changed, path.split('.'), value);
  for (const [path, value] of Object.entries(set)) {
    const steps = path.split('.');
    const section = steps.slice(0, -1);
    if (section.length === 0 || value === valueIn(base, steps)) continue;
    const known = fieldsOfForm(section.join('.'), steps.at(-1)!, value);
    if (known === undefined) continue;
    for (const field of Object.keys(objectIn(changed, section))) {
      const at = [...section, field];
      if (!known.has(field) && !Object.hasOwn(set, at.join('.'))) changed = withField(changed, at, null);
    }
  }
  return changed;
}

/** Machines of a study: most of their sections are those of other points, and are made once. */
export class MachineVariants {
  readonly #base: JsonObject;
  /** By the name of each section, or field beside them, that axes set: null where it is left out. */
  readonly #varied: readonly (readonly [string, ByLevels<JsonValue>])[];
  /** Names of all sections that a machine may have. */
  readonly sections: readonly string[];

  constructor(machine: ArchJson, axes: readonly StudyAxis[]) {
    this.#base = objectOf(machine);
    const set = axes.flatMap(({ fields }) => fields.filter((field) => !isQuestionField(field)));
    const names = [...new Set(set.map(sectionOf))];
    this.#varied = names.map((name) => {
      const isMine = (field: string): boolean => sectionOf(field) === name && !isQuestionField(field);
      return [name, new ByLevels(axes, isMine, (own) => machineWith(machine, own)[name] ?? null)];
    });
    this.sections = [...new Set([...Object.keys(this.#base), ...names])];
  }

  /** The same as `machineWith` all that the levels set; sections in which the same is set are the same object. */
  at(levels: readonly number[]): JsonObject {
    const changed: Record<string, JsonValue> = { ...this.#base };
    for (const [name, sections] of this.#varied) {
      const section = sections.at(levels);
      if (section === null) delete changed[name];
      else changed[name] = section;
    }
    return changed;
  }
}

function sectionOf(path: string): string {
  return path.split('.', 1)[0]!;
}

function withField(object: JsonObject, [name, ...rest]: readonly string[], value: JsonValue): JsonObject {
  const { [name!]: before, ...others } = object;
  const after = rest.length === 0 ? value : withField(objectOf(before), rest, value);
  return after === null ? others : { ...object, [name!]: after };
}

function valueIn(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  return objectIn(object, path.slice(0, -1))[path.at(-1)!];
}

function objectIn(object: JsonObject, path: readonly string[]): JsonObject {
  return path.reduce<JsonObject>((inner, name) => objectOf(inner[name]), object);
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
