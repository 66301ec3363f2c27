import type { ResidencyLayer, ResidencyTensor } from './residency-layer.js';

/** Where a tensor is, from when it is made until its last reader has run. */
export const OFF_CHIP = 0;
/** On chip for all its readers, and nowhere else. */
export const ON_CHIP = 1;
/** On chip for some of its readers, and written off-chip for the rest. */
export const BOTH = 2;

/** Two bits of a state, for one tensor while it lives; the bits of dead tensors are given to others. */
export interface Slot {
  readonly word: number;
  readonly shift: number;
}

const SLOTS_PER_WORD = 15;
const SLOT_BITS = 2;
export const SLOT_MASK = 3;

export interface SlotPlan {
  /** By tensor; undefined for those that are never on chip: inputs of the network, and what nobody reads. */
  readonly slots: readonly (Slot | undefined)[];
  /** By layer: tensors that live after it, oldest first. */
  readonly liveAfter: readonly (readonly number[])[];
  /** 32-bit words of a state. */
  readonly words: number;
}

/** Gives each tensor a slot that no tensor alive at the same time has. The first `reserved` slots are left out. */
export function planSlots(
  layers: readonly ResidencyLayer[],
  tensors: readonly ResidencyTensor[],
  reserved: number,
): SlotPlan {
  const slots: (Slot | undefined)[] = tensors.map(() => undefined);
  const liveAfter: number[][] = [];
  const placeOf = new Map<number, number>();
  const taken: boolean[] = Array.from({ length: reserved }, () => true);
  let live: number[] = [];
  for (const [index, { output }] of layers.entries()) {
    const after: number[] = [];
    for (const tensor of live) {
      if (tensors[tensor]!.consumers.at(-1)! > index) after.push(tensor);
    }
    // The output's slot is chosen while dying inputs still hold theirs: both are needed while the layer is looked at.
    if (tensors[output]!.consumers.length > 0) {
      let place = taken.indexOf(false);
      if (place < 0) place = taken.length;
      taken[place] = true;
      placeOf.set(output, place);
      slots[output] = { word: Math.floor(place / SLOTS_PER_WORD), shift: SLOT_BITS * (place % SLOTS_PER_WORD) };
      after.push(output);
    }
    for (const tensor of live) {
      if (tensors[tensor]!.consumers.at(-1)! <= index) taken[placeOf.get(tensor)!] = false;
    }
    live = after;
    liveAfter.push(after);
  }
  return { slots, liveAfter, words: Math.max(1, Math.ceil(taken.length / SLOTS_PER_WORD)) };
}
