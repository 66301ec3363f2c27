/** Zeros around one axis. */
export interface AxisPadding {
  readonly before: number;
  readonly after: number;
}

/** What the sizes of a topology mean; the file itself does not say. */
export interface ScalesimReading {
  readonly description: string;
  /** Zeros along an axis of `size` inputs, for a window of `kernel` that moves by `stride` and rounds down. */
  readonly pad: (size: number, kernel: number, stride: number) => AxisPadding;
}

/**
 * As SCALE-Sim computes: inputs are padded already and outputs = ceil((size - kernel + stride) / stride). Its last
 * window may hang over the edge, which is the same as zeros behind the last input.
 */
const asScalesim: ScalesimReading = {
  description: 'as SCALE-Sim: inputs are padded already, outputs are rounded up',
  pad: (size, kernel, stride) => ({
    before: 0,
    after: Math.max(0, Math.ceil((size - kernel) / stride) * stride - (size - kernel)),
  }),
};

/**
 * As frameworks compute what such files are mostly written from: a kernel of odd size keeps the size of the map, and a
 * last window that hangs over is left out. A filter as large as its input is a fully connected layer.
 */
const samePadding: ScalesimReading = {
  description: 'same padding, outputs rounded down',
  pad(size, kernel) {
    const zeros = kernel === size ? 0 : Math.floor((kernel - 1) / 2);
    return { before: zeros, after: zeros };
  },
};

export const scalesimReadings = {
  'as-scalesim': asScalesim,
  'same-padding': samePadding,
} as const satisfies Record<string, ScalesimReading>;

export type ScalesimReadingName = keyof typeof scalesimReadings;

/** What SCALE-Sim itself would do. */
export const DEFAULT_READING: ScalesimReadingName = 'as-scalesim';
