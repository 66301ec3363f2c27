import type { SensitivityTable } from '../../precision/sensitivity/index.js';
import type { WeightStudy } from './weight-study.js';

/** What `search-bits` takes of a study of weights, in words. */
const MEASURE =
  'quantization noise of the weights over their power (sum of squared errors / sum of squares), per layer';

/**
 * The losses of a study as a sensitivity table: noise over signal, 10^(-dB / 10), so that layers of any scale compare
 * and losses add up. It knows the weights alone: not how much the task depends on a layer, for which a user brings
 * measured losses in the same form.
 */
export function sensitivityOfWeights(study: WeightStudy, workload: string, source: string): SensitivityTable {
  return {
    measure: MEASURE,
    workload,
    source: `${source}, weights quantized by ${study.scheme} (${study.layout})`,
    layers: study.layers.map(({ layer, at }) => ({
      layer,
      losses: new Map(at.map(({ bits, signalToNoiseDb }) => [bits, 10 ** (-signalToNoiseDb / 10)])),
    })),
  };
}
