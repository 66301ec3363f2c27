import type { ChipSplitStudy, SplitPoint, SplitSeries } from '../../explore/index.js';
import { splitGains } from '../../explore/index.js';
import { csvField } from '../to-csv.js';
import { SCHEMA_VERSION } from '../to-json.js';

/** The figures, for programs. */
export function chipSplitToJson(study: ChipSplitStudy): string {
  const { arch, baselineBits, budget, series } = study;
  const { workload, mode } = series[0]!.standingResult;
  const value = {
    schemaVersion: SCHEMA_VERSION,
    arch: arch.name,
    workload: { name: workload.name, batch: workload.batch },
    mode,
    baselineBits,
    budget: { ...budget },
    series: series.map(seriesValue),
    gains: splitGains(study).map((gain) => ({ ...gain, bandwidthGBps: bandwidthValue(gain.bandwidthGBps) })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function seriesValue({ bits, bandwidthGBps, points, best, standing, speedup }: SplitSeries): object {
  return {
    bits,
    bandwidthGBps: bandwidthValue(bandwidthGBps),
    standing: pointValue(standing),

    best: pointValue(best),
    speedup: { value: speedup.value, factors: { ...speedup.factors } },
    points: points.map(pointValue),
  };
}

function pointValue({ shape, capacityKiB, area, macFraction, totalCycles, latencyMs, offChipBytes }: SplitPoint) {
  return {
    rows: shape.rows,
    columns: shape.columns,
    scratchpadKiBPerCore: capacityKiB,
    macsMm2: area.macsMm2,
    scratchpadMm2: area.scratchpadMm2,
    chipMm2: area.chipMm2,
    macFraction,
    totalCycles,
    latencyMs,
    offChipBytes,
  };
}

function bandwidthValue(bandwidthGBps: number): number | 'inf' {
  return bandwidthGBps === Infinity ? 'inf' : bandwidthGBps;
}

/** One row per width, bandwidth and split. */
export function chipSplitToCsv({ arch, series }: ChipSplitStudy): string {
  const rows = series.flatMap(({ bits, bandwidthGBps, points, best, standing, standingResult }) =>
    points.map((point) => ({
      arch: arch.name,
      workload: standingResult.workload.name,
      bits,
      bandwidthGBps: bandwidthValue(bandwidthGBps),
      ...pointValue(point),
      standing: Number(point === standing),
      best: Number(point === best),
      speedup: standingResult.totals.totalCycles / point.totalCycles,
    })),
  );
  const header = Object.keys(rows[0]!);
  return [header, ...rows.map((row) => Object.values(row))]
    .map((fields) => `${fields.map(csvField).join(',')}\n`)
    .join('');
}
