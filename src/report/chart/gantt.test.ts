import { describe, expect, test } from 'vitest';
import { conv, tinyLayer, tinyTimeline } from '../timeline.test-data.js';
import type { Drawing } from './drawing.js';
import { drawGantt } from './gantt.js';

interface Dataset {
  readonly label: string;
  readonly data: readonly { readonly x: readonly [number, number]; readonly y: string }[];
}

const datasetsOf = ({ configuration }: Drawing) => configuration.data.datasets as unknown as readonly Dataset[];

describe('a layer over time', () => {
  const drawing = drawGantt(tinyLayer);

  test('has a row for each thing that crosses the channel and for each core', () => {
    expect(drawing.configuration.data.labels).toEqual([
      'latency',
      'weights',
      'outputs',
      'core 0 array',
      'core 1 array',
    ]);
  });

  test('draws from when to when, in microseconds: a cycle is 0.0005', () => {
    const [moves, waits, computes] = datasetsOf(drawing);
    expect(moves?.data).toEqual([
      { x: [0.005, 0.01], y: 'weights' },
      { x: [0.01, 0.015], y: 'weights' },
      { x: [0.045, 0.05], y: 'outputs' },
    ]);
    expect(waits?.data).toEqual([{ x: [0, 0.005], y: 'latency' }]);
    expect(computes?.data).toEqual([
      { x: [0.01, 0.0225], y: 'core 0 array' },
      { x: [0.01, 0.0225], y: 'core 1 array' },
      { x: [0.0225, 0.035], y: 'core 0 array' },
    ]);
    expect(JSON.stringify(drawing.configuration.options)).toContain('time (µs)');
  });

  test('says what was run, and how busy the channel was', () => {
    const texts = JSON.stringify(drawing.configuration.options);
    expect(texts).toContain('conv over time');
    expect(texts).toContain('net, batch 1, 4 bits (edges 8), 64 GB/s, latency, machine tiny');
    expect(texts).toContain('100 cycles in 2 tiles a core, channel busy 40.0% of them');
    expect(texts).not.toContain('drawn');
    const layers = tinyLayer.layers.map((layer) => ({ ...layer, steps: 1 }));
    expect(JSON.stringify(drawGantt({ ...tinyLayer, layers }).configuration.options)).toContain('in 1 tile a core');
  });

  test('is a plain value', () => {
    expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
  });
});

test('of many tiles the first 24 are drawn, and of many cores the first and last two, with the others told in between', () => {
  const steps = Array.from({ length: 30 }, (_, step) => step);
  const events = steps.flatMap((step) =>
    [0, 1, 2, 3, 4, 5].map((core) => ({
      what: 'compute' as const,
      layer: 0,
      core,
      step,
      startCycle: 10 * step,
      endCycle: 10 * step + 10,
    })),
  );
  const drawing = drawGantt({ ...tinyLayer, cycles: 300, layers: [{ ...conv, steps: 30, cycles: 300 }], events });
  expect(drawing.configuration.data.labels).toEqual([
    'core 0 array',
    'core 1 array',
    '2 more cores, not drawn',
    'core 4 array',
    'core 5 array',
  ]);
  expect(datasetsOf(drawing)[2]?.data).toHaveLength(4 * 24);
  const texts = JSON.stringify(drawing.configuration.options);
  expect(texts).toContain('drawn: the first 24 tiles');
  expect(texts).toContain('"max":0.12');
});

test('several layers are refused', () => {
  expect(() => drawGantt(tinyTimeline)).toThrow(/--chart: draws one layer \(found "2 layers"\); name it with --layer/);
});
