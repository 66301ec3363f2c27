import type { Machine } from '../arch/machine.js';
import { peakMacsPerCycle } from '../arch/peak.js';
import type { LayerProblem, Mapping } from '../mapping/index.js';
import { storedWeightBits } from '../precision/precision.js';
import type { LayerBits } from '../precision/precision.js';
import type { Layer } from '../workload/network.js';
import { compulsoryBytes } from './compulsory-bytes.js';
import { scratchpadBytes } from './delivery.js';
import { hasOtherPaths } from './levels.js';
import { LayerPricer, type PricedTraffic } from './pricer.js';
import type { OffChipBytes } from './result.js';

/**
 * What a layer, or a stripe of one, adds to its network, given its mapping: figures that are summed over layers and stripes (but for the peak),
 * and that do not depend on how much scratchpad the machine has.
 */
export interface LayerSums {
  readonly peakMacsPerCycle: number;
  readonly totalCycles: number;
  readonly computeCycles: number;
  readonly offChipBytes: OffChipBytes;
  readonly compulsoryBytes: number;
  /** Between the busiest core's scratchpad and its array or vector unit. */
  readonly scratchpadBytesPerCore: number;
  /** In and out of the shared buffer; null where there is none. */
  readonly sharedBufferBytes: number | null;
  /** In and out of all cores; null where nothing but the off-chip channel is modelled. */
  readonly interconnectBytes: number | null;
}

export function layerSums(
  layer: Layer,
  bits: LayerBits,
  problem: LayerProblem,
  { candidate, cycles }: Mapping,
  machine: Machine,
  pricer: LayerPricer = new LayerPricer(problem, machine),
): LayerSums {
  pricer.prepare({ ...candidate });
  const { sharedBytes, interconnectBytes } = pricer.traffic;
  return {
    peakMacsPerCycle: layer.macs > 0 ? peakMacsPerCycle(machine, bits.weightBits, bits.activationBits) : 0,
    totalCycles: cycles,
    computeCycles: candidate.computeCycles,
    offChipBytes: offChipBytes(layer, bits, problem, pricer.traffic),
    compulsoryBytes: compulsoryBytes(problem),
    scratchpadBytesPerCore: scratchpadBytes(candidate, problem),
    sharedBufferBytes: machine.sharedBuffer === null ? null : sharedBytes,
    interconnectBytes: hasOtherPaths(machine) ? interconnectBytes : null,
  };
}

function offChipBytes(layer: Layer, bits: LayerBits, problem: LayerProblem, traffic: PricedTraffic): OffChipBytes {
  const { inputBytes, secondBytes, outputBytes, partialSumBytes, prefetchBytes } = traffic;
  const ownWeights = layer.secondOperand === 'weights' ? secondBytes : tableBytes(layer, bits, problem, inputBytes);
  return {
    // Those of the next layer, too, that are loaded while this one runs.
    weights: ownWeights + prefetchBytes,
    inputs: inputBytes + secondBytes - ownWeights,
    outputs: outputBytes + partialSumBytes,
    total: inputBytes + secondBytes + outputBytes + partialSumBytes + prefetchBytes,
  };
}

/** Rows that are looked up in a table cross the channel with the inputs, at the pace of the loops. */
function tableBytes(layer: Layer, bits: LayerBits, problem: LayerProblem, inputBytes: number): number {
  if (layer.tableElements === 0 || problem.inputBits === 0) return 0;
  return Math.round((inputBytes * storedWeightBits(bits)) / problem.inputBits);
}
