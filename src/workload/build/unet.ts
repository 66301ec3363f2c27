import type { LayerJson, NetworkJson } from '../schema.js';
import type { ZooNetwork } from './zoo-network.js';

const NAME = 'unet';
const DESCRIPTION = 'U-Net for 572x572 tiles of one channel, convolutions without padding, two classes';
const SOURCE =
  'Ronneberger, Fischer and Brox, U-Net: Convolutional Networks for Biomedical Image Segmentation, arXiv:1505.04597, Figure 1';

const TILE = 572;
const CLASSES = 2;

/** Channels from the top of the U to its bottom. */
const CHANNELS = [64, 128, 256, 512, 1024] as const;

/** Layers, and the rows of what was made last. */
interface Drawing {
  readonly layers: LayerJson[];
  x: string;
  size: number;
  biases: number;
}

function draw(): Drawing {
  const drawing: Drawing = { layers: [], x: 'image', size: TILE, biases: 0 };
  const shortcuts: { readonly name: string; readonly channels: number }[] = [];
  for (const [depth, channels] of CHANNELS.entries()) {
    if (depth > 0) pool(drawing, `down${depth}.pool`);
    twoConvolutions(drawing, `down${depth}`, channels);
    shortcuts.push({ name: drawing.x, channels });
  }
  for (const [depth, { name, channels }] of [...shortcuts.slice(0, -1).entries()].reverse()) {
    rise(drawing, `up${depth}`, name, channels);
    twoConvolutions(drawing, `up${depth}`, channels);
  }
  drawing.layers.push({ name: 'out', kind: 'convolution', input: drawing.x, outputChannels: CLASSES, kernel: 1 });
  drawing.biases += CLASSES;
  return drawing;
}

function twoConvolutions(drawing: Drawing, name: string, channels: number): void {
  for (const part of ['conv1', 'conv2']) {
    const layer = { kind: 'convolution', input: drawing.x, outputChannels: channels, kernel: 3 } as const;
    drawing.x = `${name}.${part}`;
    drawing.layers.push({ name: drawing.x, ...layer, activation: 'relu' });
    drawing.size -= 2;
    drawing.biases += channels;
  }
}

function pool(drawing: Drawing, name: string): void {
  drawing.layers.push({ name, kind: 'pooling', input: drawing.x, type: 'max', kernel: 2, stride: 2 });
  drawing.x = name;
  drawing.size /= 2;
}

/** Upsamples, and puts the middle of the map of the same depth in front: "copy and crop". */
function rise(drawing: Drawing, name: string, shortcut: string, channels: number): void {
  const [up, crop, join] = [`${name}.up`, `${name}.crop`, `${name}.concat`];
  drawing.size *= 2;
  drawing.biases += channels;
  const output = { channels, height: drawing.size, width: drawing.size };
  drawing.layers.push(
    { name: up, kind: 'transposed-convolution', input: drawing.x, outputChannels: channels, kernel: 2, stride: 2 },
    { name: crop, kind: 'view', type: 'slice', input: shortcut, output },
    { name: join, kind: 'concatenation', inputs: [crop, up] },
  );
  drawing.x = join;
}

/** The paper's own network: maps shrink by every convolution, so shortcuts are cropped. */
export const unet: ZooNetwork = {
  description: DESCRIPTION,
  source: SOURCE,
  parameters: {},
  build: (): NetworkJson => ({
    name: NAME,
    description: DESCRIPTION,
    source: SOURCE,
    inputs: [{ name: 'image', channels: 1, height: TILE, width: TILE }],
    layers: draw().layers,
  }),
  otherParameters: () => ({ biases: draw().biases }),
};
