import { DROP, nextQuartersOf, placeOf, stepOf, weightsOnChipOf } from './choice-code.js';
import type { ResidencyGraph } from './residency-graph.js';
import { BOTH, OFF_CHIP, ON_CHIP } from './slots.js';
import { NO_EDGE, type StateSpace } from './state-space.js';

export interface StepChoice {
  readonly step: number;
  readonly weightsOnChip: boolean;
  readonly nextQuarters: number;
  /** What it was priced as: its variant, and the bytes of each bank that are free for tiles. */
  readonly variant: number;
  readonly freeBytes: number;
}

/** A plan as choices alone. */
export interface PlanChoices {
  readonly steps: readonly StepChoice[];
  /** By tensor: how many of its readers find it on chip. */
  readonly readersOnChip: readonly number[];
}

/** Edges that lead to the one state of the last boundary, by the cheapest way to each. */
export function cheapestPath(space: StateSpace, end: number): number[] {
  const path: number[] = [];
  for (let edge = space.via[space.head[end]!]!; edge !== NO_EDGE; edge = space.via[space.from[edge]!]!) path.push(edge);
  return path.reverse();
}

/**
 * What a path says of each tensor. Where tensors may change places a state only counts them, so which of them is
 * dropped is settled here: any of those with a copy off-chip.
 */
export function choicesOf(graph: ResidencyGraph, space: StateSpace, path: readonly number[]): PlanChoices {
  const steps: StepChoice[] = [];
  const readersOnChip = graph.tensors.map(() => 0);
  const places = graph.tensors.map(() => OFF_CHIP);
  const drop = (tensor: number, last: number): void => {
    places[tensor] = OFF_CHIP;
    readersOnChip[tensor] = readersUntil(graph.tensors[tensor]!.consumers, last);
  };
  for (let at = 0; at < path.length; at++) {
    const edge = path[at]!;
    const choice = space.edgeChoice[edge]!;
    if (choice === DROP) continue;
    const step = stepOf(choice);
    steps.push({
      step,
      weightsOnChip: weightsOnChipOf(choice),
      nextQuarters: nextQuartersOf(choice),
      variant: space.edgeVariant[edge]!,
      freeBytes: space.edgeFree[edge]!,
    });
    const { inputs, output, last } = graph.steps[step]!;
    places[output.tensor] = placeOf(choice);
    if (placeOf(choice) === ON_CHIP) readersOnChip[output.tensor] = output.readers;
    for (const { tensor, readersLeft } of inputs) if (readersLeft === 1 && places[tensor] === BOTH) drop(tensor, last);
    const state = space.to[lastDrop(space, path, at)]!;
    for (const { tensors, slots } of graph.boundaries[last]!.droppable) {
      let copies = 0;
      for (const slot of slots) if (space.place(state, slot) === BOTH) copies += 1;
      for (const tensor of tensors) {
        if (places[tensor] !== BOTH) continue;
        if (copies > 0) copies -= 1;
        else drop(tensor, last);
      }
    }
  }
  return { steps, readersOnChip };
}

/** How many of the layers that read a tensor come no later than `last`. */
function readersUntil(consumers: readonly number[], last: number): number {
  let count = 0;
  for (const reader of consumers) if (reader <= last) count += 1;
  return count;
}

/** The last of the drops that follow a step, or the step. */
function lastDrop(space: StateSpace, path: readonly number[], at: number): number {
  let last = at;
  while (last + 1 < path.length && space.edgeChoice[path[last + 1]!] === DROP) last += 1;
  return path[last]!;
}
