import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { ClassFolds, FoldTables } from '../mapping/folds.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileSpace } from '../mapping/tile-space.js';
import { pieceCycles } from './compute.js';

/** Of a list of tiles the cycles of the array for full and rest ones, to the mean: two of each tile. */
type ListFactors = Float64Array;

/** How the cycles that full and rest tiles of each loop keep the array busy stand to those of the mean tile. */
export class ComputeFactors {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly known = new Map<ClassFolds, ListFactors>();

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.machine = machine;
  }

  /** By loop: pixels, output channels, reduction, groups; null on the vector unit, where cycles are as MACs. */
  of(candidate: Candidate, folds: FoldTables | null): readonly ListFactors[] | null {
    if (folds === null) return null;
    const { stream } = candidate;
    return [
      this.ofList(folds.pixels, candidate, stream === 'pixels'),
      this.ofList(folds.channels, candidate, stream === 'outputChannels'),
      this.ofList(folds.reductions, candidate, stream === 'reduction'),
      this.ofList(folds.groups, candidate, false),
    ];
  }

  /** Lists are shared by spaces of one dataflow, and each is worked out once. */
  private ofList(folds: ClassFolds, candidate: Candidate, streams: boolean): ListFactors {
    let factors = this.known.get(folds);
    if (factors !== undefined) return factors;
    const { problem, machine } = this;
    factors = new Float64Array(2 * folds.full.length);
    for (let at = 0; at < folds.full.length; at++) {
      let full = folds.full[at]!;
      let rest = folds.rest[at]!;
      if (streams) {
        full = pieceCycles(full, candidate, problem, machine);
        rest = pieceCycles(rest, candidate, problem, machine);
      }
      const [fulls, rests] = [folds.fullCount[at]!, folds.restCount[at]!];
      const mean = (full * fulls + rest * rests) / (fulls + rests);
      factors[2 * at] = full / mean;
      factors[2 * at + 1] = rest / mean;
    }
    this.known.set(folds, factors);
    return factors;
  }
}

/** Of a tile of groups and channels that share a side. */
export function mixedFactor(
  { mixed, channels }: FoldTables,
  classes: TileSpace['classes'],
  g: number,
  k: number,
  tile: number,
): number {
  const at = g * channels.all.length + k;
  const mean = mixed!.positions[at]! / (classes.groups[g]!.trips * classes.channels[k]!.trips);
  return mixed!.ofTiles[at * 4 + tile]! / mean;
}
