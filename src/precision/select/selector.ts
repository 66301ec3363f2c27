import type { Network } from '../../workload/network.js';

/** What an entry of a precision file speaks of. */
export interface Selected {
  /** Indices of layers. */
  readonly layers: readonly number[];
  /** Indices of tensors, where the entry speaks of values that are stored, whoever makes and reads them. */
  readonly tensors: readonly number[];
}

/** Why an entry selects nothing. */
export interface Miss {
  readonly rule: string;
  readonly hint?: string;
}

/** One way in which an entry says what it speaks of. `Selection` is what the file says, as plain data. */
export interface Selector<Selection> {
  readonly description: string;
  /** It names one layer, so that what it states has to suit it; else it may meet layers of many kinds. */
  readonly names: boolean;
  /** @throws AccelsimError if what the file says cannot be understood */
  select(network: Network, selection: Selection): Selected;
  /** The same for a layer that the network calls `name`. */
  renamed(selection: Selection, name: string): Selection | { readonly by: 'name'; readonly name: string };
  /** @param suggest the nearest name there is; costs a look at all of them */
  miss(network: Network, selection: Selection, suggest: Suggest): Miss;
}

/** `did you mean conv1?`, of the names given; undefined where none is near, or enough has been suggested. */
export type Suggest = (name: string, names: readonly string[]) => string | undefined;

/** What most entries become that are said to be about a layer of the network. */
export function asName(_selection: unknown, name: string): { readonly by: 'name'; readonly name: string } {
  return { by: 'name', name };
}

export const NOTHING: Selected = { layers: [], tensors: [] };

export function onlyLayers(layers: readonly number[]): Selected {
  return { layers, tensors: [] };
}

export function layerNames(network: Network): string[] {
  return network.layers.map((layer) => layer.name);
}
