import { z } from 'zod';
import { archSchema, readArchValue, type ArchSpec } from '../../arch/index.js';
import type { JsonObject, JsonValue } from './json-value.js';

/** What is checked of a machine when each of its fields is right by itself. */
const together = z.custom<never>().check(...(archSchema.def.checks ?? []));

/**
 * Reads machines that share most of their sections, as those of a study do: a section that is the same object is checked
 * once, and what is checked across sections for every machine. A machine is read as `readArchValue` reads it.
 */
export class MachineReader {
  readonly #source: string;
  readonly #fields: readonly FieldReader[];

  /** @param source what to call a machine in messages */
  constructor(source: string) {
    this.#source = source;
    this.#fields = Object.entries(archSchema.shape).map(([name, schema]) => new FieldReader(name, schema));
  }

  /** @throws AccelsimError with every issue */
  read(machine: JsonObject): ArchSpec {
    const spec: Record<string, unknown> = {};
    let left = Object.keys(machine).length;
    for (const field of this.#fields) {
      const { name } = field;
      const isStated = Object.hasOwn(machine, name);
      if (isStated) left -= 1;
      const result = field.read(machine[name]);
      if (!result.success) return this.#readWhole(machine);
      if (isStated || result.data !== undefined) spec[name] = result.data;
    }
    // What is left is no field of a machine.
    const whole = left === 0 ? together.safeParse(spec) : undefined;
    return whole?.success === true ? whole.data : this.#readWhole(machine);
  }

  /** Tells all that is wrong at once. */
  #readWhole(machine: JsonObject): ArchSpec {
    return readArchValue(machine, this.#source);
  }
}

type Read = z.ZodSafeParseResult<unknown>;

/** One field of machines, by the values it was read for. */
class FieldReader {
  readonly name: string;
  readonly #schema: z.ZodType;
  readonly #sections = new WeakMap<object, Read>();
  /** As many as a study has levels, at most. */
  readonly #values = new Map<JsonValue | undefined, Read>();

  constructor(name: string, schema: z.ZodType) {
    this.name = name;
    this.#schema = schema;
  }

  read(value: JsonValue | undefined): Read {
    if (typeof value === 'object' && value !== null) {
      let read = this.#sections.get(value);
      if (read === undefined) this.#sections.set(value, (read = this.#schema.safeParse(value)));
      return read;
    }
    let read = this.#values.get(value);
    if (read === undefined) this.#values.set(value, (read = this.#schema.safeParse(value)));
    return read;
  }
}
