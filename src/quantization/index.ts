export { codesOf, formatOf, gridOf, levelCount, type LevelGrid, levelsOf } from './level-grid.js';
export {
  type IntegerFormat,
  layoutBits,
  type LevelLayout,
  type LevelLayoutName,
  levelLayouts,
  MAX_QUANTIZED_BITS,
} from './level-layout.js';
export {
  addPactPenaltyGradient,
  type PactActivation,
  pactBackward,
  pactForward,
  pactPenalty,
} from './pact-activation.js';
export { type ActivationShape, type PactScope, type PactScopeName, pactScopes } from './pact-scope.js';
export { type QuantizationError, quantizationError } from './quantization-error.js';
export {
  dequantize,
  type LevelRange,
  quantize,
  type QuantizedTensor,
  type Quantizer,
  type QuantizerName,
  type QuantizerRequest,
  quantizers,
  rangeOf,
  type SawbCoefficients,
  sawbCoefficients,
} from './quantizer/index.js';
export {
  accumulatorBitsFor,
  accumulatorBitsOf,
  computeQuantized,
  type IntegerOperands,
  type IntegerSums,
  neededAccumulatorBits,
  sumIntegers,
} from './integer/index.js';
export {
  ACCURACY_NOTE,
  type PublishedAccuracy,
  publishedAccuracies,
  publishedAccuracyOf,
  publishedEdgeErrors,
} from './accuracy/index.js';
export {
  DEFAULT_LEAST_DB,
  type LayerStudy,
  sensitivityOfWeights,
  studyWeights,
  type WeightsAt,
  type WeightScheme,
  weightSchemes,
  weightWidths,
  type WeightStudy,
  type WeightStudyRequest,
} from './weights/index.js';
