import { z } from 'zod';
import { objectiveNames, objectives } from '../../mapping/index.js';
import { MODES } from '../../performance/index.js';
import { DEFAULT_EDGE_BITS, SAME_BITS, bitsSchema } from '../../precision/index.js';
import { samplerSchema } from '../sampler/index.js';
import { CONSTRAINT_PATTERN, constraintProblem } from './constraints.js';
import { MEAN_NAMES, means } from './means.js';
import { METRIC_NAMES } from './metrics.js';
import { QUESTION_FIELDS, questionFields } from './question-fields.js';

/** Levels of one axis, and axes of one study. */
export const MAX_LEVELS = 10_000;
const MAX_AXES = 64;
const MAX_WORKLOADS = 1_000;

const label = z
  .string()
  .min(1)
  .regex(/^\P{Cc}*$/u, { error: 'must be without control characters' });

const jsonSchema = z.json();

const range = z
  .strictObject({
    from: z.number().meta({ description: 'first value' }),
    to: z.number().meta({ description: 'last value; one that the steps pass over is left out' }),
    step: z.number().positive().optional().meta({ description: 'from one value to the next; or say count' }),
    count: z.int().min(2).max(MAX_LEVELS).optional().meta({ description: 'number of values, both ends among them' }),
  })
  .meta({ description: 'values at equal distances' });

const powersOfTwo = z
  .strictObject({
    from: z.number().positive().meta({ description: 'first value, a power of two' }),
    to: z.number().positive().meta({ description: 'last value, a power of two' }),
  })
  .meta({ description: 'from one power of two to another, each twice the one before' });

const path = z
  .string()
  .min(1)
  .meta({
    description:
      'a field of the machine file by its path, such as scratchpad.capacityKiB; or of the question: ' +
      QUESTION_FIELDS.map((field) => `${field} (${questionFields[field].description})`).join(', '),
  });

const axis = z
  .strictObject({
    name: label.optional().meta({ description: 'how tables and charts call it; its fields where left out' }),
    field: path.optional(),
    fields: z.array(path).min(2).optional().meta({
      description: 'several fields in step: all of one value (values, range, powersOfTwo), or each its own (tuples)',
    }),
    values: z.array(jsonSchema).min(1).max(MAX_LEVELS).optional().meta({
      description: 'values of the field, in order; null leaves it out of the machine file',
    }),
    range: range.optional(),
    powersOfTwo: powersOfTwo.optional(),
    tuples: z.array(z.array(jsonSchema)).min(1).max(MAX_LEVELS).optional().meta({
      description: 'for each level one value of each of the fields',
    }),
    levels: z.record(label, z.record(path, jsonSchema)).optional().meta({
      description: 'levels by name, each with the fields it sets: for choices of which a number says too little',
    }),
  })
  .meta({ description: 'one dimension of the space: what is varied, and over which values' });

const constraint = z
  .string()
  .superRefine((text, context) => {
    const problem = constraintProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, input: text });
  })
  .meta({
    description: `a metric, <= or >=, and a number; metrics: ${METRIC_NAMES.join(', ')}`,
    pattern: CONSTRAINT_PATTERN.source,
    examples: ['areaMm2 <= 30'],
  });

const workload = z.union([
  label,
  z.strictObject({
    workload: label.meta({ description: 'name or file of a network' }),
    weight: z.number().positive().meta({ description: 'how much it counts in the mean' }),
  }),
]);

/** A study file. */
export const studySchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    name: label.meta({ description: 'how reports and stores call the study' }),
    description: z.string().optional().meta({ description: 'what is asked' }),
    machine: label.default('default').meta({ description: 'name of a machine that is shipped, or a file' }),
    workloads: z.array(workload).min(1).max(MAX_WORKLOADS).optional().meta({
      description: 'names or files of networks that run on every machine; left out where an axis sets workload',
    }),
    mean: z
      .enum(MEAN_NAMES)
      .default('geometric')
      .meta({
        description: `how several workloads make one figure: ${Object.entries(means)
          .map(([name, { description }]) => `${name}, ${description}`)
          .join('; ')}`,
      }),
    batch: questionFields.batch.schema.default(1).meta({ description: questionFields.batch.description }),
    mode: z.enum(MODES).default('latency').meta({ description: questionFields.mode.description }),
    mappingObjective: questionFields.mappingObjective.schema.optional().meta({
      description: `${questionFields.mappingObjective.description}, latency where left out: ${objectiveNames
        .map((name) => `${name}, ${objectives[name].description}`)
        .join('. ')}`,
    }),
    precision: z
      .strictObject({
        bits: bitsSchema.optional().meta({ description: 'nominal width, in bits; 16 where left out' }),
        edgeBits: z
          .union([bitsSchema, z.literal(SAME_BITS)])
          .optional()
          .meta({
            description: `least width of the first and last layer, or "${SAME_BITS}"; ${DEFAULT_EDGE_BITS} where left out`,
          }),
        kvCacheBits: bitsSchema.optional().meta({ description: 'width of keys and values that attention keeps' }),
        list: label.optional().meta({ description: 'name or file of a list that gives each layer its own widths' }),
      })
      .default({})
      .meta({ description: 'widths, where no axis sets them' }),
    axes: z.array(axis).min(1).max(MAX_AXES).meta({ description: 'what is varied' }),
    constraints: z.array(constraint).default([]).meta({ description: 'what a point must keep to be on the front' }),
    objectives: z
      .array(z.enum(METRIC_NAMES))
      .min(1)
      .refine((names) => new Set(names).size === names.length, { error: 'must name each metric once' })
      .meta({ description: 'metrics that are traded for each other; which way is better, the metric says' }),
    sampler: samplerSchema.default({ kind: 'grid' }),
    seed: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(1)
      .meta({ description: 'of samplers that draw; the same seed gives the same points' }),
  })
  .meta({ title: 'accelsim study', description: 'A design space, and what is wanted of its points.' });

export type StudyJson = z.input<typeof studySchema>;
export type StudyFile = z.output<typeof studySchema>;
export type AxisFile = StudyFile['axes'][number];

/** JSON Schema (draft 2020-12) of a study file, for editors. */
export function studyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(studySchema, { io: 'input' });
}
