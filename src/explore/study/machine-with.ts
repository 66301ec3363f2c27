import type { ArchJson } from '../../arch/index.js';
import { fieldsOfForm } from './machine-fields.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.js';

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
  readonly #machine: ArchJson;
  readonly #base: JsonObject;
  /** By what is set in a section: the section, undefined where it is left out. */
  readonly #sections = new Map<string, JsonValue | undefined>();

  constructor(machine: ArchJson) {
    this.#machine = machine;
    this.#base = objectOf(machine);
  }

  /** The same as `machineWith`; sections in which the same is set are the same object. */
  with(set: Readonly<Record<string, JsonValue>>): JsonObject {
    const changed: Record<string, JsonValue> = { ...this.#base };
    for (const [name, own] of bySection(set)) {
      const section = this.#section(name, own);
      if (section === undefined) delete changed[name];
      else changed[name] = section;
    }
    return changed;
  }

  #section(name: string, set: Readonly<Record<string, JsonValue>>): JsonValue | undefined {
    const key = JSON.stringify([name, set]);
    if (!this.#sections.has(key)) this.#sections.set(key, machineWith(this.#machine, set)[name]);
    return this.#sections.get(key);
  }
}

function bySection(set: Readonly<Record<string, JsonValue>>): ReadonlyMap<string, Record<string, JsonValue>> {
  const sections = new Map<string, Record<string, JsonValue>>();
  for (const path of Object.keys(set)) {
    const name = path.split('.', 1)[0]!;
    const own = sections.get(name);
    if (own === undefined) sections.set(name, { [path]: set[path]! });
    else own[path] = set[path]!;
  }
  return sections;
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
