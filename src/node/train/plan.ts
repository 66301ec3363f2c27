import type { ModelName } from './model/index.js';
import type { OptimizerName } from './optimizer/index.js';
import type { SchemeName } from './scheme/index.js';

/** One training, whole: with the images, all that its result depends on. */
export interface TrainingPlan {
  readonly network: ModelName;
  /** Of the first layer. */
  readonly channels: number;
  readonly scheme: SchemeName;
  /** Of weights and activations between the first and the last layer; null: not rounded. */
  readonly bits: number | null;
  /** Of the first and the last layer; null: not rounded. */
  readonly edgeBits: number | null;
  /** Of the start and of the order of images. */
  readonly seed: number;
  readonly epochs: number;
  /** Images between two steps. */
  readonly batch: number;
  readonly optimizer: OptimizerName;
  /** Learning rate at the start; falls to 0 along half a cosine. */
  readonly rate: number;
  /** L2 strength of weights. */
  readonly weightDecay: number;
  /** L2 strength of clipping levels. */
  readonly levelDecay: number;
  /** Learning rate of clipping levels, times that of weights. */
  readonly levelRate: number;
  /** Where learned clipping levels start. */
  readonly startLevel: number;
  /** The level of the scheme that keeps one. */
  readonly fixedLevel: number;
}

/** What is used where nothing else is said. */
export const defaultPlan: TrainingPlan = {
  network: 'svhn-small',
  channels: 6,
  scheme: 'pact',
  bits: 4,
  edgeBits: 8,
  seed: 1,
  epochs: 20,
  batch: 50,
  optimizer: 'adam',
  rate: 0.01,
  weightDecay: 1e-4,
  levelDecay: 0.01,
  levelRate: 10,
  startLevel: 10,
  fixedLevel: 2,
};

/** `pact 2 bits (edges 8) seed 1`. */
export function planLabel({ scheme, bits, edgeBits, seed }: TrainingPlan): string {
  const width = bits === null ? 'exact' : `${bits} bits`;
  const edges = bits === null || edgeBits === bits ? '' : ` (edges ${edgeBits ?? 'exact'})`;
  return `${scheme}, ${width}${edges}, seed ${seed}`;
}
