import { z } from 'zod';
import type { TensorShape } from '../tensor-shape.js';
import { checkChannelGroups } from './channel-groups.js';
import { axes, commonFields, fixedPadding, fusedActivation, input, perAxis, size } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind, Report } from './layer-kind.js';
import { pointNest } from './point-nest.js';
import { sides, spanOf } from './window.js';

const description = 'convolution backwards: a learnt upsampling';

const extra = z.int().min(0);

const schema = z
  .strictObject({
    ...commonFields('transposed-convolution'),
    input,
    inputChannels: size('channels of the input, checked if given').optional(),
    outputChannels: size('channels of the output'),
    kernel: perAxis('rows and columns that one input spreads over'),
    stride: perAxis('output rows and columns from one input to the next').default(1),
    padding: fixedPadding.default(0),
    outputPadding: z
      .union([
        extra.meta({ description: 'rows and columns alike' }),
        z.strictObject({
          rows: extra.meta({ description: 'below' }),
          columns: extra.meta({ description: 'to the right' }),
        }),
      ])
      .default(0)
      .meta({ description: 'rows and columns added to the output, less than the stride or the dilation' }),
    dilation: perAxis('output rows and columns from one tap of the filter to the next').default(1),
    groups: size('parts the channels fall into, each convolved by itself').default(1),
    activation: fusedActivation,
  })
  .meta({ description });

type Spec = z.output<typeof schema>;

/**
 * Each input makes kernel x kernel values of each output channel, a matrix product whose columns are the filter taps;
 * where windows overlap the values are added up. MACs are those products, cropped ones included. With a kernel as large
 * as the stride nothing overlaps and the nest makes just the output; else it makes partial values, which are kept on
 * chip, and the adding is not counted.
 */
export const transposedConvolution = {
  description,
  schema,
  engine: 'array',
  secondOperand: 'weights',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    const { groups, outputChannels } = spec;
    const grouped = checkChannelGroups(spec, shape, report);
    const output = spread(spec, shape, report);
    if (output === undefined || !grouped) return undefined;
    const kernel = axes(spec.kernel);
    const values = (outputChannels / groups) * kernel.rows * kernel.columns;
    return {
      output,
      nest: pointNest(groups, shape.channels / groups, values, shape.height, shape.width),
      operationsPerOutput: 0,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<Spec>;

/** @see https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html for the size of the output */
function spread(spec: Spec, shape: TensorShape, report: Report): TensorShape | undefined {
  const [top, bottom, left, right] = sides(spec.padding);
  const [kernel, stride, dilation, added] = [
    axes(spec.kernel),
    axes(spec.stride),
    axes(spec.dilation),
    axes(spec.outputPadding),
  ];
  for (const axis of ['rows', 'columns'] as const) {
    const limit = Math.max(stride[axis], dilation[axis]);
    if (added[axis] < limit) continue;
    report(['outputPadding'], `must be less than the stride or the dilation (${limit})`, String(added[axis]));
    return undefined;
  }
  const height = (shape.height - 1) * stride.rows + spanOf(kernel.rows, dilation.rows) - top - bottom + added.rows;
  const width = (shape.width - 1) * stride.columns + spanOf(kernel.columns, dilation.columns) - left - right;
  const output = { channels: spec.outputChannels, height, width: width + added.columns };
  if (output.height >= 1 && output.width >= 1) return output;
  report(['padding'], 'must leave at least one row and one column of the output', `${output.height}x${output.width}`);
  return undefined;
}
