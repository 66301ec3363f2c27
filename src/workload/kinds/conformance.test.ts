import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countLayer } from '../counts.js';
import { outputElements } from '../loop-nest.js';
import { shapeElements } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import { touchedAlongAxis } from '../touched.js';
import { layerKindOf, layerKinds } from './index.js';
import type { LayerKindName } from './index.js';

interface Sample {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly inputs: readonly TensorShape[];
  /** Values that the loops make for each element of the output, where that is not 1: they are added up. */
  readonly valuesPerOutput?: number;
}

const map = { channels: 12, height: 9, width: 7 };
const sequence = { channels: 12, height: 9, width: 1 };

/** Every kind must have samples here, or this file does not compile. */
const samples = {
  convolution: [
    { spec: { input: 'x', outputChannels: 8, kernel: 3, stride: 2, padding: 1 }, inputs: [map] },
    { spec: { input: 'x', outputChannels: 24, kernel: 3, groups: 12, dilation: 2, padding: 'same' }, inputs: [map] },
  ],
  'transposed-convolution': [
    { spec: { input: 'x', outputChannels: 8, kernel: 2, stride: 2 }, inputs: [map] },
    // 9 x 7 inputs make 3 x 3 values each; the output is 2 x 9 + 1 by 2 x 7 + 1.
    {
      spec: { input: 'x', outputChannels: 8, kernel: 3, stride: 2, groups: 4 },
      inputs: [map],
      valuesPerOutput: (9 * 7 * 9) / (19 * 15),
    },
  ],
  linear: [
    { spec: { input: 'x', outputFeatures: 5, flatten: true }, inputs: [map] },
    { spec: { input: 'x', outputFeatures: 5 }, inputs: [sequence] },
  ],
  matmul: [
    { spec: { inputs: ['x', 'y'], groups: 3, transposeSecond: true }, inputs: [sequence, { ...sequence, height: 5 }] },
    { spec: { inputs: ['x', 'y'], groups: 3 }, inputs: [sequence, { channels: 6, height: 4, width: 1 }] },
    {
      spec: { inputs: ['x', 'y'], groups: 6, secondGroups: 2, transposeSecond: true },
      inputs: [sequence, { channels: 4, height: 5, width: 1 }],
    },
  ],
  embedding: [{ spec: { input: 'x', rows: 100, features: 6 }, inputs: [{ channels: 1, height: 9, width: 1 }] }],
  pooling: [
    { spec: { input: 'x', type: 'max', kernel: 3, stride: 2, padding: 1, rounding: 'up' }, inputs: [map] },
    { spec: { input: 'x', type: 'average', kernel: 'global' }, inputs: [map] },
  ],
  reduce: [
    { spec: { input: 'x', function: 'mean', over: ['channels'] }, inputs: [map] },
    { spec: { input: 'x', function: 'sum', over: ['rows', 'columns'] }, inputs: [map] },
  ],
  resize: [
    { spec: { input: 'x', mode: 'nearest', scale: 2 }, inputs: [map] },
    { spec: { input: 'x', mode: 'bilinear', size: { height: 18, width: 9 } }, inputs: [map] },
    { spec: { input: 'x', mode: 'bilinear', scale: 0.6 }, inputs: [map] },
  ],
  addition: [
    { spec: { inputs: ['x', 'y', 'z'] }, inputs: [map, map, map] },
    { spec: { inputs: ['x', 'y'] }, inputs: [map, { channels: 12, height: 1, width: 1 }] },
  ],
  elementwise: [
    { spec: { inputs: ['x', 'y'], function: 'multiply' }, inputs: [map, { channels: 12, height: 1, width: 1 }] },
    { spec: { inputs: ['x', 'y'], function: 'divide' }, inputs: [map, map] },
  ],
  activation: [
    { spec: { input: 'x', function: 'relu' }, inputs: [map] },
    { spec: { input: 'x', function: 'softmax' }, inputs: [map] },
  ],
  concatenation: [
    { spec: { inputs: ['x', 'y'] }, inputs: [map, { ...map, channels: 5 }] },
    { spec: { inputs: ['x', 'y'], axis: 'rows' }, inputs: [map, { ...map, height: 1 }] },
  ],
  copy: [
    { spec: { input: 'x', role: 'cache' }, inputs: [map] },
    { spec: { input: 'x', output: { channels: 12, height: 11, width: 9 } }, inputs: [map] },
  ],
} as const satisfies Record<LayerKindName, readonly Sample[]>;

const names = Object.keys(layerKinds).filter((name): name is LayerKindName => name in samples);

describe.each(names)('the kind %s', (name) => {
  const kind = layerKindOf(name);
  const cases: readonly Sample[] = samples[name];
  const specs = cases.map(({ spec }) => ({ name: 'layer', kind: name, ...spec }));
  const geometries = cases.map(({ inputs, valuesPerOutput = 1 }, index) => {
    const geometry = kind.infer(kind.schema.parse(specs[index]), inputs, (field, rule) => {
      throw new Error(`${field.join('.')}: ${rule}`);
    });
    if (geometry === undefined) throw new Error('no geometry for a good layer');
    return { inputs, valuesPerOutput, ...geometry };
  });

  it('has a strict schema under its own name', () => {
    for (const spec of specs) {
      expect(kind.schema.safeParse(spec).success).toBe(true);
      expect(kind.schema.safeParse({ ...spec, colour: 'red' }).success).toBe(false);
      expect(kind.schema.safeParse({ ...spec, kind: 'other' }).success).toBe(false);
    }
  });

  it('describes itself and each of its fields to editors', () => {
    const { description, properties } = z.toJSONSchema(kind.schema, { io: 'input' });
    expect(description).toBe(kind.description);
    const described = Object.entries(properties ?? {}).filter(
      ([, field]) => typeof field === 'object' && field.description,
    );
    expect(described.map(([field]) => field)).toEqual(
      Object.keys(properties ?? {}).filter((field) => field !== 'kind'),
    );
  });

  it('multiplies on the array, and on the vector unit has nothing to multiply with', () => {
    expect(['none', 'table'].includes(kind.secondOperand)).toBe(kind.engine === 'vector');
  });

  it('has a table just when rows of it are looked up', () => {
    for (const { tableElements = 0 } of geometries) expect(tableElements > 0).toBe(kind.secondOperand === 'table');
  });

  it('makes as many elements as its output has', () => {
    for (const { output, nest, valuesPerOutput } of geometries)
      expect(outputElements(nest)).toBeCloseTo(shapeElements(output) * valuesPerOutput, 6);
  });

  it('gives loops of whole numbers that read the input and nothing else', () => {
    for (const { nest } of geometries) {
      for (const [field, value] of Object.entries(nest)) {
        expect(Number.isSafeInteger(value), field).toBe(true);
        expect(value, field).toBeGreaterThanOrEqual(field.startsWith('padding') ? 0 : 1);
      }
      const rows = touchedAlongAxis(
        0,
        nest.outputRows,
        nest.strideRows,
        nest.kernelRows,
        nest.dilationRows,
        nest.paddingTop,
        nest.inputRows,
      );
      expect(rows).toBeGreaterThan(0);
      expect(rows).toBeLessThanOrEqual(nest.inputRows);
    }
  });

  it('covers its first input: groups, channels, rows and columns', () => {
    for (const { inputs, nest, output, readElements, tableElements } of geometries) {
      // A concatenation reads its inputs one after the other, so its loops cover all of them.
      const elements = inputs.map(shapeElements);
      const covered = nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
      // A copy that says how much it reads, and rows of a table, move at the pace of the output.
      if (readElements !== undefined || tableElements !== undefined) {
        expect(covered).toBe(shapeElements(output));
        expect(readElements ?? 0).toBeLessThanOrEqual(elements[0]!);
        continue;
      }
      expect([elements[0], elements.reduce((sum, count) => sum + count, 0)]).toContain(covered);
    }
  });

  it('writes in place only what has the shape of an input', () => {
    if (!kind.inPlace) return;
    for (const { inputs, output } of geometries) expect(inputs).toContainEqual(output);
  });

  it('does work in proportion to the batch, and the weights stay', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (from, to) => {
        for (const { nest, operationsPerOutput } of geometries) {
          const one = countLayer(kind, nest, operationsPerOutput);
          const many = kind.withBatch(kind.withBatch(nest, 1, from), from, to);
          const counts = countLayer(kind, many, operationsPerOutput);
          expect(outputElements(many)).toBe(outputElements(nest) * to);
          expect(counts.macs).toBe(one.macs * to);
          expect(counts.vectorOperations).toBe(one.vectorOperations * to);
          expect(counts.weightElements).toBe(one.weightElements);
          expect(kind.withBatch(many, to, 1)).toEqual(nest);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('counts work on its own engine only', () => {
    for (const { nest, operationsPerOutput } of geometries) {
      const { macs, vectorOperations, weightElements } = countLayer(kind, nest, operationsPerOutput);
      expect(macs > 0).toBe(kind.engine === 'array');
      expect(vectorOperations > 0).toBe(kind.engine === 'vector');
      expect(weightElements > 0).toBe(kind.secondOperand === 'weights');
    }
  });
});
