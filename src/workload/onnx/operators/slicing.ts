import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axisOf, broadcast, elementsOf, formatDimensions, isSameShape } from '../graph/shapes.js';
import { statedBits } from '../graph/value.js';
import { MAX_CONTENT_ELEMENTS, MAX_RANK } from '../limits.js';
import type { NetworkBuilder } from '../network/builder.js';
import type { convolutions } from './convolution.js';
import { copyInput } from './copy-input.js';
import { placeReshaped } from './reshaping.js';
import type { Operator } from './operator.js';

interface Range {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

function rangesOf(operation: Operation): readonly Range[] {
  const { shape } = operation.input(0);
  const starts = operation.list('starts', 1) ?? refuse('its starts are missing');
  const ends = operation.list('ends', 2) ?? refuse('its ends are missing');
  const axes = operation.list('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = operation.content(4, 'steps') ?? starts.map(() => 1);
  if (ends.length !== starts.length || axes.length !== starts.length || steps.length !== starts.length)
    refuse('its starts, ends, axes and steps are not of one length');
  return starts.map((start, index) => {
    const axis = axisOf(axes[index]!, shape.length);
    const [size, step] = [shape[axis]!, steps[index]!];
    if (step === 0) refuse('its step is 0');
    // Backwards it may end before the first element; forwards behind the last.
    const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
    const place = (at: number, least: number): number => Math.min(Math.max(at < 0 ? at + size : at, least), highest);
    const [first, end] = [place(start, 0), place(ends[index]!, lowest)];
    return { axis, start: first, step, count: Math.max(0, Math.ceil((end - first) / step)) };
  });
}

const slice: Operator = {
  infer(operation) {
    const { shape, type, content } = operation.input(0);
    const made = [...shape];
    const ranges = rangesOf(operation);
    for (const { axis, count } of ranges) made[axis] = count;
    const [range] = ranges;
    const part =
      content !== undefined && shape.length === 1 && range !== undefined
        ? Array.from({ length: range.count }, (_, at) => content[range.start + at * range.step]!)
        : undefined;
    return [{ shape: made, type, content: part, bits: statedBits(operation.input(0)) }];
  },
  place(operation, network) {
    const layout = network.layoutOf(operation.inputName(0));
    if (isSameShape(operation.input(0).shape, operation.result(0).shape))
      network.alias(operation, layout, 'all of its input');
    else network.slice(operation, layout);
  },
};

const split: Operator = {
  infer(operation) {
    const input = operation.input(0);
    const axis = axisOf(operation.integer('axis', 0), input.shape.length);
    const list = input.shape.length === 1 ? input.content : undefined;
    let start = 0;
    return partsOf(operation, input.shape[axis]!).map((size) => {
      const content = list?.slice(start, start + size);
      start += size;
      return { shape: input.shape.with(axis, size), type: input.type, content, bits: statedBits(input) };
    });
  },
  place(operation, network) {
    const layout = network.layoutOf(operation.inputName(0));
    for (const [index, name] of operation.outputNames.entries()) {
      if (name !== '') network.slice(operation, layout, index);
    }
  },
};

function partsOf(operation: Operation, size: number): readonly number[] {
  const count = operation.outputNames.length;
  const asked = operation.list('split', 1);
  if (asked === undefined) {
    const part = Math.ceil(size / Math.max(1, operation.integer('num_outputs', count)));
    return Array.from({ length: count }, (_, index) => Math.min(part, size - index * part));
  }
  if (asked.length !== count || asked.reduce((sum, part) => sum + part, 0) !== size)
    refuse(`its parts (${asked.join(', ')}) are not ${count} that make ${size}`);
  return asked;
}

/** Zeros, or copies of the edge, around its input. */
const pad: Operator = {
  infer(operation) {
    const { shape, type } = operation.input(0);
    const made = shape.map((size, axis) => size + padsOf(operation)[axis]![0] + padsOf(operation)[axis]![1]);
    return [{ shape: made, type, bits: statedBits(operation.input(0)) }];
  },
  place(operation, network) {
    const pads = padsOf(operation);
    const [samples, channels, ...space] = pads;
    const isSpatial = [samples, channels].every((sides) => sides?.every((zeros) => zeros === 0) === true);
    const isAdded = space.length > 0 && space.every((sides) => sides.every((zeros) => zeros >= 0));
    if (isSameShape(operation.input(0).shape, operation.result(0).shape))
      network.alias(operation, network.layoutOf(operation.inputName(0)), 'adds nothing');
    else if (isSpatial && isAdded && isZero(operation) && isForConvolutions(operation, network))
      network.foldPadding(operation, pads);
    else if (pads.every((sides) => sides.every((zeros) => zeros <= 0)))
      network.slice(operation, network.layoutOf(operation.inputName(0)));
    else copyInput(operation, network);
  },
};

/** Whether nothing but convolutions would see the padding. */
function isForConvolutions(operation: Operation, network: NetworkBuilder): boolean {
  return network.readersOf(operation)?.every((reader) => Object.hasOwn(paddedReaders, reader)) === true;
}

/** Operators whose layers add zeros themselves. */
const paddedReaders = { Conv: true, ConvInteger: true, QLinearConv: true } as const satisfies Partial<
  Record<keyof typeof convolutions, true>
>;

function isZero(operation: Operation): boolean {
  if (operation.text('mode', 'constant') !== 'constant') return false;
  return (operation.has(2) ? operation.input(2).content?.[0] : operation.float('value', 0)) === 0;
}

/** Before and after each axis. */
function padsOf(operation: Operation): readonly (readonly [number, number])[] {
  const { shape } = operation.input(0);
  const list = operation.list('pads', 1) ?? operation.integers('paddings') ?? refuse('its pads are missing');
  const axes = operation.content(3, 'axes') ?? shape.map((_, axis) => axis);
  if (list.length !== 2 * axes.length) refuse(`it has ${list.length} pads for ${axes.length} axes`);
  const pads = shape.map((): [number, number] => [0, 0]);
  for (const [index, axis] of axes.entries())
    pads[axisOf(axis, shape.length)] = [list[index]!, list[index + axes.length]!];
  return pads;
}

/** Repeats its input along axes, as broadcasting does. */
function repeat(shapeOf: (operation: Operation) => readonly number[]): Operator {
  return {
    infer(operation) {
      const { type, content } = operation.input(0);
      const shape = shapeOf(operation);
      if (shape.length > MAX_RANK) refuse(`it makes a tensor of ${shape.length} dimensions`);
      const isSmall = content?.length === 1 && elementsOf(shape) <= MAX_CONTENT_ELEMENTS;
      return [
        {
          shape,
          type,
          content: isSmall ? Array.from({ length: elementsOf(shape) }, () => content[0]!) : undefined,
          bits: statedBits(operation.input(0)),
        },
      ];
    },
    place(operation, network) {
      if (elementsOf(operation.input(0).shape) === elementsOf(operation.result(0).shape))
        placeReshaped(operation, network);
      else copyInput(operation, network);
    },
  };
}

function expanded(operation: Operation): readonly number[] {
  const asked = operation.content(1, 'shape') ?? refuse('its shape is missing');
  return broadcast([operation.input(0).shape, asked]);
}

function tiled(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const repeats = operation.content(1, 'repeats') ?? refuse('its repeats are missing');
  if (repeats.length !== shape.length)
    refuse(`it has ${repeats.length} repeats for an input of ${formatDimensions(shape)}`);
  return shape.map((size, axis) => size * repeats[axis]!);
}

/** Parts of a tensor, and tensors with more elements than their input. */
export const slices = {
  Slice: slice,
  Split: split,
  Pad: pad,
  Expand: repeat(expanded),
  Tile: repeat(tiled),
} as const satisfies Record<string, Operator>;
