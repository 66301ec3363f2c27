import { DROP } from './choice-code.js';
import type { TensorGroup } from './residency-graph.js';
import { BOTH, OFF_CHIP, SLOT_MASK } from './slots.js';
import type { StateSpace } from './state-space.js';

/**
 * Tensors that a layer read and that lie off-chip too may be dropped after it. Each edge drops one; states with more to
 * drop come first, so that edges stand in the order the space asks for. Stops early at `most` states.
 */
export function dropCopies(space: StateSpace, boundary: number, groups: readonly TensorGroup[], most: number): boolean {
  if (groups.length === 0) return true;
  let copies = 0;
  for (let state = space.head[boundary]!; state >= 0; state = space.next[state]!)
    copies = Math.max(copies, copiesIn(space, state, groups));
  for (; copies > 0; copies--) {
    for (let state = space.head[boundary]!; state >= 0; state = space.next[state]!) {
      if (copiesIn(space, state, groups) !== copies) continue;
      for (const group of groups) {
        if (space.count[boundary]! >= most) return false;
        dropOne(space, boundary, state, group);
      }
    }
  }
  return true;
}

function copiesIn(space: StateSpace, state: number, groups: readonly TensorGroup[]): number {
  let copies = 0;
  for (const { slots } of groups) for (const slot of slots) if (space.place(state, slot) === BOTH) copies += 1;
  return copies;
}

/** In a group's order copies stand before what is off-chip: the last one goes. */
function dropOne(space: StateSpace, boundary: number, state: number, { slots, bytes }: TensorGroup): void {
  const base = state * space.words;
  for (let at = slots.length - 1; at >= 0; at--) {
    const slot = slots[at]!;
    const place = space.place(state, slot);
    if (place === OFF_CHIP) continue;
    if (place !== BOTH) return;
    for (let copied = 0; copied < space.words; copied++) space.draft[copied] = space.word[base + copied]!;
    space.draft[slot.word] = space.draft[slot.word]! & ~(SLOT_MASK << slot.shift);
    const to = space.intern(boundary, space.resident[state]! - bytes);
    space.connect(state, to, 0, 0, 0, DROP, 0, 0);
    return;
  }
}
