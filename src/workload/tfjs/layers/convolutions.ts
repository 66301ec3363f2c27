import { show } from '../../../errors.js';
import type { LayerJson } from '../../schema.js';
import type { Value, Zeros } from '../graph.js';
import type { PerAxis } from '../layer-reader.js';
import { activated } from './activations.js';
import { addLayer, onlyInput } from './layer-class.js';
import type { LayerClass, LayerContext } from './layer-class.js';

const NO_ZEROS: Zeros = { top: 0, bottom: 0, left: 0, right: 0 };

/** Padding of a window: its own, or that of a layer before it. */
export function paddingOf({ config }: LayerContext, value: Value): 'same' | Zeros {
  const word = config.word('padding', 'valid');
  if (word === 'same') {
    if (value.zeros !== undefined) config.complain('padding', 'must be valid behind a layer that pads', show(word));
    return 'same';
  }
  if (word !== 'valid') config.complain('padding', 'must be valid or same', show(word));
  return value.zeros ?? NO_ZEROS;
}

interface Window {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly dilation: PerAxis;
  readonly padding: 'same' | Zeros;
}

function windowOf(context: LayerContext, value: Value): Window {
  const { config } = context;
  const kernel = config.pair('kernel_size');
  const stride = alongSequence(config.pair('strides', 1), value);
  const dilation = alongSequence(config.pair('dilation_rate', 1), value);
  return { kernel, stride, dilation, padding: paddingOf(context, value) };
}

/** A sequence has one column, along which nothing moves. */
function alongSequence({ rows, columns }: PerAxis, { shape }: Value): PerAxis {
  return shape.width === 1 ? { rows, columns: 1 } : { rows, columns };
}

/** `Conv1D`, `Conv2D` */
export const convolution: LayerClass = (context) => {
  const value = onlyInput(context);
  if (value === undefined) return undefined;
  const { config, layer } = context;
  const made = convolve(
    context,
    layer.name,
    value,
    windowOf(context, value),
    config.size('filters'),
    config.size('groups', 1),
  );
  return activated(context, made);
};

/** Each channel by itself. */
export const depthwise: LayerClass = (context) => {
  const value = onlyInput(context);
  if (value === undefined) return undefined;
  const { channels } = value.shape;
  const outputs = channels * context.config.size('depth_multiplier', 1);
  return activated(context, convolve(context, context.layer.name, value, windowOf(context, value), outputs, channels));
};

/** A depthwise convolution and a 1x1 behind it: two layers. */
export const separable: LayerClass = (context) => {
  const value = onlyInput(context);
  if (value === undefined) return undefined;
  const { config, layer } = context;
  const { channels } = value.shape;
  const outputs = channels * config.size('depth_multiplier', 1);
  const made = convolve(context, `${layer.name}.depthwise`, value, windowOf(context, value), outputs, channels);
  if (made === undefined) return undefined;
  const point = { rows: 1, columns: 1 };
  const pointwise = { kernel: point, stride: point, dilation: point, padding: NO_ZEROS };
  return activated(context, convolve(context, layer.name, made, pointwise, config.size('filters'), 1));
};

/** `Conv2DTranspose`, whose output is its input times the stride, or with its whole border. */
export const transposed: LayerClass = (context) => {
  const value = onlyInput(context);
  if (value === undefined) return undefined;
  const { config, layer } = context;
  const { kernel, stride, dilation } = windowOf(context, value);
  if (config.has('output_padding')) config.complain('output_padding', 'cannot be mapped');
  const same = config.word('padding', 'valid') === 'same';
  const rows = borderOf(kernel.rows, stride.rows, dilation.rows, same);
  const columns = borderOf(kernel.columns, stride.columns, dilation.columns, same);
  const made = addLayer(
    context,
    {
      name: layer.name,
      kind: 'transposed-convolution',
      input: value.tensor,
      outputChannels: config.size('filters'),
      kernel,
      stride,
      dilation,
      padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
      outputPadding: { rows: rows.added, columns: columns.added },
    },
    [value],
  );
  return activated(context, made);
};

/** What is cut off or added so that the output is the input times the stride (same), or at least that (valid). */
function borderOf(
  kernel: number,
  stride: number,
  dilation: number,
  same: boolean,
): { before: number; after: number; added: number } {
  const surplus = dilation * (kernel - 1) + 1 - stride;
  if (!same) return { before: 0, after: 0, added: Math.max(0, -surplus) };
  const cut = Math.max(0, surplus);
  return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), added: Math.max(0, -surplus) };
}

function convolve(
  context: LayerContext,
  name: string,
  value: Value,
  window: Window,
  outputChannels: number,
  groups: number,
): Value | undefined {
  const layer: LayerJson = {
    name,
    kind: 'convolution',
    input: value.tensor,
    outputChannels,
    ...window,
    ...(groups === 1 ? {} : { groups }),
  };
  return addLayer(context, layer, [value]);
}
