import { expect, test } from 'vitest';
import { tinyGrid, tinyRuns } from '../../test/fixtures/runs.js';
import { csvField, toCsv } from './to-csv.js';

test('commas, quotes and line breaks are quoted, quotes doubled, null is empty', () => {
  expect(['plain', 'a,b', 'say "so"', 'two\nlines', 'carriage\rreturn', 0, null].map(csvField)).toEqual([
    'plain',
    '"a,b"',
    '"say ""so"""',
    '"two\nlines"',
    '"carriage\rreturn"',
    '0',
    '',
  ]);
});

test('one row per run and layer, each as long as the header', () => {
  const rows = toCsv(tinyGrid())
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  expect(rows).toHaveLength(1 + 4 * 3);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
});

test('values are exact and say which run they are of', () => {
  const [header = [], conv = [], add = []] = toCsv([tinyRuns().run])
    .split('\n')
    .map((row) => row.split(','));
  const at = (row: string[], name: string): string | undefined => row[header.indexOf(name)];
  expect(
    [
      'bits',
      'bandwidthGBps',
      'layer',
      'macs',
      'totalCycles',
      'offChipInputBytes',
      'utilization',
      'dataflow',
      'runSpeedup',
    ].map((name) => at(conv, name)),
  ).toEqual([
    '4',
    '64',
    'conv',
    '1024000',
    '1400',
    '32768',
    // 1,024,000 / (1,024 x 1,400)
    '0.7142857142857143',
    'weight-stationary',
    '5',
  ]);
  expect([at(add, 'dataflow'), at(add, 'resident'), at(add, 'edgeBits')]).toEqual(['', 'input output', '']);
});

test('energy comes by component, and empty where it is not known', () => {
  const { run } = tinyRuns();
  const [layer] = run.result.layers;
  const unknown = { ...layer!, energyPj: { ...layer!.energyPj, leakage: null, total: null } };
  const [header = [], conv = []] = toCsv([{ ...run, result: { ...run.result, layers: [unknown] } }])
    .split('\n')
    .map((row) => row.split(','));
  const at = (name: string): string | undefined => conv[header.indexOf(name)];
  // Of the fixture: 1,024,000 MACs of 4 / 16 pJ, 49,152 bytes of 64.
  expect([at('macEnergyPj'), at('offChipEnergyPj'), at('leakageEnergyPj'), at('energyPj')]).toEqual([
    '256000',
    '3145728',
    '',
    '',
  ]);
});

test('widths of shortcuts and of the cache have columns, empty where nothing was asked of them', () => {
  const { run } = tinyRuns();
  const asked = {
    ...run,
    result: { ...run.result, precision: { ...run.result.precision, shortcutBits: 16, kvCacheBits: 8 } },
  };
  const widths = (of: typeof run): (string | undefined)[] => {
    const [header = [], conv = []] = toCsv([of])
      .split('\n')
      .map((row) => row.split(','));
    return ['shortcutBits', 'kvCacheBits'].map((name) => conv[header.indexOf(name)]);
  };
  expect(widths(asked)).toEqual(['16', '8']);
  expect(widths(run)).toEqual(['', '']);
});

test('an unlimited bandwidth is inf', () => {
  expect(toCsv(tinyGrid()).split('\n')[1]?.split(',').slice(0, 8)).toEqual([
    'tiny',
    'tiny-net',
    '1',
    'latency',
    '16',
    '',
    'inf',
    'conv',
  ]);
});

test('the last columns say how values lie, which memory it was, and what mappings were chosen for', () => {
  const { run } = tinyRuns();
  const rowOf = (result: typeof run.result): Record<string, string | undefined> => {
    const [header = [], conv = []] = toCsv([{ ...run, result }])
      .split('\n')
      .map((row) => row.split(','));
    expect(header.slice(-4)).toEqual(['packing', 'memory', 'memoryChannels', 'objective']);
    return Object.fromEntries(header.map((name, at) => [name, conv[at]]));
  };
  const { arch } = run.result;
  expect(rowOf(run.result)).toMatchObject({ packing: 'dense', memory: '', memoryChannels: '', objective: 'latency' });
  const memory = { name: 'LPDDR5', channels: 2 };
  expect(
    rowOf({ ...run.result, arch: { ...arch, packing: 'power-of-two', memory }, objective: 'energy-delay' }),
  ).toMatchObject({ packing: 'power-of-two', memory: 'LPDDR5', memoryChannels: '2', objective: 'energy-delay' });
});
