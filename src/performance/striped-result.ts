import { sumEnergies } from './energy.js';
import type { LayerResult, OffChipBytes } from './result.js';

/** Stripes of a layer that are alike: what one of them comes to, and how many there are. */
export interface StripeResult {
  readonly result: LayerResult;
  readonly times: number;
}

/**
 * A layer that was computed in stripes: the sum of them. What says how a layer was laid out, and what bounds it, is that
 * of the stripes that take longest together.
 */
export function sumOfStripes(stripes: readonly StripeResult[]): LayerResult {
  const sum = (figure: (result: LayerResult) => number) =>
    stripes.reduce((total, { result, times }) => total + times * figure(result), 0);
  const whole = stripes.reduce((longest, stripe) => (spent(stripe) > spent(longest) ? stripe : longest)).result;
  const totalCycles = sum((result) => result.totalCycles);
  const computeCycles = sum((result) => result.computeCycles);
  const { macs, peakMacsPerCycle } = whole;
  const offChipBytes: OffChipBytes = {
    weights: sum((result) => result.offChipBytes.weights),
    inputs: sum((result) => result.offChipBytes.inputs),
    outputs: sum((result) => result.offChipBytes.outputs),
    total: sum((result) => result.offChipBytes.total),
  };
  return {
    ...whole,
    computeCycles,
    totalCycles,
    stallCycles: totalCycles - computeCycles,
    utilization: peakMacsPerCycle > 0 ? macs / (peakMacsPerCycle * totalCycles) : 0,
    offChipBytes,
    compulsoryBytes: sum((result) => result.compulsoryBytes),
    leastBytes: sum((result) => result.leastBytes),
    scratchpadBytesPerCore: sum((result) => result.scratchpadBytesPerCore),
    sharedBufferBytes: whole.sharedBufferBytes === null ? null : sum((result) => result.sharedBufferBytes ?? 0),
    interconnectBytes: whole.interconnectBytes === null ? null : sum((result) => result.interconnectBytes ?? 0),
    offChipCycles: sum((result) => result.offChipCycles),
    energyPj: sumEnergies(stripes.map(({ result, times }) => ({ energy: result.energyPj, times }))),
    resident: whole.resident.filter((operand) => stripes.every(({ result }) => result.resident.includes(operand))),
  };
}

function spent({ result, times }: StripeResult): number {
  return times * result.totalCycles;
}
