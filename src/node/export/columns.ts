import type { PointResult, PreparedStudy } from '../../index.js';
import { METRIC_NAMES, workloadColumns } from '../../index.js';

/** A column of the table `points`. */
export interface PointColumn {
  readonly name: string;
  readonly type: keyof typeof columnTypes;
  readonly valueOf: (result: PointResult) => string | number | boolean | null;
}

/** Types of columns: their name in SQL, and whether they can hold a value. The first that holds all levels of an axis is taken. */
export const columnTypes = {
  boolean: { sql: 'BOOLEAN', holds: (value: unknown) => typeof value === 'boolean' },
  integer: { sql: 'INTEGER', holds: (value: unknown) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 },
  double: { sql: 'DOUBLE', holds: (value: unknown) => typeof value === 'number' || value === 'inf' },
  text: { sql: 'VARCHAR', holds: () => true },
} as const;

type ColumnType = keyof typeof columnTypes;

/**
 * Index, every axis, every metric, whether constraints hold, the error, the figures of each of several workloads: as in
 * the CSV of a study.
 */
export function pointColumns(study: Pick<PreparedStudy, 'axes' | 'workloads'>): PointColumn[] {
  const { axes } = study;
  const columns: PointColumn[] = [
    { name: 'index', type: 'integer', valueOf: ({ index }) => index },
    ...axes.map(
      ({ name, levels }): PointColumn => ({
        name,
        type: typeFor(levels.map(({ label }) => label)),
        valueOf: ({ values }) => values[name] ?? null,
      }),
    ),
    ...METRIC_NAMES.map(
      (name): PointColumn => ({ name, type: 'double', valueOf: ({ metrics }) => metrics?.[name] ?? null }),
    ),
    { name: 'feasible', type: 'boolean', valueOf: ({ feasible }) => feasible },
    { name: 'error', type: 'text', valueOf: ({ error }) => error },
    ...workloadColumns(study).map(({ name, valueOf }): PointColumn => ({ name, type: 'double', valueOf })),
  ];
  const names = differentNames(columns.map(({ name }) => name));
  return columns.map((column, at) => ({ ...column, name: names[at]! }));
}

function typeFor(values: readonly unknown[]): ColumnType {
  const types = Object.keys(columnTypes) as ColumnType[];
  return types.find((type) => values.every((value) => columnTypes[type].holds(value))) ?? 'text';
}

/** SQL does not tell capitals from small letters. */
export function differentNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((asked) => {
    let name = asked;
    while (taken.has(name.toLowerCase())) name += '_';
    taken.add(name.toLowerCase());
    return name;
  });
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
