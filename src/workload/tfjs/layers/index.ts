import { activation, asFunction, batchNormalization, relu } from './activations.js';
import { convolution, depthwise, separable, transposed } from './convolutions.js';
import { add, concatenate, dense, elementwise } from './joins.js';
import type { LayerClass } from './layer-class.js';
import { globalPooling, pooling } from './pooling.js';
import { flatten, inputLayer, nothing, reshape, upSampling, zeroPadding } from './shapes.js';

/** Classes of Keras layers that can be mapped. */
export const layerClasses = {
  InputLayer: inputLayer,
  Conv1D: convolution,
  Conv2D: convolution,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  Dense: dense,
  MaxPooling1D: pooling('max'),
  MaxPooling2D: pooling('max'),
  AveragePooling1D: pooling('average'),
  AveragePooling2D: pooling('average'),
  GlobalMaxPooling1D: globalPooling('max'),
  GlobalMaxPooling2D: globalPooling('max'),
  GlobalAveragePooling1D: globalPooling('average'),
  GlobalAveragePooling2D: globalPooling('average'),
  Add: add,
  Multiply: elementwise('multiply'),
  Subtract: elementwise('subtract'),
  Maximum: elementwise('maximum'),
  Minimum: elementwise('minimum'),
  Concatenate: concatenate,
  BatchNormalization: batchNormalization,
  LayerNormalization: asFunction('layer-normalization'),
  Activation: activation,
  ReLU: relu,
  LeakyReLU: asFunction('leaky-relu'),
  PReLU: asFunction('prelu'),
  ELU: asFunction('elu'),
  ThresholdedReLU: asFunction('threshold'),
  Softmax: asFunction('softmax'),
  Rescaling: asFunction('scale'),
  ZeroPadding2D: zeroPadding,
  UpSampling2D: upSampling,
  Flatten: flatten,
  Reshape: reshape,
  Dropout: nothing,
  SpatialDropout1D: nothing,
  SpatialDropout2D: nothing,
  AlphaDropout: nothing,
  GaussianDropout: nothing,
  GaussianNoise: nothing,
  ActivityRegularization: nothing,
} as const satisfies Record<string, LayerClass>;
