import type { Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';

/**
 * Bytes that pass between the busiest core's scratchpad and its array (or vector unit). Each operand is read once for
 * each position of the loops that reuse it, the stationary one once for each fold; positions that lie side by side in
 * the array share a read. These are SCALE-Sim's counts of SRAM accesses: no reuse between overlapping windows. Sums that
 * do not stay in the array are written at each fold of the reduction and read again before the next.
 */
export function scratchpadBytes(
  candidate: Candidate,
  problem: LayerProblem,
  channelFolds = candidate.channelFolds,
): number {
  const bits =
    problem.engine === 'array' ? arrayBits(candidate, problem, channelFolds) : vectorBits(candidate, problem);
  return Math.ceil(bits / 8);
}

function arrayBits(candidate: Candidate, problem: LayerProblem, channelFolds: number): number {
  const { nest, accumulatorBits } = problem;
  const { groupsPerCore, pixelsPerCore, channelsPerCore, streamTrips, restTrips } = candidate;
  const reduction = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  const trips = streamTrips + restTrips;
  const reuse = candidate.stream;
  const inputs = pixelsPerCore * reduction * (reuse === 'outputChannels' ? groupsPerCore * trips : channelFolds);
  const seconds = groupsPerCore * channelsPerCore * reduction * (reuse === 'pixels' ? trips : candidate.pixelFolds);
  const sums = groupsPerCore * pixelsPerCore * channelsPerCore;
  const outputBits =
    reuse === 'reduction'
      ? (2 * trips - 2) * accumulatorBits + problem.outputWidthBits
      : (2 * candidate.reductionFolds - 1) * accumulatorBits;
  return inputs * problem.inputWidthBits + seconds * problem.secondWidthBits + sums * outputBits;
}

function vectorBits(candidate: Candidate, problem: LayerProblem): number {
  const { nest } = problem;
  const read = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  return candidate.outputsPerCore * (read * problem.inputWidthBits + problem.outputWidthBits);
}
