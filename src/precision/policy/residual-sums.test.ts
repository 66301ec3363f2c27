import { describe, expect, it } from 'vitest';
import { buildNetwork, buildZooNetwork, type Network, type NetworkJson } from '../../workload/index.js';
import { residualSums } from './residual-sums.js';

/** Sums by name, each with the layers of its shortcut. */
function named(network: Network): Record<string, string[]> {
  const name = (index: number): string => network.layers[index]!.name;
  return Object.fromEntries(residualSums(network).map(({ sum, shortcut }) => [name(sum), shortcut.map(name)]));
}

const image = [{ name: 'image', channels: 4, height: 8, width: 8 }];
const convolution = (name: string, input: string): NetworkJson['layers'][number] => ({
  name,
  kind: 'convolution',
  input,
  outputChannels: 4,
  kernel: 3,
  padding: 1,
});
const sum = (name: string, ...inputs: string[]): NetworkJson['layers'][number] => ({ name, kind: 'addition', inputs });

describe('residual sums', () => {
  it('by hand: a tensor, a projection, or a pooled projection that goes round a longer branch', () => {
    const network = buildNetwork({
      name: 'blocks',
      inputs: image,
      layers: [
        convolution('a', 'image'),
        sum('identity', 'a', 'image'),
        convolution('b1', 'identity'),
        convolution('b2', 'b1'),
        convolution('project', 'identity'),
        sum('projected', 'project', 'b2'),
        // The projection is read again: the longer branch does not become the shortcut by that.
        convolution('c1', 'project'),
        convolution('c2', 'c1'),
        sum('again', 'c2', 'project', 'projected'),
      ],
    });
    expect(named(network)).toEqual({ identity: [], projected: ['project'], again: [] });
  });

  it('are no sums of equally long branches, of two inputs, or of what was looked up for the same numbers', () => {
    const network = buildNetwork({
      name: 'sums',
      inputs: [
        ...image,
        { name: 'other', channels: 4, height: 8, width: 8 },
        { name: 'ids', channels: 1, height: 6, width: 1 },
      ],
      layers: [
        convolution('left', 'image'),
        convolution('right', 'image'),
        sum('branches', 'left', 'right'),
        convolution('deep', 'other'),
        sum('strangers', 'branches', 'deep'),
        { name: 'words', kind: 'embedding', input: 'ids', rows: 50, features: 8 },
        { name: 'kinds', kind: 'embedding', input: 'ids', rows: 2, features: 8 },
        { name: 'scaled', kind: 'activation', input: 'words', function: 'relu' },
        sum('embeddings', 'scaled', 'kinds'),
      ],
    });
    expect(named(network)).toEqual({});
  });

  it.each([
    // Two blocks in each of four stages, three of which begin with a projection.
    ['resnet18', 8, 3],
    ['resnet18-preactivation', 8, 3],
    // 3 + 4 + 6 + 3 blocks, four projections.
    ['resnet50', 16, 4],
    // Twelve layers, an attention and a perceptron in each. The sum of embeddings is none.
    ['bert-base', 24, 0],
    ['gpt2-prefill', 24, 0],
    ['vit-b-16', 24, 0],
    ['vgg16', 0, 0],
  ] as const)('of %s are %i, %i of them round a projection', (name, sums, projections) => {
    const network = buildNetwork(buildZooNetwork(name));
    const found = Object.entries(named(network));
    expect(found).toHaveLength(sums);
    expect(found.filter(([, shortcut]) => shortcut.length > 0)).toHaveLength(projections);
    expect(found.filter(([own]) => /embed|transformer\.add/.test(own))).toEqual([]);
  });
});
