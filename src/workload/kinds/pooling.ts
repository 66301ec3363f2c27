import { z } from 'zod';
import { formatShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import { commonFields, input, padding, perAxis } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind, Report } from './layer-kind.js';
import { slideWindow } from './window.js';
import type { SlidingWindow } from './window.js';

const description = 'maximum or average of a window of each channel';

const schema = z
  .strictObject({
    ...commonFields('pooling'),
    input,
    type: z.enum(['max', 'average']).meta({ description: 'what is taken of a window' }),
    kernel: z
      .union([
        perAxis('rows and columns of the window'),
        z.literal('global').meta({ description: 'one window as large as the input' }),
      ])
      .meta({ description: 'the window' }),
    stride: perAxis('input rows and columns from one window to the next; left out for a global window').optional(),
    padding: padding.optional(),
    rounding: z
      .enum(['down', 'up'])
      .optional()
      .meta({ description: 'down (the default): a last window that hangs over the edge is left out; up: it counts' }),
  })
  .meta({ description });

type Spec = z.output<typeof schema>;

export const pooling = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    const window = spec.kernel === 'global' ? globalWindow(spec, shape, report) : localWindow(spec, shape, report);
    if (window === undefined) return undefined;
    const { rows, columns } = window;
    return {
      output: { channels: shape.channels, height: rows.outputs, width: columns.outputs },
      // One for each element of a window.
      operationsPerOutput: rows.kernel * columns.kernel,
      nest: {
        batch: 1,
        groups: shape.channels,
        outputChannels: 1,
        inputChannels: 1,
        outputRows: rows.outputs,
        outputColumns: columns.outputs,
        kernelRows: rows.kernel,
        kernelColumns: columns.kernel,
        inputRows: shape.height,
        inputColumns: shape.width,
        strideRows: rows.stride,
        strideColumns: columns.stride,
        dilationRows: 1,
        dilationColumns: 1,
        paddingTop: rows.before,
        paddingLeft: columns.before,
      },
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<Spec>;

function globalWindow(spec: Spec, shape: TensorShape, report: Report): SlidingWindow {
  for (const field of ['stride', 'padding', 'rounding'] as const) {
    if (spec[field] !== undefined) report([field], 'must be left out: a global window neither moves nor overhangs');
  }
  const whole = { stride: 1, dilation: 1, before: 0, after: 0, outputs: 1 };
  return { rows: { ...whole, kernel: shape.height }, columns: { ...whole, kernel: shape.width } };
}

function localWindow(spec: Spec, shape: TensorShape, report: Report): SlidingWindow | undefined {
  if (spec.kernel === 'global') return undefined;
  if (spec.stride === undefined) {
    report(['stride'], 'missing; frameworks differ in what it would be (1 or the kernel), so it has to be said');
    return undefined;
  }
  const fields = {
    kernel: spec.kernel,
    stride: spec.stride,
    dilation: 1,
    padding: spec.padding ?? 0,
    rounding: spec.rounding ?? 'down',
  };
  const window = slideWindow(fields, shape, report);
  for (const axis of [window?.rows, window?.columns]) {
    if (axis === undefined || Math.max(axis.before, axis.after) < axis.kernel) continue;
    report(
      ['padding'],
      `must be smaller than the kernel (${axis.kernel}): a window of "${spec.input}" (${formatShape(shape)}) would hold nothing but padding`,
    );
    return undefined;
  }
  return window;
}
