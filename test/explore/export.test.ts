import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRIC_NAMES } from '../../src/index.js';
import { accelsimHere } from '../fixtures/command-here.js';
import { SMALL_POINTS, writeSmallStudy } from './small-study.js';

const PATIENCE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-export-'));
const run = (...args: readonly string[]) => accelsimHere(args, { cwd: folder });
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

beforeAll(async () => {
  const file = writeSmallStudy(folder);
  expect((await run('explore', file, '--out', 'study', '--executor', 'in-process')).code).toBe(0);
  expect((await run('explore', file, '--out', 'part', '--executor', 'in-process', '--shard', '1/3')).code).toBe(0);
}, PATIENCE_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  readonly index: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number | null>> | null;
  readonly feasible: boolean;
  readonly error: string | null;
}
const rows = (): Row[] =>
  read('study/results.ndjson')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);

describe('accelsim export', { timeout: PATIENCE_MS }, () => {
  it('writes CSV and NDJSON as explore does', async () => {
    for (const format of ['csv', 'ndjson']) {
      const { code, stdout, stderr } = await run(
        'export',
        'study',
        '--format',
        format,
        '--out',
        `files/points.${format}`,
      );
      expect([code, stdout, stderr]).toEqual([0, '', `wrote files/points.${format}: 560 points\n`]);
      expect(read(`files/points.${format}`)).toBe(read(`study/results.${format}`));
    }
  });

  it('writes every point into Parquet, exactly, and the same bytes again', async () => {
    const [one, two] = await Promise.all(
      ['one', "t'wo"].map((name) => run('export', 'study', '--format', 'parquet', '--out', `parquet/${name}.parquet`)),
    );
    expect([one!.code, two!.code]).toEqual([0, 0]);
    // Nothing of the making is left.
    expect(readdirSync(join(folder, 'parquet')).sort()).toEqual(['one.parquet', "t'wo.parquet"]);
    const bytes = readFileSync(join(folder, 'parquet', 'one.parquet'));
    expect(bytes.equals(readFileSync(join(folder, 'parquet', "t'wo.parquet")))).toBe(true);
    const connection = await (await DuckDBInstance.create()).connect();
    const result = await connection.run(`SELECT * FROM '${join(folder, 'parquet', 'one.parquet')}'`);
    expect(await result.getRowObjectsJson()).toEqual(
      rows().map(({ index, values, metrics, feasible, error }) => ({
        index,
        ...values,
        ...Object.fromEntries(METRIC_NAMES.map((name) => [name, metrics?.[name] ?? null])),
        feasible,
        error,
      })),
    );
    connection.closeSync();
  });

  it('says so when points are missing', async () => {
    const { code, stderr } = await run('export', 'part', '--out', 'part.csv');
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: part has \d+ of 560 points: accelsim explore part answers the others\n/);
    expect(read('part.csv').split('\n').length).toBeLessThan(SMALL_POINTS);
  });
});

describe('accelsim query', { timeout: PATIENCE_MS }, () => {
  const query = (sql: string, ...more: readonly string[]) => run('query', sql, '--study', 'study', ...more);

  it('answers as the results say, in every form', async () => {
    const sql =
      'SELECT bits, count(*) AS points, max("offChip.bandwidthGBps") AS most, min(latencyMs) AS best FROM points WHERE feasible GROUP BY bits ORDER BY bits';
    const expected = [4, 8].map((bits) => {
      const mine = rows().filter(({ values, feasible }) => feasible && values['bits'] === bits);
      const best = Math.min(...mine.map(({ metrics }) => metrics!['latencyMs']!));
      return { bits, points: mine.length, most: 128, best };
    });
    const json = await query(sql, '--format', 'json');
    expect(JSON.parse(json.stdout)).toEqual(expected);
    const lines = expected.map(({ bits, points, most, best }) => `${bits},${points},${most},${best}\n`);
    expect((await query(sql, '--format', 'csv')).stdout).toBe(`bits,points,most,best\n${lines.join('')}`);
    const words = (await query(sql)).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ +/));
    expect(words.toSpliced(1, 1)).toEqual([
      ['bits', 'points', 'most', 'best'],
      ...expected.map((row) => Object.values(row).map(String)),
    ]);
  });

  it('quotes what CSV must, writes nothing for null, and cuts no more than a table', async () => {
    const sql = `SELECT 'a,"b"' AS x, error, [1, 2] AS list FROM points, range(2)`;
    const csv = (await query(`${sql} LIMIT 1`, '--format', 'csv')).stdout;
    const error = rows()[0]!.error ?? '';
    expect(csv).toBe(`x,error,list\n"a,""b""",${error},"[1,2]"\n`);
    const table = await query(sql);
    expect(table.stdout.split('\n')).toHaveLength(1000 + 3);
    expect(table.stderr).toMatch(/warning: only the first 1000 rows are shown/);
    expect(JSON.parse((await query(sql, '--format', 'json')).stdout)).toHaveLength(2 * SMALL_POINTS);
    expect((await query('SELECT 1 AS x WHERE false', '--format', 'json')).stdout).toBe('[]\n');
  });

  it('has a column for what mappings are chosen for, and the figures of each workload in columns and in rows', async () => {
    const study = {
      name: 'two',
      workloads: ['./chain.json', 'svhn'],
      axes: [
        { field: 'mappingObjective', values: ['latency', 'energy'] },
        { field: 'offChip.bandwidthGBps', values: [8, 64] },
      ],
      objectives: ['latencyMs', 'energyMj'],
    };
    writeFileSync(join(folder, 'two.json'), JSON.stringify(study));
    const explored = await run('explore', 'two.json', '--out', 'two', '--executor', 'in-process');
    expect(explored.code, explored.stderr).toBe(0);
    expect(explored.stdout).toContain('The front by workload');
    const ask = async (sql: string): Promise<unknown> =>
      JSON.parse((await run('query', sql, '--study', 'two', '--format', 'json')).stdout);
    const points = read('two/results.ndjson')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { index: number; metrics: { byWorkload: { energyMj: number }[] } });
    expect(points).toHaveLength(4);
    expect(
      await ask('SELECT index, "./chain.json.energyMj" AS chain, "svhn.energyMj" AS svhn FROM points ORDER BY index'),
    ).toEqual(
      points.map(({ index, metrics: { byWorkload } }) => ({
        index,
        chain: byWorkload[0]!.energyMj,
        svhn: byWorkload[1]!.energyMj,
      })),
    );
    const least = (objective: string) =>
      Math.min(
        ...points
          .filter((point) => (point as unknown as Row).values['mappingObjective'] === objective)
          .map(({ metrics }) => metrics.byWorkload[1]!.energyMj),
      );
    expect(
      await ask(
        "SELECT mappingObjective, min(energyMj) AS least FROM workloads WHERE workload = 'svhn' GROUP BY mappingObjective ORDER BY ALL DESC",
      ),
    ).toEqual(['latency', 'energy'].map((mappingObjective) => ({ mappingObjective, least: least(mappingObjective) })));
    expect(least('energy')).toBeLessThan(least('latency'));
    expect((await run('query', 'SELECT x FROM workloads', '--study', 'two')).stderr).toContain(
      'workloads has a row for',
    );
  });

  it.each([
    ['SELEC 1', /syntax error at or near "SELEC"/],
    ['SELECT nosuch FROM points', /"nosuch" not found.*its columns are index, bits, cores, offChip\.bandwidthGBps/],
    ['', /there is no statement/],
    ['SELECT 1; SELECT 2', /more than one statement/],
    ['DROP TABLE points', /read-only/],
    ["COPY points TO 'written.csv'", /disabled by configuration/],
    ["ATTACH 'written.csv' AS other", /disabled by configuration/],
    ["SELECT * FROM read_csv('study/results.csv')", /disabled by configuration/],
    ['SET enable_external_access = true', /locked/],
    ["SELECT (error || 'x')::INTEGER FROM points WHERE error IS NOT NULL", /Could not convert string/],
  ])('says once what is wrong with %j, and lets nothing out', async (sql, message) => {
    const { code, stderr } = await query(sql);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.match(/error: SQL: /g)).toHaveLength(1);
    expect(existsSync(join(folder, 'written.csv'))).toBe(false);
  });
});

describe('mistakes', { timeout: PATIENCE_MS }, () => {
  it.each<readonly [readonly string[], RegExp]>([
    [['query', 'SELECT 1'], /error: --study: is missing/],
    [['query', 'SELECT 1', '--study', 'none'], /error: none: is no folder of a study/],
    [['query', 'SELECT 1', '--study', 'study', '--format', 'xml'], /'xml' is invalid.*table, json, csv/],
    [['export', 'none'], /error: none: is no folder of a study.*\n.*--out: is missing/],
    [['export', 'study', '--out', 'study'], /error: study: is a folder/],
    [['export', 'study', '--out', 'small.json/x'], /error: .*file/],
    [['export', 'study', '--format', 'xls', '--out', 'x'], /'xls' is invalid.*csv, ndjson, parquet/],
  ])('are told: %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });
});
