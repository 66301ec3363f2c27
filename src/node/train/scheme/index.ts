import type { QuantizerName } from '../../../index.js';
import { ClippedActivation } from '../layers/clipped-activation.js';
import { ReluActivation } from '../layers/relu-activation.js';
import { exactWeights, roundedWeights, type WeightRounding } from './rounding.js';
import type { Scheme } from './scheme.js';

export type { Scheme, SchemeSettings } from './scheme.js';

/** Every scheme; `--scheme`, its help and the charts derive from the keys. Weights are DoReFa's unless said otherwise. */
export const schemes = {
  'full-precision': {
    description: 'nothing is rounded; ReLU',
    rounds: false,
    weights: () => exactWeights,
    activation: (name) => new ReluActivation(name, null),
  },
  relu: {
    description: 'ReLU, activations rounded over their whole range',
    rounds: true,
    weights: roundedBy('dorefa-weights'),
    activation: (name, bits) => new ReluActivation(name, bits),
  },
  'fixed-clip': {
    description: 'activations clipped at a level that is set beforehand',
    rounds: true,
    weights: roundedBy('dorefa-weights'),
    activation: (name, bits, { fixedLevel }) => new ClippedActivation(name, bits, fixedLevel, false),
  },
  dorefa: {
    description: 'DoReFa: activations clipped to [0, 1]',
    rounds: true,
    weights: roundedBy('dorefa-weights'),
    activation: (name, bits) => new ClippedActivation(name, bits, 1, false),
  },
  pact: {
    description: 'PACT: activations clipped at a learned level',
    rounds: true,
    weights: roundedBy('dorefa-weights'),
    activation: (name, bits, { startLevel }) => new ClippedActivation(name, bits, startLevel, true),
  },
  'pact-sawb': {
    description: 'PACT, with weights rounded by SAWB',
    rounds: true,
    weights: roundedBy('sawb'),
    activation: (name, bits, { startLevel }) => new ClippedActivation(name, bits, startLevel, true),
  },
} as const satisfies Record<string, Scheme>;

export type SchemeName = keyof typeof schemes;

export const schemeNames = Object.keys(schemes) as readonly SchemeName[];

function roundedBy(name: QuantizerName): (bits: number | null) => WeightRounding {
  return (bits) => (bits === null ? exactWeights : roundedWeights(name, bits));
}
