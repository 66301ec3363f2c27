import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PointResult, PreparedStudy } from '../../index.js';
import { studyCsvHeader, studyCsvLine } from '../../index.js';
import { beginFile } from '../explore/store/durable-file.js';
import { withPointsDatabase } from './points-database.js';

/** A form of file for all points of a study. */
export interface ExportFormat {
  readonly description: string;
  /** Writes the file whole or not at all; its folder is there. @returns points written */
  readonly write: (path: string, study: PreparedStudy, results: AsyncIterable<PointResult>) => Promise<number>;
}

export const exportFormats = {
  csv: {
    description: 'a line for each point, exact',
    write: (path, study, results) =>
      writeLines(path, studyCsvHeader(study), results, (result) => studyCsvLine(study, result)),
  },
  ndjson: {
    description: 'a JSON object for each point',
    write: (path, _, results) => writeLines(path, '', results, (result) => `${JSON.stringify(result)}\n`),
  },
  parquet: {
    description: 'a columnar file, made by DuckDB (@duckdb/node-api)',
    write: writeParquet,
  },
} as const satisfies Record<string, ExportFormat>;

async function writeLines(
  path: string,
  header: string,
  results: AsyncIterable<PointResult>,
  lineOf: (result: PointResult) => string,
): Promise<number> {
  const file = await beginFile(path);
  let lines = 0;
  try {
    await file.write(header);
    for await (const result of results) {
      await file.write(lineOf(result));
      lines += 1;
    }
    await file.finish();
  } finally {
    await file.discard();
  }
  return lines;
}

async function writeParquet(path: string, study: PreparedStudy, results: AsyncIterable<PointResult>): Promise<number> {
  return withPointsDatabase('--format parquet', study, results, async ({ rows, connect }) => {
    // Beside its place, so that it can be renamed into it.
    const folder = await mkdtemp(join(dirname(path), '.accelsim-'));
    const unfinished = join(folder, basename(path));
    try {
      const sql = `COPY points TO '${unfinished.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`;
      await connect('ours', (connection) => connection.run(sql));
      await rename(unfinished, path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return rows;
  });
}
