import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';
import { outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from './small-study.js';

const PATIENCE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-study-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let whole: ReturnType<typeof outcomeIn>;

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  accelsimHere(args, { cwd: folder, env });

/** Answers points in this process, too. */
const explore = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(['explore', ...args, '--executor', 'in-process'], env);

beforeAll(async () => {
  writeSmallStudy(folder);
  const small = JSON.parse(readFileSync(join(folder, 'small.json'), 'utf8')) as { axes: readonly object[] };
  const axes = small.axes.with(0, { field: 'bits', values: [8, 4, 2] });
  writeFileSync(join(folder, 'wider.json'), JSON.stringify({ ...small, constraints: [], axes }));
  const { code } = await explore(['small.json', '--out', 'whole']);
  expect(code).toBe(0);
  whole = outcomeIn(join(folder, 'whole'));
}, PATIENCE_MS);

describe('a study in a folder', { timeout: PATIENCE_MS }, () => {
  it('says how many points there are and how long they may take, and does nothing in a dry run', async () => {
    const { code, stdout, stderr } = await run(['explore', 'small.json', '--dry-run']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(
        `^small: ${SMALL_POINTS.toLocaleString('en')} points\n(about .*|under 1 s) with \\d+ workers?, by the time that \\d+ points took\n$`,
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
        `^study,points,exact,part,parts,workers,sampledPoints,estimatedSeconds,leftPoints\nsmall,${SMALL_POINTS},true,3,4,2,\\d+,[\\d.e-]+,\\d+\n$`,
      ),
    );
  });

  it('says in a dry run that nothing is left, and leaves the folder alone', async () => {
    const before = readdirSync(join(folder, 'whole', 'points'));
    const [words, json] = await Promise.all([
      run(['explore', 'whole', '--dry-run']),
      run(['explore', 'small.json', '--out', 'whole', '--dry-run', '--format', 'json']),
    ]);
    expect([words.code, words.stderr]).toEqual([0, '']);
    expect(words.stdout).toMatch(/^small: [\d,]+ points\nnothing is left: whole has all of them\n$/);
    expect(JSON.parse(json.stdout)).toMatchObject({ leftPoints: 0, sampledPoints: 0, estimatedSeconds: 0 });
    expect(readdirSync(join(folder, 'whole', 'points'))).toEqual(before);
  });

  it('says in a dry run how many points a folder lacks', async () => {
    const [file] = readdirSync(join(folder, 'whole', 'points'));
    cpSync(join(folder, 'whole', 'points', file!), join(folder, 'begun', 'points', file!));
    cpSync(join(folder, 'whole', 'study.json'), join(folder, 'begun', 'study.json'));
    const there = readFileSync(join(folder, 'begun', 'points', file!), 'utf8').split('\n').length - 2;
    const { stdout } = await run(['explore', 'begun', '--dry-run']);
    expect(stdout).toContain(`begun lacks ${(SMALL_POINTS - there).toLocaleString('en')} points of them\n`);
  });

  it('draws the heat map by the axes that are asked for, and refuses others before it does anything', async () => {
    const heatMap = () => readFileSync(join(folder, 'whole', 'heat-map.svg'), 'utf8');
    const byItself = heatMap();
    const [drawn, refused] = await Promise.all([
      explore(['whole', '--heat-map', 'machine,bits']),
      explore(['small.json', '--out', 'refused', '--heat-map', 'cores,bit']),
    ]);
    expect([drawn.code, refused.code, refused.stdout]).toEqual([0, 1, '']);
    expect(heatMap()).not.toBe(byItself);
    expect(refused.stderr).toBe(
      'error: --heat-map: must be an axis that varies in this study (found "bit"); did you mean bits?\n',
    );
    expect(existsSync(join(folder, 'refused'))).toBe(false);
    await explore(['whole']);
    expect(heatMap()).toBe(byItself);
  });

  it('answers what is new only when the study has changed', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'grown'), { recursive: true });
    const { code, stderr } = await explore(['wider.json', '--out', 'grown']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/holds 560 points of this study before its inputs changed/);
    expect(stderr).toMatch(/answered 280 points, 560 points were there/);
    const { code: fresh } = await explore(['wider.json', '--out', 'fresh']);
    expect(fresh).toBe(0);
    expect(outcomeIn(join(folder, 'grown'))).toEqual(outcomeIn(join(folder, 'fresh')));
  });

  it('answers points of a torn file again, and says so', async () => {
    const torn = join(folder, 'torn');
    cpSync(join(folder, 'whole'), torn, { recursive: true });
    const [name = ''] = readdirSync(join(torn, 'points'));
    const bytes = readFileSync(join(torn, 'points', name));
    writeFileSync(join(torn, 'points', name), bytes.subarray(0, bytes.length / 2));
    const { code, stderr } = await explore([torn]);
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
    const first = await explore(['small.json', '--shard', '1/3', '--out', 'part1']);
    const second = await explore(['small.json', '--out', 'part2'], slurm);
    expect(first.stderr).toMatch(/part 1 of 3 as --shard says/);
    expect(second.stderr).toMatch(/part 2 of 3 as the Slurm array says/);
    expect(second.stdout).toBe('');
    const early = await run(['merge', 'part1', 'part2', '--out', 'merged']);
    expect(early.code).toBe(1);
    expect(early.stderr).toMatch(/warning: \d+ of 560 points are missing/);
    // The third into a folder that has the others'.
    const third = await explore(['small.json', '--out', 'merged'], kubernetes);
    expect(third.stderr).toMatch(/part 3 of 3 as the Kubernetes job says/);
    const { code, stdout } = await run(['merge', 'merged', '--out', 'merged', '--format', 'csv']);
    expect([code, stdout]).toEqual([0, whole.front]);
    expect(outcomeIn(join(folder, 'merged'))).toEqual(whole);
    const { keys } = storedIn(join(folder, 'merged'));
    expect([keys.length, new Set(keys).size]).toEqual([SMALL_POINTS, SMALL_POINTS]);
  });
});
