/** What the vector unit does to each element where nothing else is said: one operation, a table look-up included. */
const SIMPLE = { operations: 1, fused: false } as const;

/** The same, and it may ride along with the layer that makes its input. */
const FUSED = { operations: 1, fused: true } as const;

/**
 * Functions of one tensor and the operations of the vector unit that each takes for an element. An operation is what a
 * lane does in one cycle: a multiply-add, a comparison, or a look-up in a table of a non-linearity. Sums over an axis
 * count one for each element summed; what is done once for a whole row (a root, a reciprocal) is not counted. Functions
 * that take statistics of a whole map mix its rows; other sums run along channels.
 */
export const activationFunctions = {
  relu: FUSED,
  relu6: FUSED,
  'leaky-relu': FUSED,
  prelu: FUSED,
  clip: FUSED,
  elu: FUSED,
  selu: FUSED,
  sigmoid: FUSED,
  'hard-sigmoid': FUSED,
  tanh: FUSED,
  gelu: FUSED,
  silu: FUSED,
  mish: FUSED,
  'hard-swish': FUSED,
  softplus: FUSED,
  celu: SIMPLE,
  'log-sigmoid': SIMPLE,
  softsign: SIMPLE,
  threshold: SIMPLE,
  exponential: SIMPLE,
  logarithm: SIMPLE,
  'square-root': SIMPLE,
  reciprocal: SIMPLE,
  square: SIMPLE,
  absolute: SIMPLE,
  negate: SIMPLE,
  sign: SIMPLE,
  'error-function': SIMPLE,
  sine: SIMPLE,
  cosine: SIMPLE,
  round: SIMPLE,
  floor: SIMPLE,
  ceiling: SIMPLE,
  /** Multiplied by, or shifted by, constants. */
  scale: SIMPLE,
  /** Some elements replaced by a constant. */
  mask: SIMPLE,
  /** To another number format, or back. */
  quantize: SIMPLE,
  /** One multiply-add; statistics are constants at inference. */
  'batch-normalization': SIMPLE,
  /** Each of a pair is multiplied by a cosine, and its partner times a sine added. */
  rotary: { operations: 2, fused: false },
  /** Square and sum 1; times the reciprocal of the root 1; times the learnt scale 1. */
  'rms-normalization': { operations: 3, fused: false },
  /** Sum 1; minus the mean 1, square and sum 1; times the reciprocal of the deviation 1; scale and shift 1. */
  'layer-normalization': { operations: 5, fused: false },
  'group-normalization': { operations: 5, fused: false, mixesRows: true },
  'instance-normalization': { operations: 5, fused: false, mixesRows: true },
  /** Maximum 1; minus the maximum 1, exponential 1, sum 1; times the reciprocal of the sum 1. */
  softmax: { operations: 5, fused: false },
  /** As above, with minus the logarithm of the sum at the end. */
  'log-softmax': { operations: 5, fused: false },
  /** Square 1; sum over a window of 5 channels 4; scale and shift 1; power 1; product 1. */
  'local-response-normalization': { operations: 8, fused: false },
} as const satisfies Record<
  string,
  { readonly operations: number; readonly fused: boolean; readonly mixesRows?: boolean }
>;

export type ActivationFunction = keyof typeof activationFunctions;

export const activationFunctionNames = Object.keys(activationFunctions).filter(
  (name): name is ActivationFunction => name in activationFunctions,
);

/** Non-linearities that cost nothing on the way out of the array or the vector unit. */
export const fusedFunctionNames = activationFunctionNames.filter((name) => activationFunctions[name].fused);
