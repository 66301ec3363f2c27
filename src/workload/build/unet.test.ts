import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../read-network.js';
import { formatShape } from '../tensor-shape.js';
import { networkTotals } from '../totals.js';
import { buildZooNetwork, zooOtherParameters } from './index.js';

const network = buildNetwork(buildZooNetwork('unet'));
const totals = networkTotals(network);

/** Figure 1 of arXiv:1505.04597: channels, and rows after each of the two convolutions; the second is pooled. */
const DOWN = [
  { channels: 64, rows: [570, 568] },
  { channels: 128, rows: [282, 280] },
  { channels: 256, rows: [138, 136] },
  { channels: 512, rows: [66, 64] },
  { channels: 1024, rows: [30, 28] },
] as const;

/** Rows after the upsampling and after each of the two convolutions. */
const UP = [
  { depth: 3, channels: 512, rows: [56, 54, 52] },
  { depth: 2, channels: 256, rows: [104, 102, 100] },
  { depth: 1, channels: 128, rows: [200, 198, 196] },
  { depth: 0, channels: 64, rows: [392, 390, 388] },
] as const;

describe('U-Net', () => {
  it('has the shapes of Figure 1', () => {
    const shapes = new Map(network.tensors.map((tensor) => [tensor.name, formatShape(tensor.shape)]));
    for (const [depth, { channels, rows }] of DOWN.entries()) {
      for (const [at, size] of rows.entries())
        expect(shapes.get(`down${depth}.conv${at + 1}`)).toBe(`${channels}x${size}x${size}`);
    }
    for (const { depth, channels, rows } of UP) {
      const [up, first, second] = rows;
      expect(shapes.get(`up${depth}.up`)).toBe(`${channels}x${up}x${up}`);
      expect(shapes.get(`up${depth}.concat`)).toBe(`${2 * channels}x${up}x${up}`);
      expect(shapes.get(`up${depth}.conv1`)).toBe(`${channels}x${first}x${first}`);
      expect(shapes.get(`up${depth}.conv2`)).toBe(`${channels}x${second}x${second}`);
    }
    expect(shapes.get('out')).toBe('2x388x388');
  });

  it('has 23 convolutional layers', () => {
    // "In total the network has 23 convolutional layers", Section 2; up-convolutions counted.
    expect(totals.layersByKind).toMatchObject({ convolution: 19, 'transposed-convolution': 4, pooling: 4 });
  });

  it('has 31,030,658 parameters', () => {
    // As counted for the paper's sizes by several implementations, github.com/gchlebus/u-net among them. Biases: two for
    // each channel on the way down, 3968, three on the way up, 2880, and the classes.
    expect(zooOtherParameters('unet')).toEqual({ biases: 3968 + 2880 + 2 });
    expect(totals.weightElements + 6850).toBe(31_030_658);
  });

  it('takes the MACs of its maps', () => {
    let macs = 0;
    for (const [depth, { channels, rows }] of DOWN.entries()) {
      const before = depth === 0 ? 1 : channels / 2;
      macs += 9 * channels * (before * rows[0] ** 2 + channels * rows[1] ** 2);
    }
    // An up-convolution makes each output of one input; the first convolution reads twice the channels.
    for (const { channels, rows } of UP)
      macs += channels * (2 * channels * rows[0] ** 2 + 9 * (2 * channels * rows[1] ** 2 + channels * rows[2] ** 2));
    macs += 2 * 64 * 388 ** 2;
    expect(totals.macs).toBe(macs);
  });

  it('reads of a shortcut only the middle that is left of it', () => {
    const concat = network.layers.find(({ name }) => name === 'up0.concat')!;
    expect(concat.inputElements).toEqual([64 * 392 ** 2, 64 * 392 ** 2]);
    expect(network.tensors[concat.inputs[0]!]!.elements).toBe(64 * 568 ** 2);
  });
});
