import type { DuckDBConnection, DuckDBResult, DuckDBType, Json } from '@duckdb/node-api';
import { failure } from '../../index.js';
import type { PointsDatabase } from './points-database.js';

/** Rows that SQL came to, as they come. */
export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: AsyncIterable<readonly Json[]>;
}

const WHOLE_NUMBERS = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL)/;
const NUMBERS = /^(DOUBLE|FLOAT)$/;

/**
 * Asks the points of a study. The SQL can neither change anything nor reach another file.
 * @throws AccelsimError with what DuckDB says of the SQL
 */
export function queryPoints<Result>(
  database: PointsDatabase,
  sql: string,
  use: (result: QueryResult) => Promise<Result>,
): Promise<Result> {
  return database.connect("the user's", async (connection) => {
    const result = await inWords(database, sql, () => begin(connection, sql));
    const types = result.columnTypes();
    const columns = result.deduplicatedColumnNames().map((name, at) => ({ name, isNumber: isNumber(types[at]!) }));
    return use({ columns, rows: rowsOf(result, types, database, sql) });
  });
}

async function begin(connection: DuckDBConnection, sql: string): Promise<DuckDBResult> {
  const count = await statementsIn(connection, sql);
  if (count !== 1) throw new Error(count === 0 ? 'there is no statement' : 'more than one statement');
  return connection.stream(sql);
}

async function statementsIn(connection: DuckDBConnection, sql: string): Promise<number> {
  try {
    return (await connection.extractStatements(sql)).count;
  } catch (error) {
    // All that the library says of nothing, or of nothing but comments.
    if (error instanceof Error && error.message === 'Error in native callback') return 0;
    throw error;
  }
}

async function* rowsOf(
  result: DuckDBResult,
  types: readonly DuckDBType[],
  database: PointsDatabase,
  sql: string,
): AsyncGenerator<readonly Json[]> {
  const pieces = result.yieldRowsJson()[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await inWords(database, sql, () => pieces.next());
    if (done === true) return;
    for (const row of value) yield row.map((cell, at) => plain(cell, types[at]!));
  }
}

/** DuckDB writes what a double can not hold, and what JSON has no number for, as text. */
function plain(cell: Json, type: DuckDBType): Json {
  if (typeof cell !== 'string') return cell;
  if (NUMBERS.test(String(type))) return cell.replace('Infinity', 'inf');
  const number = Number(cell);
  return WHOLE_NUMBERS.test(String(type)) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : cell;
}

function isNumber(type: DuckDBType): boolean {
  return WHOLE_NUMBERS.test(String(type)) || NUMBERS.test(String(type));
}

async function inWords<T>({ columns, hasWorkloads }: PointsDatabase, sql: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [words = ''] = error.message.replace('Failed to extract statements: ', '').split('\n\n');
    const names = columns.map(({ name }) => name).join(', ');
    const view = hasWorkloads ? '; workloads has a row for each workload of each point' : '';
    const hint = `the table is points, its columns are ${names}${view}`;
    throw failure('SQL', '', words.replaceAll('\n', '; '), sql, hint);
  }
}
