import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { hasStored, outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from './small-study.js';

const PATIENCE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-explore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let accelsim: BuiltPackage;
let whole: ReturnType<typeof outcomeIn>;

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  accelsim.start(args, folder, env).ended;

beforeAll(async () => {
  accelsim = await buildPackage();
  writeSmallStudy(folder);
  const text = readFileSync(join(folder, 'small.json'), 'utf8');
  const small = JSON.parse(text) as { axes: readonly object[] };
  const axes = small.axes.with(0, { field: 'bits', values: [8, 4, 2] });
  writeFileSync(join(folder, 'wider.json'), JSON.stringify({ ...small, constraints: [], axes }));
  const { code } = await run(['explore', 'small.json', '--out', 'whole']);
  expect(code).toBe(0);
  whole = outcomeIn(join(folder, 'whole'));
}, PATIENCE_MS);

describe('accelsim explore', { timeout: PATIENCE_MS }, () => {
  it('says how many points there are and how long they may take, and does nothing in a dry run', async () => {
    const { code, stdout, stderr } = await run(['explore', 'small.json', '--dry-run']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(
        `^small: ${SMALL_POINTS.toLocaleString('en')} points\nabout .* with \\d+ workers?, by the time that \\d+ points took\n$`,
      ),
    );
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  it('answers a dry run in the form that is asked for', async () => {
    const dry = ['explore', 'small.json', '--dry-run', '--workers', '2', '--shard', '3/4', '--format'];
    const [json, csv] = await Promise.all([run([...dry, 'json']), run([...dry, 'csv'])]);
    expect(json.stderr + csv.stderr).toBe('');
    const forecast = JSON.parse(json.stdout) as { readonly estimatedSeconds: number };
    expect(forecast).toMatchObject({
      schemaVersion: 1,
      study: 'small',
      points: SMALL_POINTS,
      exact: true,
      parts: 4,
      workers: 2,
    });
    expect(forecast.estimatedSeconds).toBeGreaterThan(0);
    expect(csv.stdout).toMatch(
      new RegExp(
        `^study,points,exact,part,parts,workers,sampledPoints,estimatedSeconds\nsmall,${SMALL_POINTS},true,3,4,2,\\d+,[\\d.e-]+\n$`,
      ),
    );
  });

  it('writes front, tables and charts into the folder', () => {
    const names = readdirSync(join(folder, 'whole'));
    expect(names).toEqual(
      expect.arrayContaining([
        'front.csv',
        'front.png',
        'front.svg',
        'report.md',
        'results.csv',
        'results.ndjson',
        'study.json',
      ]),
    );
    expect(whole.table.split('\n')).toHaveLength(SMALL_POINTS + 2);
  });

  it('draws the heat map by the axes that are asked for, and refuses others before it does anything', async () => {
    const heatMap = () => readFileSync(join(folder, 'whole', 'heat-map.svg'), 'utf8');
    const byItself = heatMap();
    const [drawn, refused] = await Promise.all([
      run(['explore', 'whole', '--heat-map', 'machine,bits']),
      run(['explore', 'small.json', '--out', 'refused', '--heat-map', 'cores,bit']),
    ]);
    expect([drawn.code, refused.code, refused.stdout]).toEqual([0, 1, '']);
    expect(heatMap()).not.toBe(byItself);
    expect(refused.stderr).toBe(
      'error: --heat-map: must be an axis that varies in this study (found "bit"); did you mean bits?\n',
    );
    expect(existsSync(join(folder, 'refused'))).toBe(false);
    await run(['explore', 'whole']);
    expect(heatMap()).toBe(byItself);
  });

  it('finds all points when it is run again, whoever runs them, and gives the same bytes', async () => {
    const { code, stdout, stderr } = await run(['explore', 'small.json', '--out', 'whole', '--executor', 'in-process']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/whole holds 560 points from before\nanswered 0 points, 560 points were there\n/);
    expect(stdout).toMatch(/Pareto front/);
    expect(outcomeIn(join(folder, 'whole'))).toEqual(whole);
  });

  it('finishes what it has in hand at SIGINT and SIGTERM, exits with 130, and goes on from the folder alone', async () => {
    let kept = 0;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { process: child, ended } = accelsim.start(
        ['explore', 'long.json', '--out', 'stopped', '--workers', '1'],
        folder,
      );
      await hasStored(join(folder, 'stopped'), kept + 2);
      child.kill(signal);
      const { code, stderr, stdout } = await ended;
      expect([code, stdout]).toEqual([130, '']);
      expect(stderr).toMatch(/stopping: the chunks in hand are finished/);
      expect(stderr).toMatch(
        /stopped with [\d,]+ of 2,000 points done; all that stopped holds is safe\nthe same command goes on/,
      );
      expect(storedIn(join(folder, 'stopped')).strangers).toEqual([]);
      kept = readdirSync(join(folder, 'stopped', 'points')).length;
    }
    for (const words of [['stopped'], ['long.json', '--out', 'undisturbed']])
      expect((await run(['explore', ...words])).code).toBe(0);
    expect(outcomeIn(join(folder, 'stopped'))).toEqual(outcomeIn(join(folder, 'undisturbed')));
  });

  it('answers what is new only when the study has changed', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'grown'), { recursive: true });
    const { code, stderr } = await run(['explore', 'wider.json', '--out', 'grown']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/holds 560 points of this study before its inputs changed/);
    expect(stderr).toMatch(/answered 280 points, 560 points were there/);
    const { code: fresh } = await run(['explore', 'wider.json', '--out', 'fresh']);
    expect(fresh).toBe(0);
    expect(outcomeIn(join(folder, 'grown'))).toEqual(outcomeIn(join(folder, 'fresh')));
  });

  it('answers points of a torn file again, and says so', async () => {
    const torn = join(folder, 'torn');
    cpSync(join(folder, 'whole'), torn, { recursive: true });
    const [name = ''] = readdirSync(join(torn, 'points'));
    const bytes = readFileSync(join(torn, 'points', name));
    writeFileSync(join(torn, 'points', name), bytes.subarray(0, bytes.length / 2));
    const { code, stderr } = await run(['explore', torn]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: .*checksum.*set aside/);
    expect(stderr).toMatch(/answered [1-9]\d points, [45]\d\d points were there/);
    expect(outcomeIn(torn)).toEqual(whole);
    expect(readdirSync(join(torn, 'set-aside'))).toEqual([name]);
  });
});

describe('shards', { timeout: PATIENCE_MS }, () => {
  it('are joined to the same bytes, whatever says which is which, and what is missing is told', async () => {
    const slurm = { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_COUNT: '3', SLURM_ARRAY_TASK_MIN: '6' };
    const kubernetes = { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '3' };
    const first = await run(['explore', 'small.json', '--shard', '1/3', '--out', 'part1']);
    const second = await run(['explore', 'small.json', '--out', 'part2'], slurm);
    expect(first.stderr).toMatch(/part 1 of 3 as --shard says/);
    expect(second.stderr).toMatch(/part 2 of 3 as the Slurm array says/);
    expect(second.stdout).toBe('');
    const early = await run(['merge', 'part1', 'part2', '--out', 'merged']);
    expect(early.code).toBe(1);
    expect(early.stderr).toMatch(/warning: \d+ of 560 points are missing/);
    // The third into a folder that has the others'.
    const third = await run(['explore', 'small.json', '--out', 'merged'], kubernetes);
    expect(third.stderr).toMatch(/part 3 of 3 as the Kubernetes job says/);
    const { code, stdout } = await run(['merge', 'merged', '--out', 'merged', '--format', 'csv']);
    expect([code, stdout]).toEqual([0, whole.front]);
    expect(outcomeIn(join(folder, 'merged'))).toEqual(whole);
    const { keys } = storedIn(join(folder, 'merged'));
    expect([keys.length, new Set(keys).size]).toEqual([SMALL_POINTS, SMALL_POINTS]);
  });
});

describe('packages that are not installed', { timeout: PATIENCE_MS }, () => {
  it('are asked for where they are needed, and nowhere else', async () => {
    const hook = join(folder, 'hook.mjs');
    const resolve =
      "export const resolve = (name, context, next) => { if (/^(@duckdb|bullmq|ioredis)/.test(name)) throw Object.assign(new Error(name), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context); };";
    const data = `data:text/javascript,${encodeURIComponent(resolve)}`;
    writeFileSync(hook, `import { register } from 'node:module'; register(${JSON.stringify(data)});`);
    const without = (...args: readonly string[]) => run(args, { NODE_OPTIONS: `--import ${hook}` });
    const { code, stderr } = await without('query', 'SELECT 1', '--study', 'whole');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /error: accelsim query: needs the package @duckdb\/node-api.*npm install @duckdb\/node-api\n$/,
    );
    const worker = await without('worker', '--queue', 'redis://127.0.0.1:1');
    expect(worker.code).toBe(1);
    expect(worker.stderr).toMatch(
      /error: --queue: needs the packages bullmq and ioredis.*npm install bullmq ioredis\n$/,
    );
    expect((await without('export', 'whole', '--out', 'plain.csv')).code).toBe(0);
  });
});
