import { partsOf, type WeightRegion } from './region.js';
import { WHOLE_SHARE } from './residency-layer.js';
import type { MappingPrice, ResidencyProblem } from './residency-problem.js';

/** Patterns of inputs tried one by one for a floor; of more, only the one with everything on chip. */
const MAX_PATTERNS = 256;

const NEVER: MappingPrice = { cycles: Infinity, offChipBytes: Infinity };

/**
 * The least a layer takes by itself: no more inputs on chip than those of a pattern, its output on chip or not, its
 * weights as told (and prefetched whole, where that may be), beside `besideBytes` that are not its own. That operands on
 * chip are never slower is used only for weights, and where there are too many patterns to try.
 */
export function layerFloor(
  problem: ResidencyProblem,
  index: number,
  pattern: number,
  besideBytes: number,
  weightsOnChip: boolean,
): MappingPrice {
  const { memory, graph } = problem;
  const { inputs, output, inPlace, variants, weightBytes } = graph.steps[index]!;
  const prefetched = graph.prefetches && weightBytes > 0 && !weightsOnChip ? WHOLE_SHARE : 0;
  const least = (within: number, written: boolean, occupied: number): MappingPrice => {
    const free = memory.bytesPerBank - Math.ceil(occupied / memory.banks);
    if (free < 0) return NEVER;
    return problem.price(index, variants.index(within, written, weightsOnChip, prefetched, 0), free) ?? NEVER;
  };
  const patterns = variants.patternsWithin(pattern, MAX_PATTERNS);
  if (patterns === undefined) return lesser(least(pattern, true, besideBytes), least(pattern, false, besideBytes));
  let best = NEVER;
  for (const within of patterns) {
    let onChip = besideBytes;
    let largest = 0;
    for (const [at, isOnChip] of variants.inputsOnChip(within).entries()) {
      if (!isOnChip) continue;
      const { bytes } = inputs[at]!;
      onChip += bytes;
      largest = Math.max(largest, bytes);
    }
    best = lesser(best, least(within, true, onChip));
    if (output.readers === 0) continue;
    const kept = output.bytes - (inPlace ? Math.min(largest, output.bytes) : 0);
    best = lesser(best, least(within, false, onChip + kept));
  }
  return best;
}

/** The least a chain takes: everything on chip that can be, and all of the memory for its tiles. */
function chainFloor(problem: ResidencyProblem, step: number): MappingPrice {
  const { weights, output, variants } = problem.graph.steps[step]!;
  const variant = variants.index(variants.whole, output.readers === 0, weights === 'stay', 0, 0);
  return problem.price(step, variant, problem.memory.bytesPerBank) ?? NEVER;
}

/** By boundary: the least that layers and chains take from there to the end. */
export function floorsToGo(problem: ResidencyProblem, layers: readonly MappingPrice[]): readonly MappingPrice[] {
  const { stepsFrom, steps } = problem.graph;
  const toGo: MappingPrice[] = Array.from({ length: layers.length + 1 }, () => NEVER);
  toGo[layers.length] = { cycles: 0, offChipBytes: 0 };
  for (let index = layers.length - 1; index >= 0; index--) {
    for (const step of stepsFrom[index]!) {
      const { chain, last } = steps[step]!;
      const floor = chain < 0 ? layers[index]! : chainFloor(problem, step);
      const after = toGo[last + 1]!;
      toGo[index] = lesser(toGo[index]!, {
        cycles: floor.cycles + after.cycles,
        offChipBytes: floor.offChipBytes + after.offChipBytes,
      });
    }
  }
  return toGo;
}

export function lesser(a: MappingPrice, b: MappingPrice): MappingPrice {
  return b.cycles < a.cycles || (b.cycles === a.cycles && b.offChipBytes < a.offChipBytes) ? b : a;
}

/** What no plan with a region for weights goes below, and the price of a part at which that is so. */
export interface RegionFloor {
  readonly cycles: number;
  readonly price: number;
}

/**
 * Each layer at its floor, and the region given to the weights that save most for each part they take; of the last
 * only as much as there is room for. No choice of whole weights saves more.
 */
export function regionFloor(problem: ResidencyProblem, region: WeightRegion): RegionFloor {
  return problem.graph.steps.length > problem.graph.layers.length
    ? freeRegionFloor(problem, region)
    : pricedRegionFloor(problem, region);
}

/** With chains to choose from, what they save is not known layer by layer: all weights are taken to stay. */
function freeRegionFloor(problem: ResidencyProblem, region: WeightRegion): RegionFloor {
  const layers = problem.graph.layers.map(({ weightBytes }, index) => {
    const pattern = problem.graph.steps[index]!.variants.whole;
    return layerFloor(problem, index, pattern, region.bytes, region.bytes > 0 && weightBytes > 0);
  });
  return { cycles: floorsToGo(problem, layers)[0]!.cycles, price: 0 };
}

function pricedRegionFloor(problem: ResidencyProblem, region: WeightRegion): RegionFloor {
  let cycles = 0;
  const gains: { readonly saved: number; readonly parts: number }[] = [];
  for (const [index, { weightBytes }] of problem.graph.layers.entries()) {
    const pattern = problem.graph.steps[index]!.variants.whole;
    const mayStay = region.bytes > 0 && weightBytes > 0;
    const on = mayStay ? layerFloor(problem, index, pattern, region.bytes, true).cycles : Infinity;
    const off = mayStay && region.holdsAll ? on : layerFloor(problem, index, pattern, region.bytes, false).cycles;
    // What only fits with its weights on chip is not charged for them: less than it takes is still a floor.
    cycles += off === Infinity ? on : off;
    if (off < Infinity && on < off) gains.push({ saved: off - on, parts: partsOf(weightBytes, region) });
  }
  gains.sort((a, b) => b.saved / b.parts - a.saved / a.parts);
  let left = region.parts;
  for (const { saved, parts } of gains) {
    cycles -= saved * Math.min(1, left / parts);
    if (parts >= left) return { cycles, price: saved / parts };
    left -= parts;
  }
  return { cycles, price: 0 };
}
