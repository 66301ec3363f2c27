import { type FeatureMaps, type Memory, type Parameter, reuse, type TrainingLayer } from './layer.js';

/** Layers one after another. */
export class Sequence implements TrainingLayer {
  readonly parameters: readonly Parameter[];
  readonly memories: readonly Memory[];

  readonly name: string;
  readonly layers: readonly TrainingLayer[];

  constructor(name: string, layers: readonly TrainingLayer[]) {
    this.name = name;
    this.layers = layers;
    this.parameters = layers.flatMap((layer) => layer.parameters);
    this.memories = layers.flatMap((layer) => layer.memories);
  }

  forward(input: FeatureMaps, training: boolean): FeatureMaps {
    return this.layers.reduce((maps, layer) => layer.forward(maps, training), input);
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    return this.layers.reduceRight((maps, layer) => layer.backward(maps), gradient);
  }
}

/** The sum of two paths from the same input. A path without layers hands the input on. */
export class Residual implements TrainingLayer {
  readonly parameters: readonly Parameter[];
  readonly memories: readonly Memory[];
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;

  readonly name: string;
  readonly body: Sequence;
  readonly shortcut: Sequence;

  constructor(name: string, body: Sequence, shortcut: Sequence) {
    this.name = name;
    this.body = body;
    this.shortcut = shortcut;
    this.parameters = [...body.parameters, ...shortcut.parameters];
    this.memories = [...body.memories, ...shortcut.memories];
  }

  forward(input: FeatureMaps, training: boolean): FeatureMaps {
    const body = this.body.forward(input, training);
    const output = (this.#output = reuse(this.#output, body));
    return add(body, this.shortcut.forward(input, training), output);
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const body = this.body.backward(gradient);
    const byInput = (this.#gradient = reuse(this.#gradient, body));
    return add(body, this.shortcut.backward(gradient), byInput);
  }
}

function add(a: FeatureMaps, b: FeatureMaps, sum: FeatureMaps): FeatureMaps {
  for (let at = 0; at < sum.values.length; at += 1) sum.values[at] = a.values[at]! + b.values[at]!;
  return sum;
}
