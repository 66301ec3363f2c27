import { describe, expect, it } from 'vitest';
import type { StudyAxis } from '../../index.js';
import { METRIC_NAMES } from '../../index.js';
import { pointColumns, quotedName } from './columns.js';

function axis(name: string, ...labels: readonly (string | number | boolean)[]): StudyAxis {
  return { name, fields: [name], levels: labels.map((label) => ({ label, set: {} })) };
}

describe('columns of the table of points', () => {
  it('are index, axes, metrics, whether constraints hold, and the error', () => {
    const names = pointColumns({ axes: [axis('bits', 8, 4)] }).map(({ name }) => name);
    expect(names).toEqual(['index', 'bits', ...METRIC_NAMES, 'feasible', 'error']);
  });

  it.each([
    [[true, false], 'boolean'],
    [[8, 4], 'integer'],
    [[8, 2 ** 31], 'double'],
    [[0.5, 1], 'double'],
    [[64, 'inf'], 'double'],
    [['small', 'large'], 'text'],
    [[1, true], 'text'],
  ] as const)('have the narrowest type that holds every level: %j is %s', (labels, type) => {
    expect(pointColumns({ axes: [axis('some', ...labels)] })[1]!.type).toBe(type);
  });

  it('have names that differ in more than capitals', () => {
    const names = pointColumns({ axes: [axis('Index', 1), axis('latencyms', 2)] }).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['index', 'Index_', 'latencyms', 'latencyMs_']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('read what they are called after', () => {
    const columns = pointColumns({ axes: [axis('bits', 8)] });
    const result = { key: 'k', index: 7, values: { bits: 8 }, metrics: null, feasible: false, error: 'no' };
    expect(columns.map(({ valueOf }) => valueOf(result))).toEqual([7, 8, ...METRIC_NAMES.map(() => null), false, 'no']);
  });

  it('are quoted', () => expect(quotedName('a "b"')).toBe('"a ""b"""'));
});
