import { describe, expect, it } from 'vitest';
import { dataflowFaults } from './dataflow.js';
import { arraySides, dataflowOf, dataflows, loopClassOf, loopDimensions } from './index.js';
import type { Dataflow, DataflowName } from './index.js';

const all = Object.entries(dataflows) as [DataflowName, Dataflow][];

/** What every dataflow promises the mapping. */
describe.each(all)('%s', (key, dataflow) => {
  it('is found under its own name', () => {
    expect(dataflow.name).toBe(key);
    expect(dataflowOf(key)).toBe(dataflow);
  });

  it('is one that a machine file could state', () => {
    expect(dataflowFaults(dataflow)).toEqual([]);
  });

  it('lays some loops out in space, each on one side, and knows no side but those of an array', () => {
    const unrolled = Object.values(dataflow.axes).flatMap(({ unroll }) => unroll);
    expect(unrolled.length).toBeGreaterThan(0);
    expect(new Set(unrolled).size).toBe(unrolled.length);
    expect(arraySides).toEqual(expect.arrayContaining(Object.keys(dataflow.axes)));
  });

  it('streams the loops that the operand it keeps does not depend on', () => {
    const reused = { weights: 'pixels', inputs: 'outputChannels', outputs: 'reduction' } as const;
    expect(dataflow.stream).toBe(reused[dataflow.stationary]);
  });

  it('keeps sums in the array exactly when the reduction runs in time, and preloads what it keeps otherwise', () => {
    expect(dataflow.accumulatesInArray).toBe(dataflow.stream === 'reduction');
    expect(dataflow.preloads).toBe(!dataflow.accumulatesInArray);
  });

  it('says what it does', () => {
    expect(dataflow.description).not.toBe('');
  });
});

describe('dataflows', () => {
  it('hop along every side or along none, as systolic arrays and trees do', () => {
    const systolic = all.filter(([, { axes }]) => Object.values(axes).some((axis) => axis.systolic));
    expect(systolic.map(([name]) => name)).toEqual(['weight-stationary', 'output-stationary', 'input-stationary']);
    for (const [, { axes }] of systolic) expect(Object.values(axes).every((axis) => axis.systolic)).toBe(true);
  });

  it('lay out what their namesakes do', () => {
    const sides = ({ axes }: Dataflow) =>
      Object.fromEntries(Object.entries(axes).map(([side, { unroll }]) => [side, unroll]));
    // NVDLA: atomic-C by atomic-K. Eyeriss: kernel rows against output rows. DPU: pixels by channels by channels.
    expect(sides(dataflowOf('channel-parallel'))).toEqual({ rows: ['inputChannels'], columns: ['outputChannels'] });
    expect(sides(dataflowOf('row-stationary'))).toEqual({
      rows: ['kernelRows', 'inputChannels'],
      columns: ['outputRows'],
    });
    expect(sides(dataflowOf('pixel-channel-parallel'))).toEqual({
      rows: ['inputChannels'],
      columns: ['outputChannels'],
      depth: ['outputColumns'],
    });
  });
});

describe('loopClassOf', () => {
  it.each([
    ['pixels', ['batch', 'outputRows', 'outputColumns']],
    ['groups', ['groups']],
    ['outputChannels', ['outputChannels']],
    ['reduction', ['inputChannels', 'kernelRows', 'kernelColumns']],
  ])('%s', (kind, dimensions) => {
    expect(loopDimensions.filter((dimension) => loopClassOf(dimension) === kind)).toEqual(dimensions);
  });
});
