/** A measured energy of something of some size: bits of an operand, bytes of a memory. */
export interface SizePoint {
  readonly size: number;
  readonly energyPj: number;
}

/**
 * The energy at a size, from measured points in ascending order: a straight line between the logarithms of neighbours,
 * so a power law between any two; beyond the ends the power law with `exponent` goes on from the last point. Rises with
 * the size as long as the points do.
 */
export function energyAtSize(points: readonly SizePoint[], size: number, exponent: number): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('no point to start from');
  const above = points.findIndex((point) => point.size >= size);
  const upper = points[above];
  if (upper?.size === size) return upper.energyPj;
  const lower = points[above - 1];
  if (upper === undefined) return last.energyPj * (size / last.size) ** exponent;
  if (lower === undefined) return first.energyPj * (size / first.size) ** exponent;
  const between = Math.log(upper.energyPj / lower.energyPj) / Math.log(upper.size / lower.size);
  return lower.energyPj * (size / lower.size) ** between;
}
