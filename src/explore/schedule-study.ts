import type { ArchSpec, Machine } from '../arch/index.js';
import { compareResults, type NetworkResult } from '../performance/index.js';
import { BASELINE_BITS, simulateRun } from '../simulate/index.js';
import type { Subject } from './variations.js';

/** What the schedule of a network may do across layers; the first is the study of PACT's own. */
export const SCHEDULES = {
  'layer by layer': { prefetch: 'none', fusion: 'none' },
  prefetch: { prefetch: 'next-layer', fusion: 'none' },
  fusion: { prefetch: 'none', fusion: 'chains' },
  'fusion and prefetch': { prefetch: 'next-layer', fusion: 'chains' },
} as const satisfies Record<string, Machine['schedule']>;

export type ScheduleName = keyof typeof SCHEDULES;

export const SCHEDULE_NAMES: readonly ScheduleName[] = ['layer by layer', 'prefetch', 'fusion', 'fusion and prefetch'];

/** Narrower widths, each over 16 bits, and bandwidths at which PACT's study finds more than the peak gives. */
export const STUDIED_BITS = [8, 4, 2] as const;
export const STUDIED_BANDWIDTHS_GBPS = [64, 32] as const;

/** One network at one width, bandwidth and schedule. */
export interface ScheduledRun {
  readonly schedule: ScheduleName;
  readonly result: NetworkResult;
}

/** Speedups over 16 bits under one schedule, at one width and bandwidth. */
export interface ScheduleGain {
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly schedule: ScheduleName;
  /** Ratio of the peaks: what is linear. */
  readonly peak: number;
  /** Only the 16-bit baseline may use the schedule; the narrower run goes layer by layer. */
  readonly againstBaseline: number;
  /** Both may. */
  readonly ofBoth: number;
}

export interface ScheduleStudy {
  readonly gains: readonly ScheduleGain[];
  /** Every run behind them, baselines included. */
  readonly runs: readonly ScheduledRun[];
}

/**
 * How much of a speedup is left when the baseline may do what hides its traffic.
 * @param onProgress is told how many runs are done, and how many there are.
 */
export function studySchedules(
  { arch, network, mode }: Subject,
  onProgress?: (done: number, all: number) => void,
): ScheduleStudy {
  const widths = [BASELINE_BITS, ...STUDIED_BITS];
  const all = STUDIED_BANDWIDTHS_GBPS.length * widths.length * SCHEDULE_NAMES.length;
  const runs: ScheduledRun[] = [];
  for (const bandwidthGBps of STUDIED_BANDWIDTHS_GBPS)
    for (const bits of widths)
      for (const schedule of SCHEDULE_NAMES) {
        onProgress?.(runs.length, all);
        const scheduled: ArchSpec = { ...arch, schedule: SCHEDULES[schedule] };
        const result = simulateRun({ arch: scheduled, network, mode }, { policy: 'edges', bits }, bandwidthGBps);
        runs.push({ schedule, result });
      }
  onProgress?.(all, all);
  const at = (bits: number, bandwidthGBps: number, schedule: ScheduleName): NetworkResult =>
    runs.find(
      ({ schedule: own, result }) =>
        own === schedule && result.precision.bits === bits && result.arch.bandwidthGBps === bandwidthGBps,
    )!.result;
  const gains = STUDIED_BANDWIDTHS_GBPS.flatMap((bandwidthGBps) =>
    STUDIED_BITS.flatMap((bits) =>
      SCHEDULE_NAMES.map((schedule): ScheduleGain => {
        const baseline = at(BASELINE_BITS, bandwidthGBps, schedule);
        const both = compareResults(baseline, at(bits, bandwidthGBps, schedule));
        const alone = compareResults(baseline, at(bits, bandwidthGBps, SCHEDULE_NAMES[0]!));
        return {
          bits,
          bandwidthGBps,
          schedule,
          peak: both.factors.peak,
          againstBaseline: alone.value,
          ofBoth: both.value,
        };
      }),
    ),
  );
  return { gains, runs };
}

/** Part of what a speedup has beyond the peak ratio that another keeps; null where it has nothing beyond. */
export function superLinearShare(kept: number, of: number, peak: number): number | null {
  return of > peak ? (kept - peak) / (of - peak) : null;
}
