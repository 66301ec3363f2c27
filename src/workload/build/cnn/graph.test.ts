import { describe, expect, it } from 'vitest';
import { CnnGraph } from './graph.js';

describe('CnnGraph', () => {
  it('pads by half the kernel, on each axis, unless told otherwise', () => {
    const graph = new CnnGraph('image', 3);
    graph.convolution('one', 'image', 4);
    graph.convolution('seven', 'image', 4, { kernel: 7 });
    graph.convolution('row', 'image', 4, { kernel: { rows: 1, columns: 7 } });
    graph.convolution('none', 'image', 4, { kernel: 3, padding: 0 });
    graph.convolution('same', 'image', 4, { kernel: 3, padding: 'same' });
    expect(graph.layers.map((layer) => ('padding' in layer ? layer.padding : undefined))).toEqual([
      undefined,
      3,
      { rows: 0, columns: 3 },
      undefined,
      'same',
    ]);
  });

  it('knows the channels of everything made', () => {
    const graph = new CnnGraph('image', 3);
    const a = graph.convolution('a', 'image', 8);
    const b = graph.depthwise('b', a, { kernel: 3 });
    const c = graph.concatenation('c', [a, b]);
    expect([a, b, c, graph.globalAverage('d', c)].map((name) => graph.channelsOf(name))).toEqual([8, 8, 16, 16]);
    expect(graph.layers[1]).toMatchObject({ groups: 8, outputChannels: 8 });
    expect(() => graph.channelsOf('e')).toThrow('no layer e yet');
  });

  it('counts what is learnt beside the weights', () => {
    const graph = new CnnGraph('image', 3);
    graph.convolution('a', 'image', 8);
    graph.convolution('b', 'a', 16, { perChannel: 'bias' });
    graph.convolution('c', 'b', 32, { perChannel: 'none' });
    graph.normalization('d', 'c');
    graph.linear('e', 'd', 10);
    // Two for each of 8 and of 32 channels; a bias for each of 16 channels and of 10 features.
    expect(graph.learned).toEqual({ normalizations: 80, biases: 26 });
  });
});
