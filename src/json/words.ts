import { z } from 'zod';
import { show } from '../errors.js';

/** What zod says about an issue before it has a message. */
type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  never: 'left out',
};

/**
 * Words a zod issue as a rule: what would have been right. Given to zod as the error map of one call, so that a
 * message written in the schema itself still wins. For unknown fields the words are the allowed names, one a line,
 * which `toIssues` reads back: zod keeps nothing else of the schema that refused them.
 */
export function plainWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.inst instanceof z.ZodNumber ? numberOf(issue.inst) : (TYPES[issue.expected] ?? issue.expected)}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values.map(show))}`;
    case 'too_small':
      return issue.inclusive === false
        ? `must be more than ${issue.minimum}`
        : `must ${sizeOf(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return issue.inclusive === false
        ? `must be less than ${issue.maximum}`
        : `must ${sizeOf(issue.origin, 'at most', issue.maximum)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return issue.pattern === undefined ? `must be a valid ${issue.format}` : `must match ${issue.pattern}`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'has none of the allowed forms'
        : `must be ${oneOf(choices(issue['options']))}`;
    case 'unrecognized_keys':
      return allowedNames(issue.inst).join('\n');
    case 'invalid_key':
      return 'is not an allowed name';
    default:
      return 'is not allowed here';
  }
}

/** `a whole number from 1 to 16`, `a number of more than 0`. */
function numberOf(schema: z.ZodNumber): string {
  const accepts = (limit: number): boolean => schema.safeParse(limit).success;
  const { minValue, maxValue } = schema;
  const low = minValue === null || minValue <= Number.MIN_SAFE_INTEGER ? undefined : minValue;
  const high = maxValue === null || maxValue >= Number.MAX_SAFE_INTEGER ? undefined : maxValue;
  const kind = schema.isInt ? 'a whole number' : 'a number';
  if (low !== undefined && high !== undefined && accepts(low) && accepts(high)) return `${kind} from ${low} to ${high}`;
  const bounds = [];
  if (low !== undefined) bounds.push(`${accepts(low) ? 'at least' : 'more than'} ${low}`);
  if (high !== undefined) bounds.push(`${accepts(high) ? 'at most' : 'less than'} ${high}`);
  return bounds.length === 0 ? kind : `${kind} of ${bounds.join(' and ')}`;
}

function choices(options: unknown): string[] {
  return Array.isArray(options) ? options.map(show) : [];
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function sizeOf(origin: string, bound: string, limit: number | bigint): string {
  const many = limit === 1 || limit === 1n ? '' : 's';
  if (origin === 'string')
    return bound === 'at least' && many === '' ? 'not be empty' : `have ${bound} ${limit} character${many}`;
  if (origin === 'array' || origin === 'set' || origin === 'map') {
    return `have ${bound} ${limit} entr${many === '' ? 'y' : 'ies'}`;
  }
  return `be ${bound} ${limit}`;
}

function allowedNames(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}
