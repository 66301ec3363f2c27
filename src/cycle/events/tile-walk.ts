import type { Machine } from '../../arch/machine.js';
import { tripsOf, type CoreShare } from './core-share.js';
import { TileCompute } from './tile-compute.js';
import { differs, tilePlaces, type TilePlace } from './tile-places.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

/** One tile of one core: what is loaded for it, computed, and stored afterwards; in elements, 0 for nothing. */
export interface Step {
  readonly index: number;
  readonly place: TilePlace;
  readonly computeCycles: number;
  /** 0 where the tile of the step before serves. */
  readonly loadedInputs: number;
  readonly loadedSecond: number;
  /** Partial sums that come back. */
  readonly loadedSums: number;
  /** Outputs are summed into another tile than in the step before, and into another one in the step after. */
  readonly entersOutputs: boolean;
  readonly leavesOutputs: boolean;
  /** Finished, or not: sums that make room for those of another tile. */
  readonly storedOutputs: number;
  readonly storedSums: number;
}

/** The steps of one core, in the order in which they run: each with its real tile, smaller at the edges. */
export function* walkTiles(
  layer: PlayedLayer,
  plan: TilePlan,
  machine: Machine,
  share: CoreShare,
): Generator<Step, void> {
  const compute = new TileCompute(layer, plan, machine);
  let index = 0;
  let before: TilePlace | undefined;
  let place: TilePlace | undefined;
  for (const after of tilePlaces(tripsOf(share), plan.order)) {
    if (place !== undefined) yield stepAt(layer, compute, share, index++, before, place, after);
    before = place;
    place = after;
  }
  if (place !== undefined) yield stepAt(layer, compute, share, index, before, place, undefined);
}

function stepAt(
  { nest, engine }: PlayedLayer,
  compute: TileCompute,
  share: CoreShare,
  index: number,
  before: TilePlace | undefined,
  place: TilePlace,
  after: TilePlace | undefined,
): Step {
  const pixels = share.pixels[place.pixels]!;
  const groups = share.groups[place.groups]!.size;
  const outputChannels = share.outputChannels[place.outputChannels]!.size;
  const inputChannels = share.reduction[place.reduction]!.size;
  const { batch, outputRows, outputColumns } = pixels;
  const { kernelRows, kernelColumns } = nest;
  const inputs = groups * inputChannels * pixels.inputs;
  const second = engine === 'array' ? groups * outputChannels * inputChannels * kernelRows * kernelColumns : 0;
  const outputs = groups * outputChannels * batch * outputRows * outputColumns;
  const lengths = {
    batch,
    groups,
    outputChannels,
    inputChannels,
    outputRows,
    outputColumns,
    kernelRows,
    kernelColumns,
  };
  const entersOutputs = differs('outputs', place, before);
  const leavesOutputs = differs('outputs', place, after);
  const finished = place.reduction === share.reduction.length - 1;
  return {
    index,
    place,
    computeCycles: compute.cyclesOf(lengths),
    loadedInputs: differs('inputs', place, before) ? inputs : 0,
    loadedSecond: differs('second', place, before) ? second : 0,
    loadedSums: entersOutputs && place.reduction > 0 ? outputs : 0,
    entersOutputs,
    leavesOutputs,
    storedOutputs: leavesOutputs && finished ? outputs : 0,
    storedSums: leavesOutputs && !finished ? outputs : 0,
  };
}
