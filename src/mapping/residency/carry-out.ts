import type { PlanChoices } from './plan-choices.js';
import { shareBytes } from './residency-layer.js';
import type { ResidencyPlan, StepDecision } from './residency-plan.js';
import type { ResidencyProblem } from './residency-problem.js';

/** A step as it stands in a plan. */
interface PlacedStep {
  readonly step: number;
  readonly variant: number;
  readonly freeBytes: number;
  /** Without tiles. */
  readonly occupiedBytes: number;
}

/** Opens every variant that a plan asks for; false if all of them were open. */
export function openVariants(problem: ResidencyProblem, choices: PlanChoices): boolean {
  let opened = false;
  for (const { step, variant } of placedSteps(problem, choices, 0)) if (problem.open(step, variant)) opened = true;
  return opened;
}

/** What a plan comes to, step by step: the same sums as the search's, from its choices alone. */
export function carryOut(
  problem: ResidencyProblem,
  choices: PlanChoices,
  weightRegionBytes: number,
): Pick<ResidencyPlan, 'steps' | 'cycles' | 'offChipBytes'> {
  const { graph, memory } = problem;
  let cycles = 0;
  let offChipBytes = 0;
  const steps = placedSteps(problem, choices, weightRegionBytes).map((placed): StepDecision => {
    const { step, variant, freeBytes, occupiedBytes } = placed;
    const pieces = problem.best(step, variant, freeBytes);
    if (pieces === undefined) throw new Error('residency: the plan does not fit');
    for (const { mapping, times } of pieces) {
      cycles += times * mapping.cycles;
      offChipBytes += times * mapping.offChipBytes;
    }
    const { first, last, chain, inputs } = graph.steps[step]!;
    const tiles = Math.max(...pieces.map(({ mapping }) => memory.tileBytes(mapping)));
    return {
      ...graph.steps[step]!.variants.variant(variant),
      inputsOnChip: inputs.map(({ tensor }) => isFoundOnChip(problem, choices, tensor, first)),
      first,
      last,
      chain,
      pieces,
      occupiedBytes: occupiedBytes + tiles,
    };
  });
  return { steps, cycles, offChipBytes };
}

function placedSteps(problem: ResidencyProblem, choices: PlanChoices, weightRegionBytes: number): PlacedStep[] {
  const { graph, memory } = problem;
  const { readersOnChip } = choices;
  let kept = 0;
  let quarters = 0;
  return choices.steps.map(({ step, weightsOnChip, nextQuarters }): PlacedStep => {
    const { first, last, chain, inputs, output, inPlace, heldBytes, weightBytes, variants } = graph.steps[step]!;
    let dropped = 0;
    let replaceable = 0;
    const inputsOnChip = inputs.map(({ tensor, bytes }) => {
      const until = lastReaderOnChip(problem, choices, tensor);
      if (until < first) return false;
      if (until <= last) {
        dropped += bytes;
        replaceable = Math.max(replaceable, bytes);
      }
      return true;
    });
    const outputWritten = output.readers === 0 || readersOnChip[output.tensor]! < output.readers;
    const outputBytes = readersOnChip[output.tensor]! > 0 ? output.bytes : 0;
    const own = chain < 0 ? shareBytes(weightBytes, quarters) : 0;
    const next = nextQuarters === 0 ? 0 : shareBytes(graph.layers[last + 1]!.weightBytes, nextQuarters);
    const replaced = inPlace ? Math.min(replaceable, outputBytes) : 0;
    const occupiedBytes = weightRegionBytes + kept + heldBytes + own + next + outputBytes - replaced;
    const pattern = variants.patternOf(inputsOnChip);
    const variant = variants.index(pattern, outputWritten, weightsOnChip, quarters, nextQuarters);
    kept += outputBytes - dropped;
    quarters = nextQuarters;
    const freeBytes = memory.bytesPerBank - Math.ceil(occupiedBytes / memory.banks);
    return { step, variant, freeBytes, occupiedBytes };
  });
}

function isFoundOnChip(problem: ResidencyProblem, choices: PlanChoices, tensor: number, layer: number): boolean {
  return lastReaderOnChip(problem, choices, tensor) >= layer;
}

/** The last layer that finds a tensor on chip; -1 for none. */
function lastReaderOnChip({ graph }: ResidencyProblem, { readersOnChip }: PlanChoices, tensor: number): number {
  return graph.tensors[tensor]!.consumers[readersOnChip[tensor]! - 1] ?? -1;
}
