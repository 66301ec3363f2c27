import { choiceCode } from './choice-code.js';
import { partsOf, type WeightRegion } from './region.js';
import { SHARE_MASK, type GraphStep, type TensorGroup } from './residency-graph.js';
import { shareBytes, WHOLE_SHARE } from './residency-layer.js';
import type { ResidencyProblem } from './residency-problem.js';
import { BOTH, OFF_CHIP, ON_CHIP, SLOT_MASK } from './slots.js';
import type { StateSpace } from './state-space.js';

const NO_READER = [OFF_CHIP];
const ONE_READER = [OFF_CHIP, ON_CHIP];
const MORE_READERS = [OFF_CHIP, BOTH, ON_CHIP];

/** Lays out what can be chosen in a state: edges to the states after a step. */
export class Expander {
  /** Some choice was left out as no tiles fit beside what it keeps. */
  lacksRoom = false;
  private readonly space: StateSpace;
  private readonly problem: ResidencyProblem;
  private readonly region: WeightRegion;
  /** The state after the step, but for its output and what is prefetched. */
  private readonly after: Int32Array;
  /** Of the state and step at hand. */
  private state = 0;
  private step = 0;
  private pattern = 0;
  private quarters = 0;

  constructor(space: StateSpace, problem: ResidencyProblem, region: WeightRegion) {
    this.space = space;
    this.problem = problem;
    this.region = region;
    this.after = new Int32Array(space.words);
  }

  /** Runs a step in every way from a state of the boundary before it. */
  run(index: number, state: number): void {
    const { space, problem, region, after } = this;
    const { graph } = problem;
    const step = graph.steps[index]!;
    const { inputs, output } = step;
    this.state = state;
    this.step = index;
    this.quarters = graph.prefetches ? space.word[state * space.words]! & SHARE_MASK : 0;
    // A chain takes all of its weights while it is at work.
    if (this.quarters > 0 && step.chain >= 0) return;
    for (let at = 0; at < after.length; at++) after[at] = space.word[state * after.length + at]! & step.keep[at]!;
    let released = 0;
    let replaceable = 0;
    this.pattern = 0;
    for (let at = 0; at < inputs.length; at++) {
      const { slot, bytes, readersLeft } = inputs[at]!;
      if (slot === undefined) continue;
      const place = space.place(state, slot);
      if (place === OFF_CHIP) continue;
      this.pattern += step.variants.stride(at);
      // A copy is of no use to the last reader: what stays on chip until then need not have been written.
      if (readersLeft === 0 && place === BOTH) return;
      if (readersLeft === 0 || (readersLeft === 1 && place === BOTH)) {
        after[slot.word] = after[slot.word]! & ~(SLOT_MASK << slot.shift);
        released += bytes;
        if (bytes > replaceable) replaceable = bytes;
      }
    }
    if (!step.variants.sums) this.pattern = step.variants.patternOf(this.inputsOnChip(step));
    const kept = space.resident[state]!;
    const own = step.chain < 0 ? shareBytes(step.weightBytes, this.quarters) : 0;
    const occupied = region.bytes + kept + step.heldBytes + own;
    const left = kept - released;
    const places = output.readers === 0 ? NO_READER : output.readers === 1 ? ONE_READER : MORE_READERS;
    for (let choice = 0; choice < places.length; choice++) {
      const place = places[choice]!;
      if (place === OFF_CHIP) this.prefetch(step, OFF_CHIP, occupied, left);
      else {
        const replaced = step.inPlace ? Math.min(replaceable, output.bytes) : 0;
        this.prefetch(step, place, occupied + output.bytes - replaced, left + output.bytes);
        if (step.inPlace) this.overwrite(step, place, occupied, left, replaced);
      }
    }
  }

  /** The output takes the place of an input that is read again, but off-chip from here on. */
  private overwrite(step: GraphStep, place: number, occupied: number, left: number, replaced: number): void {
    const { space, after, state } = this;
    const { inputs, output } = step;
    for (let at = 0; at < inputs.length; at++) {
      const { slot, bytes, readersLeft } = inputs[at]!;
      if (slot === undefined || readersLeft < 2 || Math.min(bytes, output.bytes) <= replaced) continue;
      if (space.place(state, slot) !== BOTH) continue;
      const word = after[slot.word]!;
      after[slot.word] = word & ~(SLOT_MASK << slot.shift);
      const during = occupied + output.bytes - Math.min(bytes, output.bytes);
      this.prefetch(step, place, during, left - bytes + output.bytes);
      after[slot.word] = word;
    }
  }

  /** Shares of the next layer's weights. */
  private prefetch(step: GraphStep, place: number, occupied: number, left: number): void {
    const { graph } = this.problem;
    const next = graph.prefetches && step.chain < 0 ? graph.layers[step.last + 1] : undefined;
    const shares = next === undefined || next.weightBytes === 0 ? 0 : WHOLE_SHARE;
    for (let quarters = 0; quarters <= shares; quarters++) {
      const more = quarters === 0 ? 0 : shareBytes(next!.weightBytes, quarters);
      this.connect(step, place, quarters, occupied + more, left);
    }
  }

  /** Weights off-chip or on chip, with everything else chosen. */
  private connect(step: GraphStep, place: number, nextQuarters: number, occupied: number, left: number): void {
    const { space, problem, region, pattern, quarters } = this;
    const { banks, bytesPerBank } = problem.memory;
    const free = bytesPerBank - Math.ceil(occupied / banks);
    if (free < 0) return;
    // Weights that stay were not prefetched.
    const mayStay = region.bytes > 0 && step.weights !== 'move' && quarters === 0;
    const mustStay = step.weights === 'stay' || (step.weights === 'either' && mayStay && region.holdsAll);
    let to = -1;
    for (let stay = mustStay ? 1 : 0; stay <= (mayStay ? 1 : 0); stay++) {
      const variant = step.variants.index(pattern, place !== ON_CHIP, stay > 0, quarters, nextQuarters);
      const price = problem.price(this.step, variant, free);
      if (price === undefined) {
        this.lacksRoom = true;
        continue;
      }
      const parts = stay > 0 && !region.holdsAll ? partsOf(step.weightBytes, region) : 0;
      if (parts > region.parts) continue;
      if (to < 0) to = this.target(step, place, nextQuarters, left);
      const choice = choiceCode(this.step, place, stay > 0, nextQuarters);
      space.connect(this.state, to, price.cycles, price.offChipBytes, parts, choice, variant, free);
    }
  }

  private target(step: GraphStep, place: number, nextQuarters: number, left: number): number {
    const { space, after, problem } = this;
    const { draft } = space;
    for (let at = 0; at < after.length; at++) draft[at] = after[at]!;
    const { slot } = step.output;
    if (slot !== undefined) draft[slot.word] = draft[slot.word]! | (place << slot.shift);
    if (nextQuarters > 0) draft[0] = draft[0]! | nextQuarters;
    for (const group of problem.graph.boundaries[step.last]!.groups) sortPlaces(draft, group);
    return space.intern(step.last + 1, left);
  }

  private inputsOnChip({ inputs }: GraphStep): boolean[] {
    return inputs.map(({ slot }) => slot !== undefined && this.space.place(this.state, slot) !== OFF_CHIP);
  }
}

/** Tensors that may change places stand in one order: on chip only, both, off-chip. */
function sortPlaces(words: Int32Array, { slots }: TensorGroup): void {
  let onChip = 0;
  let both = 0;
  for (const { word, shift } of slots) {
    const place = (words[word]! >> shift) & SLOT_MASK;
    if (place === ON_CHIP) onChip += 1;
    else if (place === BOTH) both += 1;
  }
  for (const { word, shift } of slots) {
    const place = onChip > 0 ? ON_CHIP : both > 0 ? BOTH : OFF_CHIP;
    if (place === ON_CHIP) onChip -= 1;
    else if (place === BOTH) both -= 1;
    words[word] = (words[word]! & ~(SLOT_MASK << shift)) | (place << shift);
  }
}
