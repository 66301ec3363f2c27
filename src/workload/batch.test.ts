import { describe, expect, it } from 'vitest';
import { withBatch } from './batch.js';
import { resnet50 } from './build/resnet50.js';
import { buildNetwork } from './read-network.js';
import type { LayerJson } from './schema.js';
import { networkTotals } from './totals.js';

describe('withBatch', () => {
  it('multiplies the work and the activations, not the weights', () => {
    const one = buildNetwork(resnet50('v1'));
    const eight = withBatch(one, 8);
    const [before, after] = [networkTotals(one), networkTotals(eight)];
    expect(eight.batch).toBe(8);
    expect(after.macs).toBe(8 * before.macs);
    expect(after.vectorOperations).toBe(8 * before.vectorOperations);
    expect(after.weightElements).toBe(before.weightElements);
    expect(eight.tensors.map((tensor) => tensor.elements)).toEqual(one.tensors.map((tensor) => 8 * tensor.elements));
    expect(withBatch(eight, 1)).toEqual(one);
  });

  it('turns the samples of an attention product into groups', () => {
    const inputs = ['q', 'k'].map((name) => ({ name, channels: 12, height: 5, width: 1 }));
    const layers: LayerJson[] = [{ name: 's', kind: 'matmul', inputs: ['q', 'k'], groups: 3, transposeSecond: true }];
    const { nest } = withBatch(buildNetwork({ name: 'attention', inputs, layers }), 4).layers[0]!;
    expect([nest.batch, nest.groups]).toEqual([1, 12]);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53])('refuses a batch of %s', (batch) => {
    expect(() => withBatch(buildNetwork(resnet50('v1')), batch)).toThrow('batch: must be a whole number of at least 1');
  });

  it('refuses a batch too large to count', () => {
    // conv1 makes 802,816 elements a sample: 2^40 of them are reached at 1,369,569 samples.
    expect(() => withBatch(buildNetwork(resnet50('v1')), 2 ** 24)).toThrow(
      'resnet50: batch: must be at most 1369568 (found 16777216); ' +
        'with one more: layers[0]: must make at most 2^40 elements (found "conv1": 1099511906304)',
    );
    expect(() => withBatch(buildNetwork(resnet50('v1')), 1_369_568)).not.toThrow();
    expect(() => withBatch(buildNetwork(resnet50('v1')), 1_369_569)).toThrow('must be at most 1369568');
    expect(() => withBatch(buildNetwork(resnet50('v1')), 2 ** 53 - 1)).toThrow('must be at most 1369568');
  });
});
