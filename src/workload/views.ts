import { show } from '../errors.js';
import type { IssueList } from './issue-list.js';
import type { LayerGeometry, ViewGeometry } from './kinds/index.js';
import type { NetworkSpec } from './schema.js';
import { shapeElements } from './tensor-shape.js';
import type { TensorShape } from './tensor-shape.js';
import type { Wiring } from './wiring.js';

/**
 * For every tensor of the file the one that holds its elements: for a view the tensor it looks at, through other views
 * too, else itself. A view that no layer reads is an output of the network; so that its tensor leaves the chip, no
 * layer may read that either.
 */
export function seeThroughViews(
  spec: NetworkSpec,
  { inputs, order }: Wiring,
  geometries: readonly (LayerGeometry | ViewGeometry | undefined)[],
  issues: IssueList,
): readonly number[] {
  const first = spec.inputs.length;
  const bases = Array.from({ length: first + spec.layers.length }, (_, tensor) => tensor);
  const isView = (listed: number): boolean => geometries[listed]?.nest === null;
  // A view runs after what it looks at, so that is resolved already.
  for (const listed of order) if (isView(listed)) bases[first + listed] = bases[inputs[listed]![0]!]!;

  const read = new Set<number>();
  const moved = new Set<number>();
  for (const [listed, tensors] of inputs.entries()) {
    for (const tensor of tensors) read.add(tensor);
    if (!isView(listed)) for (const tensor of tensors) moved.add(bases[tensor]!);
  }
  for (const [listed, { name }] of spec.layers.entries()) {
    const base = bases[first + listed]!;
    if (!isView(listed) || read.has(first + listed)) continue;
    const field = ['layers', listed];
    if (base < first) issues.add(field, 'is read by no layer and shows an input of the network', show(name));
    else if (moved.has(base)) {
      const rule = `is read by no layer, and "${spec.layers[base - first]!.name}" that it shows is read: it cannot be an output too`;
      issues.add(field, rule, show(name), 'a layer of kind "copy" can');
    }
  }
  return bases;
}

/** Elements of each input that a layer reads; of one it reads more than once no more than there are. */
export function readElements(
  seen: readonly number[],
  bases: readonly number[],
  shapes: readonly TensorShape[],
): readonly number[] {
  const shown = new Set<number>();
  const counted = new Map<number, number>();
  return seen.map((tensor) => {
    if (shown.has(tensor)) return 0;
    shown.add(tensor);
    const base = bases[tensor]!;
    const before = counted.get(base) ?? 0;
    const elements = Math.min(shapeElements(shapes[tensor]!), shapeElements(shapes[base]!) - before);
    counted.set(base, before + elements);
    return elements;
  });
}
