import { expect, test } from 'vitest';
import { tinyRuns } from '../../test/fixtures/runs.js';
import { scheduleFacts } from './schedule-facts.js';

const { residency } = tinyRuns().run.result;
const chain = (name: string) => ({ layers: [name, `${name}.add`], stripes: 4, heldWeights: [] });

test('nothing is said of what the schedule did not do', () => {
  expect(scheduleFacts(residency)).toEqual([]);
});

test('layers prefetched for are counted, and the first chains named', () => {
  const prefetched = [{ layer: 'conv', fraction: 0.25 }];
  const facts = scheduleFacts({ ...residency, prefetched, chains: ['a', 'b', 'c', 'd'].map(chain) });
  expect(facts).toEqual([
    { label: 'prefetch', value: 'weights of 1 layer loaded, whole or in part, while the layer before ran' },
    {
      label: 'fusion',
      value: '4 chains of layers: a + a.add in 4 stripes; b + b.add in 4 stripes; c + c.add in 4 stripes; and 1 more',
    },
  ]);
});
