import { describe, expect, test } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { assignPrecision } from '../precision/index.js';
import { resolveMachine } from '../arch/index.js';
import { buildNetwork } from '../workload/index.js';
import { simulateNetwork } from './network.js';
import { simulateRuns } from './runs.js';
import { playQuestion, playRun } from './trace.js';

const network = buildNetwork({
  name: 'net',
  inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
  layers: [
    { name: 'conv', kind: 'convolution', input: 'image', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'pool', kind: 'pooling', input: 'conv', type: 'max', kernel: 2, stride: 2 },
    { name: 'fc', kind: 'linear', input: 'pool', outputFeatures: 10, flatten: true },
  ],
});
const arch = archOf({ cores: 2, capacityKiB: 1, latencyNs: 5 });
const subject = { arch, network, mode: 'latency' } as const;
const choice = { policy: 'uniform', bits: 8 } as const;

describe('a run on a clock', () => {
  const timeline = playRun(subject, choice);
  const machine = resolveMachine(arch, { bits: 8 });
  const result = simulateNetwork(network, assignPrecision(network, choice), machine, 'latency');

  test('plays the layers that were simulated, one after the other, and the same bytes', () => {
    expect(timeline.layers.map(({ name }) => name)).toEqual(['conv', 'pool', 'fc']);
    expect(timeline.layers.map(({ simulatedCycles }) => simulatedCycles)).toEqual(
      result.layers.map(({ totalCycles }) => totalCycles),
    );
    expect(timeline.layers.map(({ bytes }) => bytes.total)).toEqual(
      result.layers.map(({ offChipBytes }) => offChipBytes.total),
    );
    const [conv, pool, fc] = timeline.layers;
    expect([conv?.startCycle, pool?.startCycle]).toEqual([0, conv?.cycles]);
    expect(timeline.cycles).toBe(fc!.startCycle + fc!.cycles);
  });

  test('events lie within their layers', () => {
    expect(timeline.events.length).toBeGreaterThan(10);
    for (const { layer, startCycle, endCycle } of timeline.events) {
      const { startCycle: from, cycles } = timeline.layers[layer]!;
      expect(startCycle).toBeGreaterThanOrEqual(from);
      expect(endCycle).toBeLessThanOrEqual(from + cycles);
    }
  });

  test('one layer starts at 0 and takes as long as among the others', () => {
    const alone = playRun(subject, choice, { layer: 'fc' });
    expect(alone.layers).toEqual([{ ...timeline.layers[2]!, startCycle: 0 }]);
  });

  test('events beyond a limit are counted, not kept; the cycles stay', () => {
    const few = playRun(subject, choice, { maxEvents: 10 });
    expect(few.events).toEqual(timeline.events.slice(0, 10));
    expect(few.eventsLeftOut).toBe(timeline.events.length - 10);
    expect(few.cycles).toBe(timeline.cycles);
  });

  test('a layer that is not there is named, with its likely mend', () => {
    expect(() => playRun(subject, choice, { layer: 'Conv' })).toThrow(
      /workload net: layers: has no such layer \(found "Conv"\); did you mean conv\?/,
    );
  });
});

test('a question plays at its first width and bandwidth', () => {
  const timeline = playQuestion({ ...subject, bits: [4], edgeBits: 'same', bandwidthsGBps: [2] });
  expect(timeline).toMatchObject({ precision: { bits: 4, edgeBits: null }, arch: { bandwidthGBps: 2 } });
  expect(playQuestion({ ...subject, bits: [4] }).precision).toEqual({ bits: 4, edgeBits: 8 });
  expect(() => playQuestion({ ...subject, bits: [] })).toThrow(/bits: a precision is needed/);
});

test('a question plays with the exceptions that it asks for, as it is simulated', () => {
  const residual = buildNetwork({
    name: 'block',
    inputs: [{ name: 'image', channels: 8, height: 8, width: 8 }],
    layers: [
      { name: 'stem', kind: 'convolution', input: 'image', outputChannels: 8, kernel: 3, padding: 1 },
      { name: 'conv', kind: 'convolution', input: 'stem', outputChannels: 8, kernel: 3, padding: 1 },
      { name: 'add', kind: 'addition', inputs: ['conv', 'stem'] },
      { name: 'head', kind: 'linear', input: 'add', outputFeatures: 10, flatten: true },
    ],
  });
  const question = { ...subject, network: residual, bits: [2], edgeBits: 4, shortcutBits: 16 };
  const timeline = playQuestion(question);
  const [run] = simulateRuns(question);
  expect(timeline.precision).toEqual({ bits: 2, edgeBits: 4, shortcutBits: 16 });
  expect(timeline.layers.map(({ bytes }) => bytes.total)).toEqual(
    run!.result.layers.map(({ offChipBytes }) => offChipBytes.total),
  );
  const cached = playRun({ ...subject, network: residual }, { policy: 'uniform', bits: 4, kvCacheBits: 8 });
  expect(cached.precision).toEqual({ bits: 4, edgeBits: null, kvCacheBits: 8 });
});
