import {
  type ActivationShape,
  gridOf,
  type LevelGrid,
  type PactActivation,
  pactBackward,
  pactForward,
} from '../../../index.js';
import { type FeatureMaps, type Parameter, parameterOf, reuse, type TrainingLayer } from './layer.js';

/**
 * Clips to [0, a] and rounds: PACT where a is learned, a fixed clip where it stays as it was set. One a for the layer.
 */
export class ClippedActivation implements TrainingLayer {
  readonly parameters: readonly Parameter[];
  readonly memories = [];
  readonly #level: Parameter;
  readonly #activation: PactActivation;
  #input: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;

  /** @param bits null: clipped, not rounded */
  readonly name: string;

  constructor(name: string, bits: number | null, startLevel: number, isLearned: boolean) {
    this.name = name;
    this.#level = parameterOf(`${name}.clipLevel`, 'clipping', Float32Array.of(startLevel));
    this.#activation = { scope: 'layer', bits, clipLevels: this.#level.values };
    this.parameters = isLearned ? [this.#level] : [];
  }

  /** The clipping level as it is. */
  get clipLevel(): number {
    return this.#level.values[0]!;
  }

  /** The levels that its outputs have; null where they are not rounded. */
  get grid(): LevelGrid | null {
    return this.#activation.bits === null ? null : gridOf('unsigned', this.#activation.bits, this.clipLevel);
  }

  forward(input: FeatureMaps): FeatureMaps {
    this.#input = input;
    const output = (this.#output = reuse(this.#output, input));
    pactForward(this.#activation, shapeOf(input), input.values, output.values);
    return output;
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const input = this.#input!;
    const byInput = (this.#gradient = reuse(this.#gradient, input));
    const shape = shapeOf(input);
    pactBackward(this.#activation, shape, input.values, gradient.values, byInput.values, this.#level.gradient);
    return byInput;
  }
}

/** With one level for the layer the order of the axes does not matter. */
function shapeOf({ values }: FeatureMaps): ActivationShape {
  return { samples: 1, channels: 1, positions: values.length };
}
