import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  const { code } = await run(['explore', 'small.json', '--out', 'whole']);
  expect(code).toBe(0);
  whole = outcomeIn(join(folder, 'whole'));
}, PATIENCE_MS);

describe('accelsim explore', { timeout: PATIENCE_MS }, () => {
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
