import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { inputBufferBytes, outputBufferBytes, secondBufferBytes } from './buffers.js';
import { emptyCandidate, type Candidate, type Pricer } from './candidate.js';
import { setFolds } from './folds.js';
import { Frontier } from './frontier.js';
import { distinctOrders, spillsPartialSums } from './loop-order.js';
import { secondElements, type LayerProblem } from './problem.js';
import { tileSpaces, type TileSpace } from './tile-space.js';

/**
 * Every mapping of the stated space (core split x dataflow x tile sizes x loop order) is considered; what is kept is,
 * for each scratchpad size, the best one. A tile choice is left unpriced only when a mapping already kept needs no more
 * scratchpad and is at least as good as the choice's lower bound, so nothing that could be an answer is lost.
 */
export function searchMappings(problem: LayerProblem, machine: Machine, pricer: Pricer): Frontier {
  const frontier = new Frontier();
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  // Spaces with the least to compute first: good mappings found early leave more of the rest unpriced.
  const spaces = tileSpaces(problem, machine).map((space) => ({
    space,
    cycles: uncutCycles(space, candidate, pricer),
  }));
  spaces.sort((one, other) => one.cycles - other.cycles);
  for (const { space } of spaces) searchTiles(problem, machine, pricer, frontier, candidate, space);
  return frontier;
}

/** Compute cycles when each core's share is one tile. */
function uncutCycles(space: TileSpace, candidate: Candidate, pricer: Pricer): number {
  startSpace(space, candidate);
  candidate.groupTrips = candidate.pixelTrips = candidate.channelTrips = candidate.reductionTrips = 1;
  const { folds } = space;
  if (folds !== null) setFolds(candidate, folds, folds.pixels[0]!, folds.channels[0]!, folds.reductions[0]!);
  pricer.bound(candidate);
  return candidate.computeCycles;
}

function startSpace(space: TileSpace, candidate: Candidate): void {
  candidate.groupsPerCore = space.groupsPerCore;
  candidate.outputsPerCore = space.outputsPerCore;
  candidate.preloads = space.dataflow?.preloads ?? false;
}

function searchTiles(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  frontier: Frontier,
  candidate: Candidate,
  space: TileSpace,
): void {
  const capacity = machine.scratchpadBytesPerCore;
  const kernel = problem.nest.kernelRows * problem.nest.kernelColumns;
  const { dataflow, folds } = space;
  startSpace(space, candidate);
  const trips = space.channels.map((channel) => channel.trips);
  const sizes = space.channels.map((channel) => channel.size);

  for (const group of space.groups) {
    candidate.groupTrips = group.trips;
    for (let m = 0; m < space.pixels.length; m++) {
      const pixel = space.pixels[m]!;
      candidate.pixelTrips = pixel.trips;
      candidate.inputElements = pixel.inputElements * problem.nest.groups * problem.nest.inputChannels;
      for (let c = 0; c < space.reductions.length; c++) {
        const reduction = space.reductions[c]!;
        candidate.reductionTrips = reduction.trips;
        const inputTiles = group.trips * pixel.trips * reduction.trips;
        const inputBytes = inputBufferBytes(problem, pixel.tileInputElements * group.size * reduction.size, inputTiles);
        const sumsOutside = dataflow !== null && (!dataflow.accumulatesInArray || reduction.trips > 1);
        for (let k = 0; k < space.channels.length; k++) {
          const channelTrips = trips[k]!;
          candidate.channelTrips = channelTrips;
          const secondTile = dataflow === null ? 0 : group.size * sizes[k]! * reduction.size * kernel;
          const outputTile = group.size * sizes[k]! * pixel.fullPixels;
          const outputTiles = group.trips * pixel.trips * channelTrips;
          const operands =
            inputBytes + secondBufferBytes(problem, secondTile, group.trips * channelTrips * reduction.trips);
          const buffer = operands + outputBufferBytes(problem, outputTile, outputTiles, sumsOutside, false);
          if (buffer < frontier.smallestBufferBytes) frontier.smallestBufferBytes = buffer;
          const active = (pixel.trips > 1 ? 1 : 0) | (channelTrips > 1 ? 2 : 0) | (reduction.trips > 1 ? 4 : 0);
          const orders = distinctOrders[active]!;
          frontier.considered += orders.length;
          if (buffer > capacity) continue;
          if (folds !== null) setFolds(candidate, folds, folds.pixels[m]!, folds.channels[k]!, folds.reductions[c]!);
          pricer.bound(candidate);
          if (!frontier.couldImprove(buffer, candidate.minimumCycles, candidate.minimumBytes)) {
            frontier.pruned += orders.length;
            continue;
          }
          candidate.active = active;
          const spilling = operands + outputBufferBytes(problem, outputTile, outputTiles, sumsOutside, true);
          for (const order of orders) {
            const bytes = spillsPartialSums(order, active) ? spilling : buffer;
            if (bytes > capacity) continue;
            candidate.order = order;
            pricer.price(candidate);
            if (!frontier.couldImprove(bytes, candidate.cycles, candidate.offChipBytes)) continue;
            frontier.add({
              dataflow: space.flow,
              split: space.split,
              pixelTile: pixel,
              groupTile: group.size,
              channelTile: sizes[k]!,
              reductionTile: reduction.size,
              order,
              bufferBytesPerCore: bytes,
              cycles: candidate.cycles,
              offChipBytes: candidate.offChipBytes,
              candidate: { ...candidate },
            });
          }
        }
      }
    }
  }
}
