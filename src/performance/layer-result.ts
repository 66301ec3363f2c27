import type { Machine } from '../arch/machine.js';
import { peakMacsPerCycle } from '../arch/peak.js';
import type { LayerDecision, LayerProblem, Mapping } from '../mapping/index.js';
import { describeOrder, pixelTiles, secondElements } from '../mapping/index.js';
import { storedWeightBits } from '../precision/precision.js';
import type { LayerBits } from '../precision/precision.js';
import { outputElements } from '../workload/loop-nest.js';
import type { Layer } from '../workload/network.js';
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
  const { inputBytes, secondBytes, outputBytes, partialSumBytes } = pricer.traffic;

  const fromWeights = layer.secondOperand === 'weights' ? secondBytes : tableBytes(layer, bits, problem, inputBytes);
  const offChipBytes = {
    weights: fromWeights,
    inputs: inputBytes + secondBytes - fromWeights,
    outputs: outputBytes + partialSumBytes,
    total: inputBytes + secondBytes + outputBytes + partialSumBytes,
  };
  const { computeCycles } = mapping.candidate;
  const totalCycles = mapping.cycles;
  const offChipCycles = offChipBytes.total / machine.offChipBytesPerCycle;
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
    compulsoryBytes: compulsoryBytes(problem),
    offChipCycles,
    bound: boundOf(layer, offChipCycles, computeCycles, totalCycles - computeCycles),
    resident: residentOperands(layer, decision),
    mapping: summarize(mapping, problem),
  };
}

/** Rows that are looked up in a table cross the channel with the inputs, at the pace of the loops. */
function tableBytes(layer: Layer, bits: LayerBits, problem: LayerProblem, inputBytes: number): number {
  if (layer.tableElements === 0 || problem.inputBits === 0) return 0;
  return Math.round((inputBytes * storedWeightBits(bits)) / problem.inputBits);
}

/** What must cross the channel whatever the mapping: each operand that is not resident, once, without halos. */
export function compulsoryBytes(problem: LayerProblem): number {
  const { nest } = problem;
  const whole = pixelTiles(nest, { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 })[0]!;
  const inputs = whole.inputElements * nest.groups * nest.inputChannels;
  return (
    wholeBytes(inputs, problem.inputBits) +
    wholeBytes(secondElements(problem), problem.secondBits) +
    wholeBytes(outputElements(nest), problem.outputBits)
  );
}

/** Memory, when the channel is at work for longer than computing takes, or is waited for longer (its latency). */
function boundOf(layer: Layer, offChipCycles: number, computeCycles: number, stallCycles: number): Bound {
  if (offChipCycles > computeCycles || stallCycles > computeCycles) return 'memory';
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
    loopOrder: describeOrder(mapping.order, trips, candidate.groupTrips),
    tiles: candidate.groupTrips * candidate.pixelTrips * candidate.channelTrips * candidate.reductionTrips,
    folds: problem.engine === 'array' ? candidate.groupsPerCore * candidate.folds * candidate.streamTrips : 0,
    bufferBytesPerCore: mapping.bufferBytesPerCore,
  };
}
