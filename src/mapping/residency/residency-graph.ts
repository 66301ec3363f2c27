import type { ResidencyLayer, ResidencyChain, ResidencyTensor } from './residency-layer.js';
import { planSlots, SLOT_MASK, type Slot } from './slots.js';
import { VariantIndex } from './variant-index.js';

export interface GraphInput {
  readonly tensor: number;
  readonly bytes: number;
  /** Undefined for an input of the network, which lies off-chip. */
  readonly slot: Slot | undefined;
  /** Readers that come after this step. */
  readonly readersLeft: number;
}

export interface GraphOutput {
  readonly tensor: number;
  readonly bytes: number;
  /** Undefined for what nobody reads. */
  readonly slot: Slot | undefined;
  readonly readers: number;
}

/** Live tensors of which only the number in each place matters from here on, in one order of slots. */
export interface TensorGroup {
  readonly tensors: readonly number[];
  readonly slots: readonly Slot[];
  /** Of each. */
  readonly bytes: number;
}

/** A layer, or a chain of layers: what leads from one boundary to another. */
export interface GraphStep {
  readonly first: number;
  readonly last: number;
  /** Its place in the list of chains; -1 for a layer by itself. */
  readonly chain: number;
  readonly inputs: readonly GraphInput[];
  readonly output: GraphOutput;
  readonly inPlace: boolean;
  /** Of all its layers. */
  readonly weightBytes: number;
  /** From one inference to the next they stay in the region set aside for that, or move, or either may be chosen. */
  readonly weights: 'stay' | 'move' | 'either';
  readonly heldBytes: number;
  readonly variants: VariantIndex;
  /** By word: the bits of a state that live on after the step. */
  readonly keep: Int32Array;
}

/** The moment after a layer. */
export interface Boundary {
  /** Tensors that may change places: groups of at least two. */
  readonly groups: readonly TensorGroup[];
  /** Groups, also of one, that a step ending here may have read and that may be dropped though more readers come. */
  readonly droppable: readonly TensorGroup[];
}

/**
 * A network as the residency search wants it, worked out once for any number of machines: which bits of a state say
 * where a tensor is, which tensors may change places, and numbers for the variants of each step.
 */
export interface ResidencyGraph {
  readonly layers: readonly ResidencyLayer[];
  readonly tensors: readonly ResidencyTensor[];
  /** Layers by themselves first, each at its own number; then chains. */
  readonly steps: readonly GraphStep[];
  /** By layer: the steps that begin with it. */
  readonly stepsFrom: readonly (readonly number[])[];
  /** By layer: the moment after it. */
  readonly boundaries: readonly Boundary[];
  readonly words: number;
  readonly allWeightBytes: number;
  /** Whether a layer's weights may be loaded while the one before it runs. States then say how much of them was. */
  readonly prefetches: boolean;
}

/** Slots at the front of a state that hold the prefetched share: two bits each. */
const SHARE_SLOTS = 2;
export const SHARE_MASK = 15;

export function compileResidency(
  layers: readonly ResidencyLayer[],
  tensors: readonly ResidencyTensor[],
  {
    prefetches = false,
    chains = [],
  }: { readonly prefetches?: boolean; readonly chains?: readonly ResidencyChain[] } = {},
): ResidencyGraph {
  const { slots, liveAfter, words } = planSlots(layers, tensors, prefetches ? SHARE_SLOTS : 0);
  const stepOf = ({ first, last, heldBytes, weightsStay }: ResidencyChain, chain: number): GraphStep => {
    const made = new Set(layers.slice(first, last + 1).map(({ output }) => output));
    const read = new Set(layers.slice(first, last + 1).flatMap(({ inputs }) => inputs));
    const inputs = [...read]
      .filter((tensor) => !made.has(tensor))
      .map((tensor): GraphInput => {
        const { bytes, consumers } = tensors[tensor]!;
        const readersLeft = consumers.filter((reader) => reader > last).length;
        return { tensor, bytes, slot: slots[tensor], readersLeft };
      });
    const { output, inPlace } = layers[last]!;
    const { bytes, consumers } = tensors[output]!;
    const isLayer = chain < 0;
    const readersWithin = ({ tensor }: GraphInput) => readersKey(layers, tensors, tensor, first, last);
    const weightBytes = layers.slice(first, last + 1).reduce((sum, layer) => sum + layer.weightBytes, 0);
    const keep = new Int32Array(words).fill(-1);
    if (prefetches) keep[0] = ~SHARE_MASK;
    for (const { slot, readersLeft } of inputs)
      if (slot !== undefined && readersLeft === 0) keep[slot.word] = keep[slot.word]! & ~(SLOT_MASK << slot.shift);
    return {
      first,
      last,
      chain,
      inputs,
      output: { tensor: output, bytes, slot: slots[output], readers: consumers.length },
      inPlace: isLayer && inPlace,
      weightBytes,
      weights: weightsStay ? 'stay' : isLayer && weightBytes > 0 ? 'either' : 'move',
      heldBytes,
      variants: new VariantIndex(inputs, kindsOf(inputs.map(readersWithin)), prefetches && isLayer),
      keep,
    };
  };
  const steps = [
    ...layers.map((_, index) => stepOf({ first: index, last: index, heldBytes: 0, weightsStay: false }, -1)),
    ...chains.map((chain, index) => stepOf(chain, index)),
  ];
  const stepsFrom: number[][] = layers.map(() => []);
  const readBy: Set<number>[] = layers.map(() => new Set());
  for (const [index, { first, last, inputs }] of steps.entries()) {
    stepsFrom[first]!.push(index);
    for (const { tensor, readersLeft } of inputs) if (readersLeft > 1) readBy[last]!.add(tensor);
  }
  const boundaries = layers.map((_, index): Boundary => {
    const groups = groupsOf(layers, tensors, slots, liveAfter[index]!, index);
    return {
      groups: groups.filter((group) => group.slots.length > 1),
      droppable: groups.filter((group) => group.tensors.some((tensor) => readBy[index]!.has(tensor))),
    };
  });
  const allWeightBytes = layers.reduce((sum, { weightBytes }) => sum + weightBytes, 0);
  return { layers, tensors, steps, stepsFrom, boundaries, words, allWeightBytes, prefetches };
}

/** Live tensors by what is still to come: of equal size, with the same readers, to all of which they are alike. */
function groupsOf(
  layers: readonly ResidencyLayer[],
  tensors: readonly ResidencyTensor[],
  slots: readonly (Slot | undefined)[],
  live: readonly number[],
  index: number,
): TensorGroup[] {
  const kinds = kindsOf(live.map((tensor) => readersKey(layers, tensors, tensor, index + 1, layers.length)));
  return [...new Set(kinds)].map((kind) => {
    const members = live.filter((_, at) => kinds[at] === kind);
    return {
      tensors: members,
      slots: members.map((tensor) => slots[tensor]!),
      bytes: tensors[members[0]!]!.bytes,
    };
  });
}

/** Equal numbers for equal keys. */
function kindsOf(keys: readonly string[]): number[] {
  return keys.map((key) => keys.indexOf(key));
}

/** Says all that matters of a tensor to the layers from `first` to `last`. */
function readersKey(
  layers: readonly ResidencyLayer[],
  tensors: readonly ResidencyTensor[],
  tensor: number,
  first: number,
  last: number,
): string {
  const { bytes, consumers } = tensors[tensor]!;
  let key = `${bytes}`;
  for (const reader of consumers) {
    if (reader < first || reader > last) continue;
    const { inputs, alike } = layers[reader]!;
    const at = inputs.indexOf(tensor);
    key += ` ${reader}${alike === undefined ? `.${at}` : `:${alike[at]}`}`;
  }
  return key;
}
