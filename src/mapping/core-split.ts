import type { LoopNest } from '../workload/loop-nest.js';

/** Cores along each loop. The product is at most the machine's cores; the busiest core gets the rounded-up share. */
export interface CoreSplit {
  readonly batch: number;
  readonly groups: number;
  readonly outputRows: number;
  readonly outputChannels: number;
}

/**
 * All ways to share a layer among `cores` in which no further core could be put to work: along each loop only counts
 * that leave no core without a share, and no loop's count could be raised within the limit.
 */
export function coreSplits(nest: LoopNest, cores: number): CoreSplit[] {
  const lengths = [nest.batch, nest.groups, nest.outputRows, nest.outputChannels];
  const counts = lengths.map((length) => usefulCounts(length, cores));
  const splits: CoreSplit[] = [];
  for (const batch of counts[0]!) {
    for (const groups of counts[1]!) {
      if (batch * groups > cores) break;
      for (const outputRows of counts[2]!) {
        if (batch * groups * outputRows > cores) break;
        for (const outputChannels of counts[3]!) {
          const used = batch * groups * outputRows * outputChannels;
          if (used > cores) break;
          const chosen = [batch, groups, outputRows, outputChannels];
          const maximal = chosen.every((count, loop) => {
            const next = counts[loop]!.find((larger) => larger > count);
            return next === undefined || (used / count) * next > cores;
          });
          if (maximal) splits.push({ batch, groups, outputRows, outputChannels });
        }
      }
    }
  }
  return splits;
}

/** Core counts along a loop that each give every core a share: 64 over 9 cores is 8 shares of 8, so 9 is left out. */
function usefulCounts(length: number, cores: number): number[] {
  const counts: number[] = [];
  for (let count = 1; count <= Math.min(length, cores); count++) {
    if (Math.ceil(length / Math.ceil(length / count)) === count) counts.push(count);
  }
  return counts;
}
