import { refuse } from '../graph/refusal.js';
import { isSameShape } from '../graph/shapes.js';
import type { ActivationFunction } from '../../kinds/activation-functions.js';
import { inferUnary, placeActivation } from './activation.js';
import type { Operator } from './operator.js';

/** A normalisation by statistics of the input itself: a layer of its own. */
function normalization(name: ActivationFunction): Operator {
  return {
    infer: (operation) => [inferUnary(operation, false)],
    place: (operation, network) => placeActivation(operation, network, name),
  };
}

/** Its statistics are constants, so it goes into the weights of the layer before, if that is one. */
const batchNormalization: Operator = {
  infer(operation) {
    if (operation.integer('training_mode', 0) === 1) refuse('it is in training mode');
    return [inferUnary(operation, false)];
  },
  place(operation, network) {
    if (!network.absorb(operation, false)) placeActivation(operation, network, 'batch-normalization');
  },
};

/** A sum and the normalisation of it; the sum may be wanted too. */
function skipNormalization(name: ActivationFunction): Operator {
  return {
    infer(operation) {
      const { shape, type } = operation.input(0);
      if (!isSameShape(shape, operation.input(1).shape)) refuse('its two inputs are not of one shape');
      const statistics = { shape: [...shape.slice(0, -1), 1], type };
      return [{ shape, type }, statistics, statistics, { shape, type }];
    },
    place(operation, network) {
      const [first, second] = [operation.inputName(0), operation.inputName(1)];
      const layout = network.layoutOf(first);
      const inputs = [network.read(first, layout), network.read(second, layout)];
      const isSumWanted = operation.outputName(3) !== '';
      const options = isSumWanted ? { output: 3 } : { part: 'sum', makes: operation.result(0) };
      const input = network.add(operation, { kind: 'addition', inputs, activation: 'none' }, layout, options);
      network.add(operation, { kind: 'activation', function: name, input }, layout);
    },
  };
}

/** Normalisations, and the softmax that is one too. */
export const normalizations = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: normalization('instance-normalization'),
  MeanVarianceNormalization: normalization('instance-normalization'),
  GroupNormalization: normalization('group-normalization'),
  LayerNormalization: normalization('layer-normalization'),
  RMSNormalization: normalization('rms-normalization'),
  SimplifiedLayerNormalization: normalization('rms-normalization'),
  LpNormalization: normalization('rms-normalization'),
  LRN: normalization('local-response-normalization'),
  Softmax: normalization('softmax'),
  LogSoftmax: normalization('log-softmax'),
  Hardmax: normalization('softmax'),
  SkipLayerNormalization: skipNormalization('layer-normalization'),
  SkipSimplifiedLayerNormalization: skipNormalization('rms-normalization'),
} as const satisfies Record<string, Operator>;
