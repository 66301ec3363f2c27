import type { Issue } from '../errors.js';
import { AccelsimError, failure, show } from '../errors.js';
import { MAX_BANDWIDTH_GBPS, MIN_BANDWIDTH_GBPS } from './limits.js';

/** How files and options write a bandwidth without limit. */
export const UNLIMITED = 'inf';

const BANDWIDTH_RULE = `must be a number of GB/s from ${MIN_BANDWIDTH_GBPS} to ${MAX_BANDWIDTH_GBPS}, or unlimited ("${UNLIMITED}")`;

function isAllowedBandwidth(bandwidthGBps: number): boolean {
  return (bandwidthGBps >= MIN_BANDWIDTH_GBPS && bandwidthGBps <= MAX_BANDWIDTH_GBPS) || bandwidthGBps === Infinity;
}

/**
 * Returns `bandwidthGBps` if a machine can have it; `Infinity` is legal.
 * @throws AccelsimError otherwise.
 */
export function checkBandwidth(bandwidthGBps: number, source: string): number {
  if (!isAllowedBandwidth(bandwidthGBps)) throw failure(source, 'bandwidthGBps', BANDWIDTH_RULE, bandwidthGBps);
  return bandwidthGBps;
}

/**
 * Reads a comma-separated list of bandwidths in GB/s, such as `inf,64,32`, in the order given. Refuses one named twice.
 * @throws AccelsimError with one issue for each entry that is wrong.
 */
export function parseBandwidthList(text: string, source: string): readonly number[] {
  const issues: Issue[] = [];
  const bandwidths: number[] = [];
  for (const entry of text.split(',')) {
    const bandwidth = bandwidthIn(entry.trim());
    if (!isAllowedBandwidth(bandwidth)) issues.push({ source, path: '', rule: BANDWIDTH_RULE, found: show(entry) });
    else if (bandwidths.includes(bandwidth)) {
      issues.push({ source, path: '', rule: 'must name each bandwidth once', found: show(entry) });
    } else bandwidths.push(bandwidth);
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return bandwidths;
}

/** Plain decimals only; NaN for all else. */
function bandwidthIn(entry: string): number {
  if (entry === UNLIMITED) return Infinity;
  // Enough digits come out as Infinity, which only the word for it may ask for.
  const value = /^\d+(\.\d+)?$/.test(entry) ? Number(entry) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}
