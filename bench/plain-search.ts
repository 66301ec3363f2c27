// The mapping search without its pruning: every tile choice, buffering and loop order is priced, one after the other.
// What the search saves is the ratio of the two, measured in one run.
import type * as CandidateModule from '../src/mapping/candidate.js';
import type * as GeometryModule from '../src/mapping/geometry.js';
import type * as OrderModule from '../src/mapping/loop-order.js';
import type { LayerProblem } from '../src/mapping/problem.js';
import type * as ProblemModule from '../src/mapping/problem.js';
import type * as SpaceModule from '../src/mapping/tile-space.js';
import type * as LoopNestModule from '../src/workload/loop-nest.js';
import type { Machine } from '../src/arch/machine.js';
import type { Pricer } from '../src/mapping/pricer.js';

const load = async <Module>(path: string): Promise<Module> =>
  (await import(new URL(`../dist/${path}`, import.meta.url).href)) as Module;
const { emptyCandidate, OPERANDS } = await load<typeof CandidateModule>('mapping/candidate.js');
const { setTiles, wholeInputElements } = await load<typeof GeometryModule>('mapping/geometry.js');
const { distinctOrders } = await load<typeof OrderModule>('mapping/loop-order.js');
const { secondElements } = await load<typeof ProblemModule>('mapping/problem.js');
const { tileSpaces } = await load<typeof SpaceModule>('mapping/tile-space.js');
const { outputElements } = await load<typeof LoopNestModule>('workload/loop-nest.js');

export interface PlainSearch {
  readonly tileChoices: number;
  readonly schedules: number;
  /** Of the fastest mapping, whether its buffers fit or not. */
  readonly fewestCycles: number;
}

export function plainSearch(problem: LayerProblem, machine: Machine, pricer: Pricer): PlainSearch {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  let [tileChoices, schedules, fewestCycles] = [0, 0, Infinity];
  for (const space of tileSpaces(problem, machine))
    for (let g = 0; g < space.groups.length; g++)
      for (let m = 0; m < space.pixels.length; m++)
        for (let c = 0; c < space.reductions.length; c++)
          for (let k = 0; k < space.channels.length; k++) {
            setTiles(candidate, problem, machine, space, g, m, c, k);
            pricer.bound(candidate);
            tileChoices += 1;
            for (let doubled = 0; doubled <= OPERANDS; doubled++) {
              candidate.doubled = doubled;
              for (const order of distinctOrders[candidate.active]!) {
                candidate.order = order;
                pricer.prepare(candidate);
                schedules += 1;
                fewestCycles = Math.min(fewestCycles, pricer.cyclesAt(candidate, machine.offChipBytesPerCycle));
              }
            }
          }
  return { tileChoices, schedules, fewestCycles };
}
