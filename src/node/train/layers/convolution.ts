import { addProduct, addProductTransposed } from '../kernels/matrix-product.js';
import { gatherWindows, scatterWindows, type WindowShape } from '../kernels/windows.js';
import type { Random } from '../random.js';
import type { WeightRounding } from '../scheme/rounding.js';
import { type FeatureMaps, type Parameter, parameterOf, reuse, type TrainingLayer } from './layer.js';

export interface ConvolutionSizes {
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** Only where no normalisation follows. */
  readonly bias: boolean;
}

/** Columns of a matrix product at a time: windows of so many positions stay in the caches. */
const COLUMNS = 512;

/**
 * A convolution whose weights are rounded on every use; gradients go to the weights behind the rounding. A linear layer
 * is one with a 1x1 kernel over maps of one position.
 */
export class Convolution implements TrainingLayer {
  readonly parameters: readonly Parameter[];
  readonly memories = [];
  readonly weights: Parameter;
  readonly bias: Parameter | null;
  #input: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;
  #windows = new Float32Array(0);
  #windowGradient = new Float32Array(0);
  #piece = new Float32Array(0);
  readonly #rounded: Float32Array;
  readonly #roundedGradient: Float32Array;
  readonly #turned: Float32Array;

  readonly name: string;
  readonly sizes: ConvolutionSizes;
  readonly rounding: WeightRounding;

  constructor(name: string, sizes: ConvolutionSizes, rounding: WeightRounding, random: Random) {
    this.name = name;
    this.sizes = sizes;
    this.rounding = rounding;
    const { inputChannels, outputChannels, kernel } = sizes;
    const taps = inputChannels * kernel * kernel;
    // He et al. 2015 (arXiv:1502.01852): the variance that a ReLU keeps.
    const deviation = Math.sqrt(2 / taps);
    const values = Float32Array.from({ length: outputChannels * taps }, () => deviation * random.normal());
    this.weights = parameterOf(`${name}.weights`, 'weights', values);
    this.bias = sizes.bias ? parameterOf(`${name}.bias`, 'scale', new Float32Array(outputChannels)) : null;
    this.parameters = this.bias === null ? [this.weights] : [this.weights, this.bias];
    this.#rounded = new Float32Array(values.length);
    this.#roundedGradient = new Float32Array(values.length);
    this.#turned = new Float32Array(values.length);
  }

  forward(input: FeatureMaps): FeatureMaps {
    const shape = this.windowShape(input);
    const { outputChannels: rows } = this.sizes;
    const { outputRows, outputColumns } = shape;
    this.#input = input;
    this.rounding.round(this.weights.values, this.#rounded);
    const output = (this.#output = reuse(this.#output, {
      channels: rows,
      samples: input.samples,
      rows: outputRows,
      columns: outputColumns,
    }));
    const stride = input.samples * outputRows * outputColumns;
    for (let row = 0; row < rows; row += 1) {
      output.values.fill(this.bias?.values[row] ?? 0, row * stride, (row + 1) * stride);
    }
    this.#inPieces(shape, (first, end, from, to) => {
      gatherWindows(shape, input.values, first, end, this.#windows);
      addProduct(this.#rounded, this.#windows, output.values, { rows, inner: this.#taps(), from, to, stride });
    });
    return output;
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const input = this.#input!;
    const shape = this.windowShape(input);
    const rows = this.sizes.outputChannels;
    const inner = this.#taps();
    const stride = gradient.samples * gradient.rows * gradient.columns;
    this.#addBiasGradient(gradient.values, stride);
    transpose(this.#rounded, rows, inner, this.#turned);
    const byInput = (this.#gradient = reuse(this.#gradient, input));
    byInput.values.fill(0);
    this.#roundedGradient.fill(0);
    this.#inPieces(shape, (first, end, from, to) => {
      gatherWindows(shape, input.values, first, end, this.#windows);
      const block = { rows, inner, from, to, stride };
      addProductTransposed(gradient.values, this.#windows, this.#roundedGradient, block);
      const width = to - from;
      const piece = this.#pieceOf(gradient.values, block);
      this.#windowGradient.fill(0, 0, inner * width);
      addProduct(this.#turned, piece, this.#windowGradient, {
        rows: inner,
        inner: rows,
        from: 0,
        to: width,
        stride: width,
      });
      scatterWindows(shape, this.#windowGradient, first, end, byInput.values);
    });
    this.rounding.passBack(this.weights.values, this.#roundedGradient, this.weights.gradient);
    return byInput;
  }

  /** The layer's windows over these maps. */
  windowShape({ channels, samples, rows, columns }: Omit<FeatureMaps, 'values'>): WindowShape {
    const { kernel, stride, padding } = this.sizes;
    const outputRows = Math.floor((rows + 2 * padding - kernel) / stride) + 1;
    const outputColumns = Math.floor((columns + 2 * padding - kernel) / stride) + 1;
    return { channels, samples, rows, columns, kernel, stride, padding, outputRows, outputColumns };
  }

  #taps(): number {
    return this.sizes.inputChannels * this.sizes.kernel ** 2;
  }

  /** Whole samples at a time, with the columns that their outputs take. */
  #inPieces(shape: WindowShape, act: (first: number, end: number, from: number, to: number) => void): void {
    const positions = shape.outputRows * shape.outputColumns;
    const samples = Math.max(1, Math.min(shape.samples, Math.floor(COLUMNS / positions)));
    const size = this.#taps() * samples * positions;
    if (this.#windows.length < size) {
      this.#windows = new Float32Array(size);
      this.#windowGradient = new Float32Array(size);
    }
    for (let first = 0; first < shape.samples; first += samples) {
      const end = Math.min(shape.samples, first + samples);
      act(first, end, first * positions, end * positions);
    }
  }

  /** Columns `from` to `to` of every row, side by side. */
  #pieceOf(
    values: Float32Array,
    { rows, from, to, stride }: { rows: number; from: number; to: number; stride: number },
  ) {
    const width = to - from;
    if (this.#piece.length < rows * width) this.#piece = new Float32Array(rows * width);
    for (let row = 0; row < rows; row += 1) {
      this.#piece.set(values.subarray(row * stride + from, row * stride + to), row * width);
    }
    return this.#piece;
  }

  #addBiasGradient(values: Float32Array, stride: number): void {
    if (this.bias === null) return;
    for (let row = 0; row < this.sizes.outputChannels; row += 1) {
      let sum = 0;
      for (let at = row * stride; at < (row + 1) * stride; at += 1) sum += values[at]!;
      this.bias.gradient[row]! += sum;
    }
  }
}

function transpose(values: Float32Array, rows: number, columns: number, turned: Float32Array): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) turned[column * rows + row] = values[row * columns + column]!;
  }
}
