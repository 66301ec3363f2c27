import type { JsonPath } from '../../json/index.js';
import { entryKindOf, isLayerKind, layerKindOf } from '../kinds/index.js';
import type { ActivationFunction, Report } from '../kinds/index.js';
import type { LayerJson, NetworkJson } from '../schema.js';
import type { TensorShape } from '../tensor-shape.js';

/** Zeros around a map. */
export interface Zeros {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a layer of the file makes, as later ones see it. */
export interface Value {
  /** Of a layer or an input of the network. */
  readonly tensor: string;
  readonly shape: TensorShape;
  /** Nothing else reads the tensor, so the layer that makes it may do more to it. */
  readonly alone: boolean;
  /** Zeros that a window behind it takes along, so that no layer has to write them. */
  readonly zeros?: Zeros;
}

/** The network so far. */
export class Graph {
  readonly inputs: NetworkJson['inputs'] = [];
  readonly layers: LayerJson[] = [];
  /** Where each of `inputs` and of `layers` stands in the file. */
  readonly inputPaths: JsonPath[] = [];
  readonly layerPaths: JsonPath[] = [];
  readonly #places = new Map<string, number>();

  input(name: string, shape: TensorShape, path: JsonPath): Value {
    this.inputs.push({ name, ...shape });
    this.inputPaths.push(path);
    return { tensor: name, shape, alone: true };
  }

  /** Adds a layer; undefined where its kind finds something wrong, which is reported. */
  add(layer: LayerJson, read: readonly Value[], path: JsonPath, report: Report): Value | undefined {
    const kind = entryKindOf(layer.kind);
    const parsed = kind.schema.safeParse(layer);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) report(issue.path.map(String), issue.message);
      return undefined;
    }
    const shapes = read.map((value) => value.shape);
    const geometry = kind.infer(parsed.data, shapes, report);
    if (geometry === undefined) return undefined;
    this.#places.set(layer.name, this.layers.length);
    this.layers.push(layer);
    this.layerPaths.push(path);
    return { tensor: layer.name, shape: geometry.output, alone: true };
  }

  /** Lets the layer that makes a value apply a function on its way out; false where it cannot. */
  fuse(value: Value, name: ActivationFunction): boolean {
    const place = this.#places.get(value.tensor);
    if (place === undefined || !value.alone) return false;
    const layer = this.layers[place]!;
    if ('activation' in layer) return false;
    const fused = entryKindOf(layer.kind).schema.safeParse({ ...layer, activation: name });
    if (!fused.success) return false;
    this.layers[place] = Object.assign({ ...layer }, { activation: name });
    return true;
  }

  /** The layer that makes a value has weights that a scale and shift of its channels can be folded into. */
  folds(value: Value): boolean {
    const place = this.#places.get(value.tensor);
    const layer = place === undefined ? undefined : this.layers[place]!;
    if (layer === undefined || !value.alone || 'activation' in layer || !isLayerKind(layer.kind)) return false;
    return layerKindOf(layer.kind).secondOperand === 'weights';
  }
}
