import { describe, expect, it } from 'vitest';
import { problemOf } from '../../test/properties/problems.test-data.js';
import type { LoopNest } from '../workload/loop-nest.js';
import { problemKey, secondElements, type LayerProblem } from './problem.js';

const problem = problemOf({ groups: 2, outputChannels: 3, inputChannels: 5, kernelRows: 3, kernelColumns: 7 });

describe('secondElements', () => {
  it('is G K C R S on the array, nothing on the vector unit', () => {
    expect(secondElements(problem)).toBe(2 * 3 * 5 * 3 * 7);
    expect(secondElements({ ...problem, engine: 'vector' })).toBe(0);
  });
});

describe('problemKey', () => {
  it('differs wherever two problems differ, in any field of the nest', () => {
    for (const field of Object.keys(problem.nest) as (keyof LoopNest)[]) {
      const other = { ...problem, nest: { ...problem.nest, [field]: problem.nest[field] + 100 } };
      expect(problemKey(other), field).not.toBe(problemKey(problem));
    }
  });

  it('differs in any other field, and is the same for the same problem', () => {
    for (const field of Object.keys(problem) as (keyof LayerProblem)[]) {
      if (field === 'nest') continue;
      const value = field === 'engine' ? 'vector' : problem[field] + 100;
      expect(problemKey({ ...problem, [field]: value }), field).not.toBe(problemKey(problem));
    }
    expect(problemKey({ ...problem, nest: { ...problem.nest } })).toBe(problemKey(problem));
  });
});
