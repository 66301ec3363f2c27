import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { PointResult, PreparedStudy } from '../../index.js';
import { loadOptional } from '../optional-package.js';
import { columnTypes, pointColumns, quotedName, type PointColumn } from './columns.js';
import { workloadsViewSql } from './workloads-view.js';

/**
 * A database file with a table `points`, a row for each point of a study, by index; and, where points combine several workloads,
 * a view `workloads` with a row for each workload of each.
 */
export interface PointsDatabase {
  readonly rows: number;
  readonly columns: readonly PointColumn[];
  readonly hasWorkloads: boolean;
  /** Lets SQL at it; where the SQL is not ours, it can neither write nor look at any other file. */
  readonly connect: <Result>(
    whose: 'ours' | "the user's",
    use: (connection: DuckDBConnection) => Promise<Result>,
  ) => Promise<Result>;
}

/** Rows are handed to the database in pieces, so that they need not fit into memory. */
const ROWS_AT_ONCE = 100_000;
/** One thread: rows stay in their order, and a file made of them has the same bytes every time. */
const SETTINGS = { threads: '1' };
const CLOSED = { access_mode: 'READ_ONLY', enable_external_access: 'false', lock_configuration: 'true' };

/**
 * Makes the database in a temporary folder, uses it, and removes it.
 * @param wanted what the user asked for that needs DuckDB, for the message where it is not installed
 */
export async function withPointsDatabase<Result>(
  wanted: string,
  study: PreparedStudy,
  results: AsyncIterable<PointResult>,
  use: (database: PointsDatabase) => Promise<Result>,
): Promise<Result> {
  const { DuckDBInstance } = await loadOptional(wanted, ['@duckdb/node-api'], () => import('@duckdb/node-api'));
  const folder = await mkdtemp(join(tmpdir(), 'accelsim-points-'));
  const columns = pointColumns(study);
  const connect: PointsDatabase['connect'] = async (whose, work) => {
    const settings = { ...SETTINGS, temp_directory: join(folder, 'spill'), ...(whose === 'ours' ? {} : CLOSED) };
    const instance = await DuckDBInstance.create(join(folder, 'points.duckdb'), settings);
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  try {
    const view = workloadsViewSql(study, columns);
    const rows = await connect('ours', async (connection) => {
      const filled = await fill(connection, columns, results);
      if (view !== null) await connection.run(view);
      return filled;
    });
    return await use({ rows, columns, hasWorkloads: view !== null, connect });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(
  connection: DuckDBConnection,
  columns: readonly PointColumn[],
  results: AsyncIterable<PointResult>,
): Promise<number> {
  const declared = columns.map(({ name, type }) => `${quotedName(name)} ${columnTypes[type].sql}`);
  await connection.run(`CREATE TABLE points (${declared.join(', ')})`);
  let appender = await connection.createAppender('points');
  let rows = 0;
  for await (const result of results) {
    for (const column of columns) append[column.type](appender, column.valueOf(result));
    appender.endRow();
    rows += 1;
    if (rows % ROWS_AT_ONCE > 0) continue;
    appender.closeSync();
    appender = await connection.createAppender('points');
  }
  appender.closeSync();
  return rows;
}

type Value = string | number | boolean | null;

const append: Readonly<Record<PointColumn['type'], (appender: DuckDBAppender, value: Value) => void>> = {
  boolean: orNull((appender, value) => appender.appendBoolean(value === true)),
  integer: orNull((appender, value) => appender.appendInteger(Number(value))),
  double: orNull((appender, value) => appender.appendDouble(value === 'inf' ? Infinity : Number(value))),
  text: orNull((appender, value) => appender.appendVarchar(String(value))),
};

function orNull(put: (appender: DuckDBAppender, value: NonNullable<Value>) => void) {
  return (appender: DuckDBAppender, value: Value): void =>
    value === null ? appender.appendNull() : put(appender, value);
}
