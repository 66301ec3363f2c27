import { failure } from '../errors.js';
import { formatPath } from '../json/index.js';
import type { Network, Tensor } from '../workload/network.js';
import { checkBits } from './bits.js';
import type { PolicyChoice, WantedBits } from './policy/index.js';
import { wantPrecision } from './policy/index.js';
import type { LayerBits, Precision } from './precision.js';

/** A policy, and the width of what attention keeps from step to step: as any other tensor where left out. */
export type PrecisionChoice = PolicyChoice & { readonly kvCacheBits?: number | undefined };

/**
 * Gives every layer and every stored tensor of a network its widths. A tensor is stored once, at the widest width at
 * which a layer reads it; a narrower reader drops bits on the way in. A tensor nobody reads (an output of the network)
 * keeps the width its producer computes with. A width that the policy states for an output wins over both, and one for
 * the key-value cache, of tensors that are kept in it, over all.
 * @throws AccelsimError if the policy's choices are not legal or do not suit the network.
 */
export function assignPrecision(network: Network, choice: PrecisionChoice): Precision {
  const { kvCacheBits } = choice;
  if (kvCacheBits !== undefined) checkBits(kvCacheBits, 'precision', 'kvCacheBits');
  const wanted = wantPrecision(network, choice);
  const tensorBits = network.tensors.map((tensor) =>
    tensor.role === 'cache' && kvCacheBits !== undefined ? kvCacheBits : storedBits(tensor, wanted.layers),
  );
  const layers = network.layers.map((layer, index) => {
    const { outputBits: _, ...bits } = wanted.layers[index]!;
    return { ...bits, outputBits: tensorBits[layer.output]! };
  });
  refuseNarrowAccumulators(network, layers);
  const { bits, edgeBits, source, shortcutBits, notes } = wanted;
  return {
    bits,
    edgeBits,
    ...(source === undefined ? {} : { source }),
    ...(shortcutBits === undefined ? {} : { shortcutBits }),
    ...(kvCacheBits === undefined ? {} : { kvCacheBits }),
    layers,
    tensorBits,
    ...(notes === undefined || notes.length === 0 ? {} : { notes }),
  };
}

/** Sums are kept at the accumulator's width until they are stored, so they cannot be stored any wider. */
function refuseNarrowAccumulators(network: Network, layers: readonly LayerBits[]): void {
  const narrow = network.layers.filter(({ index }) => layers[index]!.accumulatorBits < layers[index]!.outputBits);
  const [first] = narrow;
  if (first === undefined) return;
  const { accumulatorBits, outputBits } = layers[first.index]!;
  const rule = `must be at least the ${outputBits} bits at which the output is stored`;
  const hint =
    narrow.length === 1 ? undefined : `the same is so of ${narrow.length - 1} more of ${layers.length} layers`;
  throw failure('precision', formatPath(['layers', first.name, 'accumulatorBits']), rule, accumulatorBits, hint);
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
