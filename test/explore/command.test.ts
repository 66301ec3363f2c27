import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const changed = (name: string, change: object): void =>
    writeFileSync(join(folder, name), JSON.stringify({ ...JSON.parse(text), ...change }));
  changed('other.json', { name: 'other' });
  changed('learns.json', { sampler: { kind: 'nsga-2', population: 10, generations: 3 } });
  changed('wrong.json', { machine: 'defualt', workloads: ['none.json'], objectives: ['latencyMs'] });
  changed('lists.json', {
    axes: [
      { field: 'cores', values: [2] },
      { field: 'precision', values: [8, 'no-such-list'] },
    ],
  });
  const axes = (JSON.parse(text) as { axes: readonly object[] }).axes;
  changed('wider.json', { constraints: [], axes: axes.with(0, { field: 'bits', values: [8, 4, 2] }) });
  const { code } = await run(['explore', 'small.json', '--out', 'whole']);
  expect(code).toBe(0);
  whole = outcomeIn(join(folder, 'whole'));
  mkdirSync(join(folder, 'otherwise'));
  const stored = readFileSync(join(folder, 'whole', 'study.json'), 'utf8');
  writeFileSync(join(folder, 'otherwise', 'study.json'), stored.replace('"name":"small"', '"name":"other"'));
}, PATIENCE_MS);

describe('accelsim explore', { timeout: PATIENCE_MS }, () => {
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

describe('mistakes', { timeout: PATIENCE_MS }, () => {
  const explore = (...args: readonly string[]): readonly string[] => [
    'explore',
    'small.json',
    '--out',
    'none',
    ...args,
  ];
  interface Mistake {
    readonly what: string;
    readonly args: readonly string[];
    /** One for each error, in order. */
    readonly errors: readonly RegExp[];
    readonly env?: Readonly<Record<string, string>>;
  }
  const mistakes: readonly Mistake[] = [
    { what: 'no study', args: ['explore'], errors: [/missing required argument 'study'/] },
    { what: 'a study that is not there', args: ['explore', 'no.json'], errors: [/error: no\.json: no such file/] },
    {
      what: 'a folder without a study',
      args: ['explore', '.'],
      errors: [/error: \.: is no folder of a study/],
    },
    {
      what: 'names of nothing in a study, and options',
      args: ['explore', 'wrong.json', '--shard', '9/8', '--workers', 'x'],
      errors: [
        /wrong\.json: machine: no such machine.*did you mean default/,
        /wrong\.json: workloads\[0\]: no such workload or file \(found "none\.json"\)/,
        /--workers: must be a whole number from 1 \(found "x"\)/,
        /--shard: must be a part/,
      ],
    },
    {
      what: 'a list of an axis that is not there, with its level',
      args: ['explore', 'lists.json', '--shard', '1/999999999999'],
      errors: [
        /lists\.json: axes\[1\], level no-such-list: .*no-such-list/,
        /--shard: must be one of at most 4000001 parts/,
      ],
    },
    {
      what: 'another study in the folder',
      args: ['explore', 'other.json', '--out', 'whole'],
      errors: [/whole: holds the study small \(found "other"\); give another folder/],
    },
    {
      what: 'a part that is none',
      args: explore('--shard', '0/8'),
      errors: [/--shard: must be a part.*1\/8 to 8\/8 \(found "0\/8"\)/],
    },
    {
      what: 'workers of one process',
      args: explore('--executor', 'in-process', '--workers', '2'),
      errors: [/--workers: means nothing to --executor in-process/],
    },
    { what: 'an executor that is none', args: explore('--executor', 'cloud'), errors: [/'cloud' is invalid.*threads/] },
    {
      what: 'a part of a search',
      args: ['explore', 'learns.json', '--shard', '1/2'],
      errors: [/learns\.json: sampler: nsga-2 chooses.*--shard can not have.*\(found "1\/2"\)/],
    },
    {
      what: 'a search in a cluster array',
      args: ['explore', 'learns.json'],
      errors: [/nsga-2 chooses.*the Slurm array can not/],
      env: { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_COUNT: '2' },
    },
    {
      what: 'a job that does not say how many there are',
      args: explore(),
      errors: [/JOB_COMPLETIONS: is missing/],
      env: { JOB_COMPLETION_INDEX: '1' },
    },
    { what: 'nothing to merge', args: ['merge', '--out', 'x'], errors: [/missing required argument 'folders'/] },
    { what: 'a merge into nothing', args: ['merge', 'whole'], errors: [/--out: is missing/] },
    {
      what: 'a merge of different studies',
      args: ['merge', 'whole', 'otherwise', '--out', 'x'],
      errors: [/otherwise: holds the study other, not that of whole/],
    },
  ];

  it.each(mistakes)('are told: $what', async ({ args, errors, env }) => {
    const { code, stdout, stderr } = await run(args, env);
    expect([code, stdout]).toEqual([1, '']);
    for (const error of errors) expect(stderr).toMatch(error);
    expect(stderr.match(/error:/g)).toHaveLength(errors.length);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
