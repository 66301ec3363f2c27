/**
 * The composition, and the file to read first: a network, its bits and a machine become times.
 *
 *   LayerProblem   what each layer moves and computes, given what is resident     layer-problem
 *   Frontier       its best mappings, one for each size of scratchpad             mapping/search, priced by performance/
 *   ResidencyPlan  which tensors stay on chip, so that the whole is fastest       mapping/residency
 *   LayerResult    what the chosen mappings cost, in full                         performance/layer-result
 */
import { AccelsimError, failure } from '../errors.js';
import type { Machine } from '../arch/machine.js';
import {
  NoRoom,
  planResidency,
  planWithWeightRegion,
  type ResidencyLayer,
  type ResidencyPlan,
  type ResidencyProblem,
} from '../mapping/index.js';
import {
  MODES,
  timeLayer,
  totalsOf,
  type Mode,
  type NetworkResult,
  type TensorResidency,
} from '../performance/index.js';
import type { Precision } from '../precision/precision.js';
import { bytesOf, BYTES_PER_KIB } from '../units.js';
import type { Layer, Network } from '../workload/network.js';
import { Frontiers, type LayerFrontiers } from './frontiers.js';
import { distinctInputs, layerProblem } from './layer-problem.js';

/**
 * Simulates one network on one machine.
 * @throws AccelsimError when a layer's smallest working set does not fit the scratchpad, or the mode is none.
 */
export function simulateNetwork(network: Network, precision: Precision, machine: Machine, mode: Mode): NetworkResult {
  if (!MODES.includes(mode)) throw failure('mode', '', `must be ${MODES.join(' or ')}`, mode);
  const frontiers = new Frontiers(machine);
  // Residency asks for the same few problems of a layer again and again; making their keys each time would cost more
  // than the answers.
  const asked = network.layers.map(() => new Map<string, LayerFrontiers>());
  const residency: ResidencyProblem = {
    layers: network.layers.map((layer) => residencyLayer(layer, precision)),
    tensors: network.tensors.map((tensor, index) => ({
      bytes: bytesOf(tensor.elements, precision.tensorBits[index]!),
      producer: tensor.producer,
      consumers: tensor.consumers,
    })),
    cores: machine.cores,
    scratchpadBytesPerCore: machine.scratchpadBytesPerCore,
    best: (index, inputsOnChip, outputWritten, weightsOnChip, freeBytesPerCore) => {
      let key = (outputWritten ? 'w' : '-') + (weightsOnChip ? 'w' : '-');
      for (const onChip of inputsOnChip) key += onChip ? 'i' : '-';
      let frontier = asked[index]!.get(key);
      if (frontier === undefined) {
        frontier = frontiers.of(
          layerProblem(network, index, precision, machine, inputsOnChip, outputWritten, weightsOnChip),
        );
        asked[index]!.set(key, frontier);
      }
      return frontier.best(freeBytesPerCore);
    },
  };

  const plan = mode === 'throughput' ? planWithWeightRegion(residency) : planResidency(residency, 0, false);
  if (plan instanceof NoRoom) {
    const nothingOnChip = network.layers[plan.layer]!.inputs.map(() => false);
    const problem = layerProblem(network, plan.layer, precision, machine, nothingOnChip, true, false);
    throw noRoom(network.layers[plan.layer]!, frontiers.of(problem).smallestBufferBytes(), machine);
  }
  return networkResult(network, precision, machine, mode, residency, plan);
}

function residencyLayer(layer: Layer, precision: Precision): ResidencyLayer {
  return {
    inputs: distinctInputs(layer),
    output: layer.output,
    inPlace: layer.inPlace,
    weightBytes: bytesOf(layer.weightElements, precision.layers[layer.index]!.weightBits),
  };
}

function networkResult(
  network: Network,
  precision: Precision,
  machine: Machine,
  mode: Mode,
  residency: ResidencyProblem,
  plan: ResidencyPlan,
): NetworkResult {
  const layers = network.layers.map((layer, index) => {
    const decision = plan.layers[index]!;
    const { inputsOnChip, outputWritten, weightsOnChip } = decision;
    const problem = layerProblem(network, index, precision, machine, inputsOnChip, outputWritten, weightsOnChip);
    return timeLayer(layer, precision.layers[index]!, problem, decision, machine);
  });
  const warnings: string[] = [];
  if (!plan.exact)
    warnings.push('the residency search met its limit: what stays on chip may not be the fastest choice');
  return {
    arch: {
      name: machine.name,
      cores: machine.cores,
      rows: machine.rows,
      columns: machine.columns,
      macKind: machine.mac.kind,
      designBits: machine.designBits,
      arrayChoice: machine.arrayChoice,
      clockGHz: machine.clockGHz,
      scratchpadKiBPerCore: machine.scratchpadBytesPerCore / BYTES_PER_KIB,
      bandwidthGBps: machine.bandwidthGBps,
      area: machine.area,
    },
    workload: { name: network.name, batch: network.batch },
    mode,
    precision: precisionOf(precision),
    totals: totalsOf(layers, network.batch, machine),
    layers,
    residency: {
      exact: plan.exact,
      capacityBytes: machine.cores * machine.scratchpadBytesPerCore,
      peakBytes: Math.max(0, ...plan.layers.map((decision) => decision.occupiedBytes)),
      weightRegionBytes: plan.weightRegionBytes,
      tensors: tensorResidency(network, precision, residency, plan),
    },
    warnings,
  };
}

function tensorResidency(
  network: Network,
  precision: Precision,
  residency: ResidencyProblem,
  plan: ResidencyPlan,
): TensorResidency[] {
  const activations = network.tensors.map((tensor, index): TensorResidency => {
    const kept = plan.readersOnChip[index]!;
    const last = kept > 0 ? network.layers[tensor.consumers[kept - 1]!]!.name : null;
    const place = kept === 0 ? 'off-chip' : kept === tensor.consumers.length ? 'on-chip' : 'both';
    return {
      tensor: tensor.name,
      kind: 'activation',
      bits: precision.tensorBits[index]!,
      bytes: residency.tensors[index]!.bytes,
      place,
      keptUntil: last,
    };
  });
  const weights = network.layers.flatMap((layer, index): TensorResidency[] => {
    if (layer.weightElements === 0) return [];
    const onChip = plan.layers[index]!.weightsOnChip;
    return [
      {
        tensor: layer.name,
        kind: 'weights',
        bits: precision.layers[index]!.weightBits,
        bytes: residency.layers[index]!.weightBytes,
        place: onChip ? 'on-chip' : 'off-chip',
        keptUntil: onChip ? layer.name : null,
      },
    ];
  });
  return [...activations, ...weights];
}

function noRoom(layer: Layer, smallestBufferBytes: number, machine: Machine): AccelsimError {
  return new AccelsimError([
    {
      source: machine.name,
      path: 'scratchpad.capacityKiB',
      rule: `layer ${layer.name} does not fit: its smallest tiles take ${smallestBufferBytes} bytes of each core's scratchpad`,
      found: `${machine.scratchpadBytesPerCore} bytes`,
      hint: `at least ${Math.ceil(smallestBufferBytes / BYTES_PER_KIB)} KiB are needed`,
    },
  ]);
}

function precisionOf({ bits, edgeBits, shortcutBits }: Precision): NetworkResult['precision'] {
  return shortcutBits === undefined ? { bits, edgeBits } : { bits, edgeBits, shortcutBits };
}
