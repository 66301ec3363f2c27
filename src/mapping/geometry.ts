import type { Machine } from '../arch/machine.js';
import type { LoopNest } from '../workload/loop-nest.js';
import type { Candidate } from './candidate.js';
import { setFolds } from './set-folds.js';
import { wholePlaneInputs } from './pixel-tiles.js';
import type { LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/** Writes all of a candidate that a tile choice decides, by its places in the lists of its space; the schedule stays open. */
export function setTiles(
  candidate: Candidate,
  problem: LayerProblem,
  machine: Machine,
  space: TileSpace,
  g: number,
  m: number,
  c: number,
  k: number,
): void {
  const pixel = space.pixels[m]!;
  candidate.space = space;
  candidate.g = g;
  candidate.m = m;
  candidate.c = c;
  candidate.groupsPerCore = space.groupsPerCore;
  candidate.pixelsPerCore = space.pixelsPerCore;
  candidate.channelsPerCore = space.channelsPerCore;
  candidate.outputsPerCore = space.outputsPerCore;
  candidate.preloads = space.preloads;
  candidate.hops = space.hops;
  candidate.inputCopies = machine.interconnect.multicast ? 1 : space.split.outputChannels;
  candidate.secondCopies = machine.interconnect.multicast ? 1 : space.split.batch * space.split.outputRows;
  candidate.groupTrips = space.groups[g]!.trips;
  candidate.pixelTrips = pixel.trips;
  candidate.reductionTrips = space.reductions[c]!.trips;
  candidate.inputElements = pixel.inputElements * problem.nest.groups * problem.nest.inputChannels;
  setChannelTile(candidate, space, k);
}

/** The same where only the tile of output channels is another one than before. */
export function setChannelTile(candidate: Candidate, space: TileSpace, k: number): void {
  candidate.k = k;
  candidate.channelTrips = space.channels[k]!.trips;
  candidate.active =
    (candidate.pixelTrips > 1 ? 1 : 0) | (candidate.channelTrips > 1 ? 2 : 0) | (candidate.reductionTrips > 1 ? 4 : 0);
  if (space.folds !== null) setFolds(candidate, space.folds, candidate.g, candidate.m, candidate.c, k);
}

/** Inputs that the layer touches, each once. */
export function wholeInputElements(nest: LoopNest): number {
  return wholePlaneInputs(nest) * nest.groups * nest.inputChannels;
}
