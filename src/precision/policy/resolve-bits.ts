import type { Issue } from '../../errors.js';
import { AccelsimError } from '../../errors.js';
import { hasWeights } from '../../workload/network.js';
import type { Layer, Network } from '../../workload/network.js';
import { DEFAULT_ACCUMULATOR_BITS } from '../bits.js';
import { DEFAULT_SCALE_BITS } from '../stated.js';
import type { StatedBits } from '../stated.js';
import type { WantedBits } from './policy.js';

/** What a list says where no entry does. */
export interface ListDefaults {
  readonly source: string;
  readonly default?: StatedBits | undefined;
}

/** Names in one message; the number of the others is told. */
const MAX_NAMES = 10;

/**
 * Completes what a list states. A layer computes with what it reads at the width that is stated for it, or by default,
 * or at which its inputs are stated to be stored. A layer of the vector unit of which nothing is said passes on what
 * its readers want; at the end of a network, what its inputs are made at.
 *
 * @param stated by layer index
 * @param tensorBits stated widths of tensors, by tensor index
 * @throws AccelsimError naming the layers whose widths follow from nothing
 */
export function resolveBits(
  network: Network,
  stated: readonly StatedBits[],
  tensorBits: readonly (number | undefined)[],
  list: ListDefaults,
): WantedBits[] {
  const whole = list.default ?? {};
  const storedAt = network.tensors.map(
    (tensor, index) => stated[tensor.producer]?.outputBits ?? tensorBits[index] ?? whole.outputBits,
  );
  const activationBits = network.layers.map(
    (layer) =>
      stated[layer.index]!.activationBits ??
      whole.activationBits ??
      widest(layer.inputs.map((tensor) => storedAt[tensor])),
  );
  passThrough(network, activationBits);

  const withoutWeightBits: Layer[] = [];
  const withoutActivationBits: Layer[] = [];
  const layers = network.layers.map((layer): WantedBits => {
    const own = stated[layer.index]!;
    const activations = activationBits[layer.index];
    if (activations === undefined) withoutActivationBits.push(layer);
    // A layer without weights reads all of its operands as activations.
    const weights = hasWeights(layer) ? (own.weightBits ?? whole.weightBits) : activations;
    if (weights === undefined && hasWeights(layer)) withoutWeightBits.push(layer);
    return {
      weightBits: weights ?? 1,
      activationBits: activations ?? 1,
      outputBits: storedAt[layer.output] ?? null,
      accumulatorBits: own.accumulatorBits ?? whole.accumulatorBits ?? DEFAULT_ACCUMULATOR_BITS,
      ...(hasWeights(layer) ? scalesOf({ ...whole, ...own }) : {}),
    };
  });
  const issues = [
    ...missing('weightBits', withoutWeightBits, list.source),
    ...missing('activationBits', withoutActivationBits, list.source),
  ];
  if (issues.length > 0) throw new AccelsimError(issues);
  return layers;
}

/** The widest of all; undefined where one of them is not known. */
function widest(bits: readonly (number | undefined)[]): number | undefined {
  const known = bits.filter((one) => one !== undefined);
  return known.length < bits.length || known.length === 0 ? undefined : Math.max(...known);
}

/** Fills what is not known of layers of the vector unit, from behind and then from the front. */
function passThrough(network: Network, activationBits: (number | undefined)[]): void {
  const known = (indices: readonly number[]): number | undefined => {
    const found = indices.map((index) => activationBits[index]).filter((bits) => bits !== undefined);
    return found.length === 0 ? undefined : Math.max(...found);
  };
  const fill = (layer: Layer, neighbours: readonly number[]): void => {
    if (layer.engine === 'vector') activationBits[layer.index] ??= known(neighbours);
  };
  for (const layer of network.layers.toReversed()) fill(layer, network.tensors[layer.output]!.consumers);
  for (const layer of network.layers)
    fill(
      layer,
      layer.inputs.map((tensor) => network.tensors[tensor]!.producer),
    );
}

function scalesOf({
  weightGroupSize,
  weightScaleBits,
}: StatedBits): Pick<WantedBits, 'weightGroupSize' | 'weightScaleBits'> {
  if (weightGroupSize === undefined) return {};
  return { weightGroupSize, weightScaleBits: weightScaleBits ?? DEFAULT_SCALE_BITS };
}

function missing(field: 'weightBits' | 'activationBits', layers: readonly Layer[], source: string): Issue[] {
  if (layers.length === 0) return [];
  const names = layers.slice(0, MAX_NAMES).map((layer) => layer.name);
  const more = layers.length > MAX_NAMES ? ` and ${layers.length - MAX_NAMES} more` : '';
  const which = layers.length === 1 ? 'a layer' : `${layers.length} layers`;
  return [{ source, path: '', rule: `no entry gives ${field} of ${which}: ${names.join(', ')}${more}` }];
}
