import { z } from 'zod';
import { objectiveNames } from '../../mapping/index.js';
import { MODES } from '../../performance/index.js';
import { bitsSchema, SAME_BITS } from '../../precision/index.js';

const MAX_BATCH = 1_000_000;

const nameSchema = z.string().min(1);

export const QUESTION_FIELDS = [
  'bits',
  'edgeBits',
  'precision',
  'batch',
  'workload',
  'mode',
  'mappingObjective',
] as const;

export type QuestionField = (typeof QUESTION_FIELDS)[number];

/** What an axis may set beside fields of the machine: the question that is put to it. */
export const questionFields = {
  bits: { schema: bitsSchema, description: 'nominal width' },
  edgeBits: { schema: z.union([bitsSchema, z.literal(SAME_BITS)]), description: 'width of the first and last layer' },
  precision: {
    schema: z.union([bitsSchema, nameSchema]),
    description: 'a nominal width, or the name or file of a list that gives each layer its own',
  },
  batch: { schema: z.int().min(1).max(MAX_BATCH), description: 'samples that run together' },
  workload: { schema: nameSchema, description: 'name or file of a network' },
  mode: { schema: z.enum(MODES), description: 'one inference, or a steady stream of them' },
  mappingObjective: {
    schema: z.enum(objectiveNames),
    description: 'what mappings and residency of each machine are chosen for',
  },
} as const satisfies Record<QuestionField, { readonly schema: z.ZodType; readonly description: string }>;

export function isQuestionField(path: string): path is QuestionField {
  return Object.hasOwn(questionFields, path);
}
