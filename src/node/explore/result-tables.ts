import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PointResult, PreparedStudy } from '../../index.js';
import { studyCsvHeader, studyCsvLine } from '../../index.js';
import { refusalOf } from '../files.js';
import { beginFile, type UnfinishedFile } from './store/durable-file.js';

export const RESULTS_NDJSON = 'results.ndjson';
const RESULTS_CSV = 'results.csv';
/** Read at once: thousands of lines. */
const READ_BYTES = 1 << 20;

/**
 * Writes tables of a study's points as they pass, one line a point: the files are there when the last has passed. The same
 * points give the same bytes.
 */
export async function* writingResultTables(
  folder: string,
  study: PreparedStudy,
  results: AsyncIterable<PointResult>,
): AsyncGenerator<PointResult> {
  const files: UnfinishedFile[] = [];
  const begin = async (name: string): Promise<UnfinishedFile> => {
    const file = await beginFile(join(folder, name));
    files.push(file);
    return file;
  };
  try {
    const lines = await begin(RESULTS_NDJSON);
    const table = await begin(RESULTS_CSV);
    await table.write(studyCsvHeader(study));
    for await (const result of results) {
      await lines.write(`${JSON.stringify(result)}\n`);
      await table.write(studyCsvLine(study, result));
      yield result;
    }
    for (const file of files) await file.finish();
  } catch (error) {
    const hint = 'the points themselves are safe: make room, and the same command writes the rest';
    throw refusalOf(folder, error, hint);
  } finally {
    for (const file of files) await file.discard();
  }
}

/** The points of a folder whose tables are written, by index. */
export async function* readResultTable(folder: string): AsyncGenerator<PointResult> {
  const file = await open(join(folder, RESULTS_NDJSON));
  try {
    let rest = '';
    for await (const text of file.createReadStream({ encoding: 'utf8', highWaterMark: READ_BYTES, autoClose: false })) {
      const lines = (rest + String(text)).split('\n');
      rest = lines.pop()!;
      for (const line of lines) yield JSON.parse(line) as PointResult;
    }
  } finally {
    await file.close();
  }
}
