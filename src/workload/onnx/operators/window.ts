import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { formatDimensions } from '../graph/shapes.js';

/** A window along one axis, as convolutions and pools have it. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly outputs: number;
}

/** What a node says of its windows, a number for each spatial axis. */
export interface WindowFields {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Before each axis, then after each. */
  readonly pads: readonly number[];
  readonly autoPad: string;
}

/** @param weightKernel sizes of the filter, where there is one */
export function windowFields(operation: Operation, rank: number, weightKernel?: readonly number[]): WindowFields {
  const kernel = operation.integers('kernel_shape') ?? weightKernel ?? refuse('its kernel_shape is missing');
  if (weightKernel !== undefined && formatDimensions(kernel) !== formatDimensions(weightKernel))
    refuse(`its kernel_shape ${formatDimensions(kernel)} is not that of its weights`);
  const ones = Array.from({ length: rank }, () => 1);
  const strides = operation.integers('strides') ?? ones;
  const dilations = operation.integers('dilations') ?? ones;
  const pads = operation.integers('pads') ?? [...ones, ...ones].map(() => 0);
  checkCounts(rank, { kernel_shape: kernel, strides, dilations }, pads);
  return { kernel, strides, dilations, pads, autoPad: operation.text('auto_pad', 'NOTSET') };
}

/**
 * The windows of a node along each spatial axis of its input.
 *
 * @param sizes of the input
 * @see https://github.com/onnx/onnx/blob/main/docs/Operators.md#Conv
 */
export function windowsOf(
  operation: Operation,
  sizes: readonly number[],
  weightKernel?: readonly number[],
): readonly Window[] {
  const { kernel, strides, dilations, pads, autoPad } = windowFields(operation, sizes.length, weightKernel);
  const roundsUp = operation.integer('ceil_mode', 0) === 1;
  return sizes.map((size, axis) => {
    const [stride, dilation] = [strides[axis]!, dilations[axis]!];
    const span = dilation * (kernel[axis]! - 1) + 1;
    const [before, after] =
      autoPad === 'NOTSET' ? [pads[axis]!, pads[axis + sizes.length]!] : autoPads(autoPad, size, stride, span);
    const steps = (size + before + after - span) / stride;
    let outputs = Math.floor(steps) + 1;
    // Rounding up adds a window that hangs over the end, unless it would lie in the padding altogether.
    if (roundsUp && Math.ceil(steps) * stride < size + before) outputs = Math.ceil(steps) + 1;
    if (outputs < 1) refuse(`its kernel spans ${span}, more than the ${size + before + after} of its padded input`);
    return { kernel: kernel[axis]!, stride, dilation, before, after, outputs };
  });
}

/** Rows and columns of a window over one or two axes; a single axis is the rows. */
export function rowsAndColumns(windows: readonly Window[]): { readonly rows: Window; readonly columns: Window } {
  const still = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, outputs: 1 };
  const [rows = still, columns = still, more] = windows;
  if (more !== undefined) refuse('it has three spatial axes; only one and two are known');
  return { rows, columns };
}

function checkCounts(rank: number, lists: Readonly<Record<string, readonly number[]>>, pads: readonly number[]): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== rank) refuse(`its ${name} has ${list.length} numbers for ${rank} spatial axes`);
    const wrong = list.find((value) => !Number.isSafeInteger(value) || value < 1);
    if (wrong !== undefined) refuse(`its ${name} must be whole numbers from 1, not ${wrong}`);
  }
  if (pads.length !== 2 * rank) refuse(`its pads has ${pads.length} numbers, not two for each of ${rank} spatial axes`);
  const negative = pads.find((pad) => !Number.isSafeInteger(pad) || pad < 0);
  if (negative !== undefined) refuse(`its pads must be whole numbers from 0, not ${negative}`);
}

function autoPads(auto: string, size: number, stride: number, span: number): readonly [number, number] {
  if (auto === 'VALID') return [0, 0];
  if (auto !== 'SAME_UPPER' && auto !== 'SAME_LOWER') refuse(`its auto_pad ${auto} is not known`);
  const zeros = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
  const less = Math.floor(zeros / 2);
  return auto === 'SAME_UPPER' ? [less, zeros - less] : [zeros - less, less];
}
