import { describe, expect, it } from 'vitest';
import type { Network } from '../network.js';
import { buildNetwork } from '../read-network.js';
import { networkTotals } from '../totals.js';
import { looksLikeTfjs, readTfjs } from './index.js';

interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes?: unknown;
}

/** A layer of a functional model, named and reading as Keras writes it. */
function layer(name: string, className: string, reads: readonly string[], config: object = {}): Layer {
  const inbound = reads.length === 0 ? [] : [reads.map((other) => [other, 0, 0, {}])];
  return { class_name: className, config: { name, ...config }, inbound_nodes: inbound };
}

const image = layer('image', 'InputLayer', [], { batch_input_shape: [null, 8, 8, 3] });

function model(...layers: readonly Layer[]): string {
  return JSON.stringify({
    modelTopology: { model_config: { class_name: 'Functional', config: { name: 'net', layers } } },
  });
}

function read(text: string): { network: Network; notes: readonly string[] } {
  const { network, notes, locate } = readTfjs(text, 'model.json');
  return { network: buildNetwork(network, 'model.json', locate), notes };
}

/** Kind and output of each layer, channels x height x width. */
function shapes(text: string): Record<string, string> {
  const { network } = read(text);
  return Object.fromEntries(
    network.layers.map(({ name, kind, output }) => {
      const { channels, height, width } = network.tensors[output]!.shape;
      return [name, `${kind} ${channels}x${height}x${width}`];
    }),
  );
}

describe('a functional model', () => {
  it('becomes layers, with normalisation folded, non-linearities fused and padding taken along', () => {
    // The stem of a MobileNet: pad 8x8 to 9x9, a 3x3 at stride 2 makes 4x4; then a depthwise block.
    const text = model(
      image,
      layer('pad', 'ZeroPadding2D', ['image'], {
        padding: [
          [0, 1],
          [0, 1],
        ],
      }),
      layer('conv', 'Conv2D', ['pad'], {
        filters: 16,
        kernel_size: [3, 3],
        strides: [2, 2],
        padding: 'valid',
        use_bias: false,
      }),
      layer('bn', 'BatchNormalization', ['conv']),
      layer('relu', 'ReLU', ['bn'], { max_value: 6 }),
      layer('dw', 'DepthwiseConv2D', ['relu'], { kernel_size: 3, padding: 'same', depth_multiplier: 1 }),
      layer('dw_bn', 'BatchNormalization', ['dw']),
      layer('pw', 'Conv2D', ['dw_bn'], { filters: 16, kernel_size: [1, 1], activation: 'linear' }),
      layer('add', 'Add', ['relu', 'pw']),
      layer('gap', 'GlobalAveragePooling2D', ['add']),
      layer('drop', 'Dropout', ['gap'], { rate: 0.5 }),
      layer('flat', 'Flatten', ['drop']),
      layer('head', 'Dense', ['flat'], { units: 10, activation: 'softmax' }),
    );
    expect(shapes(text)).toEqual({
      conv: 'convolution 16x4x4',
      dw: 'convolution 16x4x4',
      pw: 'convolution 16x4x4',
      add: 'addition 16x4x4',
      gap: 'pooling 16x1x1',
      head: 'linear 10x1x1',
      'head.softmax': 'activation 10x1x1',
    });
    const { network, notes } = read(text);
    // 16 x 16 x 27 + 16 x 16 x 9 + 16 x 16 x 16 + 160
    expect(networkTotals(network).macs).toBe(6912 + 2304 + 4096 + 160);
    expect(network.layers[0]).toMatchObject({ activation: 'fused', nest: { inputRows: 8, paddingTop: 0 } });
    expect(network.layers[1]).toMatchObject({ activation: 'none', nest: { groups: 16 } });
    expect(notes).toEqual([
      'folded into the layers beside them, or without work at inference: 1 ZeroPadding2D, 2 BatchNormalization, 1 ReLU, 1 Dropout, 1 Flatten',
    ]);
  });

  it('keeps what cannot be folded as layers: functions and scales of values that others read too', () => {
    const text = model(
      image,
      layer('conv', 'Conv2D', ['image'], { filters: 4, kernel_size: 1 }),
      layer('bn', 'BatchNormalization', ['conv']),
      layer('relu', 'Activation', ['bn'], { activation: 'relu' }),
      layer('sum', 'Add', ['conv', 'relu']),
      layer('tanh', 'Activation', ['sum'], { activation: 'tanh' }),
    );
    // The convolution is read twice; the sum once, so it takes the tanh along.
    expect(shapes(text)).toEqual({
      conv: 'convolution 4x8x8',
      bn: 'activation 4x8x8',
      relu: 'activation 4x8x8',
      sum: 'addition 4x8x8',
    });
  });

  it('writes zeros down where no window takes them', () => {
    const text = model(
      image,
      layer('pad', 'ZeroPadding2D', ['image'], { padding: 2 }),
      layer('gap', 'GlobalMaxPooling2D', ['pad']),
    );
    expect(shapes(text)).toEqual({ 'gap.padding': 'copy 3x12x12', gap: 'pooling 3x1x1' });
  });

  it('knows the other layers of images', () => {
    const text = model(
      image,
      layer('up', 'UpSampling2D', ['image'], { size: [2, 2], interpolation: 'bilinear' }),
      layer('sep', 'SeparableConv2D', ['up'], { filters: 6, kernel_size: 3, padding: 'same', activation: 'swish' }),
      layer('pool', 'AveragePooling2D', ['sep'], { pool_size: [2, 2] }),
      layer('back', 'Conv2DTranspose', ['pool'], { filters: 6, kernel_size: 3, strides: 2, padding: 'same' }),
      layer('cat', 'Concatenate', ['sep', 'back'], { axis: 3 }),
      layer('gate', 'Multiply', ['cat', 'cat']),
      layer('leaky', 'LeakyReLU', ['gate'], { alpha: 0.1 }),
      layer('shape', 'Reshape', ['leaky'], { target_shape: [256, 12] }),
      layer('seq', 'Conv1D', ['shape'], { filters: 5, kernel_size: [3], padding: 'same' }),
      layer('words', 'Dense', ['seq'], { units: 7 }),
    );
    expect(shapes(text)).toEqual({
      up: 'resize 3x16x16',
      'sep.depthwise': 'convolution 3x16x16',
      sep: 'convolution 6x16x16',
      pool: 'pooling 6x8x8',
      back: 'transposed-convolution 6x16x16',
      cat: 'concatenation 12x16x16',
      gate: 'elementwise 12x16x16',
      seq: 'convolution 5x256x1',
      words: 'linear 7x256x1',
    });
  });

  it('may be written by Keras 3', () => {
    const tensor = (name: string): object => ({
      class_name: '__keras_tensor__',
      config: { shape: [null, 8, 8, 3], keras_history: [name, 0, 0] },
    });
    const text = JSON.stringify({
      class_name: 'Functional',
      config: {
        layers: [
          { class_name: 'InputLayer', config: { name: 'image', batch_shape: [null, 8, 8, 3] }, inbound_nodes: [] },
          {
            class_name: 'Conv2D',
            config: { name: 'a', filters: 3, kernel_size: [1, 1] },
            inbound_nodes: [{ args: [tensor('image')], kwargs: {} }],
          },
          {
            class_name: 'Add',
            config: { name: 'b' },
            inbound_nodes: [{ args: [[tensor('image'), tensor('a')]], kwargs: {} }],
          },
        ],
      },
    });
    expect(shapes(text)).toEqual({ a: 'convolution 3x8x8', b: 'addition 3x8x8' });
  });

  it.each([
    [
      'layers that cannot be mapped, all of them',
      [image, layer('a', 'LSTM', ['image']), layer('b', 'Conv2d', ['image'])],
      /a: a class that cannot be mapped \(found "LSTM"\)\n.*b: a class that cannot be mapped \(found "Conv2d"\); did you mean Conv2D\?/,
    ],
    [
      'a layer used twice',
      [
        image,
        {
          ...layer('a', 'Conv2D', [], { filters: 1, kernel_size: 1 }),
          inbound_nodes: [[['image', 0, 0]], [['image', 0, 0]]],
        },
      ],
      /used several times cannot be mapped \(found 2\)/,
    ],
    [
      'a layer that reads nothing there is',
      [image, layer('a', 'Flatten', ['imag'])],
      /inbound_nodes: reads no layer of the model \(found "imag"\); did you mean image\?/,
    ],
    [
      'a layer that reads one behind it',
      [image, layer('a', 'Add', ['image', 'b']), layer('b', 'Flatten', ['a'])],
      /reads a layer that stands behind it \(found "b"\)/,
    ],
    [
      'an open size',
      [layer('image', 'InputLayer', [], { batch_input_shape: [null, null, null, 3] })],
      /batch_input_shape: must have one to three sizes that are all known/,
    ],
    [
      'no filters',
      [image, layer('a', 'Conv2D', ['image'], { kernel_size: 3 })],
      /config\.filters: must be a whole number from 1/,
    ],
    [
      'an unknown function',
      [image, layer('a', 'Activation', ['image'], { activation: 'rleu' })],
      /config\.activation: is a function that cannot be mapped \(found "rleu"\)/,
    ],
    [
      'a filter larger than its input',
      [image, layer('a', 'Conv2D', ['image'], { filters: 1, kernel_size: 9 })],
      /layers\[1\]\.kernel: must fit the padded input/,
    ],
    [
      'a name given twice',
      [image, layer('a', 'Flatten', ['image']), layer('a', 'Dense', ['image'], { units: 1 })],
      /must have a name of its own \(found "a"\)/,
    ],
  ])('is refused with %s', (_, layers, message) => {
    expect(() => read(model(...layers))).toThrow(message);
  });
});

describe('a sequential model', () => {
  it('is a row of layers, the first of which says the shape of its input', () => {
    const layers = [
      { class_name: 'Conv2D', config: { name: 'a', filters: 4, kernel_size: 3, batch_input_shape: [null, 8, 8, 3] } },
      { class_name: 'MaxPooling2D', config: { name: 'b' } },
    ];
    const expected = { a: 'convolution 4x6x6', b: 'pooling 4x3x3' };
    expect(shapes(JSON.stringify({ modelTopology: { class_name: 'Sequential', config: { layers } } }))).toEqual(
      expected,
    );
    // As Keras 1 wrote it.
    expect(shapes(JSON.stringify({ class_name: 'Sequential', config: layers }))).toEqual(expected);
  });

  it('is refused without that shape', () => {
    const text = JSON.stringify({
      class_name: 'Sequential',
      config: [{ class_name: 'Dense', config: { name: 'a', units: 1 } }],
    });
    expect(() => read(text)).toThrow('must read a layer, or say the shape of its input (batch_input_shape)');
  });
});

describe('other files', () => {
  it.each([
    ['{"format": "graph-model", "modelTopology": {"node": []}}', 'format: must be a layers model: a graph model'],
    ['{"modelTopology": {}}', 'must be a layers model of TensorFlow.js'],
    ['{"class_name": "Sequential", "config": {"layers": []}}', 'config.layers: must be a list of layers'],
    [
      '{"class_name": "Subclass", "config": {}}',
      'class_name: must be Sequential, Functional, Model (found "Subclass")',
    ],
    [
      '{"class_name": "Sequential", "config": [1, {"class_name": "Dense", "config": {}}]}',
      'config[0].config: must be an object',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('are told apart by what is in them', () => {
    expect(looksLikeTfjs(model(image))).toBe(true);
    expect(looksLikeTfjs('{"name": "net", "inputs": [], "layers": []}')).toBe(false);
  });
});
