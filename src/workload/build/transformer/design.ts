import type { NetworkJson } from '../../schema.js';
import type { ZooNetwork, ZooParameter, ZooValues } from '../zoo-network.js';
import type { TransformerGraph } from './graph.js';

/** A transformer: what it is called, where its sizes are from, and how its layers are laid. */
export interface TransformerDesign {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly parameters: Readonly<Record<string, ZooParameter>>;
  readonly draw: (values: ZooValues) => TransformerGraph;
  /** What it learns beside weights, biases and normalisations; weights that two layers share with a minus. */
  readonly others?: Readonly<Record<string, number>>;
}

export function transformer({ name, description, source, parameters, draw, others }: TransformerDesign): ZooNetwork {
  return {
    description,
    source,
    parameters,
    build: (values): NetworkJson => {
      const { inputs, layers } = draw(values);
      return { name, description, source, inputs, layers };
    },
    otherParameters: (values) => {
      const { biases, normalizations } = draw(values).learned;
      return { ...(biases === 0 ? {} : { biases }), normalisations: normalizations, ...others };
    },
  };
}

/** Positions of a text, or of the cache, that a network is built for. */
export function sequence(description: string, standard: number, maximum: number): { sequence: ZooParameter } {
  return { sequence: { description, default: standard, minimum: 1, maximum } };
}
