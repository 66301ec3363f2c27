import type { PlanChoices } from './plan-choices.js';
import { shareBytes, type ResidencyVariant } from './residency-layer.js';
import type { ResidencyPlan, StepDecision } from './residency-plan.js';
import type { ResidencyProblem } from './residency-problem.js';

/** A step as it stands in a plan: what is resident while it is at work, and the room that leaves it. */
export interface PlacedStep extends ResidencyVariant {
  readonly step: number;
  readonly variantIndex: number;
  readonly freeBytes: number;
  /** Without tiles. */
  readonly occupiedBytes: number;
}

/** Carries out a plan's choices: the same sums as the search's, from the choices alone. */
export function placeSteps(problem: ResidencyProblem, choices: PlanChoices, weightRegionBytes: number): PlacedStep[] {
  const { graph, memory } = problem;
  const { readersOnChip } = choices;
  const lastReaders = graph.tensors.map(({ consumers }, tensor) => consumers[readersOnChip[tensor]! - 1] ?? -1);
  const placed: PlacedStep[] = [];
  let kept = 0;
  let prefetchedQuarters = 0;
  for (const { step, weightsOnChip, nextQuarters } of choices.steps) {
    const { first, last, chain, inputs, output, inPlace, heldBytes, weightBytes, variants } = graph.steps[step]!;
    let dropped = 0;
    let replaceable = 0;
    const inputsOnChip: boolean[] = [];
    for (const { tensor, bytes } of inputs) {
      const until = lastReaders[tensor]!;
      inputsOnChip.push(until >= first);
      if (until < first || until > last) continue;
      dropped += bytes;
      replaceable = Math.max(replaceable, bytes);
    }
    const readers = readersOnChip[output.tensor]!;
    const outputWritten = output.readers === 0 || readers < output.readers;
    const outputBytes = readers > 0 ? output.bytes : 0;
    const own = chain < 0 ? shareBytes(weightBytes, prefetchedQuarters) : 0;
    const next = nextQuarters === 0 ? 0 : shareBytes(graph.layers[last + 1]!.weightBytes, nextQuarters);
    const replaced = inPlace ? Math.min(replaceable, outputBytes) : 0;
    const occupiedBytes = weightRegionBytes + kept + heldBytes + own + next + outputBytes - replaced;
    const pattern = variants.patternOf(inputsOnChip);
    placed.push({
      step,
      variantIndex: variants.index(pattern, outputWritten, weightsOnChip, prefetchedQuarters, nextQuarters),
      freeBytes: memory.bytesPerBank - Math.ceil(occupiedBytes / memory.banks),
      occupiedBytes,
      inputsOnChip,
      outputWritten,
      weightsOnChip,
      prefetchedQuarters,
      nextQuarters,
    });
    kept += outputBytes - dropped;
    prefetchedQuarters = nextQuarters;
  }
  return placed;
}

/** Gives each step its mappings. */
export function mapSteps(
  problem: ResidencyProblem,
  placed: readonly PlacedStep[],
): Pick<ResidencyPlan, 'steps' | 'cycles' | 'offChipBytes'> {
  const { graph, memory } = problem;
  let cycles = 0;
  let offChipBytes = 0;
  const steps: StepDecision[] = [];
  for (const at of placed) {
    const pieces = problem.best(at.step, at.variantIndex, at.freeBytes);
    if (pieces === undefined) throw new Error('residency: the plan does not fit');
    let tileBytes = 0;
    for (const { mapping, times } of pieces) {
      cycles += times * mapping.cycles;
      offChipBytes += times * mapping.offChipBytes;
      tileBytes = Math.max(tileBytes, memory.tileBytes(mapping));
    }
    const { first, last, chain } = graph.steps[at.step]!;
    steps.push({
      first,
      last,
      chain,
      pieces,
      occupiedBytes: at.occupiedBytes + tileBytes,
      inputsOnChip: at.inputsOnChip,
      outputWritten: at.outputWritten,
      weightsOnChip: at.weightsOnChip,
      prefetchedQuarters: at.prefetchedQuarters,
      nextQuarters: at.nextQuarters,
    });
  }
  return { steps, cycles, offChipBytes };
}
