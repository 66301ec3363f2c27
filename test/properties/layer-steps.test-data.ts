/**
 * A mapping's loops over tiles, run step by step. What is loaded is found by comparing each step's tiles with those of
 * the step before.
 */
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import { playTile, type PlayedTile } from './layer-array.test-data.js';
import { cutsOf, positionsRead, type Choice, type Loop, type Tiling } from './layer-choices.test-data.js';

/** One step of the busiest core: what is loaded before it, computed in it, and stored after it, in elements. */
export interface Step {
  readonly computeCycles: number;
  /** Bits that pass between scratchpad and array (or vector unit). */
  /** Between scratchpad and array, of all three below. */
  readonly deliveredBits: number;
  readonly inputReadBits: number;
  readonly secondReadBits: number;
  readonly sumBits: number;
  /** Inputs lie in the array: they are read for each group that a core has, not as often as it turns to channels. */
  readonly ownGroups: boolean;
  /** Which tiles are other ones than in the step before; all, in the first. */
  readonly newInput: boolean;
  readonly newSecond: boolean;
  readonly newOutput: boolean;
  /** Of these, tiles that no step before had. */
  readonly firstInput: boolean;
  readonly firstSecond: boolean;
  /** Of the first preload of a layer. */
  readonly preloadCycles: number;
  /** MACs (or outputs) of the tile, and how its operands stand to one another: only ratios between steps matter. */
  readonly macs: number;
  readonly inputWeight: number;
  readonly secondWeight: number;
  readonly outputWeight: number;
  /** 0 where the tile of the step before serves. */
  readonly inputElements: number;
  readonly secondElements: number;
  readonly sumLoadElements: number;
  /** 0 where the next step goes on with the same output tile. */
  readonly sumStoreElements: number;
  readonly outputElements: number;
}

/** Runs the busiest core's loops over tiles. */
export function playSteps(
  problem: LayerProblem,
  machine: Machine,
  choice: Tiling & Pick<Choice, 'order'>,
  arrayTiles = new Map<string, PlayedTile>(),
): Step[] {
  const { nest } = problem;
  const cuts = cutsOf(problem, choice);
  const reads = cuts.pixels.map((block) => positionsRead(problem, block));
  const weights = pixelWeights(problem, choice);
  const kernel = nest.kernelRows * nest.kernelColumns;
  const [outer, middle, inner] = choice.order;
  const steps: { -readonly [Field in keyof Step]: Step[Field] }[] = [];
  const seenInputs = new Set<number>();
  const seenSeconds = new Set<number>();
  const visits = new Map<number, number>();
  const at: Record<Loop, number> = { pixels: 0, outputChannels: 0, reduction: 0 };
  const [pixelTiles, channelTiles, reductionTiles] = [
    cuts.pixels.length,
    cuts.outputChannels.length,
    cuts.reduction.length,
  ];
  let before = { input: -1, second: -1, output: -1 };

  for (const [g, group] of cuts.groups.entries())
    for (at[outer] = 0; at[outer] < cuts[outer].length; at[outer] += 1)
      for (at[middle] = 0; at[middle] < cuts[middle].length; at[middle] += 1)
        for (at[inner] = 0; at[inner] < cuts[inner].length; at[inner] += 1) {
          const now = {
            input: (g * pixelTiles + at.pixels) * reductionTiles + at.reduction,
            second: (g * channelTiles + at.outputChannels) * reductionTiles + at.reduction,
            output: (g * pixelTiles + at.pixels) * channelTiles + at.outputChannels,
          };
          const newInput = now.input !== before.input;
          const newSecond = now.second !== before.second;
          const newOutput = now.output !== before.output;
          before = now;
          const firstInput = !seenInputs.has(now.input);
          const firstSecond = !seenSeconds.has(now.second);
          seenInputs.add(now.input);
          seenSeconds.add(now.second);

          const { batch, rows, columns } = cuts.pixels[at.pixels]!;
          const n = cuts.outputChannels[at.outputChannels]!.size;
          const c = cuts.reduction[at.reduction]!.size;
          const sums = group.size * n * batch.size * rows.size * columns.size;
          const parts = visits.get(now.output) ?? 0;
          visits.set(now.output, parts + 1);
          const finished = parts + 1 === reductionTiles;
          // What the step before was thought to leave stays, if this one goes on with it.
          const last = steps.at(-1);
          if (last !== undefined && !newOutput) last.sumStoreElements = last.outputElements = 0;
          let computeCycles = 0;
          let preloadCycles = 0;
          let inputReadBits = 0;
          let secondReadBits = 0;
          // The vector unit reads what each output hangs on.
          let sumBits = sums * (nest.inputChannels * kernel * problem.inputWidthBits + problem.outputWidthBits);
          if (choice.dataflow !== null) {
            const { dataflow } = choice;
            const shape = {
              batch: batch.size,
              groups: group.size,
              outputChannels: n,
              inputChannels: c,
              outputRows: rows.size,
              outputColumns: columns.size,
              kernelRows: nest.kernelRows,
              kernelColumns: nest.kernelColumns,
            };
            const key = `${machine.dataflows.indexOf(dataflow)} ${Object.values(shape).join(' ')}`;
            let tile = arrayTiles.get(key);
            if (tile === undefined) arrayTiles.set(key, (tile = playTile(dataflow, problem, machine, shape)));
            computeCycles = tile.cycles;
            // The first preload of all has no fold to hide behind.
            if (steps.length === 0 && machine.preload === 'overlapped' && dataflow.stationary !== 'outputs')
              preloadCycles = machine.rows;
            computeCycles += preloadCycles;
            // Each write but the last of an output is followed by a read, with sums as wide as accumulators; where the
            // elements hold them, the last one is of a finished output.
            const { accumulatorBits } = problem;
            const inPlace = dataflow.stationary === 'outputs';
            const lastWidth = finished && inPlace ? problem.outputWidthBits : accumulatorBits;
            const sumReads = tile.sumWrites - (parts === 0 ? 1 : 0);
            inputReadBits = tile.inputReads * problem.inputWidthBits;
            secondReadBits = tile.secondReads * problem.secondWidthBits;
            sumBits = sums * ((tile.sumWrites - 1 + sumReads) * accumulatorBits + lastWidth);
          }
          steps.push({
            computeCycles,
            preloadCycles,
            macs: sums * c,
            inputWeight: weights[at.pixels]! * group.size * c,
            secondWeight: group.size * n * c,
            outputWeight: sums,
            deliveredBits: inputReadBits + secondReadBits + sumBits,
            inputReadBits,
            secondReadBits,
            sumBits,
            ownGroups: choice.dataflow?.stationary === 'inputs',
            newInput,
            newSecond,
            newOutput,
            firstInput,
            firstSecond,
            inputElements: newInput ? reads[at.pixels]! * group.size * c : 0,
            secondElements: newSecond && problem.engine === 'array' ? group.size * n * c * kernel : 0,
            sumLoadElements: newOutput && parts > 0 ? sums : 0,
            sumStoreElements: finished ? 0 : sums,
            outputElements: finished ? sums : 0,
          });
        }
  return steps;
}

/**
 * Inputs of one channel under each pixel tile, of all cores that are at that place in their loops. Tiles of one size move
 * the mean of what they come to, wherever the edges of the input lie.
 */
function pixelWeights(problem: LayerProblem, choice: Tiling): number[] {
  const { nest } = problem;
  const rowShare = Math.ceil(nest.outputRows / choice.split.outputRows);
  const tiles = cutsOf(problem, choice).pixels;
  const places = tiles.map(({ batch, rows, columns }) => {
    let sum = 0;
    for (let band = 0; band < nest.outputRows; band += rowShare) {
      const end = Math.min(nest.outputRows, band + rowShare, band + rows.from + rows.size);
      const size = end - band - rows.from;
      if (size > 0) sum += positionsRead(problem, { batch, rows: { from: band + rows.from, size }, columns });
    }
    return sum;
  });
  const sizeOf = ({ batch, rows, columns }: (typeof tiles)[number]) => `${batch.size} ${rows.size} ${columns.size}`;
  const bySize = new Map<string, number[]>();
  for (const [at, tile] of tiles.entries())
    bySize.set(sizeOf(tile), [...(bySize.get(sizeOf(tile)) ?? []), places[at]!]);
  return tiles.map((tile) => {
    const alike = bySize.get(sizeOf(tile))!;
    return alike.reduce((total, place) => total + place, 0) / alike.length;
  });
}
