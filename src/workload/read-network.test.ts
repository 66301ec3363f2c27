import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test/fixtures/cpu-time.js';
import { AccelsimError } from '../errors.js';
import { buildNetwork, readNetwork } from './read-network.js';
import type { LayerJson, NetworkJson } from './schema.js';

const image = { name: 'image', channels: 3, height: 8, width: 8 };

type ConvolutionJson = Extract<LayerJson, { kind: 'convolution' }>;

function network(...layers: LayerJson[]): NetworkJson {
  return { name: 'n', inputs: [image], layers };
}

function convolution(name: string, input: string, more: Partial<ConvolutionJson> = {}): ConvolutionJson {
  return { name, kind: 'convolution', input, outputChannels: 16, kernel: 3, padding: 1, ...more };
}

/** The complaints about a network, without the source in front. */
function issuesOf(spec: NetworkJson): string[] {
  try {
    buildNetwork(spec, 'net');
  } catch (error) {
    if (error instanceof AccelsimError) return error.message.split('\n').map((line) => line.replace(/^net: /, ''));
    throw error;
  }
  return [];
}

describe('a network', () => {
  it('knows who makes and who reads each tensor', () => {
    const built = buildNetwork(
      network(convolution('a', 'image'), convolution('b', 'a'), { name: 'sum', kind: 'addition', inputs: ['a', 'b'] }),
    );
    expect(built.batch).toBe(1);
    expect(
      built.tensors.map(({ name, producer, consumers, elements }) => [name, producer, consumers, elements]),
    ).toEqual([
      ['image', -1, [0], 192],
      ['a', 0, [1, 2], 1024],
      ['b', 1, [2], 1024],
      ['sum', 2, [], 1024],
    ]);
    expect(built.layers.map(({ name, index, inputs, output }) => [name, index, inputs, output])).toEqual([
      ['a', 0, [0], 1],
      ['b', 1, [1], 2],
      ['sum', 2, [1, 2], 3],
    ]);
  });

  it('runs in the order of the file as far as it can', () => {
    const built = buildNetwork(
      network(convolution('c', 'b'), convolution('b', 'a'), convolution('z', 'image'), convolution('a', 'image')),
    );
    expect(built.layers.map((layer) => layer.name)).toEqual(['a', 'b', 'c', 'z']);
    expect(built.tensors.map((tensor) => tensor.name)).toEqual(['image', 'a', 'b', 'c', 'z']);
    expect(built.tensors.map((tensor) => tensor.producer)).toEqual([-1, 0, 1, 2, 3]);
    expect(built.layers[2]?.inputs).toEqual([2]);
  });

  it('may add a tensor to itself, and reads it once', () => {
    const built = buildNetwork(network({ name: 'twice', kind: 'addition', inputs: ['image', 'image'] }));
    expect(built.layers[0]?.inputs).toEqual([0, 0]);
    expect(built.tensors[0]?.consumers).toEqual([0]);
  });

  it('is a plain value', () => {
    const built = buildNetwork(
      network(convolution('a', 'image'), { name: 'r', kind: 'activation', input: 'image', function: 'relu' }),
    );
    expect(structuredClone(built)).toEqual(built);
    expect(JSON.parse(JSON.stringify(built))).toEqual(built);
    for (const tensor of built.tensors) expect(Object.keys(tensor.shape)).toEqual(['channels', 'height', 'width']);
  });
});

describe('what is refused of the graph', () => {
  it('names that are not unique', () => {
    expect(issuesOf(network(convolution('a', 'image'), convolution('image', 'a'), convolution('a', 'image')))).toEqual([
      'layers[1].name: must be unique; inputs[0] has this name too (found "image")',
      'layers[2].name: must be unique; layers[0] has this name too (found "a")',
    ]);
  });

  it('names that are nothing’s, with the nearest', () => {
    expect(
      issuesOf(
        network(
          convolution('conv1', 'Image'),
          { name: 'sum', kind: 'addition', inputs: ['conv1', 'conv2d'] },
          convolution('q', '__proto__'),
        ),
      ),
    ).toEqual([
      'layers[0].input: names neither a layer nor an input of the network (found "Image"); did you mean "image"?',
      'layers[1].inputs[1]: names neither a layer nor an input of the network (found "conv2d"); did you mean "conv1"?',
      'layers[2].input: names neither a layer nor an input of the network (found "__proto__")',
      'inputs[0].name: is read by no layer (found "image")',
    ]);
  });

  it('circles, told as the data flows', () => {
    const sum: LayerJson = { name: 'sum', kind: 'addition', inputs: ['image', 'b'] };
    expect(issuesOf(network(sum, convolution('a', 'sum'), convolution('b', 'a')))).toEqual([
      'layers[0]: waits for its own output: sum -> a -> b -> sum',
    ]);
    expect(
      issuesOf(network(convolution('a', 'image'), { name: 'sum', kind: 'addition', inputs: ['a', 'sum'] })),
    ).toEqual(['layers[1]: waits for its own output: sum -> sum']);
  });

  it('a network of nothing', () => {
    expect(issuesOf({ name: 'n', inputs: [], layers: [] })).toEqual([
      'inputs: must have at least 1 entry (found [])',
      'layers: must have at least 1 entry (found [])',
    ]);
  });

  it('inputs that nobody reads', () => {
    const spec = { ...network(convolution('a', 'image')), inputs: [image, { ...image, name: 'mask' }] };
    expect(issuesOf(spec)).toEqual(['inputs[1].name: is read by no layer (found "mask")']);
  });
});

describe('what is refused of the shapes', () => {
  it('declared sizes that do not follow, with the producer', () => {
    expect(
      issuesOf(
        network(
          convolution('a', 'image', { inputChannels: 4 }),
          convolution('b', 'a', { output: { channels: 16, height: 7, width: 8 } }),
          { name: 'fc', kind: 'linear', input: 'b', inputFeatures: 1024, outputFeatures: 10 },
        ),
      ),
    ).toEqual([
      'layers[0].inputChannels: must be the 3 channels of "image" (3x8x8) (found 4)',
      'layers[1].output: must be 16x8x8 (channels x height x width), made of "a" (16x8x8) (found 16x7x8)',
      'layers[2].inputFeatures: must be the 16 channels of "b" (16x8x8) (found 1024); did you mean "flatten": true?',
    ]);
  });

  it('shapes that cannot be joined', () => {
    const half = convolution('half', 'image', { stride: 2 });
    expect(
      issuesOf(
        network(
          convolution('a', 'image'),
          half,
          { name: 'sum', kind: 'addition', inputs: ['a', 'half', 'image'] },
          { name: 'cat', kind: 'concatenation', inputs: ['a', 'image', 'half'] },
        ),
      ),
    ).toEqual([
      'layers[2].inputs[1]: must have the shape of "a", 16x8x8, or 1 along an axis where it is repeated (found "half", 16x4x4)',
      'layers[2].inputs[2]: must have the shape of "a", 16x8x8, or 1 along an axis where it is repeated (found "image", 3x8x8)',
      'layers[3].inputs[2]: must have the height and width of "a" (16x8x8), 8x8 (found "half", 16x4x4)',
    ]);
  });

  it('groups that do not divide, kernels that do not fit, padding that fills a window', () => {
    expect(
      issuesOf(
        network(
          convolution('a', 'image', { groups: 2 }),
          convolution('b', 'image', { groups: 3 }),
          convolution('c', 'image', { kernel: 11 }),
          { name: 'p', kind: 'pooling', input: 'image', type: 'max', kernel: 2, stride: 2, padding: 2 },
          { name: 'q', kind: 'pooling', input: 'image', type: 'max', kernel: 2 },
          { name: 'g', kind: 'pooling', input: 'image', type: 'average', kernel: 'global', stride: 1 },
        ),
      ),
    ).toEqual([
      'layers[0].groups: must divide the 3 channels of "image" (found 2)',
      'layers[1].groups: must divide the 16 output channels (found 3)',
      'layers[2].kernel: must fit the padded input: it spans 11 rows, the input has 10',
      'layers[2].kernel: must fit the padded input: it spans 11 columns, the input has 10',
      'layers[3].padding: must be smaller than the kernel (2): a window of "image" (3x8x8) would hold nothing but padding',
      'layers[4].stride: missing; frameworks differ in what it would be (1 or the kernel), so it has to be said',
      'layers[5].stride: must be left out: a global window neither moves nor overhangs',
    ]);
  });

  it('factors that cannot be multiplied', () => {
    const spec: NetworkJson = {
      name: 'n',
      inputs: [
        { name: 'q', channels: 12, height: 5, width: 1 },
        { name: 'k', channels: 8, height: 5, width: 1 },
        image,
      ],
      layers: [
        { name: 's', kind: 'matmul', inputs: ['q', 'k'], groups: 4, transposeSecond: true },
        { name: 't', kind: 'matmul', inputs: ['q', 'k'], groups: 4 },
        { name: 'u', kind: 'matmul', inputs: ['q', 'image'], groups: 5 },
      ],
    };
    expect(issuesOf(spec)).toEqual([
      'layers[0].inputs[1]: must have 12 channels to be multiplied with "q" (12x5x1) (found "k", 8x5x1)',
      'layers[1].inputs[1]: must have 3 positions to be multiplied with "q" (12x5x1) (found "k", 8x5x1)',
      'layers[2].groups: must divide the 12 channels of "q" (found 5)',
      'layers[2].inputs[1]: must be a sequence, of width 1 (found "image", 3x8x8)',
      'layers[2].groups: must divide the 3 channels of "image" (found 5)',
    ]);
  });

  it('what follows from a wrong layer only if its author says what that should make', () => {
    const wrong = convolution('a', 'image', { kernel: 11 });
    const reader = convolution('b', 'a', { inputChannels: 32 });
    expect(issuesOf(network(wrong, reader))).toHaveLength(2);
    expect(issuesOf(network({ ...wrong, output: { channels: 16, height: 8, width: 8 } }, reader))[2]).toBe(
      'layers[1].inputChannels: must be the 16 channels of "a" (16x8x8) (found 32)',
    );
  });

  it('sizes that no computer could count', () => {
    const huge = { name: 'image', channels: 2 ** 24, height: 2 ** 10, width: 2 ** 10 };
    expect(issuesOf({ name: 'n', inputs: [huge], layers: [convolution('a', 'image')] })).toEqual([
      'inputs[0]: must have at most 2^40 elements (found "image": 17592186044416)',
    ]);
    const flat = { name: 'image', channels: 2 ** 20, height: 2 ** 10, width: 2 ** 10 };
    const layers: LayerJson[] = [
      { name: 'fc', kind: 'linear', input: 'image', outputFeatures: 2 ** 20, flatten: true },
      { name: 'wide', kind: 'linear', input: 'image', outputFeatures: 2 ** 24 },
      { name: 'deep', kind: 'linear', input: 'image', outputFeatures: 2 ** 20 },
    ];
    expect(issuesOf({ name: 'n', inputs: [flat], layers })).toEqual([
      'layers[0]: must have at most 2^40 weights (found "fc": 1.15e+18)',
      'layers[1]: must make at most 2^40 elements (found "wide": 17592186044416)',
      'layers[2]: must take less than 2^53 MACs (found "deep": 1.15e+18)',
    ]);
    expect(issuesOf(network(convolution('a', 'image', { outputChannels: 2 ** 24 + 1, stride: 0 })))).toEqual([
      'layers[0].outputChannels: must be at most 16777216 (found 16777217)',
      'layers[0].stride: must be at least 1 (found 0)',
    ]);
  });

  it('names that would break a table', () => {
    expect(
      issuesOf(network(convolution(' a', 'image'), convolution('b\nc', 'image'), convolution('', 'image'))),
    ).toEqual([
      'layers[0].name: must be a name: not empty, on one line, without control characters or a space at either end (found " a")',
      'layers[1].name: must be a name: not empty, on one line, without control characters or a space at either end (found "b\\nc")',
      'layers[2].name: must be a name: not empty, on one line, without control characters or a space at either end (found "")',
    ]);
  });
});

describe('readNetwork', () => {
  it('gives the place of each issue of the graph, in the order of the text', () => {
    const text = `{ "name": "n", "inputs": [{ "name": "image", "channels": 3, "height": 8, "width": 8 },
  { "name": "mask", "channels": 3, "height": 8, "width": 8 }],
"layers": [
  { "name": "a", "kind": "convolution", "input": "imgae", "outputChannels": 8, "kernel": 3 },
  { "name": "b", "kind": "convolution", "input": "image", "outputChannels": 8, "kernel": 9 }
] }`;
    expect(() => readNetwork(text, 'n.json')).toThrow(
      [
        'n.json:2:13: inputs[1].name: is read by no layer (found "mask")',
        'n.json:4:50: layers[0].input: names neither a layer nor an input of the network (found "imgae"); did you mean "image"?',
        'n.json:5:90: layers[1].kernel: must fit the padded input: it spans 9 rows, the input has 8',
      ].join('\n'),
    );
  });

  it('reads ten thousand layers in well under a second', () => {
    const layers = Array.from({ length: 10_000 }, (_, index) => convolution(`c${index + 1}`, `c${index}`));
    const text = JSON.stringify({ name: 'deep', inputs: [{ ...image, name: 'c0' }], layers: layers.toReversed() });
    const start = cpuMs();
    expect(readNetwork(text, 'deep.json').layers.at(-1)?.name).toBe('c10000');
    // Takes about 0.15 s; the bound only has to tell linear from quadratic on a busy machine.
    expect(cpuMs() - start).toBeLessThan(3000);
  });
});
