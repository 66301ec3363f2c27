import { describe, expect, it } from 'vitest';
import { input, node, onnxFile } from '../../../test/fixtures/onnx-file.js';
import { importNetwork } from '../import-network.js';
import { onnx } from './importer.js';

const file = onnxFile({ inputs: [input('x', ['N', 'size'])], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] });
const content = { bytes: file, text: () => undefined };

describe('onnx among the importers', () => {
  it('knows its files by their first bytes', () => {
    expect(onnx.sniff(content)).toBe(true);
    for (const text of ['', '{ "name": 1 }', 'a,b,c', '\b', '\b\b\b'])
      expect(onnx.sniff({ bytes: new TextEncoder().encode(text), text: () => text })).toBe(false);
  });

  it.each(['net.onnx', 'NET.ONNX', 'net'])('reads %s', (source) => {
    const { form, network } = importNetwork(content, source, { dimensions: { size: 4 } }, { onnx });
    expect(form).toBe('onnx');
    expect(network.layers).toHaveLength(1);
  });

  it('is not there unless it is given', () => {
    // What it would take is told all the same.
    expect(() => importNetwork(content, 'net.onnx')).toThrow(/holds no network that can be read: .*ONNX \(\.onnx\)/);
  });
});
