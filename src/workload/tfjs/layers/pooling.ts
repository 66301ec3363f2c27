import type { PerAxis } from '../layer-reader.js';
import { paddingOf } from './convolutions.js';
import { addLayer, onlyInput, plain } from './layer-class.js';
import type { LayerClass } from './layer-class.js';

type Pooling = 'max' | 'average';

/** `MaxPooling2D`, `AveragePooling1D`: the stride is the window where none is said. */
export function pooling(type: Pooling): LayerClass {
  return (context) => {
    const value = onlyInput(context);
    if (value === undefined) return undefined;
    const { config, layer } = context;
    const along = ({ rows, columns }: PerAxis): PerAxis =>
      value.shape.width === 1 ? { rows, columns: 1 } : { rows, columns };
    const kernel = along(config.pair('pool_size', 2));
    const stride = along(config.pair('strides', kernel));
    const padding = paddingOf(context, value);
    return addLayer(
      context,
      { name: layer.name, kind: 'pooling', input: value.tensor, type, kernel, stride, padding },
      [value],
    );
  };
}

export function globalPooling(type: Pooling): LayerClass {
  return (context) => {
    const value = plain(context, onlyInput(context));
    if (value === undefined) return undefined;
    return addLayer(
      context,
      { name: context.layer.name, kind: 'pooling', input: value.tensor, type, kernel: 'global' },
      [value],
    );
  };
}
