import { describe, expect, it } from 'vitest';
import type { StudyAxis } from '../../index.js';
import { METRIC_NAMES, WORKLOAD_METRIC_NAMES } from '../../index.js';
import { pointColumns, quotedName } from './columns.js';
import { workloadsViewSql } from './workloads-view.js';

function axis(name: string, ...labels: readonly (string | number | boolean)[]): StudyAxis {
  return { name, fields: [name], levels: labels.map((label) => ({ label, set: {} })) };
}

const of = (...axes: readonly StudyAxis[]) => ({ axes, workloads: [{ workload: 'net', weight: 1 }] });

describe('columns of the table of points', () => {
  it('are index, axes, metrics, whether constraints hold, and the error', () => {
    const names = pointColumns(of(axis('bits', 8, 4))).map(({ name }) => name);
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
    expect(pointColumns(of(axis('some', ...labels)))[1]!.type).toBe(type);
  });

  it('have names that differ in more than capitals', () => {
    const names = pointColumns(of(axis('Index', 1), axis('latencyms', 2))).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['index', 'Index_', 'latencyms', 'latencyMs_']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('read what they are called after', () => {
    const columns = pointColumns(of(axis('bits', 8)));
    const result = { key: 'k', index: 7, values: { bits: 8 }, metrics: null, feasible: false, error: 'no' };
    expect(columns.map(({ valueOf }) => valueOf(result))).toEqual([7, 8, ...METRIC_NAMES.map(() => null), false, 'no']);
  });

  it('are followed by those of each workload where points combine several', () => {
    const workloads = ['a', 'b.json'].map((workload) => ({ workload, weight: 1 }));
    const columns = pointColumns({ axes: [axis('bits', 8)], workloads }).slice(-2 * WORKLOAD_METRIC_NAMES.length);
    expect(columns.map(({ name }) => name)).toEqual(
      ['a', 'b.json'].flatMap((workload) => WORKLOAD_METRIC_NAMES.map((metric) => `${workload}.${metric}`)),
    );
    expect(new Set(columns.map(({ type }) => type))).toEqual(new Set(['double']));
    // With an axis over workloads each point is of one.
    expect(pointColumns({ axes: [axis('workload', 'a', 'b')], workloads: [] }).at(-1)!.name).toBe('error');
  });

  it('of workloads stand below each other in a view of their own', () => {
    const study = {
      // An axis of that name, which sets something else.
      axes: [{ ...axis('workload', 'x'), fields: ['cores'] }],
      workloads: ['a', "b'"].map((workload) => ({ workload, weight: 1 })),
    };
    const sql = workloadsViewSql(study, pointColumns(study))!;
    expect(sql).toContain(`'b''' AS "workload_", "b'.latencyMs" AS "latencyMs"`);
    expect(sql.match(/SELECT "index" AS "index", "workload" AS "workload", /g)).toHaveLength(2);
    expect(workloadsViewSql(of(axis('bits', 8)), pointColumns(of(axis('bits', 8))))).toBeNull();
  });

  it('are quoted', () => expect(quotedName('a "b"')).toBe('"a ""b"""'));
});
