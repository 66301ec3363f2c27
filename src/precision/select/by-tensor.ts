import { tensorNamed } from './names.js';
import { NOTHING } from './selector.js';
import type { Selector } from './selector.js';

export interface TensorSelection {
  readonly by: 'tensor';
  /** A tensor is called like the layer that makes it, or is an input of the network. */
  readonly tensor: string;
  /** For the tensor that this layer reads, in place of the one it makes: which of its inputs, from 0. */
  readonly input?: number;
}

export const byTensor: Selector<TensorSelection> = {
  description: 'a tensor, by the layer that makes or reads it',
  names: true,
  renamed: (selection, name) => ({ ...selection, tensor: name }),
  select(network, { tensor, input }) {
    const made = tensorNamed(network, tensor) ?? tensorNamed(network, nodeOf(tensor));
    if (made === undefined) return NOTHING;
    if (input === undefined) return { layers: [], tensors: [made] };
    const read = network.layers[network.tensors[made]!.producer]?.inputs[input];
    return read === undefined ? NOTHING : { layers: [], tensors: [read] };
  },
  miss(network, { tensor, input }, suggest) {
    const names = network.tensors.map((one) => one.name);
    const hint = names.includes(tensor) ? undefined : suggest(nodeOf(tensor), names);
    const what = input === undefined ? 'such tensor' : `layer that reads an input ${input} of that name`;
    return { rule: `${network.name} has no ${what}`, ...(hint === undefined ? {} : { hint }) };
  },
};

/** Exporters to ONNX name a tensor after the node that makes it: `/conv1/Conv_output_0` is of `/conv1/Conv`. */
function nodeOf(tensor: string): string {
  return tensor.replace(/_output_\d+$/, '');
}
