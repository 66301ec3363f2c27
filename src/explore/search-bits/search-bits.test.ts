import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEnergies } from '../../../test/properties/energies.test-data.js';
import { archOf } from '../../../test/properties/machines.test-data.js';
import { simulateRun } from '../../simulate/index.js';
import { buildNetwork } from '../../workload/index.js';
import { bitItems, precisionOf } from './bit-items.js';
import type { BitsQuestion } from './bits-question.js';
import type { LayerLosses } from './layer-losses.js';
import { searchBits } from './search-bits.js';

/** Products of 1x1 kernels over so many pixels: all alike but for their MACs. */
const network = buildNetwork({
  name: 'chain',
  inputs: [{ name: 'x', channels: 16, height: 8, width: 8 }],
  layers: [
    { name: 'first', kind: 'convolution', input: 'x', outputChannels: 32, kernel: 1 },
    { name: 'a', kind: 'convolution', input: 'first', outputChannels: 64, kernel: 1 },
    { name: 'pool', kind: 'pooling', type: 'max', input: 'a', kernel: 2, stride: 2 },
    { name: 'b', kind: 'convolution', input: 'pool', outputChannels: 32, kernel: 1 },
    { name: 'c', kind: 'convolution', input: 'b', outputChannels: 64, kernel: 3, padding: 1 },
    { name: 'join', kind: 'addition', inputs: ['pool', 'c'] },
    { name: 'last', kind: 'convolution', input: 'join', outputChannels: 16, kernel: 1 },
  ],
});

const arch = archOf({ capacityKiB: 4, rows: 4, columns: 4 });
const ask = (more: Partial<BitsQuestion>): BitsQuestion => ({
  arch,
  network,
  mode: 'latency',
  bits: [16, 4],
  edgeBits: 'same',
  minimise: 'latency',
  budgets: {},
  ...more,
});

/** The same loss for each layer: 0 at 16 bits, 1 at 4, 3 at 2. */
const alike: LayerLosses = network.layers.map(({ weightElements }) =>
  weightElements > 0
    ? new Map([
        [16, 0],
        [4, 1],
        [2, 3],
      ])
    : undefined,
);

describe('precisionOf', () => {
  it('makes layers without weights as wide as what reads them, or as what they read', () => {
    const items = bitItems(network, [16, 4], 'same');
    expect(items.map(({ layer }) => layer.name)).toEqual(['first', 'a', 'b', 'c', 'last']);
    // b reads the pool at 4 bits, the sum is read by last at 16: the pool is read by both.
    const { layers } = precisionOf(network, items, [0, 1, 1, 1, 0]);
    expect(layers['join']).toEqual({ activationBits: 16 });
    expect(layers['pool']).toEqual({ activationBits: 16 });
    expect(layers['b']).toEqual({ weightBits: 4, activationBits: 4 });
    expect(precisionOf(network, items, [0, 1, 1, 1, 1]).layers['join']).toEqual({ activationBits: 4 });
  });

  it('keeps the edges wide', () => {
    const widths = (edgeBits: number | 'same') => bitItems(network, [4, 16, 2], edgeBits).map((item) => item.widths);
    expect(widths(8)).toEqual([[16], [16, 4, 2], [16, 4, 2], [16, 4, 2], [16]]);
    expect(widths(32)[0]).toEqual([32]);
    expect(() => bitItems(network, [4], 'same')).toThrow('chain has no layer with weights and more than one width');
  });
});

describe('searchBits', () => {
  // In 1 KiB a budget that is spent can be spent better by two changes at once only.
  it.each([1, 4])('is as fast as the fastest of all precisions within the budget, in %i KiB', (capacityKiB) => {
    const sized = archOf({ capacityKiB, rows: 4, columns: 4 });
    // Every choice simulated: 2^5 of them.
    const items = bitItems(network, [16, 4], 'same');
    const all = Array.from({ length: 2 ** items.length }, (_, code) => items.map((_item, at) => (code >> at) & 1));
    const times = all.map((options) => {
      const { totals } = simulateRun({ arch: sized, network, mode: 'latency' }, precisionOf(network, items, options));
      return { loss: options.filter((option) => option === 1).length, cycles: totals.totalCycles };
    });
    for (const loss of [0, 1, 2, 3, 4, 5]) {
      const fastest = Math.min(...times.filter((one) => one.loss <= loss).map(({ cycles }) => cycles));
      const answer = searchBits(ask({ arch: sized, budgets: { loss }, losses: alike }))!;
      expect(answer.chosen.loss).toBeLessThanOrEqual(loss);
      expect(answer.result.totals.totalCycles).toBe(fastest);
      expect(answer).toMatchObject({ exact: true, settled: true });
    }
  });

  it('is as frugal as the most frugal of all precisions within the budget, mappings chosen for energy too', () => {
    const frugal = withEnergies(arch);
    const asked = ask({ arch: frugal, minimise: 'energy', objective: 'energy', losses: alike });
    const items = bitItems(network, [16, 4], 'same');
    // Every choice simulated, with its own mappings for energy: 2^5 of them.
    const all = Array.from({ length: 2 ** items.length }, (_, code) => items.map((_item, at) => (code >> at) & 1));
    const energies = all.map((options) => {
      const { totals } = simulateRun(asked, precisionOf(network, items, options));
      return { loss: options.filter((option) => option === 1).length, energyMj: totals.energyMj! };
    });
    for (const loss of [0, 1, 2, 3, 4, 5]) {
      const least = Math.min(...energies.filter((one) => one.loss <= loss).map(({ energyMj }) => energyMj));
      const answer = searchBits({ ...asked, budgets: { loss } })!;
      expect(answer.chosen.energyMj).toBe(least);
      expect(answer).toMatchObject({ exact: true, settled: true, question: { objective: 'energy' } });
      expect(answer.result.objective).toBe('energy');
    }
    // With the fastest mappings all takes more, and less time.
    const one = { ...asked, budgets: { loss: 2 } };
    const [frugally, fast] = [searchBits(one)!, searchBits({ ...one, objective: undefined })!];
    expect(fast.chosen.energyMj).toBeGreaterThan(frugally.chosen.energyMj!);
    expect(fast.chosen.latencyMs).toBeLessThan(frugally.chosen.latencyMs);
    for (const [at, { energyMj }] of frugally.uniform.entries())
      expect(energyMj).toBeLessThanOrEqual(fast.uniform[at]!.energyMj!);
  });

  it('follows the roofline where all layers lose alike: those with most cycles to save are narrowed', () => {
    // Unlimited bandwidth and memory for all: each layer is bound by its MACs, and nothing hangs on its neighbours.
    const roomy = archOf({ capacityKiB: 1024, rows: 4, columns: 4, bandwidthGBps: Infinity, latencyNs: 0 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), (loss) => {
        const { layers } = searchBits(ask({ arch: roomy, budgets: { loss }, losses: alike }))!;
        const saves = ({ cyclesAt }: (typeof layers)[number]): number =>
          cyclesAt.find(({ bits }) => bits === 16)!.cycles - cyclesAt.find(({ bits }) => bits === 4)!.cycles;
        const narrow = layers.filter(({ bits }) => bits === 4).map(saves);
        const wide = layers.filter(({ bits }) => bits === 16).map(saves);
        expect(narrow).toHaveLength(loss);
        expect(Math.min(...narrow)).toBeGreaterThanOrEqual(Math.max(0, ...wide));
      }),
      { numRuns: 6 },
    );
    const { layers } = searchBits(ask({ arch: roomy, budgets: { loss: 2 }, losses: alike }))!;
    // c has 9 x 32 x 64 x 16 MACs, a 32 x 64 x 64; the others at most 64 x 16 x 64.
    expect(layers.filter(({ bits }) => bits === 4).map(({ name }) => name)).toEqual(['a', 'c']);
    expect(layers.filter(({ bits }) => bits === 4).map(({ bound }) => bound)).toEqual(['compute', 'compute']);
  });

  it('keeps budgets of size and of bit operations, and can spend them on accuracy', () => {
    const least = searchBits(ask({ minimise: 'loss', budgets: { bops: 0.09 }, losses: alike, bits: [16, 4, 2] }))!;
    expect(least.chosen.gigaBitOperations).toBeLessThanOrEqual(0.09);
    // 507,904 MACs x 16 x 16 are 0.130e9; c (294,912 MACs) at 4 bits saves 0.071e9, a (131,072) only 0.031e9.
    expect(least.layers.filter(({ bits }) => bits < 16).map(({ name, bits }) => [name, bits])).toEqual([['c', 4]]);
    const small = searchBits(ask({ budgets: { size: 0.012 } }))!;
    expect(small.chosen.weightMiB).toBeLessThanOrEqual(0.012);
    expect(searchBits(ask({ budgets: { size: 0.001 } }))).toBeUndefined();
  });

  it('says what is missing', () => {
    const some: LayerLosses = network.layers.map((layer) =>
      layer.weightElements > 0 ? new Map([[16, 0]]) : undefined,
    );
    const mend = 'give one, or leave the width out of --bits';
    const asked = ask({ budgets: { loss: 1 }, losses: some, lossSource: 'losses.json', bits: [16, 4, 2] });
    expect(() => searchBits(asked)).toThrow(
      ['first', 'a', 'b', 'c']
        .map((name) => `losses.json: layers.${name}: no loss is given for 4 and 2 bits; ${mend}`)
        .join('\n'),
    );
    for (const without of [ask({ budgets: { loss: 1 } }), ask({ minimise: 'loss' })])
      expect(() => searchBits(without)).toThrow('sensitivity: layers.first: no loss is given for ');
    expect(() => searchBits(ask({ minimise: 'energy' }))).toThrow(/gives no energies/);
  });

  it('tells how far it is, up to the end', () => {
    const told: [number, number][] = [];
    searchBits(ask({ budgets: { loss: 2 }, losses: alike }), (done, all) => told.push([done, all]));
    const [done, all] = told.at(-1)!;
    expect(done).toBe(all);
    expect(told.every(([some, whole]) => some <= whole && whole === all)).toBe(true);
  });
});
