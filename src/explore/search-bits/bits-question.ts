import type { ArchSpec } from '../../arch/index.js';
import type { Objective } from '../../mapping/index.js';
import type { Mode } from '../../performance/index.js';
import type { SAME_BITS } from '../../precision/index.js';
import type { Network } from '../../workload/network.js';
import type { AdditiveFigureName, MinimisedFigureName } from './bit-figures.js';
import type { LayerLosses } from './layer-losses.js';

/** Which width should each layer have? */
export interface BitsQuestion {
  readonly arch: ArchSpec;
  readonly network: Network;
  readonly mode: Mode;
  /**
   * What mappings and residency are chosen for in all that is simulated; the fewest cycles where left out, whatever is
   * minimised.
   */
  readonly objective?: Objective | undefined;
  /** The machine's own where left out. */
  readonly bandwidthGBps?: number | undefined;
  /** Widths to choose from. */
  readonly bits: readonly number[];
  readonly edgeBits?: number | typeof SAME_BITS | undefined;
  readonly minimise: MinimisedFigureName;
  /** Most that the sum over layers may be, in the unit of the figure. */
  readonly budgets: Partial<Readonly<Record<AdditiveFigureName, number>>>;
  /** Of `sensitivityOf`; needed for a budget of loss. */
  readonly losses?: LayerLosses | undefined;
  /** Where the losses are from, such as a file: what messages call them. */
  readonly lossSource?: string | undefined;
  /** What a loss is, in words: of the sensitivity file, for reports. */
  readonly measure?: string | undefined;
  /** Times the whole network is simulated with each layer changed by itself; 0 for none, 3 where left out. */
  readonly rounds?: number | undefined;
}

/** A listener to how far a search has come: simulations done, and how many there may be. */
export type BitsProgress = (done: number, all: number) => void;
