import type { LoopNest } from '../workload/loop-nest.js';

/** Rows `from` to `until` (exclusive). */
export interface Rows {
  readonly from: number;
  readonly until: number;
}

/** The first input row that outputs from row `from` on touch. */
export function firstInputRow(nest: LoopNest, from: number): number {
  return Math.min(nest.inputRows, Math.max(0, from * nest.strideRows - nest.paddingTop));
}

/** Input rows, counted from the top, that outputs up to row `until` touch. */
export function inputRowsUntil(nest: LoopNest, until: number): number {
  const last = (until - 1) * nest.strideRows + (nest.kernelRows - 1) * nest.dilationRows - nest.paddingTop;
  return Math.min(nest.inputRows, Math.max(0, last + 1));
}

/**
 * The part of a layer that makes some of its output rows: fewer rows in and out, and padding above only where the rows
 * are at the top. Undefined where they touch no input at all.
 */
export function nestOfRows(nest: LoopNest, { from, until }: Rows): LoopNest | undefined {
  const top = firstInputRow(nest, from);
  const inputRows = inputRowsUntil(nest, until) - top;
  if (inputRows < 1) return undefined;
  return {
    ...nest,
    outputRows: until - from,
    inputRows,
    paddingTop: top - (from * nest.strideRows - nest.paddingTop),
  };
}
