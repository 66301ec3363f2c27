/**
 * Input indices that a run of outputs reads along one axis (rows or columns of a window that slides).
 *
 * Output o reads the inputs o * stride + k * dilation - padding for k = 0 .. kernel - 1; those outside [0, size) are
 * padding and are not counted, and an index that several outputs share is counted once. Exact for every stride and
 * dilation, without looking at each index.
 *
 * @param first first output of the run
 * @param end one past the last output of the run; an empty run touches nothing
 * @param padding indices of padding before input 0
 * @param size inputs along the axis
 */
export function touchedAlongAxis(
  first: number,
  end: number,
  stride: number,
  kernel: number,
  dilation: number,
  padding: number,
  size: number,
): number {
  const outputs = end - first;
  if (outputs <= 0) return 0;
  const origin = first * stride - padding;
  // The offsets from the origin are o * stride + k * dilation: o and k play the same part, and all are multiples of
  // the common divisor, so that divisor can be taken out and the two steps are coprime.
  const divisor = greatestCommonDivisor(stride, dilation);
  const low = Math.ceil(-origin / divisor);
  const high = Math.ceil((size - origin) / divisor);
  const outputStep = stride / divisor;
  const kernelStep = dilation / divisor;
  if (kernelStep === 1)
    return runsBelow(high, outputs, outputStep, kernel) - runsBelow(low, outputs, outputStep, kernel);
  if (outputStep === 1)
    return runsBelow(high, kernel, kernelStep, outputs) - runsBelow(low, kernel, kernelStep, outputs);
  return gridBetween(low, high, outputs, outputStep, kernel, kernelStep);
}

/** Numbers below `limit` in the union of the runs [i * step, i * step + length) for i = 0 .. runs - 1. */
function runsBelow(limit: number, runs: number, step: number, length: number): number {
  if (limit <= 0) return 0;
  if (step <= length) return Math.min(limit, (runs - 1) * step + length);
  const whole = Math.floor(limit / step);
  return whole >= runs ? runs * length : whole * length + Math.min(limit - whole * step, length);
}

/**
 * Distinct values o * outputStep + k * kernelStep in [low, high), for coprime steps. Two pairs (o, k) give one value
 * just when they differ by a multiple of (kernelStep, -outputStep), so counting only the pair with the smallest k,
 * that is k < outputStep or o + kernelStep >= outputs, counts every value once.
 */
function gridBetween(
  low: number,
  high: number,
  outputs: number,
  outputStep: number,
  kernel: number,
  kernelStep: number,
): number {
  let count = 0;
  for (let k = 0; k < kernel; k += 1) {
    const firstNew = k < outputStep ? 0 : Math.max(0, outputs - kernelStep);
    const from = Math.max(firstNew, Math.ceil((low - k * kernelStep) / outputStep));
    const to = Math.min(outputs, Math.ceil((high - k * kernelStep) / outputStep));
    if (to > from) count += to - from;
  }
  return count;
}

export function greatestCommonDivisor(a: number, b: number): number {
  if (b === 1) return 1;
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
