import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../read-network.js';
import type { Network } from '../network.js';
import { looksLikeScalesim, readScalesim } from './index.js';
import type { ScalesimReadingName } from './index.js';

const HEADER = 'Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,';

function read(rows: readonly string[], reading?: ScalesimReadingName): { network: Network; notes: readonly string[] } {
  const { network, notes, locate } = readScalesim(rows.join('\n'), 'nets/two.csv', reading);
  return { network: buildNetwork(network, 'nets/two.csv', locate), notes };
}

/** Height x width of the output of each layer. */
function outputs(network: Network): string[] {
  return network.layers.map(({ output }) => {
    const { height, width } = network.tensors[output]!.shape;
    return `${height}x${width}`;
  });
}

describe('a topology of convolutions', () => {
  // The first layers of a ResNet, not padded, as SCALE-Sim ships them.
  const rows = [HEADER, 'Conv1, 224, 224, 7, 7, 3, 64, 2,', 'Short, 56, 56, 1, 1, 64, 128, 2,'];

  it('is read as SCALE-Sim computes, unless told otherwise', () => {
    // ceil((224 - 7 + 2) / 2) = ceil(109.5) = 110; ceil((56 - 1 + 2) / 2) = ceil(28.5) = 29.
    const { network, notes } = read(rows);
    expect(network.name).toBe('two');
    expect(outputs(network)).toEqual(['110x110', '29x29']);
    expect(network.layers[0]!.macs).toBe(110 * 110 * 64 * 3 * 49);
    expect(notes[0]).toMatch(/^sizes are read as SCALE-Sim: .*--scalesim-reading same-padding/);
  });

  it('is read with the padding that keeps sizes, where asked for', () => {
    // floor((224 + 2 x 3 - 7) / 2) + 1 = 112; floor((56 - 1) / 2) + 1 = 28.
    const { network, notes } = read(rows, 'same-padding');
    expect(outputs(network)).toEqual(['112x112', '28x28']);
    expect(notes[0]).toMatch(/^sizes are read same padding/);
  });

  it('keeps a fully connected layer, whose filter is as large as its input, in either reading', () => {
    for (const reading of ['as-scalesim', 'same-padding'] as const)
      expect(outputs(read([HEADER, 'FC6, 7, 7, 7, 7, 512, 4096, 1,'], reading).network)).toEqual(['1x1']);
  });

  it('chains a layer to the one above only where sizes say so', () => {
    const { network, notes } = read([
      HEADER,
      'a, 8, 8, 1, 1, 4, 16, 1,', // 16 x 8 x 8
      'b, 8, 8, 3, 3, 16, 4, 1,', // reads a; makes 4 x 6 x 6
      'c, 8, 8, 3, 3, 4, 4, 1,', // wants 4 x 8 x 8
    ]);
    const read2 = network.layers.map((layer) => layer.inputs.map((tensor) => network.tensors[tensor]!.name));
    expect(read2).toEqual([['a.input'], ['a'], ['c.input']]);
    expect(notes[1]).toMatch(/^a topology has no graph: 1 of 3 layers read the layer above/);
  });

  it('takes a layer with DP in its name channel by channel', () => {
    const { network } = read([HEADER, 'Conv2_DP, 10, 10, 3, 3, 32, 1, 1,']);
    expect(network.layers[0]!.nest).toMatchObject({ groups: 32, inputChannels: 1, outputChannels: 1, outputRows: 8 });
  });

  it('takes the second stride of version 2 and passes over the sparsity of version 3, saying so', () => {
    const { network, notes } = read([HEADER, 'a, 9, 9, 1, 1, 4, 4, 2, 4,', 'b, 9, 9, 1, 1, 4, 4, 1, 2:4,']);
    expect(outputs(network)).toEqual(['5x3', '9x9']);
    expect(notes).toContain('sparsity is ignored, all weights count: line 3');
  });

  it('tolerates what SCALE-Sim would stumble over, and says what it skipped', () => {
    const { network, notes } = read([
      '\uFEFFLayer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,,,\r',
      ',,,,,,,,,,\r',
      'a,9,9,1,1,4,4,1,,,\r',
      'a,9,9,3,3,1,1,1,#dw\r',
      'b,9,9,1,1,4,4,1',
    ]);
    expect(network.layers.map((layer) => layer.name)).toEqual(['a', 'a.2', 'b']);
    expect(notes.slice(2)).toEqual([
      'line 2: skipped, nothing but commas',
      'line 3: empty columns behind the last are skipped',
      'line 4: the text behind the last comma is skipped, as by SCALE-Sim',
      'line 5: no comma ends the row, so SCALE-Sim itself would lose the last value',
      'names that stand there twice got a number: a.2',
    ]);
  });

  it.each([
    [
      'no header',
      ['Conv1, 8, 8, 3, 3, 4, 4, 1,', 'b, 8, 8, 3, 3, 4, 4, 1,'],
      'two.csv:1:1: must be a line of column names',
    ],
    ['no layers', [HEADER], 'two.csv:1:1: must have a layer below its header'],
    ['nothing', [''], 'two.csv:1:1: is empty'],
    ['something else', ['a,b', '1,2'], 'two.csv:1:1: must be the header of a SCALE-Sim topology'],
    ['a missing column', [HEADER, 'a, 8, 8, 3, 3, 4,'], 'two.csv:2:18: Num Filter: missing'],
    ['text in a number', [HEADER, 'a, 8, x8, 3, 3, 4, 4, 1,'], 'two.csv:2:7: IFMAP Width: must be a whole number'],
    ['a zero', [HEADER, 'a, 8, 8, 3, 3, 0, 4, 1,'], 'two.csv:2:16: Channels: must be a whole number from 1'],
    [
      'a huge size',
      [HEADER, 'a, 8, 8, 3, 3, 99999999999999999999, 4, 1,'],
      'Channels: must be a whole number from 1 to',
    ],
    ['one column too many', [HEADER, 'a, 8, 8, 3, 3, 4, 4, 1, 1, 7,'], 'two.csv:2:28: stands behind the last column'],
    ['a second stride without its comma', [HEADER, 'a, 8, 8, 3, 3, 4, 4, 1, 2'], 'two.csv:2:25: stands behind'],
    ['sparsity of nothing', [HEADER, 'a, 8, 8, 3, 3, 4, 4, 1, 0:4,'], 'two.csv:2:25: sparsity: must be N:M'],
    ['a layer without a name', [HEADER, ', 8, 8, 3, 3, 4, 4, 1,'], 'two.csv:2:1: Layer name: missing'],
    ['a bell in a name', [HEADER, 'a\u0007, 8, 8, 3, 3, 4, 4, 1,'], 'Layer name: must have no control characters'],
    ['a filter larger than its input', [HEADER, 'a, 8, 8, 9, 9, 4, 4, 1,'], 'two.csv:2:1: layers[0].kernel: must fit'],
  ])('is refused with %s', (_, rows2, message) => {
    expect(() => read(rows2)).toThrow(message);
  });
});

describe('a topology of matrix products', () => {
  it('has M positions, K features in and N out, and needs no comma at the end', () => {
    const { network, notes } = read(['Layer,M,N,K', 'q,197,768,64', 'r,197,10,768']);
    expect(network.layers.map((layer) => [layer.kind, layer.macs])).toEqual([
      ['linear', 197 * 768 * 64],
      ['linear', 197 * 10 * 768],
    ]);
    // r takes what q makes: 768 features at 197 positions.
    expect(network.tensors.filter((tensor) => tensor.producer < 0)).toHaveLength(1);
    expect(notes[0]).toMatch(/^a topology has no graph/);
  });

  it('has sizes that mean one thing only', () => {
    expect(() => read(['Layer,M,N,K,', 'q,1,2,3,'], 'same-padding')).toThrow('--scalesim-reading: means nothing');
  });

  it('is told by its first layer where its header says nothing', () => {
    expect(read(['w,x,y,z,', 'q,4,2,3,']).network.layers[0]!.kind).toBe('linear');
    expect(read(['w,x', 'q,4,4,1,1,2,3,1,']).network.layers[0]!.kind).toBe('convolution');
  });
});

describe('looksLikeScalesim', () => {
  it('goes by the header', () => {
    expect(looksLikeScalesim(`\uFEFF${HEADER}`)).toBe(true);
    expect(looksLikeScalesim('Layer, M, N, K,\n')).toBe(true);
    expect(looksLikeScalesim('layer,weightBits,activationBits,outputBits')).toBe(false);
    expect(looksLikeScalesim('{"a": [1, 2, 3, 4]}')).toBe(false);
  });
});
