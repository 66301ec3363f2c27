/**
 * A mapping's loops over tiles, run step by step. What is loaded is found by comparing each step's tiles with those of
 * the step before.
 */
import type { DataflowName, Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import { cutsOf, positionsRead, type Choice, type Loop } from './layer-choices.test-data.js';

/** One step of the busiest core: what is loaded before it, computed in it, and stored after it, in elements. */
export interface Step {
  readonly computeCycles: number;
  /** Which tiles are other ones than in the step before; all, in the first. */
  readonly newInput: boolean;
  readonly newSecond: boolean;
  readonly newOutput: boolean;
  /** 0 where the tile of the step before serves. */
  readonly inputElements: number;
  readonly secondElements: number;
  readonly sumLoadElements: number;
  /** 0 where the next step goes on with the same output tile. */
  readonly sumStoreElements: number;
  readonly outputElements: number;
}

/** Runs the busiest core's loops over tiles. */
export function playSteps(problem: LayerProblem, machine: Machine, choice: Choice): Step[] {
  const { nest } = problem;
  const cuts = cutsOf(problem, choice);
  const reads = cuts.pixels.map((block) => positionsRead(problem, block));
  const kernel = nest.kernelRows * nest.kernelColumns;
  const [outer, middle, inner] = choice.order;
  const steps: { -readonly [Field in keyof Step]: Step[Field] }[] = [];
  const visits = new Map<string, number>();
  const at: Record<Loop, number> = { pixels: 0, outputChannels: 0, reduction: 0 };
  let before = { input: '', second: '', output: '' };

  for (const [g, group] of cuts.groups.entries())
    for (at[outer] = 0; at[outer] < cuts[outer].length; at[outer] += 1)
      for (at[middle] = 0; at[middle] < cuts[middle].length; at[middle] += 1)
        for (at[inner] = 0; at[inner] < cuts[inner].length; at[inner] += 1) {
          const now = {
            input: `${g} ${at.pixels} ${at.reduction}`,
            second: `${g} ${at.outputChannels} ${at.reduction}`,
            output: `${g} ${at.pixels} ${at.outputChannels}`,
          };
          const newInput = now.input !== before.input;
          const newSecond = now.second !== before.second;
          const newOutput = now.output !== before.output;
          before = now;

          const { batch, rows, columns } = cuts.pixels[at.pixels]!;
          const m = batch.size * rows.size * columns.size;
          const n = cuts.outputChannels[at.outputChannels]!.size;
          const c = cuts.reduction[at.reduction]!.size;
          const sums = group.size * n * m;
          const parts = visits.get(now.output) ?? 0;
          visits.set(now.output, parts + 1);
          const finished = parts + 1 === cuts.reduction.length;
          // What the step before was thought to leave stays, if this one goes on with it.
          const last = steps.at(-1);
          if (last !== undefined && !newOutput) last.sumStoreElements = last.outputElements = 0;
          const waitsForFirstPreload = steps.length === 0 && machine.preload === 'overlapped';
          steps.push({
            computeCycles:
              choice.dataflow === null
                ? 0
                : group.size * foldCycles(choice.dataflow, problem, machine, m, n, c * kernel) +
                  (waitsForFirstPreload && choice.dataflow !== 'output-stationary' ? machine.rows : 0),
            newInput,
            newSecond,
            newOutput,
            inputElements: newInput ? reads[at.pixels]! * group.size * c : 0,
            secondElements: newSecond && problem.engine === 'array' ? group.size * n * c * kernel : 0,
            sumLoadElements: newOutput && parts > 0 ? sums : 0,
            sumStoreElements: finished ? 0 : sums,
            outputElements: finished ? sums : 0,
          });
        }
  return steps;
}

/** All folds of a product of m x k by k x n, by the closed forms of SCALE-Sim with lanes and passes added. */
function foldCycles(
  dataflow: DataflowName,
  { lanes, passes }: LayerProblem,
  { rows, columns, preload }: Machine,
  m: number,
  n: number,
  k: number,
): number {
  const skew = rows + columns - 2;
  const load = preload === 'exposed' ? rows : 0;
  if (dataflow === 'weight-stationary')
    return Math.ceil(k / (rows * lanes)) * Math.ceil(n / columns) * (m * passes + skew + load);
  if (dataflow === 'input-stationary')
    return Math.ceil(k / (rows * lanes)) * Math.ceil(m / columns) * (n * passes + skew + load);
  return Math.ceil(m / rows) * Math.ceil(n / columns) * (Math.ceil(k / lanes) * passes + skew);
}
