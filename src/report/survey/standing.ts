import type { Survey, SurveyPoint, SurveyRow } from '../../explore/index.js';
import type { NetworkResult } from '../../performance/index.js';

/** A network with its figures at the width that the report goes into. */
export interface Standing {
  readonly row: SurveyRow;
  readonly point: SurveyPoint;
}

/** Networks by speedup at one width, the fastest first. */
export function ranked({ rows, bits, focusBits }: Survey, at = focusBits): Standing[] {
  const index = bits.indexOf(at);
  const standings = rows.map((row) => ({ row, point: row.points[index]! }));
  return standings.sort((a, b) => b.point.speedup.value - a.point.speedup.value);
}

/** The part of the time that goes into layers whose transfers take longer than their work, 0..1. */
export function memoryBoundFraction({ layers, totals }: NetworkResult): number {
  const cycles = layers.reduce((sum, { bound, totalCycles }) => sum + (bound === 'memory' ? totalCycles : 0), 0);
  return cycles / totals.totalCycles;
}

/** What began to fit on chip, as wide as it was before. */
export function beganToFitBytes({ speedup }: SurveyPoint): number {
  return speedup.beganToFit.reduce((sum, { baselineBytes }) => sum + baselineBytes, 0);
}

/** How many times fewer bytes move than at the baseline; infinite where none do any more. */
export function trafficRatio({ row, point }: Standing): number {
  const before = row.baseline.totals.offChipBytes.total;
  const after = point.result.totals.offChipBytes.total;
  return before === after ? 1 : before / after;
}
