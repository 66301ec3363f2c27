import type { Network, Tensor } from '../workload/network.js';
import type { PolicyChoice, WantedBits } from './policy/index.js';
import { wantPrecision } from './policy/index.js';
import type { Precision } from './precision.js';

/**
 * Gives every layer and every stored tensor of a network its widths. A tensor is stored once, at the widest width at
 * which a layer reads it; a narrower reader drops bits on the way in. A tensor nobody reads (an output of the network)
 * keeps the width its producer computes with. A width that the policy states for an output wins over both.
 * @throws AccelsimError if the policy's choices are not legal or do not suit the network.
 */
export function assignPrecision(network: Network, choice: PolicyChoice): Precision {
  const wanted = wantPrecision(network, choice);
  const tensorBits = network.tensors.map((tensor) => storedBits(tensor, wanted.layers));
  const layers = network.layers.map((layer, index) => {
    const { weightBits, activationBits, accumulatorBits } = wanted.layers[index]!;
    return { weightBits, activationBits, outputBits: tensorBits[layer.output]!, accumulatorBits };
  });
  return { bits: wanted.bits, edgeBits: wanted.edgeBits, layers, tensorBits };
}

function storedBits(tensor: Tensor, layers: readonly WantedBits[]): number {
  // An input of the network has no producer.
  const producer = layers[tensor.producer];
  if (producer !== undefined && producer.outputBits !== null) return producer.outputBits;
  const readers = tensor.consumers.map((consumer) => layers[consumer]!);
  const deciders = readers.length > 0 || producer === undefined ? readers : [producer];
  // An input of the network that nobody reads is never moved; it gets the least width there is.
  return Math.max(1, ...deciders.map((layer) => layer.activationBits));
}
