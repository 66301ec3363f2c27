import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { inputBufferBytes, outputBufferBytes, secondBufferBytes } from './buffers.js';
import { emptyCandidate, type Candidate, type Mapping, type Pricer } from './candidate.js';
import { setFolds } from './folds.js';
import { Frontier, type TileChoice } from './frontier.js';
import { distinctOrders, spillsPartialSums } from './loop-order.js';
import { secondElements, type LayerProblem } from './problem.js';
import { tileSpaces, type TileSpace } from './tile-space.js';

/**
 * Every mapping of the stated space (core split x dataflow x tile sizes x loop order) is considered; what is kept is,
 * for each scratchpad size from `floorBytes`, the best one. A tile choice is left unpriced only when a mapping already
 * kept needs no more scratchpad (or no more than the floor) and is at least as good as the choice's lower bound, so
 * nothing that could be an answer is lost. A floor makes the search faster: tiles that are smaller than anyone asks for
 * must then be good, not only small. `spaces` are those of the problem, for callers that keep them.
 */
export function searchMappings(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  floorBytes: number = 0,
  spaces: readonly TileSpace[] = tileSpaces(problem, machine),
): Frontier {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  // Spaces with the least to compute first: good mappings found early leave more of the rest unpriced.
  const ranked = spaces.map((space) => ({
    space,
    cycles: uncutCycles(space, problem, candidate, pricer),
  }));
  ranked.sort((one, other) => one.cycles - other.cycles);
  const frontier = new Frontier((choice) => mappingOf(choice, problem, candidate, pricer), floorBytes);
  for (const { space } of ranked) searchTiles(problem, machine, pricer, frontier, candidate, space);
  return frontier;
}

/** Compute cycles when each core's share is one tile. */
function uncutCycles(space: TileSpace, problem: LayerProblem, candidate: Candidate, pricer: Pricer): number {
  setGeometry(candidate, problem, space, 0, 0, 0, 0);
  pricer.bound(candidate);
  return candidate.computeCycles;
}

/** Tile sizes are named by their places in the lists of their space: group, pixels, reduction, channels. */
function searchTiles(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  frontier: Frontier,
  candidate: Candidate,
  space: TileSpace,
): void {
  const capacity = machine.scratchpadBytesPerCore;
  const { dataflow, groups, pixels, reductions, channels } = space;
  const kernel = dataflow === null ? 0 : problem.nest.kernelRows * problem.nest.kernelColumns;
  for (let g = 0; g < groups.length; g++) {
    const { size: groupSize, trips: groupTrips } = groups[g]!;
    for (let m = 0; m < pixels.length; m++) {
      const { trips: pixelTrips, tileInputElements, fullPixels } = pixels[m]!;
      frontier.considered += reductions.length * channels.length;
      setGeometry(candidate, problem, space, g, m, 0, 0);
      pricer.boundUncut(candidate);
      if (!frontier.couldImprove(0, candidate.minimumCycles, candidate.minimumBytes)) {
        frontier.pruned += reductions.length * channels.length;
        continue;
      }
      for (let c = 0; c < reductions.length; c++) {
        const { size: reductionSize, trips: reductionTrips } = reductions[c]!;
        if (c > 0) {
          setGeometry(candidate, problem, space, g, m, c, 0);
          pricer.boundUncut(candidate);
          if (!frontier.couldImprove(0, candidate.minimumCycles, candidate.minimumBytes)) {
            frontier.pruned += channels.length;
            continue;
          }
        }
        const inputTiles = groupTrips * pixelTrips * reductionTrips;
        const inputBytes = inputBufferBytes(problem, tileInputElements * groupSize * reductionSize, inputTiles);
        const sumsOutside = dataflow !== null && (!dataflow.accumulatesInArray || reductionTrips > 1);
        for (let k = 0; k < channels.length; k++) {
          const { size: channelSize, trips: channelTrips } = channels[k]!;
          const secondTile = groupSize * channelSize * reductionSize * kernel;
          const outputTile = groupSize * channelSize * fullPixels;
          const outputTiles = groupTrips * pixelTrips * channelTrips;
          const operands =
            inputBytes + secondBufferBytes(problem, secondTile, groupTrips * channelTrips * reductionTrips);
          const buffer = operands + outputBufferBytes(problem, outputTile, outputTiles, sumsOutside, false);
          if (buffer < frontier.smallestBufferBytes) frontier.smallestBufferBytes = buffer;
          const active = (pixelTrips > 1 ? 1 : 0) | (channelTrips > 1 ? 2 : 0) | (reductionTrips > 1 ? 4 : 0);
          const orders = distinctOrders[active]!;
          if (buffer > capacity) continue;
          setGeometry(candidate, problem, space, g, m, c, k);
          pricer.bound(candidate);
          if (!frontier.couldImprove(buffer, candidate.minimumCycles, candidate.minimumBytes)) {
            frontier.pruned += 1;
            continue;
          }
          const spilling = operands + outputBufferBytes(problem, outputTile, outputTiles, sumsOutside, true);
          for (let at = 0; at < orders.length; at++) {
            const order = orders[at]!;
            const bytes = spillsPartialSums(order, active) ? spilling : buffer;
            if (bytes > capacity) continue;
            candidate.order = order;
            pricer.price(candidate);
            if (!frontier.couldImprove(bytes, candidate.cycles, candidate.offChipBytes)) continue;
            frontier.add(bytes, candidate.cycles, candidate.offChipBytes, { space, g, m, c, k, order, buffer: bytes });
          }
        }
      }
    }
  }
}

/** Writes all of a candidate that a tile choice decides; the loop order is left open. */
function setGeometry(
  candidate: Candidate,
  problem: LayerProblem,
  space: TileSpace,
  g: number,
  m: number,
  c: number,
  k: number,
): void {
  const { folds } = space;
  const pixel = space.pixels[m]!;
  candidate.groupsPerCore = space.groupsPerCore;
  candidate.outputsPerCore = space.outputsPerCore;
  candidate.preloads = space.preloads;
  candidate.groupTrips = space.groups[g]!.trips;
  candidate.pixelTrips = pixel.trips;
  candidate.reductionTrips = space.reductions[c]!.trips;
  candidate.channelTrips = space.channels[k]!.trips;
  candidate.active =
    (candidate.pixelTrips > 1 ? 1 : 0) | (candidate.channelTrips > 1 ? 2 : 0) | (candidate.reductionTrips > 1 ? 4 : 0);
  candidate.inputElements = pixel.inputElements * problem.nest.groups * problem.nest.inputChannels;
  if (folds !== null) setFolds(candidate, folds, folds.pixels[m]!, folds.channels[k]!, folds.reductions[c]!);
}

/** What a choice that was kept comes to, in full: most are dropped again, so nothing of this is made before it is asked for. */
function mappingOf(choice: TileChoice, problem: LayerProblem, candidate: Candidate, pricer: Pricer): Mapping {
  const { space, g, m, c, k, order, buffer } = choice;
  setGeometry(candidate, problem, space, g, m, c, k);
  candidate.order = order;
  pricer.bound(candidate);
  pricer.price(candidate);
  return {
    dataflow: space.flow,
    split: space.split,
    pixelTile: space.pixels[m]!,
    groupTile: space.groups[g]!.size,
    channelTile: space.channels[k]!.size,
    reductionTile: space.reductions[c]!.size,
    order,
    bufferBytesPerCore: buffer,
    cycles: candidate.cycles,
    offChipBytes: candidate.offChipBytes,
    candidate: { ...candidate },
  };
}
