import { describe, expect, it } from 'vitest';
import { resnet50 } from './build/resnet50.js';
import { buildNetwork, readNetwork } from './read-network.js';
import { writeNetwork } from './write-network.js';

describe('writeNetwork', () => {
  it('writes one input and one layer a line', () => {
    const text = writeNetwork({
      $schema: './schema.json',
      name: 'tiny',
      inputs: [{ name: 'x', channels: 3, height: 8, width: 8 }],
      layers: [
        { name: 'c', kind: 'convolution', input: 'x', outputChannels: 4, kernel: { rows: 3, columns: 1 } },
        { name: 's', kind: 'addition', inputs: ['c', 'c'], activation: 'relu' },
      ],
    });
    expect(text).toBe(`{
  "$schema": "./schema.json",
  "name": "tiny",
  "inputs": [
    { "name": "x", "channels": 3, "height": 8, "width": 8 }
  ],
  "layers": [
    { "name": "c", "kind": "convolution", "input": "x", "outputChannels": 4, "kernel": { "rows": 3, "columns": 1 } },
    { "name": "s", "kind": "addition", "inputs": ["c", "c"], "activation": "relu" }
  ]
}
`);
  });

  it.each(['v1', 'v1.5', 'preactivation'] as const)('writes what reads back the same: ResNet50 %s', (variant) => {
    const network = resnet50(variant);
    expect(JSON.parse(writeNetwork(network))).toEqual(network);
    expect(readNetwork(writeNetwork(network), 'x')).toEqual(buildNetwork(network));
  });
});
