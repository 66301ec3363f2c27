import type { Machine } from '../arch/machine.js';
import type { LayerProblem } from '../mapping/index.js';
import { leastBytes } from './communication-bound.js';
import { compulsoryBytes } from './compulsory-bytes.js';
import { sumEnergies } from './energy.js';
import type { LayerResult, OffChipBytes } from './result.js';

/** Stripes of a layer that are alike: what one of them comes to, and how many there are. */
export interface StripeResult {
  readonly result: LayerResult;
  readonly times: number;
}

/**
 * A layer that was computed in stripes: the sum of them. What says how a layer was laid out, and what bounds it, is that
 * of the stripes that take longest together; what must move at least is that of the `whole` layer, which need not load
 * weights again for each stripe, or rows that two stripes read.
 */
export function sumOfStripes(stripes: readonly StripeResult[], whole: LayerProblem, machine: Machine): LayerResult {
  const sum = (figure: (result: LayerResult) => number) =>
    stripes.reduce((total, { result, times }) => total + times * figure(result), 0);
  const longest = stripes.reduce((most, stripe) => (spent(stripe) > spent(most) ? stripe : most)).result;
  const totalCycles = sum((result) => result.totalCycles);
  const computeCycles = sum((result) => result.computeCycles);
  const { macs, peakMacsPerCycle } = longest;
  const offChipBytes: OffChipBytes = {
    weights: sum((result) => result.offChipBytes.weights),
    inputs: sum((result) => result.offChipBytes.inputs),
    outputs: sum((result) => result.offChipBytes.outputs),
    total: sum((result) => result.offChipBytes.total),
  };
  return {
    ...longest,
    computeCycles,
    totalCycles,
    stallCycles: totalCycles - computeCycles,
    utilization: peakMacsPerCycle > 0 ? macs / (peakMacsPerCycle * totalCycles) : 0,
    offChipBytes,
    compulsoryBytes: compulsoryBytes(whole),
    leastBytes: leastBytes(whole, machine),
    scratchpadBytesPerCore: sum((result) => result.scratchpadBytesPerCore),
    sharedBufferBytes: longest.sharedBufferBytes === null ? null : sum((result) => result.sharedBufferBytes ?? 0),
    interconnectBytes: longest.interconnectBytes === null ? null : sum((result) => result.interconnectBytes ?? 0),
    offChipCycles: sum((result) => result.offChipCycles),
    energyPj: sumEnergies(stripes.map(({ result, times }) => ({ energy: result.energyPj, times }))),
    resident: longest.resident.filter((operand) => stripes.every(({ result }) => result.resident.includes(operand))),
  };
}

function spent({ result, times }: StripeResult): number {
  return times * result.totalCycles;
}
