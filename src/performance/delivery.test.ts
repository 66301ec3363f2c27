import { describe, expect, it } from 'vitest';
import type { DataflowName, DataflowSpec } from '../arch/index.js';
import { emptyCandidate } from '../mapping/candidate.js';
import { setTiles } from '../mapping/geometry.js';
import { tileSpaces, type LayerProblem } from '../mapping/index.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { scratchpadBytes } from './delivery.js';

/** Of the whole layer as one tile, on an array of 4 rows and 3 columns. */
function bytesOf(problem: LayerProblem, dataflow: DataflowName | DataflowSpec): number {
  const machine = machineOf({ rows: 4, columns: 3, dataflows: [dataflow] });
  const [space] = tileSpaces(problem, machine);
  const candidate = emptyCandidate();
  setTiles(candidate, problem, machine, space!, 0, 0, 0, 0);
  return scratchpadBytes(candidate, problem);
}

// 10 x 9 by 9 x 7: 90 inputs, 63 weights, 70 outputs. One byte each, sums of 4.
const product = problemOf({ outputRows: 10, inputChannels: 9, outputChannels: 7 });

describe('bytes between scratchpad and array', () => {
  it('weight-stationary: weights once, inputs for each of ceil(7/3) folds, sums in and out for each of ceil(9/4)', () => {
    expect(bytesOf(product, 'weight-stationary')).toBe(63 + 3 * 90 + (3 + 2) * 70 * 4);
  });

  it('input-stationary: inputs once, weights for each of ceil(10/3) folds, sums as above', () => {
    expect(bytesOf(product, 'input-stationary')).toBe(90 + 4 * 63 + (3 + 2) * 70 * 4);
  });

  it('output-stationary: inputs for each of ceil(7/3) folds, weights for each of ceil(10/4), outputs once as they are', () => {
    expect(bytesOf(product, 'output-stationary')).toBe(3 * 90 + 3 * 63 + 70);
  });

  it('are fewer where lanes take several products at a time: ceil(9 / 8) folds of the reduction', () => {
    expect(bytesOf({ ...product, lanes: 2 }, 'weight-stationary')).toBe(63 + 3 * 90 + (2 + 1) * 70 * 4);
  });

  it('count operands at their width in the scratchpad, wherever they come from', () => {
    const resident = { ...product, inputBits: 0, inputWidthBits: 4, secondWidthBits: 2, outputWidthBits: 16 };
    // 270 inputs at 4 bits, 189 weights at 2: 182.25 bytes; 140 of outputs.
    expect(bytesOf(resident, 'output-stationary')).toBe(Math.ceil(135 + 47.25 + 140));
  });

  it('have inputs that output channels side by side share read once, and those of groups once each', () => {
    const axes = { columns: { unroll: ['groups', 'outputChannels'], systolic: false } } as const;
    const flat = { name: 'flat', description: 'groups by channels', stationary: 'weights', axes } as const;
    // 5 groups of 2 channels lie in the columns as 001 122 334 4: 2 + 2 + 2 + 1 groups read their 10 inputs. 10 weights.
    // 100 sums.
    const grouped = problemOf({ groups: 5, outputChannels: 2, outputRows: 10 });
    expect(bytesOf(grouped, flat)).toBe(7 * 10 + 10 + 100 * 4);
  });

  it('of the vector unit are what each output reads, and the output', () => {
    // 2 x 2 pooling of 5 channels to 3 x 3: windows do not share what they read.
    const pooling = problemOf(
      { groups: 5, outputRows: 3, outputColumns: 3, kernelRows: 2, kernelColumns: 2 },
      { engine: 'vector', secondBits: 0, vectorOperationsPerOutput: 4 },
    );
    expect(bytesOf(pooling, 'weight-stationary')).toBe(45 * 4 + 45);
  });
});
