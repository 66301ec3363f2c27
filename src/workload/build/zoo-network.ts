import type { NetworkJson } from '../schema.js';

/** A number that a network of the zoo is built for, such as the length of a text. */
export interface ZooParameter {
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The numbers, by name. */
export type ZooValues = Readonly<Record<string, number>>;

/** A published network that a builder makes. */
export interface ZooNetwork {
  /** One line, of its default parameters. */
  readonly description: string;
  /** The publication or code that its shapes are from. */
  readonly source: string;
  /** What it is built for, by name; empty for a network of one size. */
  readonly parameters: Readonly<Record<string, ZooParameter>>;
  /** @param values every parameter, in its range */
  readonly build: (values: ZooValues) => NetworkJson;
  /**
   * What it learns that no layer shows (biases and normalisations cost no time of their own), by what it is. Weights
   * that two layers share, and both show, stand here with a minus.
   */
  readonly otherParameters: (values: ZooValues) => Readonly<Record<string, number>>;
}
