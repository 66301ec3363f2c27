import type { Machine } from '../arch/machine.js';
import { WHOLE_SHARE, type Objective } from '../mapping/index.js';
import type { ResidencyResult, TensorResidency } from '../performance/index.js';
import type { Precision } from '../precision/precision.js';
import type { Network } from '../workload/network.js';
import type { NetworkPlan } from './plan-network.js';

/** What a plan says of on-chip memory, by the names of layers and tensors. */
export function residencyResult(
  network: Network,
  precision: Precision,
  machine: Machine,
  planned: NetworkPlan,
  objective: Objective,
): ResidencyResult {
  const { plan, steps } = planned;
  const { cost, lowerBound, exact, weightRegionBytes } = plan;
  const nameOf = (layer: number) => network.layers[layer]!.name;
  return {
    exact,
    lowerBoundCycles: objective === 'latency' ? lowerBound : null,
    optimalityGap: lowerBound > 0 ? cost / lowerBound - 1 : 0,
    capacityBytes: machine.sharedBuffer?.bytes ?? machine.cores * machine.scratchpadBytesPerCore,
    peakBytes: plan.steps.reduce((most, { occupiedBytes }) => Math.max(most, occupiedBytes), 0),
    weightRegionBytes,
    tensors: [...activations(network, precision, planned), ...weights(network, precision, planned)],
    prefetched: plan.steps
      .filter(({ prefetchedQuarters }) => prefetchedQuarters > 0)
      .map(({ first, prefetchedQuarters }) => ({ layer: nameOf(first), fraction: prefetchedQuarters / WHOLE_SHARE })),
    chains: plan.steps
      .filter(({ chain }) => chain >= 0)
      .map(({ first, last, chain }) => {
        const { stripes, heldLayers } = steps.chainOption(chain);
        const layers = network.layers.slice(first, last + 1).map(({ name }) => name);
        return { layers, stripes, heldWeights: heldLayers.map(nameOf) };
      }),
  };
}

function activations(network: Network, precision: Precision, { steps, plan }: NetworkPlan): TensorResidency[] {
  return network.tensors.map(({ name, consumers, producer }, index): TensorResidency => {
    // What lies between the layers of a chain is made and read on chip, though never whole.
    const isBetween = plan.steps.some(({ first, last }) => producer >= first && producer < last);
    const kept = isBetween ? consumers.length : plan.readersOnChip[index]!;
    return {
      tensor: name,
      kind: 'activation',
      bits: precision.tensorBits[index]!,
      bytes: steps.graph.tensors[index]!.bytes,
      place: kept === 0 ? 'off-chip' : kept === consumers.length ? 'on-chip' : 'both',
      keptUntil: kept > 0 ? network.layers[consumers[kept - 1]!]!.name : null,
    };
  });
}

function weights(network: Network, precision: Precision, { steps, plan }: NetworkPlan): TensorResidency[] {
  return network.layers.flatMap(({ name, weightElements }, index): TensorResidency[] => {
    if (weightElements === 0) return [];
    const onChip = plan.steps.some(
      ({ first, last, weightsOnChip }) => weightsOnChip && first <= index && index <= last,
    );
    return [
      {
        tensor: name,
        kind: 'weights',
        bits: precision.layers[index]!.weightBits,
        bytes: steps.graph.layers[index]!.weightBytes,
        place: onChip ? 'on-chip' : 'off-chip',
        keptUntil: onChip ? name : null,
      },
    ];
  });
}
