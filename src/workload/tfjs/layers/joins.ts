import { show } from '../../../errors.js';
import type { Value } from '../graph.js';
import { activated } from './activations.js';
import { addLayer, onlyInput, plain } from './layer-class.js';
import type { LayerClass, LayerContext } from './layer-class.js';

/** Each position by itself; flattened maps are one position. */
export const dense: LayerClass = (context) => {
  const value = plain(context, onlyInput(context));
  if (value === undefined) return undefined;
  const { config, layer } = context;
  const made = addLayer(
    context,
    { name: layer.name, kind: 'linear', input: value.tensor, outputFeatures: config.size('units') },
    [value],
  );
  return activated(context, made);
};

export const add: LayerClass = (context) => {
  const read = several(context);
  if (read === undefined) return undefined;
  const inputs = read.map((value) => value.tensor);
  return addLayer(context, { name: context.layer.name, kind: 'addition', inputs }, read);
};

/** Two at a time, as the vector unit takes them. */
export function elementwise(name: 'multiply' | 'subtract' | 'maximum' | 'minimum'): LayerClass {
  return (context) => {
    const read = several(context);
    if (read === undefined) return undefined;
    let made: Value | undefined = read[0];
    for (const [index, other] of read.slice(1).entries()) {
      if (made === undefined) return undefined;
      const own = index === read.length - 2 ? context.layer.name : `${context.layer.name}.${index}`;
      made = addLayer(
        context,
        { name: own, kind: 'elementwise', inputs: [made.tensor, other.tensor], function: name },
        [made, other],
      );
    }
    return made;
  };
}

export const concatenate: LayerClass = (context) => {
  const read = several(context);
  if (read === undefined) return undefined;
  const axis = context.config.number('axis') ?? -1;
  const rank = read[0]!.shape.width > 1 ? 3 : read[0]!.shape.height > 1 ? 2 : undefined;
  // Of maps the last axis is the third behind the batch; of features alone any that is named can only be theirs.
  if (axis !== -1 && rank !== undefined && axis !== rank && axis !== 3)
    context.config.complain('axis', 'must be that of the channels, the last', show(axis));
  const inputs = read.map((value) => value.tensor);
  return addLayer(context, { name: context.layer.name, kind: 'concatenation', inputs }, read);
};

function several(context: LayerContext): readonly Value[] | undefined {
  const read = context.inputs.map((value) => plain(context, value));
  if (read.length < 2) context.report(['inbound_nodes'], 'must read two layers or more', String(read.length));
  return read.length >= 2 && read.every((value) => value !== undefined) ? read : undefined;
}
