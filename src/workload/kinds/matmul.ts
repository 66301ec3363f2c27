import { z } from 'zod';
import { formatShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import { commonFields, fusedActivation, name, size } from './fields.js';
import type { LayerKind, Report } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'product of two activations, as in attention';

const schema = z
  .strictObject({
    ...commonFields('matmul'),
    inputs: z
      .tuple([name('first factor: its positions are the rows'), name('second factor')])
      .meta({ description: 'the two sequences that are multiplied' }),
    groups: size('parts the channels fall into, each multiplied by itself: the heads of an attention layer').default(1),
    secondGroups: size(
      'parts of the second factor, each shared by as many of the first: heads of grouped-query attention; left out: groups',
    ).optional(),
    transposeSecond: z.boolean().default(false).meta({
      description: 'true: queries by keys, sums run over channels; false: scores by values, sums run over positions',
    }),
    activation: fusedActivation,
  })
  .meta({ description });

type Spec = z.output<typeof schema>;

/**
 * For each of G groups a P x C matrix (positions by channels of the first input) times a C x K matrix:
 * - `transposeSecond`: the second input has K positions and G C channels
 * - else: it has C positions and G K channels
 *
 * Where H of the second factor's groups serve G of the first, the nest has H groups and G / H times the positions.
 *
 * The second factor differs from sample to sample, so a batch multiplies the groups, not the pixels that share a
 * weight.
 */
export const matmul = {
  description,
  schema,
  engine: 'array',
  secondOperand: 'activation',
  inPlace: false,
  infer(spec, [first, second], report) {
    if (first === undefined || second === undefined) return undefined;
    const [firstFits, secondFits] = [isSequence(spec, 0, first, report), isSequence(spec, 1, second, report)];
    if (!firstFits || !secondFits) return undefined;
    const secondGroups = spec.secondGroups ?? spec.groups;
    const reduction = first.channels / spec.groups;
    const [given, wanted, what] = spec.transposeSecond
      ? [second.channels, secondGroups * reduction, 'channels']
      : [second.height, reduction, 'positions'];
    if (given !== wanted) {
      const rule = `must have ${wanted} ${what} to be multiplied with "${spec.inputs[0]}" (${formatShape(first)})`;
      report(['inputs', 1], rule, `"${spec.inputs[1]}", ${formatShape(second)}`);
      return undefined;
    }
    const outputChannels = spec.transposeSecond ? second.height : second.channels / secondGroups;
    const positions = first.height * (spec.groups / secondGroups);
    return {
      output: { channels: spec.groups * outputChannels, height: first.height, width: 1 },
      nest: pointNest(secondGroups, reduction, outputChannels, positions, 1),
      operationsPerOutput: 0,
    };
  },
  withBatch: (nest, from, to) => ({ ...nest, groups: (nest.groups / from) * to }),
} as const satisfies LayerKind<Spec>;

function isSequence(spec: Spec, index: 0 | 1, shape: TensorShape, report: Report): boolean {
  const found = `"${spec.inputs[index]}", ${formatShape(shape)}`;
  if (shape.width !== 1) report(['inputs', index], 'must be a sequence, of width 1', found);
  const field = index === 1 && spec.secondGroups !== undefined ? 'secondGroups' : 'groups';
  const groups = spec[field] ?? spec.groups;
  const divides = shape.channels % groups === 0;
  if (!divides)
    report([field], `must divide the ${shape.channels} channels of "${spec.inputs[index]}"`, String(groups));
  const shared = spec.groups % groups === 0;
  if (!shared) report([field], `must divide the ${spec.groups} groups`, String(groups));
  return shape.width === 1 && divides && shared;
}
