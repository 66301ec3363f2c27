import { macRate } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import type { Candidate, CoreSplit, LayerProblem, Mapping } from '../mapping/index.js';
import type { LayerBits } from '../precision/precision.js';
import { nestOperations, outputElements } from '../workload/loop-nest.js';
import type { PricedTraffic } from './priced-traffic.js';
import { wholeBytes } from './traffic.js';

/** MACs of operands of the same widths. */
export interface MacSum {
  readonly weightBits: number;
  readonly activationBits: number;
  readonly macs: number;
}

/** All that the energy of a layer, or of many, hangs on: sums over all cores, in which it is linear. */
export interface EnergySums {
  readonly macs: readonly MacSum[];
  /** Bits of operand and accumulator registers that are clocked, over all cycles that elements work. */
  readonly registerBits: number;
  /** Bytes that scratchpads read and write: for the arrays and vector units, and what arrives and leaves. */
  readonly scratchpadBytes: number;
  readonly sharedBufferBytes: number;
  /** Bytes that enter or leave the cores; what several cores get at once counts once. */
  readonly interconnectBytes: number;
  /** The same as each core sees it: what several cores get at once counts for each. */
  readonly deliveredBytes: number;
  readonly offChipBytes: number;
  readonly vectorOperations: number;
  readonly cycles: number;
}

/** What a schedule says of them, whatever the rate of the off-chip channel. */
export type ScheduleSums = Omit<EnergySums, 'cycles'>;

/** The sums of nothing: a component whose energy is null all the same is one that the machine's file does not give. */
export const NO_ENERGY_SUMS: EnergySums = {
  macs: [],
  registerBits: 0,
  scratchpadBytes: 0,
  sharedBufferBytes: 0,
  interconnectBytes: 0,
  deliveredBytes: 0,
  offChipBytes: 0,
  vectorOperations: 0,
  cycles: 0,
};

/** The sums of one layer under the mapping whose traffic was priced last. */
export function energySums(
  bits: LayerBits,
  problem: LayerProblem,
  mapping: Mapping,
  traffic: PricedTraffic,
  machine: Machine,
): ScheduleSums {
  const { split, candidate } = mapping;
  const deliveredBytes = bytesDelivered(problem, split, candidate, traffic, machine);
  return {
    ...fixedSums(bits, problem, machine),
    scratchpadBytes: engineBytes(problem, split, candidate, candidate.channelFolds) + deliveredBytes,
    sharedBufferBytes: machine.sharedBuffer === null ? 0 : traffic.sharedBytes,
    interconnectBytes: bytesSent(problem, candidate, traffic, machine),
    deliveredBytes,
    offChipBytes:
      traffic.inputBytes + traffic.secondBytes + traffic.outputBytes + traffic.partialSumBytes + traffic.prefetchBytes,
  };
}

/** Of a layer that moves nothing: what no mapping changes. */
export function fixedSums(bits: LayerBits, problem: LayerProblem, machine: Machine): ScheduleSums {
  const onArray = problem.engine === 'array';
  const macs = onArray ? nestOperations(problem.nest) : 0;
  return {
    macs: onArray ? [{ weightBits: bits.weightBits, activationBits: bits.activationBits, macs }] : [],
    registerBits: macs * registerBitsPerMac(bits, machine),
    scratchpadBytes: 0,
    sharedBufferBytes: 0,
    interconnectBytes: 0,
    deliveredBytes: 0,
    offChipBytes: 0,
    vectorOperations: onArray ? 0 : outputElements(problem.nest) * problem.vectorOperationsPerOutput,
  };
}

/**
 * An element clocks both its operand registers, as wide as it was built, and its accumulator in each cycle that it
 * works: narrow operands save what more lanes or fewer passes save, and no toggling of bits.
 */
function registerBitsPerMac({ weightBits, activationBits, accumulatorBits }: LayerBits, machine: Machine): number {
  const { lanes, passes } = macRate(machine, weightBits, activationBits);
  return ((2 * machine.designBits + accumulatorBits) * passes) / lanes;
}

/** What crosses the interconnect under a mapping, or at least. */
export type Loads = Pick<PricedTraffic, 'inputElements' | 'secondElements' | 'spilledBytes' | 'prefetchBytes'>;

/** Bytes that cross the interconnect, those that several cores get at once counted once; see `OtherPaths`. */
export function bytesSent(problem: LayerProblem, candidate: Candidate, loads: Loads, machine: Machine): number {
  return inputBytes(problem, loads) + secondBytes(problem, loads) + otherBytes(problem, candidate, loads, machine);
}

/** The same as cores write and read them: those that several get at once counted for each. */
export function bytesDelivered(
  problem: LayerProblem,
  { outputChannels, batch, outputRows }: CoreSplit,
  candidate: Candidate,
  loads: Loads,
  machine: Machine,
): number {
  // Where cores fetch one by one, their copies are counted already.
  const { multicast } = machine.interconnect;
  const inputReaders = multicast ? outputChannels : 1;
  const secondReaders = multicast ? batch * outputRows : 1;
  return (
    inputBytes(problem, loads) * inputReaders +
    secondBytes(problem, loads) * secondReaders +
    otherBytes(problem, candidate, loads, machine)
  );
}

function inputBytes(problem: LayerProblem, { inputElements }: Loads): number {
  return wholeBytes(inputElements, problem.inputBits + problem.sharedInputBits);
}

function secondBytes(problem: LayerProblem, { secondElements }: Loads): number {
  return wholeBytes(secondElements, problem.secondBits + problem.sharedSecondBits);
}

function otherBytes(
  problem: LayerProblem,
  candidate: Candidate,
  { spilledBytes, prefetchBytes }: Loads,
  machine: Machine,
): number {
  const outputs = wholeBytes(candidate.outputElements, problem.outputBits + problem.sharedOutputBits);
  return outputs + 2 * spilledBytes + (machine.sharedBuffer === null ? prefetchBytes : 0);
}

/**
 * Bytes that pass between the scratchpads and the arrays or vector units of all cores: each core's own share of
 * elements, and as many folds as the busiest core makes. For one core that is `scratchpadBytes` of delivery.
 */
export function engineBytes(
  problem: LayerProblem,
  split: CoreSplit,
  candidate: Candidate,
  channelFolds: number,
): number {
  const bits = problem.engine === 'array' ? arrayBits(problem, split, candidate, channelFolds) : vectorBits(problem);
  return Math.ceil(bits / 8);
}

function arrayBits(problem: LayerProblem, split: CoreSplit, candidate: Candidate, channelFolds: number): number {
  const { nest, accumulatorBits } = problem;
  const { stream, streamTrips, restTrips, pixelFolds, reductionFolds } = candidate;
  const trips = streamTrips + restTrips;
  const reduction = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  const pixels = nest.batch * nest.outputRows * nest.outputColumns;
  const inputSweeps =
    split.outputChannels * (stream === 'outputChannels' ? nest.groups * trips : split.groups * channelFolds);
  const secondSweeps = split.batch * split.outputRows * (stream === 'pixels' ? trips : pixelFolds);
  const sumBits =
    stream === 'reduction'
      ? (2 * trips - 2) * accumulatorBits + problem.outputWidthBits
      : (2 * reductionFolds - 1) * accumulatorBits;
  return (
    pixels * reduction * inputSweeps * problem.inputWidthBits +
    nest.groups * nest.outputChannels * reduction * secondSweeps * problem.secondWidthBits +
    outputElements(nest) * sumBits
  );
}

function vectorBits({ nest, inputWidthBits, outputWidthBits }: LayerProblem): number {
  const read = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  return outputElements(nest) * (read * inputWidthBits + outputWidthBits);
}
