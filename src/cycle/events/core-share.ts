import type { LoopNest } from '../../workload/loop-nest.js';
import type { TilePlan } from './tile-plan.js';

/** Indices `from` to `from + size - 1` of a loop. */
export interface Range {
  readonly from: number;
  readonly size: number;
}

/** The part of a layer that one core computes, and which cores read the same operands. */
export interface CoreShare {
  readonly core: number;
  readonly batch: Range;
  readonly groups: Range;
  readonly outputRows: Range;
  readonly outputChannels: Range;
  /** Cores with the same number read the same inputs; likewise the second operand. */
  readonly inputParty: number;
  readonly secondParty: number;
}

/** Cuts a range into pieces of `size`, the last of which may be smaller. */
export function cut({ from, size: length }: Range, size: number): Range[] {
  const pieces: Range[] = [];
  for (let at = 0; at < length; at += size) pieces.push({ from: from + at, size: Math.min(size, length - at) });
  return pieces;
}

/** Shares are rounded up, so the first core along each loop has the most and the last one what is left. */
export function coreShares(nest: LoopNest, { split }: TilePlan): CoreShare[] {
  const pieces = (length: number, parts: number): Range[] => cut({ from: 0, size: length }, Math.ceil(length / parts));
  const batches = pieces(nest.batch, split.batch);
  const groups = pieces(nest.groups, split.groups);
  const rows = pieces(nest.outputRows, split.outputRows);
  const channels = pieces(nest.outputChannels, split.outputChannels);
  const shares: CoreShare[] = [];
  for (const [b, batch] of batches.entries())
    for (const [g, group] of groups.entries())
      for (const [p, outputRows] of rows.entries())
        for (const [k, outputChannels] of channels.entries())
          shares.push({
            core: shares.length,
            batch,
            groups: group,
            outputRows,
            outputChannels,
            inputParty: (b * groups.length + g) * rows.length + p,
            secondParty: g * channels.length + k,
          });
  return shares;
}
