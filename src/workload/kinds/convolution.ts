import { z } from 'zod';
import { checkChannelGroups } from './channel-groups.js';
import { commonFields, fusedActivation, input, padding, perAxis, size } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { slideWindow } from './window.js';

const description = 'two-dimensional convolution, grouped and depthwise included';

const schema = z
  .strictObject({
    ...commonFields('convolution'),
    input,
    inputChannels: size('channels of the input, checked if given').optional(),
    outputChannels: size('channels of the output'),
    kernel: perAxis('rows and columns of one filter'),
    stride: perAxis('input rows and columns from one output to the next').default(1),
    padding: padding.default(0),
    dilation: perAxis('input rows and columns from one tap of the filter to the next').default(1),
    groups: size('parts the channels fall into, each convolved by itself; the channels for a depthwise layer').default(
      1,
    ),
    activation: fusedActivation,
  })
  .meta({ description });

/** A filter may well be smaller than the padding: networks with padded 1x1 convolutions exist (SqueezeNet 1.0). */
export const convolution = {
  description,
  schema,
  engine: 'array',
  secondOperand: 'weights',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    const { groups, outputChannels } = spec;
    const grouped = checkChannelGroups(spec, shape, report);
    const window = slideWindow({ ...spec, rounding: 'down' }, shape, report);
    if (window === undefined || !grouped) return undefined;
    const { rows, columns } = window;
    return {
      output: { channels: outputChannels, height: rows.outputs, width: columns.outputs },
      operationsPerOutput: 0,
      nest: {
        batch: 1,
        groups,
        outputChannels: outputChannels / groups,
        inputChannels: shape.channels / groups,
        outputRows: rows.outputs,
        outputColumns: columns.outputs,
        kernelRows: rows.kernel,
        kernelColumns: columns.kernel,
        inputRows: shape.height,
        inputColumns: shape.width,
        strideRows: rows.stride,
        strideColumns: columns.stride,
        dilationRows: rows.dilation,
        dilationColumns: columns.dilation,
        paddingTop: rows.before,
        paddingLeft: columns.before,
      },
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
