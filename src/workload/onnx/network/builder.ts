import { activationFunctions } from '../../kinds/activation-functions.js';
import type { ActivationFunction } from '../../kinds/activation-functions.js';
import type { LayerJson, NetworkJson } from '../../schema.js';
import type { Operation } from '../graph/operation.js';
import type { Readers } from '../graph/readers.js';
import { refuse } from '../graph/refusal.js';
import { statedBits } from '../graph/value.js';
import type { Value } from '../graph/value.js';
import type { LayerWidths } from '../precision.js';
import type { LayerFields, LayerOptions, SkippedNode } from './layer-fields.js';
import { arrange, likelyLayout } from './layout.js';
import type { Layout } from './layout.js';
import { Names } from './names.js';
import { baseOf, newSource } from './source.js';
import type { Source } from './source.js';
import { Views } from './views.js';

/** Where a value of the graph lies in the network. */
interface Place {
  readonly source: Source;
  readonly layout: Layout;
  /** The layer that made it, as long as nothing else reads what it made: it may still be changed. */
  readonly maker: Maker | undefined;
}

interface Maker {
  readonly layer: LayerJson;
  readonly folds: LayerOptions['folds'];
}

/** Zeros that a convolution adds itself. */
export interface FoldedPadding {
  readonly source: string;
  /** Before and after each axis. */
  readonly pads: readonly (readonly [number, number])[];
}

/** Turns operations into layers. Views are made where a layer wants a tensor in another shape than it was made in. */
export class NetworkBuilder {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #readers: Readers;
  readonly #names = new Names();
  readonly #places = new Map<string, Place>();
  readonly #inputs: Source[] = [];
  readonly #layers: LayerJson[] = [];
  readonly #views = new Views(this.#names, this.#layers);
  readonly #paddings = new Map<string, FoldedPadding>();
  readonly skipped: SkippedNode[] = [];
  readonly widths = new Map<string, LayerWidths>();
  /** By layer: the value of the graph that its weights are. */
  readonly weightNames = new Map<string, string>();
  readonly notes = new Set<string>();

  constructor(values: ReadonlyMap<string, Value>, readers: Readers) {
    this.#values = values;
    this.#readers = readers;
  }

  addInput(value: string): void {
    const source = newSource(this.#names.take(value));
    source.isWritten = true;
    this.#inputs.push(source);
    this.#places.set(value, { source, layout: likelyLayout(this.value(value).shape.length), maker: undefined });
  }

  value(name: string): Value {
    const found = this.#values.get(name);
    if (found === undefined) throw new Error(`"${name}" has no shape`);
    return found;
  }

  /** Whether a value has its place in the network. */
  holds(value: string): boolean {
    return this.#places.has(value);
  }

  layoutOf(value: string): Layout {
    return this.#placeOf(value).layout;
  }

  /** The name of a tensor of the network that holds a value in a layout. */
  read(value: string, layout: Layout = this.layoutOf(value)): string {
    const { source } = this.#placeOf(value);
    return this.#views.read(source, arrange(this.value(value).shape, layout));
  }

  /** A layer that makes an output of the operation, in a layout. Returns its name. */
  add(operation: Operation, fields: LayerFields, layout: Layout, options: LayerOptions = {}): string {
    const output = options.output ?? 0;
    const made = options.makes ?? operation.result(output);
    const title = operation.name || operation.outputNames.find((name) => name !== '') || operation.operator;
    const name = this.#names.take(options.part === undefined ? title : `${title}/${options.part}`);
    // Sound because a layer is its fields, a name and an output.
    const layer = { name, ...fields, output: arrange(made.shape, layout) } as LayerJson;
    this.#layers.push(layer);
    this.#noteWidths(name, operation, options.weights);
    const weights = operation.inputNames.find((_, at) => operation.has(at) && operation.input(at) === options.weights);
    if (weights !== undefined) this.weightNames.set(name, weights);
    if (options.makes === undefined) {
      const source = newSource(name, layer.output);
      source.isWritten = true;
      const value = operation.outputName(output);
      const maker = this.#isReadOnce(value) ? { layer, folds: options.folds } : undefined;
      this.#places.set(value, { source, layout, maker });
    }
    return name;
  }

  /** The output is an input, looked at in another way. */
  alias(operation: Operation, layout: Layout, reason: string, output = 0, input = operation.variableNames[0]!): void {
    const { source, maker } = this.#placeOf(input);
    const value = operation.outputName(output);
    this.#places.set(value, { source, layout, maker: this.#isReadOnce(value) ? maker : undefined });
    this.#skip(operation, reason);
  }

  /** The output is a part of an input, which is read where it lies. */
  slice(operation: Operation, layout: Layout, output = 0): void {
    const input = operation.variableNames[0]!;
    const { source } = this.#placeOf(input);
    const whole = { source, shape: arrange(this.value(input).shape, this.layoutOf(input)) };
    const value = operation.outputName(output);
    const part = newSource(this.#names.take(value), arrange(operation.result(output).shape, layout));
    this.#places.set(value, { source: { ...part, whole }, layout, maker: undefined });
    this.#skip(operation, 'a part of its input, read where it lies');
  }

  /** Whether the function could be given to the layer that makes the input, which applies it on the way out. */
  fuse(operation: Operation, activation: ActivationFunction): boolean {
    if (!activationFunctions[activation].fused) return false;
    const { maker, layout } = this.#placeOf(operation.variableNames[0]!);
    if (maker === undefined || !('activation' in maker.layer) || maker.layer.activation !== 'none') return false;
    maker.layer.activation = activation;
    this.alias(operation, layout, `fused into ${maker.layer.name}`);
    return true;
  }

  /**
   * Whether constants could be folded into the layer that makes the input.
   *
   * @param areNumbers a single number each, not one for each channel
   */
  absorb(operation: Operation, areNumbers: boolean): boolean {
    const { maker, layout } = this.#placeOf(operation.variableNames[0]!);
    if (maker?.folds === undefined) return false;
    const isActivated = 'activation' in maker.layer && maker.layer.activation !== 'none';
    // Weights take what each channel needs, as long as nothing lies between.
    if (!areNumbers && (maker.folds === 'numbers' || isActivated)) return false;
    this.alias(operation, layout, `folded into ${maker.layer.name}`);
    return true;
  }

  /** Operators that read an output; undefined where it is an output of the graph. */
  readersOf(operation: Operation, output = 0): readonly string[] | undefined {
    return this.#readers.of(operation.outputName(output))?.map((reader) => reader.operator);
  }

  /** The padding becomes that of the convolutions that read the output. */
  foldPadding(operation: Operation, pads: FoldedPadding['pads']): void {
    const source = operation.inputName(0);
    this.#paddings.set(operation.outputName(0), { source, pads });
    this.alias(operation, this.layoutOf(source), 'padding of the convolutions that read it');
  }

  foldedPadding(value: string): FoldedPadding | undefined {
    return this.#paddings.get(value);
  }

  note(sentence: string): void {
    this.notes.add(sentence);
  }

  /**
   * The network. An output of the graph that layers also read is copied out: what is read on chip would not be stored
   * otherwise.
   */
  finish(name: string, outputs: readonly string[]): NetworkJson {
    for (const value of outputs) {
      const place = this.#places.get(value);
      if (place === undefined) continue;
      const base = baseOf(place.source);
      if (!base.isRead || this.#inputs.includes(base)) continue;
      const input = this.read(value);
      this.#layers.push({ name: this.#names.take(`${value}/output`), kind: 'copy', input });
    }
    const inputs = this.#inputs.flatMap(({ name: input, shape, isRead }) =>
      isRead && shape !== undefined ? [{ name: input, ...shape }] : [],
    );
    return { name: this.#names.legal(name) || 'network', inputs, layers: this.#layers };
  }

  #noteWidths(name: string, operation: Operation, weights: Value | undefined): void {
    const inputs = operation.variableNames.map((input) => statedBits(this.value(input)));
    const stated = inputs.filter((bits) => bits !== undefined);
    const weightBits = weights && statedBits(weights);
    this.widths.set(name, {
      ...(weightBits === undefined ? {} : { weightBits }),
      ...(stated.length < inputs.length ? {} : { activationBits: Math.max(...stated) }),
    });
  }

  #skip({ name, outputNames, operator }: Operation, reason: string): void {
    this.skipped.push({ node: name || (outputNames[0] ?? ''), operator, reason });
  }

  #isReadOnce(value: string): boolean {
    return this.#readers.of(value)?.length === 1;
  }

  #placeOf(value: string): Place {
    const place = this.#places.get(value);
    if (place !== undefined) return place;
    if (this.value(value).isConstant)
      refuse(`its input "${value}" is a constant, where only a computed tensor is known`);
    throw new Error(`"${value}" was not placed before it is read`);
  }
}
