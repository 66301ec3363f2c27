import type { Machine } from '../arch/machine.js';
import { peakMacsPerCycle } from '../arch/peak.js';
import { weightBits } from '../arch/stored.js';
import type { LayerProblem, Mapping } from '../mapping/index.js';
import type { LayerBits } from '../precision/precision.js';
import type { Layer } from '../workload/network.js';
import { scratchpadBytes } from './delivery.js';
import { energySums, type ScheduleSums } from './energy-sums.js';
import { hasOtherPaths } from './levels.js';
import type { PricedTraffic } from './priced-traffic.js';
import { LayerPricer } from './pricer.js';
import type { OffChipBytes } from './result.js';

/**
 * What a layer, or a stripe of one, adds to its network, given its mapping: figures that are summed over layers and
 * stripes (but for the peak), and that do not depend on how much scratchpad the machine has.
 */
export interface LayerSums {
  readonly peakMacsPerCycle: number;
  readonly computeCycles: number;
  readonly offChipBytes: OffChipBytes;
  /** Between the busiest core's scratchpad and its array or vector unit. */
  readonly scratchpadBytesPerCore: number;
  /** In and out of the shared buffer; null where there is none. */
  readonly sharedBufferBytes: number | null;
  /** In and out of all cores; null where nothing but the off-chip channel is modelled. */
  readonly interconnectBytes: number | null;
  /** What its energy hangs on. */
  readonly energySums: ScheduleSums;
}

export function layerSums(
  layer: Layer,
  bits: LayerBits,
  problem: LayerProblem,
  mapping: Mapping,
  machine: Machine,
  pricer: LayerPricer = new LayerPricer(problem, machine),
): LayerSums {
  const { candidate } = mapping;
  const { traffic } = pricer;
  pricer.prepare({ ...candidate });
  return {
    peakMacsPerCycle: layer.macs > 0 ? peakMacsPerCycle(machine, bits.weightBits, bits.activationBits) : 0,
    computeCycles: candidate.computeCycles,
    offChipBytes: offChipBytes(layer, weightBits(machine, bits), problem, traffic),
    scratchpadBytesPerCore: scratchpadBytes(candidate, problem),
    sharedBufferBytes: machine.sharedBuffer === null ? null : traffic.sharedBytes,
    interconnectBytes: hasOtherPaths(machine) ? traffic.interconnectBytes : null,
    energySums: energySums(bits, problem, mapping, traffic, machine),
  };
}

function offChipBytes(layer: Layer, rowBits: number, problem: LayerProblem, traffic: PricedTraffic): OffChipBytes {
  const { inputBytes, secondBytes, outputBytes, partialSumBytes, prefetchBytes } = traffic;
  const ownWeights = layer.secondOperand === 'weights' ? secondBytes : tableBytes(layer, rowBits, problem, inputBytes);
  return {
    // Those of the next layer, too, that are loaded while this one runs.
    weights: ownWeights + prefetchBytes,
    inputs: inputBytes + secondBytes - ownWeights,
    outputs: outputBytes + partialSumBytes,
    total: inputBytes + secondBytes + outputBytes + partialSumBytes + prefetchBytes,
  };
}

/** Rows that are looked up in a table cross the channel with the inputs, at the pace of the loops. */
function tableBytes(layer: Layer, rowBits: number, problem: LayerProblem, inputBytes: number): number {
  if (layer.tableElements === 0 || problem.inputBits === 0) return 0;
  return Math.round((inputBytes * rowBits) / problem.inputBits);
}
