import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate, minimumCyclesAt, type Pricer } from './candidate.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { secondElements, type LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/**
 * What no mapping of a layer goes below, in cycles and in off-chip bytes: the least that uncut loops can come to over all
 * spaces. Takes a thousandth of the time of a search.
 */
export function mappingFloor(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  spaces: readonly TileSpace[],
  offChipBytesPerCycle: number = machine.offChipBytesPerCycle,
): { readonly cycles: number; readonly offChipBytes: number } {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  let cycles = Infinity;
  let offChipBytes = Infinity;
  for (const space of spaces) {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.boundUncut(candidate);
    cycles = Math.min(cycles, minimumCyclesAt(candidate, offChipBytesPerCycle));
    offChipBytes = Math.min(offChipBytes, candidate.minimumBytes);
  }
  return { cycles, offChipBytes };
}
