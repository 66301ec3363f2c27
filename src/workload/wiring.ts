import { show } from '../errors.js';
import { formatPath, nearestName } from '../json/index.js';
import type { JsonPath } from '../json/index.js';
import type { IssueList } from './issue-list.js';
import type { LayerSpecBase } from './kinds/index.js';
import { runOrder } from './run-order.js';
import type { NetworkSpec } from './schema.js';

/** A suggestion costs a look at every name, so a file full of wrong names gets only the first ones. */
const MAX_SUGGESTIONS = 20;

/** Who reads whom. Tensors are numbered: the network's inputs first, then the layers' outputs as listed. */
export interface Wiring {
  /** For each listed layer the tensors it reads; -1 where the name is nothing's. */
  readonly inputs: readonly (readonly number[])[];
  /** Listed layers in an order in which they can run. */
  readonly order: readonly number[];
}

/** Finds what every layer's inputs name; whatever keeps the layers from making a network becomes an issue. */
export function wire(spec: NetworkSpec, issues: IssueList): Wiring {
  const tensors = nameTensors(spec, issues);
  const read = new Set<number>();
  let suggestions = 0;
  const inputs = spec.layers.map((layer, index) =>
    referencesOf(layer).map(({ name, field }) => {
      const tensor = tensors.get(name) ?? -1;
      read.add(tensor);
      if (tensor < 0) {
        suggestions += 1;
        const others = suggestions > MAX_SUGGESTIONS ? [] : [...tensors.keys()].filter((other) => other !== layer.name);
        const near = nearestName(name, others);
        const hint = near === undefined ? undefined : `did you mean ${show(near)}?`;
        issues.add(['layers', index, ...field], 'names neither a layer nor an input of the network', show(name), hint);
      }
      return tensor;
    }),
  );
  for (const [index, { name }] of spec.inputs.entries()) {
    if (tensors.get(name) !== index || read.has(index)) continue;
    issues.add(['inputs', index, 'name'], 'is read by no layer', show(name));
  }

  const first = spec.inputs.length;
  const { order, cycles } = runOrder(
    inputs.map((list) => list.map((tensor) => tensor - first).filter((layer) => layer >= 0)),
  );
  for (const cycle of cycles) {
    // A cycle runs from reader to producer, but is told as the data flows.
    const names = [cycle[0]!, ...cycle.slice(1).toReversed()].map((index) => spec.layers[index]!.name);
    const told = names.length > 12 ? [...names.slice(0, 6), '...', ...names.slice(-5)] : names;
    issues.add(['layers', cycle[0]!], `waits for its own output: ${[...told, names[0]].join(' -> ')}`);
  }
  return { inputs, order };
}

/** The fields of a layer that name tensors. */
export function referencesOf(layer: LayerSpecBase): { readonly name: string; readonly field: JsonPath }[] {
  if (layer.inputs !== undefined) return layer.inputs.map((name, index) => ({ name, field: ['inputs', index] }));
  return layer.input === undefined ? [] : [{ name: layer.input, field: ['input'] }];
}

function nameTensors(spec: NetworkSpec, issues: IssueList): Map<string, number> {
  const owners = [
    ...spec.inputs.map(({ name }, index) => ({ name, path: ['inputs', index] })),
    ...spec.layers.map(({ name }, index) => ({ name, path: ['layers', index] })),
  ];
  const tensors = new Map<string, number>();
  for (const [tensor, { name, path }] of owners.entries()) {
    const before = tensors.get(name);
    if (before === undefined) {
      tensors.set(name, tensor);
      continue;
    }
    const owner = formatPath(owners[before]!.path);
    issues.add([...path, 'name'], `must be unique; ${owner} has this name too`, show(name));
  }
  return tensors;
}
