import type { NetworkJson } from '../../schema.js';
import { CnnGraph } from './graph.js';
import type { Learned } from './graph.js';

/** A convolutional network: what it is called, where its shapes are from, and how its layers are laid. */
export interface CnnDesign {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  /** Rows and columns of the image, which has three channels. */
  readonly image: number;
  /** Adds the layers; the image is `image`. */
  readonly layers: (graph: CnnGraph) => void;
}

export function buildCnn(design: CnnDesign): NetworkJson {
  const { name, description, source, image } = design;
  const { layers } = draw(design);
  return { name, description, source, inputs: [{ name: 'image', channels: 3, height: image, width: image }], layers };
}

/** What it learns that `buildCnn` does not show: biases and batch normalisation cost no time of their own. */
export function learnedBesideWeights(design: CnnDesign): Learned {
  return draw(design).learned;
}

function draw(design: CnnDesign): CnnGraph {
  const graph = new CnnGraph('image', 3);
  design.layers(graph);
  return graph;
}
