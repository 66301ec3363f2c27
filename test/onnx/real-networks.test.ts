import { describe, expect, it } from 'vitest';
import { AccelsimError, buildNetwork, networkTotals } from '../../src/index.js';
import { importOnnx, onnxShapes } from '../../src/workload/onnx/index.js';
import { countMacs } from './counted-macs.js';
import { readPackageFile, realFiles } from './real-files.js';
import { runtimeShapes } from './runtime-shapes.js';

describe('real networks', () => {
  it.each(Object.entries(realFiles))('%s: shapes and MACs are those of a real runtime', async (_, file) => {
    const { path, dimensions } = file;
    const content = readPackageFile(path);
    const runtime = await runtimeShapes(content, dimensions);
    const own = onnxShapes(content, path, { dimensions });
    expect(Object.fromEntries([...runtime.keys()].map((name) => [name, own.get(name)]))).toEqual(
      Object.fromEntries(runtime),
    );
    const { network } = importOnnx(content, path, { dimensions });
    expect(networkTotals(buildNetwork(network, path)).macs).toBe(countMacs(content, runtime));
  });

  it.each(Object.entries(realFiles))('%s: non-linearities are fused, views are not layers', (_, file) => {
    const { network } = importOnnx(readPackageFile(file.path), file.path, { dimensions: file.dimensions });
    const { layersByKind, layers } = networkTotals(buildNetwork(network, file.path));
    expect(layersByKind).toMatchSnapshot();
    // Convolutions and products, not what surrounds them, make up a network.
    const { convolution = 0, linear = 0, matmul = 0 } = layersByKind;
    expect(convolution + linear + matmul).toBeGreaterThan(layers / 2);
  });

  it.each(['silero_vad_v5.onnx', 'silero_vad_legacy.onnx'])('%s is all control flow, and told so', (name) => {
    const content = readPackageFile(`@ricky0123/vad-web/dist/${name}`);
    expect(() => importOnnx(content, name)).toThrow(AccelsimError);
    expect(() => importOnnx(content, name)).toThrow(/If "If_\d+": control flow/);
  });

  it('an open size is asked for by its name and option', () => {
    const { path } = realFiles['PP-OCRv4, detection'];
    expect(() => importOnnx(readPackageFile(path), 'det.onnx')).toThrow(
      'det.onnx: input "x": leaves dimension "p2o.DynamicDimension.1" open; give it: --shape p2o.DynamicDimension.1=N',
    );
    const { network } = importOnnx(readPackageFile(path), 'det.onnx', { dimensions: { x: [1, 3, 320, 320] } });
    expect(network.inputs).toEqual([{ name: 'x', channels: 3, height: 320, width: 320 }]);
  });
});
