import { describe, expect, test } from 'vitest';
import { tinyGrid, tinyRuns } from '../../test/fixtures/runs.js';
import { toJson } from './to-json.js';

const keysOf = (value: unknown): string[] => Object.keys(value as object);

describe('JSON of one run', () => {
  const json = JSON.parse(toJson([tinyRuns().run]));

  test('keys stand in the order of the schema', () => {
    expect(keysOf(json)).toEqual([
      'schemaVersion',
      'arch',
      'workload',
      'mode',
      'precision',
      'totals',
      'layers',
      'residency',
      'warnings',
      'speedup',
      'narrower',
      'accuracy',
    ]);
    expect(keysOf(json.totals)).toEqual([
      'macs',
      'totalCycles',
      'computeCycles',
      'stallCycles',
      'latencyMs',
      'inferencesPerSecond',
      'utilization',
      'peakMacsPerCycle',
      'offChipBytes',
      'compulsoryBytes',
      'leastBytes',
      'search',
      'areaMm2',
      'energyPj',
      'energyMj',
      'topsPerWatt',
      'energyDelayProductMjMs',
    ]);
    expect(keysOf(json.layers[0])).toEqual([
      'name',
      'kind',
      'macs',
      'weightBits',
      'activationBits',
      'outputBits',
      'accumulatorBits',
      'computeCycles',
      'stallCycles',
      'totalCycles',
      'peakMacsPerCycle',
      'utilization',
      'offChipBytes',
      'compulsoryBytes',
      'leastBytes',
      'scratchpadBytesPerCore',
      'sharedBufferBytes',
      'interconnectBytes',
      'offChipCycles',
      'energyPj',
      'bound',
      'resident',
      'mapping',
    ]);
    expect(keysOf(json.speedup)).toEqual(['baselineBits', 'value', 'factors', 'beganToFit']);
    expect(json.offChipBytes).toBeUndefined();
    expect(keysOf(json.totals.offChipBytes)).toEqual(['weights', 'inputs', 'outputs', 'total']);
  });

  test('every field of the result is there: nothing is lost on the way', () => {
    const { result, speedup, narrower } = tinyRuns().run;
    expect(json).toEqual({ schemaVersion: 1, ...result, speedup, narrower, accuracy: null });
  });

  test('what is not known is null', () => {
    const { run } = tinyRuns();
    const totals = { ...run.result.totals, energyMj: null, topsPerWatt: null };
    const unknown = JSON.parse(toJson([{ ...run, result: { ...run.result, totals } }]));
    expect([unknown.totals.energyMj, unknown.totals.topsPerWatt]).toEqual([null, null]);
    expect(json.arch.area.vectorUnitMm2).toBeNull();
    expect(JSON.parse(toJson([tinyRuns().baseline])).speedup).toBeNull();
  });
});

test('accuracy is what is published for the network at that precision', () => {
  const { run } = tinyRuns();
  const known = {
    ...run,
    result: { ...run.result, workload: { name: 'resnet50', batch: 1 }, precision: { bits: 4, edgeBits: 8 } },
  };
  expect(JSON.parse(toJson([known])).accuracy).toEqual({
    top1Percent: 76.5,
    top5Percent: 93.2,
    source: expect.stringContaining('arXiv:1805.06085'),
  });
});

test('several runs stand in a list under one version', () => {
  const json = JSON.parse(toJson(tinyGrid()));
  expect(keysOf(json)).toEqual(['schemaVersion', 'runs']);
  expect(json.runs).toHaveLength(4);
  expect(json.runs[0].schemaVersion).toBeUndefined();
});

test('an unlimited bandwidth is "inf"', () => {
  expect(
    JSON.parse(toJson(tinyGrid())).runs.map((run: { arch: { bandwidthGBps: unknown } }) => run.arch.bandwidthGBps),
  ).toEqual(['inf', 64, 'inf', 64]);
});

test('a figure that JSON cannot say is a bug, not a null', () => {
  const { run } = tinyRuns();
  const broken = { ...run, result: { ...run.result, totals: { ...run.result.totals, utilization: Number.NaN } } };
  expect(() => toJson([broken])).toThrow('utilization is NaN');
});

test('the text does not depend on the order in which a result was put together', () => {
  const { run } = tinyRuns();
  const shuffled = {
    ...run,
    result: Object.fromEntries(Object.entries(run.result).reverse()) as unknown as typeof run.result,
  };
  expect(toJson([shuffled])).toBe(toJson([run]));
});
