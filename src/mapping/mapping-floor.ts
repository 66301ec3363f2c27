import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate, minimumCyclesAt, type Pricer } from './candidate.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { secondElements, type LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/**
 * What no mapping of a layer goes below, in cycles and in off-chip bytes, at each rate of the off-chip channel: the least
 * that uncut loops can come to over all spaces. Takes a thousandth of the time of a search.
 */
export function mappingFloors(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  spaces: readonly TileSpace[],
  rates: readonly number[],
): readonly { readonly cycles: number; readonly offChipBytes: number }[] {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  const cycles = rates.map(() => Infinity);
  let offChipBytes = Infinity;
  for (const space of spaces) {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.boundUncut(candidate);
    for (let at = 0; at < rates.length; at++) {
      cycles[at] = Math.min(cycles[at]!, minimumCyclesAt(candidate, rates[at]!));
    }
    offChipBytes = Math.min(offChipBytes, candidate.minimumBytes);
  }
  return cycles.map((least) => ({ cycles: least, offChipBytes }));
}
