// An ONNX file as large as that of ResNet18: what takes the time is the graph, whatever the weights are.
import { input, node, onnxFile, weights } from '../test/fixtures/onnx-file.js';

const CHANNELS = 256;

/** Convolutions of a megabyte of weights each, every one followed by a normalisation and a non-linearity. */
export function largeOnnxFile(megabytes: number): Uint8Array {
  const sums = weights('s', [CHANNELS]);
  const layers = Array.from({ length: megabytes }, (_, index) => index);
  return onnxFile({
    inputs: [input('v0', ['N', CHANNELS, 56, 56])],
    outputs: [`v${megabytes}`],
    nodes: layers.flatMap((index) => [
      node('Conv', [`v${index}`, `w${index}`], [`c${index}`], { pads: [0, 0, 1, 1], kernel_shape: [2, 2] }),
      node('BatchNormalization', [`c${index}`, 's', 's', 's', 's'], [`n${index}`]),
      node('Relu', [`n${index}`], [`v${index + 1}`]),
    ]),
    // 256 x 256 x 2 x 2 numbers of 4 bytes.
    initializers: [sums, ...layers.map((index) => weights(`w${index}`, [CHANNELS, CHANNELS, 2, 2]))],
  });
}
