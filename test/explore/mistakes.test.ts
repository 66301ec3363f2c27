import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';
import { writeSmallStudy } from './small-study.js';

const PATIENCE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-mistakes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
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
  const words = ['explore', 'small.json', '--out', 'whole', '--executor', 'in-process'];
  expect((await accelsimHere(words, { cwd: folder })).code).toBe(0);
  mkdirSync(join(folder, 'otherwise'));
  const stored = readFileSync(join(folder, 'whole', 'study.json'), 'utf8');
  writeFileSync(join(folder, 'otherwise', 'study.json'), stored.replace('"name":"small"', '"name":"other"'));
}, PATIENCE_MS);

describe('mistakes about studies', { timeout: PATIENCE_MS }, () => {
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
        /--workers: must be a whole number from 1 to \d+, written in digits \(found "x"\)/,
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
    const { code, stdout, stderr } = await accelsimHere(args, { cwd: folder, ...(env === undefined ? {} : { env }) });
    expect([code, stdout]).toEqual([1, '']);
    for (const error of errors) expect(stderr).toMatch(error);
    expect(stderr.match(/error:/g)).toHaveLength(errors.length);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('mistakes about queues', { timeout: PATIENCE_MS }, () => {
  const explore = (...args: readonly string[]) => ['explore', 'small.json', '--out', 'none', ...args];
  it.each<readonly [readonly string[], RegExp]>([
    [['worker'], /^error: --queue: is missing/],
    [
      ['worker', '--queue', 'localhost:6379'],
      /^error: --queue: must be redis:\/\/host:port.*did you mean redis:\/\/localhost:6379\?/,
    ],
    [['worker', '--queue', 'http://:secret@localhost'], /^error: --queue: must be redis:.*\/\/\*\*\*@localhost/],
    [['worker', '--queue', 'redis://x', '--concurrency', '0', '--idle', 'y'], /error: --concurrency.*\nerror: --idle/],
    [explore('--executor', 'queue'), /^error: --queue: is missing: --executor queue needs it/],
    [explore('--executor', 'threads', '--queue', 'redis://x'), /^error: --queue: means nothing to --executor threads/],
    [explore('--queue', 'redis://x', '--workers', '2'), /^error: --workers: means nothing to --executor queue/],
  ])('are told: %j', async (args, message) => {
    const { code, stdout, stderr } = await accelsimHere(args, { cwd: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secret');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
