import type { DataflowName } from '../arch/dataflow/index.js';
import type { CoreSplit } from './core-split.js';
import type { PixelTile } from './pixel-tiles.js';

/**
 * One mapping under consideration, as plain numbers. The search fills one such record over and over, because its inner
 * loop must not allocate; `Pricer` reads the geometry and writes the price.
 */
export interface Candidate {
  /** Geometry, written by the search. Trips are tiles along each loop of the busiest core. */
  groupTrips: number;
  pixelTrips: number;
  channelTrips: number;
  reductionTrips: number;
  /** Index into `loopOrders`. */
  order: number;
  /** Which of the three loops run more than once: bit 0 pixels, bit 1 output channels, bit 2 reduction. */
  active: number;
  /** Folds of one group over all tiles, and what each streams: array engine only. */
  folds: number;
  /** Sum over the stream's tiles of vectors streamed, lanes considered. */
  streamSteps: number;
  /** Tiles along the stream: each pays fill and drain. */
  streamTrips: number;
  /** Groups one core runs. */
  groupsPerCore: number;
  /** Whether a fold's stationary operand is shifted in before it. */
  preloads: boolean;
  /** Outputs the busiest core makes: vector engine only. */
  outputsPerCore: number;
  /** Elements that move when each is moved once: inputs with halos, over all cores. */
  inputElements: number;
  secondElements: number;
  outputElements: number;

  /** Price, written by the pricer. */
  computeCycles: number;
  /** What no order of these tiles can go below. */
  minimumCycles: number;
  minimumBytes: number;
  cycles: number;
  offChipBytes: number;
}

/** Puts prices on candidates. The mapping room searches; what a mapping costs is said by the room to its right. */
export interface Pricer {
  /**
   * Sets minimumCycles and minimumBytes to what no way of cutting the candidate's uncut loops can go below, its loops
   * that are cut staying as they are.
   */
  boundUncut(candidate: Candidate): void;
  /** Sets computeCycles, minimumCycles and minimumBytes; the loop order may still be open. */
  bound(candidate: Candidate): void;
  /** Sets cycles and offChipBytes for the candidate's loop order. */
  price(candidate: Candidate): void;
}

/** A mapping that was kept: its choices and its price. */
export interface Mapping {
  readonly dataflow: DataflowName | null;
  readonly split: CoreSplit;
  readonly pixelTile: PixelTile;
  readonly groupTile: number;
  readonly channelTile: number;
  readonly reductionTile: number;
  readonly order: number;
  readonly bufferBytesPerCore: number;
  readonly cycles: number;
  readonly offChipBytes: number;
  /** Geometry and price as they were considered. */
  readonly candidate: Readonly<Candidate>;
}

export function emptyCandidate(): Candidate {
  return {
    groupTrips: 1,
    pixelTrips: 1,
    channelTrips: 1,
    reductionTrips: 1,
    order: 0,
    active: 0,
    folds: 0,
    streamSteps: 0,
    streamTrips: 0,
    groupsPerCore: 1,
    preloads: false,
    outputsPerCore: 0,
    inputElements: 0,
    secondElements: 0,
    outputElements: 0,
    computeCycles: 0,
    minimumCycles: 0,
    minimumBytes: 0,
    cycles: 0,
    offChipBytes: 0,
  };
}
