/** Windows of a convolution: square kernel, same stride both ways, zeros around. */
export interface WindowShape {
  readonly channels: number;
  readonly samples: number;
  readonly rows: number;
  readonly columns: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly outputRows: number;
  readonly outputColumns: number;
}

/**
 * Lays the windows of samples `first` to `end` side by side (im2col): a row for each channel, kernel row and kernel
 * column, a column for each output position.
 * @param maps by channel, sample, row, column
 */
export function gatherWindows(
  shape: WindowShape,
  maps: Float32Array,
  first: number,
  end: number,
  windows: Float32Array,
): void {
  let at = 0;
  for (let channel = 0; channel < shape.channels; channel += 1) {
    for (let kernelRow = 0; kernelRow < shape.kernel; kernelRow += 1) {
      for (let kernelColumn = 0; kernelColumn < shape.kernel; kernelColumn += 1) {
        for (let sample = first; sample < end; sample += 1) {
          at = gatherPlane(shape, maps, channel * shape.samples + sample, kernelRow, kernelColumn, windows, at);
        }
      }
    }
  }
}

function gatherPlane(
  shape: WindowShape,
  maps: Float32Array,
  plane: number,
  kernelRow: number,
  kernelColumn: number,
  windows: Float32Array,
  start: number,
): number {
  const { rows, columns, stride, padding, outputRows, outputColumns } = shape;
  let at = start;
  for (let outputRow = 0; outputRow < outputRows; outputRow += 1) {
    const row = outputRow * stride + kernelRow - padding;
    if (row < 0 || row >= rows) {
      windows.fill(0, at, at + outputColumns);
      at += outputColumns;
      continue;
    }
    const base = (plane * rows + row) * columns;
    for (let column = kernelColumn - padding, i = 0; i < outputColumns; i += 1, column += stride) {
      windows[at++] = column >= 0 && column < columns ? maps[base + column]! : 0;
    }
  }
  return at;
}

/** Adds windows back to the maps they were taken from: what `gatherWindows` does to gradients. */
export function scatterWindows(
  shape: WindowShape,
  windows: Float32Array,
  first: number,
  end: number,
  maps: Float32Array,
): void {
  const { rows, columns, stride, padding, outputRows, outputColumns } = shape;
  let at = 0;
  for (let channel = 0; channel < shape.channels; channel += 1) {
    for (let kernelRow = 0; kernelRow < shape.kernel; kernelRow += 1) {
      for (let kernelColumn = 0; kernelColumn < shape.kernel; kernelColumn += 1) {
        for (let sample = first; sample < end; sample += 1) {
          for (let outputRow = 0; outputRow < outputRows; outputRow += 1) {
            const row = outputRow * stride + kernelRow - padding;
            const base = ((channel * shape.samples + sample) * rows + row) * columns;
            for (let column = kernelColumn - padding, i = 0; i < outputColumns; i += 1, column += stride, at += 1) {
              if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
              maps[base + column]! += windows[at]!;
            }
          }
        }
      }
    }
  }
}
