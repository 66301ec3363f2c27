import { describe, expect, it } from 'vitest';
import type { LayerJson } from '../../src/index.js';
import { assignPrecision, buildNetwork, networkTotals } from '../../src/index.js';
import { importOnnx, onnxShapes } from '../../src/workload/onnx/index.js';
import { runtimeShapes } from './runtime-shapes.js';
import { fileOf, quantized, samples } from './samples/index.js';
import type { QuantizedSample } from './samples/index.js';

describe('every operator becomes the layers that compute it', () => {
  it.each(Object.entries(samples))('%s', (_, sample) => {
    const { network } = importOnnx(fileOf(sample), 'sample.onnx');
    expect(network.layers.map(tell)).toEqual(sample.layers);
    const { macs } = networkTotals(buildNetwork(network, 'sample.onnx'));
    if (sample.macs !== undefined) expect(macs).toBe(sample.macs);
  });
});

describe('shapes of every operator are those that a real runtime infers', () => {
  const known = Object.entries(samples).filter(([, { isForeign }]) => isForeign !== true);
  it.each(known)('%s', async (_, sample) => {
    const file = fileOf(sample);
    const runtime = await runtimeShapes(file, {});
    const own = onnxShapes(file, 'sample.onnx');
    expect(Object.fromEntries([...runtime].map(([name]) => [name, own.get(name)]))).toEqual(
      Object.fromEntries(runtime),
    );
  });
});

describe('bits that a file states', () => {
  it.each(Object.entries<QuantizedSample>(quantized))('%s', (_, sample) => {
    const { network, precision } = importOnnx(fileOf(sample), 'sample.onnx');
    const stated = Object.entries(precision?.layers ?? {}).map(
      ([name, { weightBits = '-', activationBits = '-' }]) => [name, `${weightBits} ${activationBits}`] as const,
    );
    expect(Object.fromEntries(stated)).toEqual(sample.bits);
    // They are a policy that the network can be given.
    expect(() => assignPrecision(buildNetwork(network, 'sample.onnx'), precision!)).not.toThrow();
  });

  it('are none where there is no quantizer', () => {
    expect(importOnnx(fileOf(samples['attention']!), 'sample.onnx').precision).toBeUndefined();
  });
});

/** `convolution 8x4x4 relu`. */
function tell(layer: LayerJson): string {
  const { channels, height, width } = layer.output ?? { channels: 0, height: 0, width: 0 };
  const details = [
    'function' in layer ? layer.function : '',
    'mode' in layer ? layer.mode : '',
    'over' in layer ? layer.over.join() : '',
    'axis' in layer ? layer.axis : '',
    layer.kind === 'copy' && layer.output === undefined ? '(all)' : `${channels}x${height}x${width}`,
    'activation' in layer && layer.activation !== 'none' ? layer.activation : '',
  ];
  return [layer.kind, ...details.filter((detail) => detail !== '' && detail !== undefined)].join(' ');
}
