import { describe, expect, it } from 'vitest';
import { buildNetwork, readNetwork, resnet50, writeNetwork, type Network } from '../../workload/index.js';
import { assignPrecision, type PolicyChoice } from '../index.js';

/** Two blocks: one whose shortcut is a convolution, one whose shortcut is the tensor itself. */
const network = buildNetwork({
  name: 'blocks',
  inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
  layers: [
    { name: 'stem', kind: 'convolution', input: 'image', outputChannels: 4, kernel: 3, padding: 1 },
    { name: 'a1', kind: 'convolution', input: 'stem', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'a2', kind: 'convolution', input: 'a1', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'project', kind: 'convolution', input: 'stem', outputChannels: 8, kernel: 1 },
    { name: 'add1', kind: 'addition', inputs: ['a2', 'project'] },
    { name: 'b1', kind: 'convolution', input: 'add1', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'add2', kind: 'addition', inputs: ['b1', 'add1'] },
    { name: 'head', kind: 'linear', input: 'add2', outputFeatures: 10, flatten: true },
  ],
});

function widths(of: Network, choice: PolicyChoice) {
  const precision = assignPrecision(of, choice);
  return {
    precision,
    computed: Object.fromEntries(of.layers.map(({ name }, at) => [name, precision.layers[at]!.weightBits])),
    stored: Object.fromEntries(of.tensors.map(({ name }, at) => [name, precision.tensorBits[at]])),
  };
}

describe('full-precision shortcuts', () => {
  it('by hand: additions and the convolution on a shortcut are wide, blocks stay narrow', () => {
    const { computed, stored, precision } = widths(network, { policy: 'shortcuts', bits: 2 });
    expect(computed).toEqual({ stem: 8, a1: 2, a2: 2, project: 16, add1: 16, b1: 2, add2: 16, head: 8 });
    // What an addition or the projection reads is stored wide, for all its readers; what only a block reads is not.
    expect(stored).toMatchObject({ image: 8, stem: 16, a1: 2, a2: 16, project: 16, add1: 16, b1: 16, add2: 8 });
    expect(precision).toMatchObject({ bits: 2, edgeBits: 8, shortcutBits: 16 });
  });

  it('never narrow anything, and say nothing where they change nothing', () => {
    const { precision } = widths(network, { policy: 'shortcuts', bits: 16 });
    expect(precision).toEqual(assignPrecision(network, { policy: 'edges', bits: 16 }));
    expect(widths(network, { policy: 'shortcuts', bits: 8, shortcutBits: 4 }).precision).toEqual(
      assignPrecision(network, { policy: 'edges', bits: 8 }),
    );
  });

  it('say nothing of a network that has none', () => {
    const chain = buildNetwork({
      name: 'chain',
      inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
      layers: [{ name: 'only', kind: 'linear', input: 'image', outputFeatures: 10, flatten: true }],
    });
    expect(assignPrecision(chain, { policy: 'shortcuts', bits: 2 })).toEqual(
      assignPrecision(chain, { policy: 'edges', bits: 2 }),
    );
  });

  it('of ResNet50 are 16 additions and 4 projections', () => {
    for (const variant of ['v1', 'v1.5'] as const) {
      const whole = readNetwork(writeNetwork(resnet50(variant)), 'resnet50');
      const { precision } = widths(whole, { policy: 'shortcuts', bits: 2 });
      const wide = whole.layers.filter((_, at) => precision.layers[at]!.activationBits === 16);
      expect(wide.filter(({ kind }) => kind === 'addition')).toHaveLength(16);
      expect(wide.filter(({ kind }) => kind === 'convolution')).toHaveLength(4);
      expect(wide).toHaveLength(20);
    }
  });

  it('take the edges as they are told', () => {
    const { computed } = widths(network, { policy: 'shortcuts', bits: 2, edgeBits: 'same', shortcutBits: 4 });
    expect(computed).toEqual({ stem: 2, a1: 2, a2: 2, project: 4, add1: 4, b1: 2, add2: 4, head: 2 });
  });
});
