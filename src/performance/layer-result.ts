import type { Machine } from '../arch/machine.js';
import { weightBits } from '../arch/stored.js';
import { peakMacsPerCycle } from '../arch/peak.js';
import type { LayerDecision, LayerProblem, Mapping } from '../mapping/index.js';
import { describeOrder, secondElements, wholeInputElements } from '../mapping/index.js';
import type { LayerBits } from '../precision/precision.js';
import { outputElements } from '../workload/loop-nest.js';
import type { Layer } from '../workload/network.js';
import { INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { communicationBoundBytes } from './communication-bound.js';
import { scratchpadBytes } from './delivery.js';
import { energyOfSums } from './energy.js';
import { energySums } from './energy-sums.js';
import { hasOtherPaths } from './levels.js';
import { LayerPricer } from './pricer.js';
import { wholeBytes } from './traffic.js';
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
  pricer.price({ ...mapping.candidate });
  const { inputBytes, secondBytes, outputBytes, partialSumBytes, prefetchBytes } = pricer.traffic;

  const ownWeights =
    layer.secondOperand === 'weights' ? secondBytes : tableBytes(layer, weightBits(machine, bits), problem, inputBytes);
  const offChipBytes = {
    // Those of the next layer, too, that are loaded while this one runs.
    weights: ownWeights + prefetchBytes,
    inputs: inputBytes + secondBytes - ownWeights,
    outputs: outputBytes + partialSumBytes,
    total: inputBytes + secondBytes + outputBytes + partialSumBytes + prefetchBytes,
  };
  const { computeCycles, busyCycles } = mapping.candidate;
  const totalCycles = mapping.cycles;
  const offChipCycles = pricer.traffic.channelCycles;
  const compulsory = compulsoryBytes(problem);
  const peak = layer.macs > 0 ? peakMacsPerCycle(machine, bits.weightBits, bits.activationBits) : 0;
  return {
    name: layer.name,
    kind: layer.kind,
    macs: layer.macs,
    ...bits,
    computeCycles,
    stallCycles: totalCycles - computeCycles,
    totalCycles,
    peakMacsPerCycle: peak,
    utilization: peak > 0 ? layer.macs / (peak * totalCycles) : 0,
    offChipBytes,
    compulsoryBytes: compulsory,
    leastBytes: Math.max(compulsory, communicationBoundBytes(problem, machine)),
    scratchpadBytesPerCore: scratchpadBytes(mapping.candidate, problem),
    sharedBufferBytes: machine.sharedBuffer === null ? null : pricer.traffic.sharedBytes,
    interconnectBytes: hasOtherPaths(machine) ? pricer.traffic.interconnectBytes : null,
    offChipCycles,
    energyPj: energyOfSums(energySums(bits, problem, mapping, pricer.traffic, machine), machine),
    bound: boundOf(layer, machine, { totalCycles, computeCycles, busyCycles, offChipCycles, ...pricer.traffic }),
    resident: residentOperands(layer, decision),
    mapping: summarize(mapping, problem),
  };
}

/** Rows that are looked up in a table cross the channel with the inputs, at the pace of the loops. */
function tableBytes(layer: Layer, rowBits: number, problem: LayerProblem, inputBytes: number): number {
  if (layer.tableElements === 0 || problem.inputBits === 0) return 0;
  return Math.round((inputBytes * rowBits) / problem.inputBits);
}

/**
 * What must cross the channel whatever the mapping: each operand that is not resident, once, without halos, and what is
 * loaded ahead for the next layer.
 */
export function compulsoryBytes(problem: LayerProblem): number {
  const { nest } = problem;
  return (
    wholeBytes(wholeInputElements(nest), problem.inputBits) +
    wholeBytes(secondElements(problem), problem.secondBits) +
    wholeBytes(outputElements(nest), problem.outputBits) +
    problem.prefetchBytes
  );
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
