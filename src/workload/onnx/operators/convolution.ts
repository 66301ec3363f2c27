import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { formatDimensions } from '../graph/shapes.js';
import type { Result, Value } from '../graph/value.js';
import type { NetworkBuilder } from '../network/builder.js';
import { imageLayout } from '../network/layout.js';
import type { Operator } from './operator.js';
import { rowsAndColumns, windowFields, windowsOf } from './window.js';
import type { Window } from './window.js';

/** Where a convolution has its operands, and the type of what it makes. */
interface ConvolutionForm {
  /** The input that holds the weights. */
  readonly weights: number;
  readonly resultType: (operation: Operation) => Value['type'];
}

function convolution({ weights, resultType }: ConvolutionForm): Operator {
  return {
    infer: (operation) => [inferConvolution(operation, weights, resultType(operation))],
    place: (operation, network) => placeConvolution(operation, network, weights),
  };
}

function inferConvolution(operation: Operation, weights: number, type: Value['type']): Result {
  const [samples, channels, sizes] = splitImage(operation.input(0));
  const filter = operation.input(weights).shape;
  const groups = operation.integer('group', 1);
  const [outputChannels = 0, inputChannels = 0, ...kernel] = filter;
  if (filter.length !== sizes.length + 2)
    refuse(`its weights (${formatDimensions(filter)}) do not fit an input of ${sizes.length} spatial axes`);
  if (groups < 1 || inputChannels * groups !== channels)
    refuse(
      `its weights (${formatDimensions(filter)}, ${groups} groups) do not fit the ${channels} channels of its input`,
    );
  if (outputChannels % groups !== 0) refuse(`its ${groups} groups do not divide its ${outputChannels} output channels`);
  return {
    shape: [samples, outputChannels, ...windowsOf(operation, sizes, kernel).map(({ outputs }) => outputs)],
    type,
  };
}

function placeConvolution(operation: Operation, network: NetworkBuilder, at: number): void {
  const weights = operation.input(at);
  if (!weights.isConstant) refuse('its weights are computed while it runs; only constant ones are known');
  const [outputChannels = 0, , ...kernel] = weights.shape;
  const [samples, , sizes] = splitImage(operation.input(0));
  const { rows, columns } = rowsAndColumns(windowsOf(operation, sizes, kernel));
  const padding = network.foldedPadding(operation.inputName(0));
  const pads = padding?.pads.slice(2) ?? [];
  const isPointwise = [rows, columns].every(
    (window) => window.kernel === 1 && window.stride === 1 && isUnpadded(window),
  );
  if (samples > 1 && !isPointwise)
    refuse(`it convolves ${samples} images for each sample of the network's input, which no layer does`);
  const rank = operation.input(0).shape.length;
  // The images of a pointwise convolution lie below one another.
  const layout = imageLayout(rank).map((axis, index) => (index === 0 ? 'height' : axis));
  network.add(
    operation,
    {
      kind: 'convolution',
      input: network.read(padding?.source ?? operation.inputName(0), layout),
      outputChannels,
      kernel: { rows: rows.kernel, columns: columns.kernel },
      stride: { rows: rows.stride, columns: columns.stride },
      padding: {
        top: rows.before + (pads[0]?.[0] ?? 0),
        bottom: rows.after + (pads[0]?.[1] ?? 0),
        left: columns.before + (pads[1]?.[0] ?? 0),
        right: columns.after + (pads[1]?.[1] ?? 0),
      },
      dilation: { rows: rows.dilation, columns: columns.dilation },
      groups: operation.integer('group', 1),
      activation: 'none',
    },
    layout,
    { weights, folds: 'constants' },
  );
}

const transposed: Operator = {
  infer(operation) {
    const [samples, channels, sizes] = splitImage(operation.input(0));
    const filter = operation.input(1).shape;
    const groups = operation.integer('group', 1);
    if (filter.length !== sizes.length + 2 || filter[0] !== channels || groups < 1 || channels % groups !== 0)
      refuse(
        `its weights (${formatDimensions(filter)}, ${groups} groups) do not fit the ${channels} channels of its input`,
      );
    const outputs = growingWindows(operation, sizes, filter.slice(2)).map((window) => window.outputs);
    return [{ shape: [samples, filter[1]! * groups, ...outputs], type: operation.input(0).type }];
  },
  place(operation, network) {
    const weights = operation.input(1);
    if (!weights.isConstant) refuse('its weights are computed while it runs; only constant ones are known');
    const [samples, , sizes] = splitImage(operation.input(0));
    if (samples > 1)
      refuse(`it convolves ${samples} images for each sample of the network's input, which no layer does`);
    const { rows, columns } = rowsAndColumns(growingWindows(operation, sizes, weights.shape.slice(2)));
    const groups = operation.integer('group', 1);
    const layout = imageLayout(sizes.length + 2);
    const missing = (window: Window, size: number): number =>
      window.outputs -
      ((size - 1) * window.stride + window.dilation * (window.kernel - 1) + 1 - window.before - window.after);
    const outputPadding = { rows: missing(rows, sizes[0] ?? 1), columns: missing(columns, sizes[1] ?? 1) };
    if (outputPadding.rows < 0 || outputPadding.columns < 0) refuse('its pads cut off more than it makes');
    network.add(
      operation,
      {
        kind: 'transposed-convolution',
        input: network.read(operation.inputName(0), layout),
        outputChannels: weights.shape[1]! * groups,
        kernel: { rows: rows.kernel, columns: columns.kernel },
        stride: { rows: rows.stride, columns: columns.stride },
        padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
        outputPadding,
        dilation: { rows: rows.dilation, columns: columns.dilation },
        groups,
        activation: 'none',
      },
      layout,
      { weights, folds: 'constants' },
    );
  },
};

/** Windows of a transposed convolution, whose outputs follow from its inputs the other way round. */
function growingWindows(operation: Operation, sizes: readonly number[], filter: readonly number[]): readonly Window[] {
  const { kernel, strides, dilations, pads, autoPad } = windowFields(operation, sizes.length, filter);
  const asked = operation.integers('output_shape')?.slice(-sizes.length);
  const extra = operation.integers('output_padding') ?? [];
  return sizes.map((size, axis) => {
    const window = { kernel: kernel[axis]!, stride: strides[axis]!, dilation: dilations[axis]! };
    const full = (size - 1) * window.stride + window.dilation * (window.kernel - 1) + 1 + (extra[axis] ?? 0);
    const wanted = asked?.[axis] ?? (autoPad.startsWith('SAME') ? size * window.stride : undefined);
    if (wanted === undefined) {
      const [before, after] = autoPad === 'VALID' ? [0, 0] : [pads[axis]!, pads[axis + sizes.length]!];
      const outputs = full - before - after;
      if (outputs < 1) refuse('its pads cut off more than it makes');
      return { ...window, before, after, outputs };
    }
    const cut = Math.max(0, full - wanted);
    const before = autoPad === 'SAME_UPPER' ? Math.floor(cut / 2) : cut - Math.floor(cut / 2);
    return { ...window, before, after: cut - before, outputs: wanted };
  });
}

function splitImage(value: Value): readonly [samples: number, channels: number, sizes: readonly number[]] {
  const [samples, channels, ...sizes] = value.shape;
  if (samples === undefined || channels === undefined || sizes.length === 0)
    refuse(`its input (${formatDimensions(value.shape)}) must be samples x channels x positions`);
  return [samples, channels, sizes];
}

function isUnpadded({ before, after }: Window): boolean {
  return before === 0 && after === 0;
}

const likeInput = (operation: Operation): Value['type'] => operation.input(0).type;

/** Convolutions; the quantized ones differ in where their operands stand. */
export const convolutions = {
  Conv: convolution({ weights: 1, resultType: likeInput }),
  ConvInteger: convolution({ weights: 1, resultType: () => 'int32' }),
  /** Input, scale, zero point, weights, scale, zero point, output scale and zero point. */
  QLinearConv: convolution({ weights: 3, resultType: (operation) => operation.input(7).type }),
  ConvTranspose: transposed,
} as const satisfies Record<string, Operator>;
