import type { Machine } from '../../arch/machine.js';
import { cut, type CoreShare } from './core-share.js';
import { inputsAlongColumns, inputsAlongRows } from './inputs-read.js';
import { ArrayClock } from './array-clock.js';
import { tileDiffers, tilePlaces, type TilePlace } from './tile-order.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

/** One tile of one core: what has to be there for it, computing it, and what leaves afterwards. Elements, 0 for nothing. */
export interface Step {
  readonly index: number;
  readonly place: TilePlace;
  readonly computeCycles: number;
  /** 0 where the tile of the step before serves. */
  readonly loadedInputs: number;
  readonly loadedSecond: number;
  /** Partial sums that come back. */
  readonly loadedSums: number;
  /** Outputs are summed into another tile than in the step before. */
  readonly newOutputs: boolean;
  /** The tile is finished, or its sums make room for those of another. */
  readonly outputsLeave: boolean;
  readonly storedOutputs: number;
  readonly storedSums: number;
}

/** The steps of one core, in the order of its loops: real tiles, with the smaller ones at the edges and their halos. */
export function* walkTiles(
  layer: PlayedLayer,
  plan: TilePlan,
  machine: Machine,
  share: CoreShare,
): Generator<Step, void> {
  const { nest } = layer;
  const { tile } = plan;
  const groups = cut(share.groups, tile.groups);
  const rows = cut(share.outputRows, tile.outputRows).map((range) => ({
    size: range.size,
    inputs: inputsAlongRows(nest, range),
  }));
  const columns = cut({ from: 0, size: nest.outputColumns }, tile.outputColumns).map((range) => ({
    size: range.size,
    inputs: inputsAlongColumns(nest, range),
  }));
  const pixels = cut(share.batch, tile.batch).flatMap(({ size: batch }) =>
    rows.flatMap((row) => columns.map((column) => ({ batch, row, column }))),
  );
  const channels = cut(share.outputChannels, tile.outputChannels);
  const reductions = cut({ from: 0, size: nest.inputChannels }, tile.inputChannels);
  const trips: TilePlace = {
    groups: groups.length,
    pixels: pixels.length,
    outputChannels: channels.length,
    reduction: reductions.length,
  };
  const clock = new ArrayClock(layer, plan, machine);
  const kernel = layer.engine === 'array' ? nest.kernelRows * nest.kernelColumns : 0;

  const stepAt = (index: number, before: TilePlace | undefined, place: TilePlace, after: TilePlace | undefined): Step => {
    const { batch, row, column } = pixels[place.pixels]!;
    const group = groups[place.groups]!.size;
    const outputChannels = channels[place.outputChannels]!.size;
    const inputChannels = reductions[place.reduction]!.size;
    const outputs = group * outputChannels * batch * row.size * column.size;
    const newOutputs = tileDiffers('outputs', place, before);
    const outputsLeave = tileDiffers('outputs', place, after);
    const finished = place.reduction === trips.reduction - 1;
    return {
      index,
      place,
      computeCycles: clock.cyclesOf({
        batch,
        groups: group,
        outputChannels,
        inputChannels,
        outputRows: row.size,
        outputColumns: column.size,
        kernelRows: nest.kernelRows,
        kernelColumns: nest.kernelColumns,
      }),
      loadedInputs: tileDiffers('inputs', place, before)
        ? group * inputChannels * batch * row.inputs * column.inputs
        : 0,
      loadedSecond: tileDiffers('second', place, before) ? group * outputChannels * inputChannels * kernel : 0,
      loadedSums: newOutputs && place.reduction > 0 ? outputs : 0,
      newOutputs,
      outputsLeave,
      storedOutputs: outputsLeave && finished ? outputs : 0,
      storedSums: outputsLeave && !finished ? outputs : 0,
    };
  };

  let before: TilePlace | undefined;
  let place: TilePlace | undefined;
  let index = 0;
  for (const after of tilePlaces(trips, plan.order)) {
    if (place !== undefined) yield stepAt(index++, before, place, after);
    before = place;
    place = after;
  }
  if (place !== undefined) yield stepAt(index, before, place, undefined);
}
