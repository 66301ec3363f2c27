import { describe, expect, test } from 'vitest';
import { tinyRuns } from '../../../test/fixtures/runs.js';
import type { MachineComparison } from '../../explore/index.js';
import { compareResults, type NetworkResult } from '../../performance/index.js';
import { drawMachineComparison } from '../chart/machine-comparison.js';
import { ratioOf } from './figures.js';
import { comparisonToCsv, comparisonToJson, comparisonToMarkdown, comparisonToText } from './index.js';
import { layerDifferences } from './layer-differences.js';

/** The two runs made by hand, as if of two machines: the second has a clock of 2 GHz, so its cycles take half as long. */
function comparisonOf(): MachineComparison {
  const { baseline, run } = tinyRuns();
  const first = baseline.result;
  const faster: NetworkResult = {
    ...run.result,
    arch: { ...run.result.arch, name: 'fast', clockGHz: 2, bandwidthGBps: 128 },
    totals: { ...run.result.totals, latencyMs: run.result.totals.latencyMs / 2 },
  };
  return {
    first,
    second: faster,
    speedup: compareResults(first, faster),
    fitsFirst: compareResults(faster, first).beganToFit,
  };
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');

test('of a network without MACs, two machines are compared by their vector units', () => {
  const comparison = comparisonOf();
  const without = (result: NetworkResult): NetworkResult => ({
    ...result,
    totals: { ...result.totals, macs: 0, peakMacsPerCycle: 0 },
  });
  const said = flat(
    comparisonToText([{ ...comparison, first: without(comparison.first), second: without(comparison.second) }]),
  );
  expect(said).toContain('the network has no MACs, which a peak would be of; clocks of 1 and 2 GHz.');
  expect(said).toContain('the vector units work for 6,500 cycles and 1,750 cycles.');
});

describe('layers of two machines', () => {
  test('are ordered by the time they differ by, with their shares', () => {
    // conv 6.0 us and 0.7 us, add 1.0 and 0.1, fc 3.0 and 0.2: 5.3 + 0.9 + 2.8 = 9.0 us.
    const differences = layerDifferences(comparisonOf());
    expect(differences.map(({ first }) => first.name)).toEqual(['conv', 'fc', 'add']);
    expect(differences.map(({ differenceUs }) => differenceUs)).toEqual(
      [-5.3, -2.8, -0.9].map((us) => expect.closeTo(us)),
    );
    expect(differences.map(({ shareFraction }) => shareFraction)).toEqual(
      [5.3, 2.8, 0.9].map((us) => expect.closeTo(us / 9)),
    );
  });

  test('say what changed', () => {
    const [conv, , add] = layerDifferences(comparisonOf());
    // 65,536 + 131,072 + 65,536 bytes became 49,152; the array is 0.96 times as full, which is
    // not worth a word.
    expect(conv!.why).toEqual(['4.00x the peak per cycle', 'output stays on chip', '0.19x the bytes moved']);
    expect(add!.why).toEqual([
      'bound by memory, then vector',
      'input stays on chip',
      'output stays on chip',
      'moves nothing off-chip',
    ]);
  });

  test('share nothing where nothing differs', () => {
    const { first, speedup } = comparisonOf();
    const same = { first, second: first, speedup, fitsFirst: [] };
    for (const { shareFraction, differenceUs, why } of layerDifferences(same))
      expect([shareFraction, differenceUs, why]).toEqual([0, 0, []]);
    const alike = { ...same, speedup: compareResults(first, first) };
    expect(flat(comparisonToText([alike]))).toContain('is as fast as');
    expect(flat(comparisonToText([alike]))).toContain('None: each takes as long on both.');
    expect(drawMachineComparison(alike).configuration.data.labels).toEqual([]);
  });
});

describe('a comparison as text', () => {
  const text = flat(comparisonToText([comparisonOf()]));

  test('says how much faster, and the factors whose product that is', () => {
    // 10 us and 1 us; twice the clock makes the peak 8 times.
    expect(text).toContain('fast is 10.0x faster than tiny: 1.00 us instead of 10.0 us.');
    expect(text).toContain('10.0x = 8.00x peak (clocks counted) x 0.93x utilization x 1.35x memory relief');
    expect(text).toContain('35.0% and 12.5% of the time waits for memory');
  });

  test('sets figures side by side with ratios, and says what is not given', () => {
    expect(text).toContain('cycles 10,000 2,000 0.20x');
    expect(text).toContain('clock 1.00 GHz 2.00 GHz 2.00x');
    expect(text).toContain('area: MAC array 0.500 mm2 0.500 mm2 1.00x');
    // Neither machine has one, and neither file gives the other.
    expect(text).not.toContain('shared buffer');
    expect(text).not.toContain('vector units 0');
  });

  test('tells what began to fit, what bounds the layers, and that clocks differ', () => {
    expect(text).toContain('tensors on the chip of fast, not on that of tiny:');
    expect(text).toContain('memory 2 40.0% 1 20.0%');
    expect(text).toContain('A cycle is 1.00 ns on the one and 0.500 ns on the other.');
  });

  test('of several has a heading each, and the Markdown says the same', () => {
    const two = comparisonToText([comparisonOf(), comparisonOf()]);
    expect(two.match(/^4 bits, 64 GB\/s and 128 GB\/s$/gm)).toHaveLength(2);
    expect(comparisonToMarkdown([comparisonOf()])).toContain('| cycles | 10,000 | 2,000 | 0.20x |');
  });
});

describe('a comparison as data', () => {
  test('has every figure of both, exact, in JSON', () => {
    const { comparisons } = JSON.parse(comparisonToJson([comparisonOf()])) as {
      comparisons: {
        figures: Record<string, { first: number | null; second: number | null; ratio: number | null }>;
        speedup: { value: number; factors: Record<string, number> };
        layers: { name: string; changes: string[] }[];
      }[];
    };
    const [only] = comparisons;
    expect(only!.figures['totalCycles']).toEqual({ first: 10_000, second: 2000, ratio: 0.2 });
    expect(only!.figures['vectorUnitMm2']).toEqual({ first: null, second: null, ratio: null });
    const { peak, utilization, memoryRelief } = only!.speedup.factors;
    expect(peak! * utilization! * memoryRelief!).toBeCloseTo(only!.speedup.value, 12);
    expect(only!.layers.map(({ name }) => name)).toEqual(['conv', 'fc', 'add']);
  });

  test('has a row per layer in CSV, in the order of the network', () => {
    const [header, ...rows] = comparisonToCsv([comparisonOf()]).trimEnd().split('\n');
    expect(header!.split(',').slice(0, 8)).toEqual(
      'firstArch,secondArch,workload,bits,firstBandwidthGBps,secondBandwidthGBps,layer,kind'.split(','),
    );
    expect(rows.map((row) => row.split(',')[6])).toEqual(['conv', 'add', 'fc']);
    expect(rows[0]).toContain('tiny,fast,tiny-net,4,64,128,conv,convolution,6000,1400,6,0.7,');
  });

  test('is drawn as two bars a layer', () => {
    const { labels, datasets } = drawMachineComparison(comparisonOf()).configuration.data;
    expect(labels).toEqual(['conv', 'fc', 'add']);
    expect(datasets.map(({ label }) => label)).toEqual(['tiny', 'fast']);
    expect(datasets[1]!['data']).toEqual([0.7, 0.2, 0.1].map((us) => expect.closeTo(us)));
  });
});

test('a ratio is left out where it means nothing', () => {
  expect([ratioOf(2, 3), ratioOf(0, 3), ratioOf(null, 3), ratioOf(3, null), ratioOf(64, Infinity)]).toEqual([
    1.5,
    null,
    null,
    null,
    null,
  ]);
});
