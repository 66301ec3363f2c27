import type { TensorShape } from '../tensor-shape.js';
import { axes } from './fields.js';
import type { Padding, PerAxis } from './fields.js';
import type { Report } from './layer-kind.js';

/** A window that slides over one axis. */
export interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the first input. */
  readonly before: number;
  readonly after: number;
  /** Positions of the window; 0 or less where it fits nowhere. */
  readonly outputs: number;
}

export interface SlidingWindow {
  readonly rows: AxisWindow;
  readonly columns: AxisWindow;
}

export interface WindowFields {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly dilation: PerAxis;
  readonly padding: Padding;
  /** Whether a last window that hangs over the edge counts. */
  readonly rounding: 'down' | 'up';
}

/**
 * The window on both axes of an input. Reports a kernel that fits nowhere, and is undefined then.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html for the number of outputs
 */
export function slideWindow(fields: WindowFields, input: TensorShape, report: Report): SlidingWindow | undefined {
  const kernel = axes(fields.kernel);
  const stride = axes(fields.stride);
  const dilation = axes(fields.dilation);
  const { padding, rounding } = fields;
  const [above, below, left, right] = sides(padding);
  const rows = slideAlong(input.height, kernel.rows, stride.rows, dilation.rows, above, below, padding, rounding);
  const columns = slideAlong(
    input.width,
    kernel.columns,
    stride.columns,
    dilation.columns,
    left,
    right,
    padding,
    rounding,
  );
  if (rows.outputs < 1) reportTooLarge(rows, input.height, 'rows', report);
  if (columns.outputs < 1) reportTooLarge(columns, input.width, 'columns', report);
  return rows.outputs < 1 || columns.outputs < 1 ? undefined : { rows, columns };
}

/** Inputs from the first to the last that one window spans. */
export function spanOf(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

/** Above, below, left, right; "same" is worked out along each axis. */
export function sides(padding: Padding): readonly [number, number, number, number] {
  if (padding === 'same') return [0, 0, 0, 0];
  if (typeof padding === 'number') return [padding, padding, padding, padding];
  if ('rows' in padding) return [padding.rows, padding.rows, padding.columns, padding.columns];
  return [padding.top, padding.bottom, padding.left, padding.right];
}

function slideAlong(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  before: number,
  after: number,
  padding: Padding,
  rounding: 'down' | 'up',
): AxisWindow {
  const span = spanOf(kernel, dilation);
  if (padding === 'same') {
    const outputs = Math.ceil(size / stride);
    const zeros = Math.max(0, (outputs - 1) * stride + span - size);
    const first = Math.floor(zeros / 2);
    return { kernel, stride, dilation, before: first, after: zeros - first, outputs };
  }
  const steps = (size + before + after - span) / stride;
  let outputs = Math.floor(steps) + 1;
  // Rounding up adds a window that hangs over the end, unless it would lie in the padding altogether.
  if (rounding === 'up' && outputs * stride < size + before) outputs = Math.ceil(steps) + 1;
  return { kernel, stride, dilation, before, after, outputs };
}

function reportTooLarge(window: AxisWindow, size: number, axis: 'rows' | 'columns', report: Report): void {
  const span = spanOf(window.kernel, window.dilation);
  const padded = size + window.before + window.after;
  const why = window.dilation === 1 ? '' : ` (kernel ${window.kernel}, dilation ${window.dilation})`;
  report(['kernel'], `must fit the padded input: it spans ${span} ${axis}${why}, the input has ${padded}`);
}
