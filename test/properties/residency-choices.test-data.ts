/** Residency by trying everything. Shares no code with the search. */
import type { ResidencyProblem } from '../../src/mapping/index.js';

export interface PlanCost {
  readonly cycles: number;
  readonly bytes: number;
}

/** What one choice costs, or null where something does not fit. */
export function costOfChoice(
  problem: ResidencyProblem,
  readersOnChip: readonly number[],
  weightsOnChip: readonly boolean[],
  weightRegionBytes: number,
): PlanCost | null {
  let cycles = 0;
  let bytes = 0;
  if (!weightsFit(problem, weightsOnChip, weightRegionBytes)) return null;
  for (const [index, layer] of problem.layers.entries()) {
    const until = problem.tensors.map(({ consumers }, tensor) => lastReaderOnChip(consumers, readersOnChip[tensor]!));
    let occupied = weightRegionBytes;
    for (const [tensor, { producer, bytes: size }] of problem.tensors.entries())
      if (until[tensor]! >= index && producer <= index) occupied += size;
    const dying = layer.inputs
      .filter((tensor) => until[tensor] === index)
      .map((tensor) => problem.tensors[tensor]!.bytes);
    if (layer.inPlace && readersOnChip[layer.output]! > 0)
      occupied -= Math.min(Math.max(0, ...dying), problem.tensors[layer.output]!.bytes);
    const free = problem.scratchpadBytesPerCore - Math.ceil(occupied / problem.cores);
    if (free < 0) return null;
    const readers = problem.tensors[layer.output]!.consumers.length;
    const written = readers === 0 || readersOnChip[layer.output]! < readers;
    const inputsOnChip = layer.inputs.map((tensor) => until[tensor]! >= index);
    const mapping = problem.best(index, inputsOnChip, written, weightsOnChip[index]!, free);
    if (mapping === undefined) return null;
    cycles += mapping.cycles;
    bytes += mapping.offChipBytes;
  }
  return { cycles, bytes };
}

/** A region is given out in 1024 parts; where all weights fit it, to the byte, there is nothing to give out. */
function weightsFit(problem: ResidencyProblem, weightsOnChip: readonly boolean[], weightRegionBytes: number): boolean {
  const weights = problem.layers.map((layer) => layer.weightBytes);
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  if (sum(weights) <= weightRegionBytes) return true;
  const part = Math.ceil(weightRegionBytes / 1024);
  const kept = weights.filter((_, layer) => weightsOnChip[layer]);
  return sum(kept.map((bytes) => Math.ceil(bytes / part) * part)) <= weightRegionBytes;
}

/** Index of the last layer that finds a tensor on chip; -1 for none. */
function lastReaderOnChip(consumers: readonly number[], readersOnChip: number): number {
  return readersOnChip === 0 ? -1 : consumers[readersOnChip - 1]!;
}

/** The cheapest of all choices of readers on chip and weights on chip, for one size of the weight region. */
export function cheapest(problem: ResidencyProblem, weightRegionBytes: number): PlanCost | null {
  let best: PlanCost | null = null;
  for (const weights of weightRegionBytes > 0 ? subsets(problem) : [problem.layers.map(() => false)])
    for (const readers of readerChoices(problem, 0)) {
      const cost = costOfChoice(problem, readers, weights, weightRegionBytes);
      if (cost !== null && isCheaper(cost, best)) best = cost;
    }
  return best;
}

export function isCheaper(cost: PlanCost, than: PlanCost | null): boolean {
  return than === null || cost.cycles < than.cycles || (cost.cycles === than.cycles && cost.bytes < than.bytes);
}

function readerChoices(problem: ResidencyProblem, from: number): number[][] {
  const tensor = problem.tensors[from];
  if (tensor === undefined) return [[]];
  const most = tensor.producer < 0 ? 0 : tensor.consumers.length;
  const rest = readerChoices(problem, from + 1);
  return Array.from({ length: most + 1 }, (_, readers) => rest.map((others) => [readers, ...others])).flat();
}

function subsets(problem: ResidencyProblem): boolean[][] {
  return problem.layers.reduce<boolean[][]>(
    (lists, layer) =>
      lists.flatMap((list) =>
        layer.weightBytes > 0
          ? [
              [...list, false],
              [...list, true],
            ]
          : [[...list, false]],
      ),
    [[]],
  );
}
