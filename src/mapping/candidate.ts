import type { Dataflow } from '../arch/dataflow/index.js';
import type { TileSpace } from './tile-space.js';

/**
 * One mapping under consideration, as plain numbers. The search fills one such record over and over, because its inner
 * loop must not allocate; `Pricer` reads the geometry and writes the price.
 */
export interface Candidate {
  /** The tile choice: a space, and places in its lists. Null where only mean tiles are known. */
  space: TileSpace | null;
  g: number;
  m: number;
  c: number;
  k: number;
  /** What follows from it, written by the search. Trips are tiles along each loop of the busiest core. */
  groupTrips: number;
  pixelTrips: number;
  channelTrips: number;
  reductionTrips: number;
  /** Index into `loopOrders`. */
  order: number;
  /** Which of the three loops run more than once: bit 0 pixels, bit 1 output channels, bit 2 reduction. */
  active: number;
  /** Operands whose tiles are double-buffered, and those that lie in the shared buffer as a whole: masks of OPERANDS. */
  doubled: number;
  staged: number;
  /** Fillings of the array with the stationary operand, over all tiles but those along the stream: array engine only. */
  folds: number;
  /** The class of loops that a fold runs through; of no matter on the vector unit. */
  stream: Dataflow['stream'];
  /** Positions that a fold runs through in each full tile along the stream, and how many such tiles there are. */
  streamSteps: number;
  streamTrips: number;
  /** The same of the rest tile, if there is one. */
  restSteps: number;
  restTrips: number;
  /** Turns the groups of the busiest core take. */
  groupFolds: number;
  /** Positions of each class of loops over all tiles; those of output channels over all groups of the core, too. */
  pixelFolds: number;
  reductionFolds: number;
  channelFolds: number;
  /** What channelFolds cannot go below, however groups and output channels that are whole are cut. */
  leastChannelFolds: number;
  /** Whether a fold's stationary operand is shifted in before it. */
  preloads: boolean;
  /** Operands or sums hop along these sides of the array, which each fold fills and drains: sum of (size - 1). */
  hops: number;
  /** Of the busiest core: groups, pixels, output channels of a group, and their product. */
  groupsPerCore: number;
  pixelsPerCore: number;
  channelsPerCore: number;
  outputsPerCore: number;
  /** Cores that each read a copy of their own of what they share: 1 where it is multicast. */
  inputCopies: number;
  secondCopies: number;
  /** Elements that move when each is moved once: inputs with halos, over all cores. */
  inputElements: number;
  /** Inputs without halos: what is staged as a whole. */
  wholeInputElements: number;
  secondElements: number;
  outputElements: number;

  /** Price, written by the pricer. */
  computeCycles: number;
  /** Of these, what the array waits for its first preload. */
  firstPreloadCycles: number;
  /** Cycles for which the busiest core can do nothing else: computeCycles, or more where its scratchpad is the limit. */
  busyCycles: number;
  /** Cycles for which its scratchpad is at work; 0 where that is never the limit. */
  deliveryCycles: number;
  /**
   * What no order, buffering or staging of these tiles can go below, whatever the rate of the off-chip channel: cycles and
   * bytes that wait for one another, by what computes, by what moves, and by what is single-buffered. See
   * `minimumCyclesAt`.
   */
  computedCycles: number;
  computedBytes: number;
  movedCycles: number;
  movedBytes: number;
  exposedCycles: number;
  exposedBytes: number;
  minimumBytes: number;
  /** Quanta of energy, but for leakage: written where the objective asks for it. */
  minimumEnergy: number;
  offChipBytes: number;
}

/** Operands as bits of a mask. */
export const INPUT = 1;
export const SECOND = 2;
export const OUTPUT = 4;
export const OPERANDS = INPUT | SECOND | OUTPUT;

/** The minimum of cycles that a pricer has set, with so many bytes per cycle of the off-chip channel. */
export function minimumCyclesAt(candidate: Candidate, bytesPerCycle: number): number {
  const computed = candidate.computedCycles + candidate.computedBytes / bytesPerCycle;
  const moved = candidate.movedCycles + candidate.movedBytes / bytesPerCycle;
  const exposed = candidate.exposedCycles + candidate.exposedBytes / bytesPerCycle;
  return Math.ceil(Math.max(computed, moved, exposed));
}

export function emptyCandidate(): Candidate {
  return {
    space: null,
    g: 0,
    m: 0,
    c: 0,
    k: 0,
    groupTrips: 1,
    pixelTrips: 1,
    channelTrips: 1,
    reductionTrips: 1,
    order: 0,
    active: 0,
    doubled: OPERANDS,
    staged: 0,
    folds: 0,
    stream: 'pixels',
    streamSteps: 0,
    streamTrips: 0,
    restSteps: 0,
    restTrips: 0,
    groupFolds: 1,
    pixelFolds: 0,
    reductionFolds: 0,
    channelFolds: 0,
    leastChannelFolds: 0,
    preloads: false,
    hops: 0,
    groupsPerCore: 1,
    pixelsPerCore: 0,
    channelsPerCore: 0,
    outputsPerCore: 0,
    inputCopies: 1,
    secondCopies: 1,
    inputElements: 0,
    wholeInputElements: 0,
    secondElements: 0,
    outputElements: 0,
    computeCycles: 0,
    firstPreloadCycles: 0,
    busyCycles: 0,
    deliveryCycles: 0,
    computedCycles: 0,
    computedBytes: 0,
    movedCycles: 0,
    movedBytes: 0,
    exposedCycles: 0,
    exposedBytes: 0,
    minimumBytes: 0,
    minimumEnergy: 0,
    offChipBytes: 0,
  };
}
