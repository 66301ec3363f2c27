import { formatShape, sameShape, shapeElements } from '../../tensor-shape.js';
import { addLayer, onlyInput, plain } from './layer-class.js';
import type { LayerClass } from './layer-class.js';

export const inputLayer: LayerClass = ({ config, layer, graph }) => {
  const shape = config.shape('batch_input_shape') ?? config.shape('batch_shape');
  if (shape === undefined) {
    config.complain('batch_input_shape', 'missing, the shape of the input');
    return undefined;
  }
  return graph.input(layer.name, shape, layer.path);
};

/** What changes nothing at inference. */
export const nothing: LayerClass = (context) => onlyInput(context);

/** Zeros around a map, which the window behind them takes along where there is one. */
export const zeroPadding: LayerClass = (context) => {
  const value = plain(context, onlyInput(context));
  if (value === undefined) return undefined;
  return { ...value, alone: false, zeros: context.config.zeros('padding') };
};

export const flatten: LayerClass = (context) => {
  const value = plain(context, onlyInput(context));
  if (value === undefined) return undefined;
  const output = { channels: shapeElements(value.shape), height: 1, width: 1 };
  if (sameShape(output, value.shape)) return value;
  return addLayer(context, { name: context.layer.name, kind: 'view', input: value.tensor, output }, [value]);
};

export const reshape: LayerClass = (context) => {
  const value = plain(context, onlyInput(context));
  const output = context.config.shape('target_shape');
  if (value === undefined || output === undefined) {
    if (value !== undefined) context.config.complain('target_shape', 'missing');
    return undefined;
  }
  if (sameShape(output, value.shape)) return value;
  if (shapeElements(output) !== shapeElements(value.shape)) {
    context.config.complain(
      'target_shape',
      `must have the elements of what it reads (${formatShape(value.shape)})`,
      formatShape(output),
    );
    return undefined;
  }
  return addLayer(context, { name: context.layer.name, kind: 'view', input: value.tensor, output }, [value]);
};

export const upSampling: LayerClass = (context) => {
  const value = plain(context, onlyInput(context));
  if (value === undefined) return undefined;
  const { config, layer } = context;
  const mode = config.word('interpolation', 'nearest') === 'bilinear' ? 'bilinear' : 'nearest';
  const scale = config.pair('size', 2);
  return addLayer(context, { name: layer.name, kind: 'resize', input: value.tensor, mode, scale }, [value]);
};
