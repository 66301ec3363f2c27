/** On-chip memory set aside for weights that stay from one inference to the next. */
export interface WeightRegion {
  readonly bytes: number;
  /** It is given out in whole parts of `partBytes`, of which there are `parts`. */
  readonly partBytes: number;
  readonly parts: number;
  /** All weights fit to the byte, and nothing has to be given out. */
  readonly holdsAll: boolean;
}

/** Finer parts would hold hardly more weights and take far longer to choose. */
const REGION_PARTS = 1024;

export function weightRegion(bytes: number, allWeightBytes: number): WeightRegion {
  const partBytes = Math.max(1, Math.ceil(bytes / REGION_PARTS));
  return { bytes, partBytes, parts: Math.floor(bytes / partBytes), holdsAll: bytes > 0 && allWeightBytes <= bytes };
}

/** Parts that weights take, rounded up. */
export function partsOf(weightBytes: number, region: WeightRegion): number {
  return Math.ceil(weightBytes / region.partBytes);
}
