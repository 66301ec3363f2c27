import { show } from '../../../errors.js';
import { nearestName } from '../../../json/index.js';
import type { ActivationFunction } from '../../kinds/index.js';
import type { Value } from '../graph.js';
import { addLayer, onlyInput, plain } from './layer-class.js';
import type { LayerClass, LayerContext } from './layer-class.js';

/** Keras' names of functions; null for none. */
const FUNCTIONS: Readonly<Record<string, ActivationFunction | null>> = {
  linear: null,
  relu: 'relu',
  relu6: 'relu6',
  leaky_relu: 'leaky-relu',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  hard_sigmoid: 'hard-sigmoid',
  hardSigmoid: 'hard-sigmoid',
  hard_silu: 'hard-swish',
  hard_swish: 'hard-swish',
  tanh: 'tanh',
  swish: 'silu',
  silu: 'silu',
  gelu: 'gelu',
  gelu_new: 'gelu',
  mish: 'mish',
  softplus: 'softplus',
  softsign: 'softsign',
  exponential: 'exponential',
  softmax: 'softmax',
  log_softmax: 'log-softmax',
  logSoftmax: 'log-softmax',
};

/** Applies the function that a layer's config names to what it has made. */
export function activated(context: LayerContext, made: Value | undefined, field = 'activation'): Value | undefined {
  const word = context.config.word(field, 'linear');
  const known = Object.hasOwn(FUNCTIONS, word) ? FUNCTIONS[word] : undefined;
  if (known === undefined) {
    const nearest = nearestName(word, Object.keys(FUNCTIONS));
    context.report(
      ['config', field],
      'is a function that cannot be mapped',
      show(word),
      nearest === undefined ? undefined : `did you mean ${nearest}?`,
    );
    return undefined;
  }
  return known === null ? made : applied(context, made, known);
}

/** A function of its own layer, unless the layer before can take it along. */
export function applied(context: LayerContext, value: Value | undefined, name: ActivationFunction): Value | undefined {
  const read = plain(context, value);
  if (read === undefined) return undefined;
  if (context.graph.fuse(read, name)) return read;
  const taken = context.graph.layers.some((layer) => layer.name === context.layer.name);
  const own = taken ? `${context.layer.name}.${name}` : context.layer.name;
  return addLayer(context, { name: own, kind: 'activation', input: read.tensor, function: name }, [read]);
}

/** A layer that is a function. */
export function asFunction(name: ActivationFunction): LayerClass {
  return (context) => applied(context, onlyInput(context), name);
}

export const activation: LayerClass = (context) => activated(context, onlyInput(context));

/** `ReLU` with a limit, if that is 6. */
export const relu: LayerClass = (context) => {
  const limit = context.config.number('max_value');
  return applied(context, onlyInput(context), limit === 6 ? 'relu6' : limit === undefined ? 'relu' : 'clip');
};

/** At inference a scale and a shift of each channel: folded into the weights before it where there are some. */
export const batchNormalization: LayerClass = (context) => {
  const value = onlyInput(context);
  if (value !== undefined && value.zeros === undefined && context.graph.folds(value)) return value;
  return applied(context, value, 'batch-normalization');
};
