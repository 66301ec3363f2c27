/** Residency by trying everything. Shares no code with the search. */
import { stepCost, tensorsOf, type TableChain, type Tables } from './residency.test-data.js';

export interface PlanCost {
  readonly cycles: number;
  readonly bytes: number;
}

/** A layer by itself, or a chain; with what it loads of the next layer's weights. */
export interface ChosenStep {
  readonly first: number;
  readonly last: number;
  readonly chain: TableChain | undefined;
  readonly weightsOnChip: boolean;
  readonly nextQuarters: number;
}

export interface Choice {
  readonly steps: readonly ChosenStep[];
  /** By tensor. */
  readonly readersOnChip: readonly number[];
}

/** What one choice costs, or null where something does not fit. */
export function costOfChoice(tables: Tables, { steps, readersOnChip }: Choice, regionBytes: number): PlanCost | null {
  const tensors = tensorsOf(tables);
  const until = tensors.map(({ consumers }, tensor) => lastReaderOnChip(consumers, readersOnChip[tensor]!));
  const weightsOf = (layer: number, quarters: number) => Math.ceil((tables.layers[layer]!.weightBytes * quarters) / 4);
  let cycles = 0;
  let bytes = 0;
  let quarters = 0;
  if (!weightsFit(tables, steps, regionBytes)) return null;
  for (const { first, last, chain, weightsOnChip, nextQuarters } of steps) {
    const output = last + 1;
    const made = tensors.map((_, tensor) => tensor > first && tensor <= last);
    let occupied = regionBytes + (chain?.heldBytes ?? weightsOf(first, quarters));
    if (nextQuarters > 0) occupied += weightsOf(last + 1, nextQuarters);
    for (const [tensor, { bytes: size }] of tensors.entries())
      if (!made[tensor] && tensor <= output && until[tensor]! >= first) occupied += size;
    const layer = tables.layers[last]!;
    if (chain === undefined && layer.inPlace && readersOnChip[output]! > 0) {
      const dying = layer.inputs.filter((tensor) => until[tensor] === last).map((tensor) => tensors[tensor]!.bytes);
      occupied -= Math.min(Math.max(0, ...dying), tensors[output]!.bytes);
    }
    const free = tables.scratchpadBytesPerCore - Math.ceil(occupied / tables.cores);
    if (free < 0) return null;
    const readers = tensors[output]!.consumers.length;
    const outputWritten = readers === 0 || readersOnChip[output]! < readers;
    const onChip = new Set([...tensors.keys()].filter((tensor) => tensor <= first && until[tensor]! >= first));
    const variant = { outputWritten, weightsOnChip, prefetchedQuarters: quarters, nextQuarters };
    const cost = stepCost(tables, first, chain, onChip, variant, free);
    if (cost === undefined) return null;
    cycles += cost.cycles;
    bytes += cost.offChipBytes;
    quarters = nextQuarters;
  }
  return { cycles, bytes };
}

/** A region is given out in 1024 parts; where all weights fit it, to the byte, there is nothing to give out. */
function weightsFit({ layers }: Tables, steps: readonly ChosenStep[], regionBytes: number): boolean {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  if (sum(layers.map((layer) => layer.weightBytes)) <= regionBytes) return true;
  const part = Math.ceil(regionBytes / 1024);
  const kept = steps
    .filter(({ weightsOnChip }) => weightsOnChip)
    .map(({ first, last }) => sum(layers.slice(first, last + 1).map((layer) => layer.weightBytes)));
  return sum(kept.map((bytes) => Math.ceil(bytes / part) * part)) <= regionBytes;
}

/** Index of the last layer that finds a tensor on chip; -1 for none. */
function lastReaderOnChip(consumers: readonly number[], readersOnChip: number): number {
  return readersOnChip === 0 ? -1 : consumers[readersOnChip - 1]!;
}

/** The cheapest of all choices, for one size of the weight region. */
export function cheapest(tables: Tables, regionBytes: number): PlanCost | null {
  let best: PlanCost | null = null;
  for (const cost of everyCost(tables, regionBytes)) if (isCheaper(cost, best)) best = cost;
  return best;
}

/** What each choice that fits costs. */
export function* everyCost(tables: Tables, regionBytes: number): Generator<PlanCost> {
  for (const steps of stepChoices(tables, 0, 0, regionBytes))
    for (const readersOnChip of readerChoices(tables, steps, 0)) {
      const cost = costOfChoice(tables, { steps, readersOnChip }, regionBytes);
      if (cost !== null) yield cost;
    }
}

export function isCheaper(cost: PlanCost, than: PlanCost | null): boolean {
  return than === null || cost.cycles < than.cycles || (cost.cycles === than.cycles && cost.bytes < than.bytes);
}

/** Every way to go on from a layer of whose weights so many quarters were loaded before. */
function stepChoices(tables: Tables, first: number, quarters: number, regionBytes: number): ChosenStep[][] {
  const layer = tables.layers[first];
  if (layer === undefined) return [[]];
  const next = tables.layers[first + 1];
  const shares = tables.prefetches && next !== undefined && next.weightBytes > 0 ? [0, 1, 2, 3, 4] : [0];
  const mayStay = regionBytes > 0 && layer.weightBytes > 0 && quarters === 0;
  const alone = (mayStay ? [false, true] : [false]).flatMap((weightsOnChip) =>
    shares.map((nextQuarters): ChosenStep => ({ first, last: first, chain: undefined, weightsOnChip, nextQuarters })),
  );
  const chains = (tables.chains ?? [])
    .filter((chain) => chain.first === first && quarters === 0 && (regionBytes > 0 || !chain.weightsStay))
    .map(
      (chain): ChosenStep => ({ first, last: chain.last, chain, weightsOnChip: chain.weightsStay, nextQuarters: 0 }),
    );
  return [...alone, ...chains].flatMap((step) =>
    stepChoices(tables, step.last + 1, step.nextQuarters, regionBytes).map((rest) => [step, ...rest]),
  );
}

function readerChoices(tables: Tables, steps: readonly ChosenStep[], from: number): number[][] {
  const tensor = tensorsOf(tables)[from];
  if (tensor === undefined) return [[]];
  const { producer, consumers } = tensor;
  const isBetween = steps.some(({ first, last }) => producer >= first && producer < last);
  const readers = Array.from({ length: producer < 0 || isBetween ? 1 : consumers.length + 1 }, (_, count) => count);
  // A chain reads a tensor from one place.
  const possible = readers.filter((count) =>
    steps.every(({ first, last }) => {
      const inside = consumers.filter((reader) => reader >= first && reader <= last);
      const found = consumers.slice(0, count).filter((reader) => reader >= first && reader <= last);
      return found.length === 0 || found.length === inside.length;
    }),
  );
  const rest = readerChoices(tables, steps, from + 1);
  return possible.flatMap((count) => rest.map((others) => [count, ...others]));
}
