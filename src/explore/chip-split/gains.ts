import type { ChipSplitStudy, SplitPoint, SplitSeries } from './chip-split.js';

/** Speedups over the baseline width at one bandwidth, by who may split anew. */
export interface SplitGain {
  readonly bits: number;
  readonly bandwidthGBps: number;
  /** Ratio of the peaks of the machine as it stands: what is linear. */
  readonly peak: number;
  /** Neither width: the memory is what it is. */
  readonly standing: number;
  /** Both, by what is best at the baseline width; null where the narrower width does not fit that split. */
  readonly kept: number | null;
  /** Each has the split that is best for it, and so a chip of its own. */
  readonly own: number;
}

/** For every narrower width; none where the baseline width was not asked for. */
export function splitGains({ series, baselineBits }: ChipSplitStudy): SplitGain[] {
  return series.flatMap((narrow): SplitGain[] => {
    const { bits, bandwidthGBps } = narrow;
    const baseline = series.find((wide) => wide.bits === baselineBits && wide.bandwidthGBps === bandwidthGBps);
    if (baseline === undefined || bits === baselineBits) return [];
    const kept = sameSplit(narrow, baseline.best);
    return [
      {
        bits,
        bandwidthGBps,
        peak: narrow.standingResult.totals.peakMacsPerCycle / baseline.standingResult.totals.peakMacsPerCycle,
        standing: baseline.standingResult.totals.totalCycles / narrow.standingResult.totals.totalCycles,
        kept: kept === undefined ? null : baseline.best.totalCycles / kept.totalCycles,
        own: baseline.best.totalCycles / narrow.best.totalCycles,
      },
    ];
  });
}

function sameSplit({ points }: SplitSeries, { shape, capacityKiB }: SplitPoint): SplitPoint | undefined {
  return points.find(
    (point) =>
      point.shape.rows === shape.rows && point.shape.columns === shape.columns && point.capacityKiB === capacityKiB,
  );
}
