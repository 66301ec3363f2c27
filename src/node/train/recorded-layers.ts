import { codesOf, type LevelGrid, type LoopNest, type QuantizedTensor } from '../../index.js';
import { ClippedActivation } from './layers/clipped-activation.js';
import { Convolution } from './layers/convolution.js';
import type { FeatureMaps } from './layers/layer.js';
import type { Sequence } from './layers/sequence.js';

/** One layer of a trained network as hardware would be asked for it, and what training's own kernels make of it. */
export interface RecordedLayer {
  readonly name: string;
  readonly nest: LoopNest;
  /** By sample, channel, row and column. */
  readonly inputs: QuantizedTensor;
  /** By output channel, input channel, kernel row and column. */
  readonly weights: QuantizedTensor;
  /** Without the bias; by sample, output channel, row and column. */
  readonly outputs: Float64Array;
}

/**
 * Runs images through a network of clipped activations and keeps what each convolution and linear layer read and made.
 * @throws Error for a layer whose inputs or weights are not rounded, and for branches
 */
export function recordLayers(network: Sequence, images: FeatureMaps): RecordedLayer[] {
  const recorded: RecordedLayer[] = [];
  let grid: LevelGrid | null = null;
  let maps = images;
  for (const layer of network.layers) {
    const output = layer.forward(maps, false);
    if (layer instanceof ClippedActivation) ({ grid } = layer);
    if (layer instanceof Convolution) {
      const weights = layer.rounding.quantized(layer.weights.values);
      if (grid === null || weights === null) throw new Error(`${layer.name} is not rounded`);
      const inputs = { grid, codes: codesOf(grid, bySample(maps)) };
      const bias = layer.bias?.values;
      const positions = output.rows * output.columns;
      const outputs = bySample(output).map(
        (value, at) => value - (bias?.[Math.floor(at / positions) % output.channels] ?? 0),
      );
      recorded.push({ name: layer.name, nest: nestOf(layer, maps), inputs, weights, outputs });
    }
    maps = output;
  }
  return recorded;
}

function nestOf(layer: Convolution, maps: FeatureMaps): LoopNest {
  const { kernel, stride, padding, outputChannels } = layer.sizes;
  const { outputRows, outputColumns } = layer.windowShape(maps);
  return {
    batch: maps.samples,
    groups: 1,
    outputChannels,
    inputChannels: maps.channels,
    outputRows,
    outputColumns,
    kernelRows: kernel,
    kernelColumns: kernel,
    inputRows: maps.rows,
    inputColumns: maps.columns,
    strideRows: stride,
    strideColumns: stride,
    dilationRows: 1,
    dilationColumns: 1,
    paddingTop: padding,
    paddingLeft: padding,
  };
}

/** Training lays values channel by channel, hardware sample by sample. */
function bySample({ values, channels, samples, rows, columns }: FeatureMaps): Float64Array {
  const size = rows * columns;
  const turned = new Float64Array(values.length);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let sample = 0; sample < samples; sample += 1) {
      const from = (channel * samples + sample) * size;
      turned.set(values.subarray(from, from + size), (sample * channels + channel) * size);
    }
  }
  return turned;
}
