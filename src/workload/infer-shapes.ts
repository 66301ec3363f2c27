import type { IssueList } from './issue-list.js';
import { entryKindOf } from './kinds/index.js';
import type { LayerGeometry, ViewGeometry } from './kinds/index.js';
import type { NetworkSpec } from './schema.js';
import { formatShape, sameShape } from './tensor-shape.js';
import type { TensorShape } from './tensor-shape.js';
import { referencesOf } from './wiring.js';
import type { Wiring } from './wiring.js';

/**
 * Geometry of every layer and view, in the order of the file; undefined where it has an issue. What a layer with an issue would
 * have made is taken from what its author declares; without that, its readers are left unchecked.
 */
export function inferShapes(
  spec: NetworkSpec,
  { inputs, order }: Wiring,
  issues: IssueList,
): readonly (LayerGeometry | ViewGeometry | undefined)[] {
  const first = spec.inputs.length;
  const shapes: (TensorShape | undefined)[] = spec.inputs.map(({ channels, height, width }) => ({
    channels,
    height,
    width,
  }));
  const geometries: (LayerGeometry | ViewGeometry | undefined)[] = [];
  for (const index of order) {
    const layer = spec.layers[index]!;
    shapes[first + index] = layer.output;
    const read = inputs[index]!.map((tensor) => shapes[tensor]);
    if (!read.every((shape) => shape !== undefined)) continue;
    const geometry = entryKindOf(layer.kind).infer(layer, read, (field, rule, found, hint) => {
      issues.add(['layers', index, ...field], rule, found, hint);
    });
    geometries[index] = geometry;
    if (geometry === undefined) continue;
    shapes[first + index] = geometry.output;
    if (layer.output === undefined || sameShape(layer.output, geometry.output)) continue;
    const producers = referencesOf(layer).map(({ name }, at) => `"${name}" (${formatShape(read[at]!)})`);
    const rule = `must be ${formatShape(geometry.output)} (channels x height x width), made of ${producers.join(' and ')}`;
    issues.add(['layers', index, 'output'], rule, formatShape(layer.output));
  }
  return geometries;
}
