import { buildNetwork } from '../read-network.js';
import type { Layer, TensorShape } from '../network.js';
import type { LayerJson } from '../schema.js';

type Unnamed<L> = L extends unknown ? Omit<L, 'name'> : never;

/** A layer `y` by itself on inputs of these shapes, `a`, `b`, ..., with the shape it makes. */
export function alone(
  layer: Unnamed<LayerJson>,
  ...shapes: readonly (readonly [number, number, number])[]
): Layer & { output: number; shape: TensorShape } {
  const inputs = shapes.map(([channels, height, width], index) => ({
    name: 'abcd'.charAt(index),
    channels,
    height,
    width,
  }));
  const network = buildNetwork({ name: 'n', inputs, layers: [{ name: 'y', ...layer }] });
  return { ...network.layers[0]!, shape: network.tensors[shapes.length]!.shape };
}
