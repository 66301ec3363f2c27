import { z } from 'zod';
import { archSchema, FIELDS_BESIDE } from '../../arch/index.js';
import type { Issue } from '../../errors.js';
import { issuesOf, nearestName } from '../../json/index.js';

/** Fields that are for readers only: no answer hangs on them. */
export const WORDS: ReadonlySet<string> = new Set(['$schema', 'name', 'description', 'sources']);

let known: ReadonlyMap<string, readonly z.ZodType[]> | undefined;

/**
 * Every field of a machine file by its path, whole sections included: `cores`, `array`, `array.rows`, `mac.kind`. A field of a
 * section that has several forms may stand in more than one of them. Read off the schema, so that a new field needs no line here.
 */
export function machineFields(): ReadonlyMap<string, readonly z.ZodType[]> {
  return (known ??= fieldsOf(archSchema));
}

/**
 * Why no form of the machine file takes the value there; empty where one does. Whether it makes a machine with the rest is
 * another matter.
 */
export function fieldIssues(path: string, value: unknown): readonly Issue[] {
  let forms = formsOfField.get(path);
  if (forms === undefined) formsOfField.set(path, (forms = z.union(machineFields().get(path) ?? [])));
  return issuesOf(value, path, forms);
}

/** An axis asks for each of its levels, of which there may be thousands. */
const formsOfField = new Map<string, z.ZodType>();

/** The field a user most likely meant: a slip of the keyboard away, or the same last name in another section. */
export function nearestField(path: string, others: readonly string[]): string | undefined {
  const paths = [...others, ...machineFields().keys()];
  const last = lastName(path).toLowerCase();
  const sameName = paths.find((one) => lastName(one).toLowerCase() === last);
  if (sameName !== undefined) return sameName;
  const near = nearestName(path, paths);
  if (near !== undefined) return near;
  const lastNear = nearestName(last, paths.map(lastName));
  return paths.find((one) => lastName(one) === lastNear);
}

/**
 * The fields of the form that a section takes when `field` says `value`; undefined where the section has one form only, or none
 * that takes it. A field that takes the place of others (`FIELDS_BESIDE`) makes a form, too.
 */
export function fieldsOfForm(section: string, field: string, value: unknown): ReadonlySet<string> | undefined {
  const beside = FIELDS_BESIDE[`${section}.${field}`];
  if (beside !== undefined) return value === null ? undefined : beside;
  const forms = formsOfSection(section);
  if (forms.length < 2) return undefined;
  const form = forms.find(({ shape }) => {
    const schema: unknown = shape[field];
    return schema instanceof z.ZodLiteral && schema.safeParse(value).success;
  });
  return form && new Set(Object.keys(form.shape));
}

const knownForms = new Map<string, readonly z.ZodObject[]>();

/** Asked at every point of a study. */
function formsOfSection(section: string): readonly z.ZodObject[] {
  let forms = knownForms.get(section);
  if (forms === undefined) knownForms.set(section, (forms = (machineFields().get(section) ?? []).flatMap(formsOf)));
  return forms;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function fieldsOf(schema: z.core.$ZodType): Map<string, z.ZodType[]> {
  const fields = new Map<string, z.ZodType[]>();
  const visit = (inner: z.core.$ZodType, path: string): void => {
    for (const form of formsOf(inner)) {
      for (const [name, field] of Object.entries(form.shape)) {
        if (WORDS.has(name) || !(field instanceof z.ZodType)) continue;
        const at = path === '' ? name : `${path}.${name}`;
        fields.set(at, [...(fields.get(at) ?? []), field]);
        visit(field, at);
      }
    }
  };
  visit(schema, '');
  return fields;
}

/** The objects that a schema may stand for, through what may be left out and what has several forms. */
function formsOf(schema: z.core.$ZodType): z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return formsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => formsOf(option));
  if (schema instanceof z.ZodPipe) return formsOf(schema.in);
  return [];
}
