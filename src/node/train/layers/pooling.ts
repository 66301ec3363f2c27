import { type FeatureMaps, reuse, type TrainingLayer } from './layer.js';

/** The largest of each 2x2 square; an odd last row or column is left out. */
export class MaxPooling implements TrainingLayer {
  readonly parameters = [];
  readonly memories = [];
  #input: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;
  /** Place in the input of each output. */
  #places = new Int32Array(0);

  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  forward(input: FeatureMaps): FeatureMaps {
    this.#input = input;
    const [rows, columns] = [Math.floor(input.rows / 2), Math.floor(input.columns / 2)];
    const { channels, samples } = input;
    const output = (this.#output = reuse(this.#output, { channels, samples, rows, columns }));
    if (this.#places.length !== output.values.length) this.#places = new Int32Array(output.values.length);
    for (let plane = 0, at = 0; plane < channels * samples; plane += 1) {
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1, at += 1) {
          const corner = (plane * input.rows + 2 * row) * input.columns + 2 * column;
          let best = corner;
          for (const place of [corner + 1, corner + input.columns, corner + input.columns + 1]) {
            if (input.values[place]! > input.values[best]!) best = place;
          }
          this.#places[at] = best;
          output.values[at] = input.values[best]!;
        }
      }
    }
    return output;
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const byInput = (this.#gradient = reuse(this.#gradient, this.#input!));
    byInput.values.fill(0);
    for (let at = 0; at < gradient.values.length; at += 1) byInput.values[this.#places[at]!]! += gradient.values[at]!;
    return byInput;
  }
}

/** The mean of each channel's map: one position is left. */
export class MeanPooling implements TrainingLayer {
  readonly parameters = [];
  readonly memories = [];
  #input: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;

  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  forward(input: FeatureMaps): FeatureMaps {
    this.#input = input;
    const positions = input.rows * input.columns;
    const { channels, samples } = input;
    const output = (this.#output = reuse(this.#output, { channels, samples, rows: 1, columns: 1 }));
    for (let plane = 0; plane < output.values.length; plane += 1) {
      let sum = 0;
      for (let at = plane * positions; at < (plane + 1) * positions; at += 1) sum += input.values[at]!;
      output.values[plane] = sum / positions;
    }
    return output;
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const input = this.#input!;
    const positions = input.rows * input.columns;
    const byInput = (this.#gradient = reuse(this.#gradient, input));
    for (let plane = 0; plane < gradient.values.length; plane += 1) {
      byInput.values.fill(gradient.values[plane]! / positions, plane * positions, (plane + 1) * positions);
    }
    return byInput;
  }
}
