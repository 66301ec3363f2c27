import * as fc from 'fast-check';
import { buildNetwork, withBatch, type LayerJson, type Network, type TensorShape } from '../../src/workload/index.js';

interface Made extends TensorShape {
  readonly name: string;
}

/** Numbers a layer is made of; what they mean depends on the kind and on what fits. */
interface Draw {
  readonly kind:
    | 'convolution'
    | 'grouped'
    | 'linear'
    | 'pooling'
    | 'residual'
    | 'matmul'
    | 'concatenation'
    | 'activation'
    | 'upsampling'
    | 'resize'
    | 'gate'
    | 'reduce'
    | 'lookup'
    | 'copy'
    | 'part';
  readonly from: number;
  readonly other: number;
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly wide: boolean;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.constantFrom(
    'convolution',
    'convolution',
    'convolution',
    'grouped',
    'linear',
    'pooling',
    'residual',
    'residual',
    'matmul',
    'concatenation',
    'activation',
    'upsampling',
    'resize',
    'gate',
    'reduce',
    'lookup',
    'copy',
    'part',
  ),
  // 0 is the tensor made last.
  from: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 5 })),
  other: fc.integer({ min: 0, max: 5 }),
  size: fc.integer({ min: 1, max: 24 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 2 }),
  wide: fc.boolean(),
});

/** Networks of every kind of layer, with forks, joins, shortcuts, views and several outputs; a batch of 1 to 3. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    channels: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
    draws: fc.array(draw, { minLength: 1, maxLength: 7 }),
    batch: fc.constantFrom(1, 1, 2, 3),
  })
  .map(({ channels, height, width, draws, batch }) => {
    const tensors: Made[] = [{ name: 'input', channels, height, width }];
    const layers = draws.flatMap((drawn, index) => {
      const from = tensors[Math.max(0, tensors.length - 1 - (index === 0 ? 0 : drawn.from))]!;
      const other = tensors[drawn.other % tensors.length]!;
      const made = layersOf(drawn, `l${index}`, from, other);
      for (const layer of made) tensors.push({ name: layer.name, ...layer.output });
      return made;
    });
    const network = { name: 'random', inputs: [{ name: 'input', channels, height, width }], layers };
    return withBatch(buildNetwork(network), batch);
  });

type Sketch = LayerJson & { readonly output: TensorShape };

/** One layer, or two where a shortcut needs something to go around. Each states its shape, so that it is checked. */
function layersOf(drawn: Draw, name: string, from: Made, other: Made): Sketch[] {
  const { channels, height, width } = from;
  const input = from.name;
  const side = drawn.wide ? 1 : width;
  switch (drawn.kind) {
    case 'upsampling': {
      const kernel = drawn.stride * (drawn.wide ? 1 : 2);
      const outputs = (size: number) => (size - 1) * drawn.stride + kernel;
      const output = { channels: drawn.size, height: outputs(height), width: outputs(width) };
      const { size: outputChannels, stride } = drawn;
      return [{ name, kind: 'transposed-convolution', input, outputChannels, kernel, stride, output }];
    }
    case 'resize': {
      const size = { height: Math.max(1, Math.floor((height * drawn.size) / 8)), width: width * drawn.stride };
      const mode = drawn.wide ? 'bilinear' : 'nearest';
      return [{ name, kind: 'resize', input, mode, size, output: { channels, ...size } }];
    }
    case 'gate': {
      const squeezed = { channels, height: 1, width: 1 };
      const pool: Sketch = {
        name: `${name}.pool`,
        kind: 'pooling',
        input,
        type: 'average',
        kernel: 'global',
        output: squeezed,
      };
      const inputs: [string, string] = drawn.wide ? [input, pool.name] : [pool.name, input];
      const output = { channels, height, width };
      return [pool, { name, kind: 'elementwise', function: 'multiply', inputs, output }];
    }
    case 'reduce':
      return [
        {
          name,
          kind: 'reduce',
          input,
          function: 'sum',
          over: drawn.wide ? ['columns'] : ['channels', 'rows'],
          output: drawn.wide ? { channels, height, width: 1 } : { channels: 1, height: 1, width },
        },
      ];
    case 'lookup': {
      const indices = { channels: 1, height, width: side };
      const part: Sketch = { name: `${name}.indices`, kind: 'view', type: 'slice', input, output: indices };
      const output = { channels: drawn.size, height, width: side };
      return [part, { name, kind: 'embedding', input: part.name, rows: 50, features: drawn.size, output }];
    }
    case 'copy':
      return [{ name, kind: 'copy', input, output: { channels: drawn.size, height, width: side } }];
    case 'part': {
      // A view has a reader, and what it shows may have others.
      const output = { channels: Math.min(channels, drawn.size), height, width: side };
      const part: Sketch = { name: `${name}.part`, kind: 'view', type: 'slice', input, output };
      return [part, { name, kind: 'activation', input: part.name, function: 'softmax', output }];
    }
    case 'convolution':
      return [convolution(drawn, name, from, 1)];
    case 'grouped':
      return [convolution(drawn, name, from, channels % 2 === 0 && drawn.wide ? 2 : channels)];
    case 'linear': {
      const [rows, columns] = drawn.wide ? [1, 1] : [height, width];
      const output = { channels: drawn.size, height: rows, width: columns };
      return [{ name, kind: 'linear', input, outputFeatures: drawn.size, flatten: drawn.wide, output }];
    }
    case 'pooling': {
      const kernel = Math.min(drawn.kernel, height, width);
      if (drawn.wide)
        return [
          {
            name,
            kind: 'pooling',
            input,
            type: 'average',
            kernel: 'global',
            output: { channels, height: 1, width: 1 },
          },
        ];
      const [rows, columns] = [height, width].map((size) => Math.floor((size - kernel) / drawn.stride) + 1);
      const output = { channels, height: rows!, width: columns! };
      return [{ name, kind: 'pooling', input, type: 'max', kernel, stride: drawn.stride, output }];
    }
    case 'residual': {
      const branch: Sketch = {
        name: `${name}.branch`,
        kind: 'convolution',
        input,
        outputChannels: channels,
        kernel: drawn.kernel,
        padding: 'same',
        output: { channels, height, width },
      };
      const inputs = [branch.name, input];
      return [branch, { name, kind: 'addition', inputs, activation: 'relu', output: { channels, height, width } }];
    }
    case 'matmul': {
      if (width !== 1) return [convolution(drawn, name, from, 1)];
      const second = other.width === 1 && other.channels === channels ? other : from;
      const output = { channels: second.height, height, width: 1 };
      return [{ name, kind: 'matmul', inputs: [input, second.name], transposeSecond: true, output }];
    }
    case 'concatenation': {
      const beside = other.height === height && other.width === width ? other : from;
      const output = { channels: channels + beside.channels, height, width };
      return [{ name, kind: 'concatenation', inputs: [input, beside.name], output }];
    }
    case 'activation':
      return [{ name, kind: 'activation', input, function: 'gelu', output: { channels, height, width } }];
  }
}

function convolution(drawn: Draw, name: string, from: Made, groups: number): Sketch {
  const { channels, height, width } = from;
  const kernel = {
    rows: Math.min(drawn.kernel, height),
    columns: Math.min(drawn.kernel, width),
  };
  const padding = drawn.wide ? Math.floor(drawn.kernel / 2) : 0;
  const outputs = (size: number, taps: number) => Math.floor((size + 2 * padding - taps) / drawn.stride) + 1;
  const outputChannels = groups * Math.max(1, Math.ceil(drawn.size / groups));
  return {
    name,
    kind: 'convolution',
    input: from.name,
    inputChannels: channels,
    outputChannels,
    kernel,
    stride: drawn.stride,
    padding,
    groups,
    output: { channels: outputChannels, height: outputs(height, kernel.rows), width: outputs(width, kernel.columns) },
  };
}
