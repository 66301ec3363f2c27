import type { Machine } from '../arch/machine.js';
import type { LayerDecision, LayerProblem, Mapping } from '../mapping/index.js';
import { describeOrder } from '../mapping/index.js';
import type { LayerBits } from '../precision/precision.js';
import type { Layer } from '../workload/network.js';
import { INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { leastBytes } from './communication-bound.js';
import { compulsoryBytes } from './compulsory-bytes.js';
import { energyOfSums } from './energy.js';
import { layerSums } from './layer-sums.js';
import { LayerPricer } from './pricer.js';
import type { Bound, LayerResult, MappingSummary } from './result.js';

/** The result of one layer under the mapping that was chosen for it. */
export function timeLayer(
  layer: Layer,
  bits: LayerBits,
  problem: LayerProblem,
  decision: LayerDecision,
  machine: Machine,
): LayerResult {
  const { mapping } = decision;
  const pricer = new LayerPricer(problem, machine);
  const sums = layerSums(layer, bits, problem, mapping, machine, pricer);
  const { macs } = layer;
  const { cycles: totalCycles } = mapping;
  const { computeCycles, peakMacsPerCycle: peak, offChipBytes } = sums;
  const { busyCycles } = mapping.candidate;
  const offChipCycles = pricer.traffic.channelCycles;
  return {
    name: layer.name,
    kind: layer.kind,
    macs,
    ...bits,
    computeCycles,
    stallCycles: totalCycles - computeCycles,
    totalCycles,
    peakMacsPerCycle: peak,
    utilization: peak > 0 ? macs / (peak * totalCycles) : 0,
    offChipBytes,
    compulsoryBytes: compulsoryBytes(problem),
    leastBytes: leastBytes(problem, machine),
    scratchpadBytesPerCore: sums.scratchpadBytesPerCore,
    sharedBufferBytes: sums.sharedBufferBytes,
    interconnectBytes: sums.interconnectBytes,
    offChipCycles,
    energyPj: energyOfSums({ ...sums.energySums, cycles: totalCycles }, machine),
    bound: boundOf(layer, machine, { totalCycles, computeCycles, busyCycles, offChipCycles, ...pricer.traffic }),
    resident: residentOperands(layer, decision),
    mapping: summarize(mapping, problem),
  };
}

/**
 * What takes longest, of what is waited for at all: off-chip memory also where mostly its latency is waited for, which
 * keeps no channel busy.
 */
function boundOf(
  layer: Layer,
  machine: Machine,
  times: Pick<LayerResult, 'totalCycles' | 'computeCycles' | 'offChipCycles'> & {
    readonly busyCycles: number;
    readonly sharedBytes: number;
    readonly interconnectBytes: number;
  },
): Bound {
  const { totalCycles, computeCycles, busyCycles, offChipCycles } = times;
  const onChipCycles = Math.max(
    times.sharedBytes / (machine.sharedBuffer?.bytesPerCycle ?? Infinity),
    times.interconnectBytes / machine.interconnect.bytesPerCycle,
  );
  if (onChipCycles > Math.max(offChipCycles, busyCycles)) return 'on-chip';
  if (offChipCycles > busyCycles || totalCycles - busyCycles > busyCycles) return 'memory';
  if (busyCycles > computeCycles) return 'scratchpad';
  return layer.engine === 'array' ? 'compute' : 'vector';
}

function residentOperands(layer: Layer, decision: LayerDecision): ('input' | 'output' | 'weights')[] {
  const resident: ('input' | 'output' | 'weights')[] = [];
  if (decision.inputsOnChip.length > 0 && decision.inputsOnChip.every((onChip) => onChip)) resident.push('input');
  if (!decision.outputWritten) resident.push('output');
  if (decision.weightsOnChip && layer.weightElements > 0) resident.push('weights');
  return resident;
}

function summarize(mapping: Mapping, problem: LayerProblem): MappingSummary {
  const { candidate, pixelTile } = mapping;
  const trips = [candidate.pixelTrips, candidate.channelTrips, candidate.reductionTrips];
  return {
    dataflow: mapping.dataflow,
    coreSplit: mapping.split,
    tile: {
      batch: pixelTile.batch,
      groups: mapping.groupTile,
      outputRows: pixelTile.rows,
      outputColumns: pixelTile.columns,
      outputChannels: mapping.channelTile,
      inputChannels: mapping.reductionTile,
    },
    doubleBuffered: operandsOf(mapping.doubled & changingOperands(mapping, problem)),
    staged: operandsOf(mapping.staged),
    loopOrder: describeOrder(mapping.order, trips, candidate.groupTrips),
    tiles: candidate.groupTrips * candidate.pixelTrips * candidate.channelTrips * candidate.reductionTrips,
    folds:
      problem.engine === 'array'
        ? candidate.groupFolds * candidate.folds * (candidate.streamTrips + candidate.restTrips)
        : 0,
    bufferBytesPerCore: mapping.bufferBytesPerCore,
    search: mapping.search,
  };
}

/** Operands that have more than one tile and need a buffer for it, so that there was a choice. */
function changingOperands({ candidate }: Mapping, problem: LayerProblem): number {
  const { groupTrips: g, pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
  return (
    (g * m * c > 1 && problem.inputBits + problem.sharedInputBits > 0 ? INPUT : 0) |
    (g * k * c > 1 && problem.secondBits + problem.sharedSecondBits > 0 ? SECOND : 0) |
    (g * m * k > 1 && problem.outputBits + problem.sharedOutputBits > 0 ? OUTPUT : 0)
  );
}

function operandsOf(mask: number): ('input' | 'weights' | 'output')[] {
  return [
    ...(mask & INPUT ? (['input'] as const) : []),
    ...(mask & SECOND ? (['weights'] as const) : []),
    ...(mask & OUTPUT ? (['output'] as const) : []),
  ];
}
