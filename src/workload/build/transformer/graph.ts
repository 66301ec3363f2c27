import type { LayerJson, NetworkJson } from '../../schema.js';

/** A non-linearity that a layer takes along. */
type Fused = NonNullable<Extract<LayerJson, { kind: 'linear' }>['activation']>;

interface Sequence {
  readonly features: number;
  readonly positions: number;
}

/** What a network learns that is no weight of a layer. */
export interface LearnedBesideWeights {
  readonly biases: number;
  /** Scales, and shifts where there are such, of normalisations. */
  readonly normalizations: number;
}

/**
 * A network of sequences under construction. Every method adds a layer, a view or an input and returns its name; it
 * knows the size of everything made so far, so that builders need not repeat it.
 */
export class TransformerGraph {
  readonly inputs: NetworkJson['inputs'] = [];
  readonly layers: LayerJson[] = [];
  readonly #sequences = new Map<string, Sequence>();
  #biases = 0;
  #normalizations = 0;

  get learned(): LearnedBesideWeights {
    return { biases: this.#biases, normalizations: this.#normalizations };
  }

  featuresOf(tensor: string): number {
    return this.#sequenceOf(tensor).features;
  }

  /** Indices that are looked up: words, positions. */
  indices(name: string, positions: number): string {
    return this.input(name, 1, positions);
  }

  input(name: string, features: number, positions: number, role?: 'cache'): string {
    this.inputs.push({
      name,
      channels: features,
      height: positions,
      width: 1,
      ...(role === undefined ? {} : { role }),
    });
    this.#sequences.set(name, { features, positions });
    return name;
  }

  embedding(name: string, input: string, rows: number, features: number): string {
    return this.add({ name, kind: 'embedding', input, rows, features }, features, this.#sequenceOf(input).positions);
  }

  /** A matrix for each position; with a bias, unless it is said to have none. */
  linear(
    name: string,
    input: string,
    outputFeatures: number,
    { activation, bias = true }: { readonly activation?: Fused; readonly bias?: boolean } = {},
  ): string {
    if (bias) this.#biases += outputFeatures;
    const fused = activation === undefined ? {} : { activation };
    const { positions } = this.#sequenceOf(input);
    return this.add({ name, kind: 'linear', input, outputFeatures, ...fused }, outputFeatures, positions);
  }

  /** Layer normalisation learns a scale and a shift for each feature, that by the root mean square a scale. */
  normalization(name: string, input: string, type: 'layer-normalization' | 'rms-normalization'): string {
    this.#normalizations += this.featuresOf(input) * (type === 'layer-normalization' ? 2 : 1);
    return this.activation(name, input, type);
  }

  activation(name: string, input: string, type: Extract<LayerJson, { kind: 'activation' }>['function']): string {
    return this.#like(input, { name, kind: 'activation', input, function: type });
  }

  addition(name: string, inputs: string[]): string {
    return this.#like(inputs[0]!, { name, kind: 'addition', inputs });
  }

  product(name: string, inputs: [string, string]): string {
    return this.#like(inputs[0], { name, kind: 'elementwise', inputs, function: 'multiply' });
  }

  /** Writes keys or values where later steps find them. */
  writeCache(name: string, input: string): string {
    return this.#like(input, { name, kind: 'copy', input, role: 'cache' });
  }

  /** A part of a tensor, which moves nothing. */
  slice(name: string, input: string, features: number, positions = this.#sequenceOf(input).positions): string {
    const output = { channels: features, height: positions, width: 1 };
    return this.add({ name, kind: 'view', input, type: 'slice', output }, features, positions);
  }

  /** Square patches of an image side by side, each a position. */
  patches(name: string, image: string, features: number, size: number, positions: number): string {
    this.#biases += features;
    this.layers.push({ name, kind: 'convolution', input: image, outputChannels: features, kernel: size, stride: size });
    const output = { channels: features, height: positions, width: 1 };
    return this.add({ name: `${name}.flat`, kind: 'view', input: name, output }, features, positions);
  }

  /** Positions of one sequence after those of another. */
  joinPositions(name: string, inputs: string[]): string {
    const positions = inputs.reduce((sum, input) => sum + this.#sequenceOf(input).positions, 0);
    return this.add({ name, kind: 'concatenation', inputs, axis: 'rows' }, this.featuresOf(inputs[0]!), positions);
  }

  /** Softmax(queries x keys) x values, each head by itself; the scale is part of the queries' weights. */
  attention(name: string, heads: number, queries: string, keys: string, values: string): string {
    const { positions } = this.#sequenceOf(queries);
    const scores = this.add(
      { name: `${name}.scores`, kind: 'matmul', inputs: [queries, keys], groups: heads, transposeSecond: true },
      heads * this.#sequenceOf(keys).positions,
      positions,
    );
    const weights = this.activation(`${name}.softmax`, scores, 'softmax');
    return this.add(
      { name: `${name}.mix`, kind: 'matmul', inputs: [weights, values], groups: heads },
      this.featuresOf(values),
      positions,
    );
  }

  add(layer: LayerJson, features: number, positions: number): string {
    this.layers.push(layer);
    this.#sequences.set(layer.name, { features, positions });
    return layer.name;
  }

  #like(input: string, layer: LayerJson): string {
    const { features, positions } = this.#sequenceOf(input);
    return this.add(layer, features, positions);
  }

  #sequenceOf(tensor: string): Sequence {
    const sequence = this.#sequences.get(tensor);
    if (sequence === undefined) throw new Error(`no tensor ${tensor} yet`);
    return sequence;
  }
}
