import { describe, expect, it } from 'vitest';
import { parseShard, shardOfEnvironment } from './shard.js';

describe('a shard', () => {
  it('is read as part and number of parts, from 1', () => {
    expect(parseShard('1/8', '--shard')).toMatchObject({ number: 1, count: 8 });
    expect(parseShard(' 8 / 8 ', '--shard')).toMatchObject({ number: 8, count: 8 });
  });

  it.each(['0/8', '9/8', '1', '1/0', 'a/b', '1/2/3', '-1/2', '1.5/2', ''])('is not %j', (text) => {
    expect(() => parseShard(text, '--shard')).toThrow(/^--shard: must be a part.*1\/8 to 8\/8/);
  });

  it('is one of as many parts as the largest array of a cluster, and no more', () => {
    expect(parseShard('1/4000001', '--shard')).toMatchObject({ count: 4_000_001 });
    expect(() => parseShard('1/4000002', '--shard')).toThrow(/^--shard: must be one of at most 4000001 parts/);
    expect(() => parseShard('1/999999999999', '--shard')).toThrow(/at most 4000001/);
    expect(() => shardOfEnvironment({ JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '5000000' })).toThrow(
      /^the Kubernetes job: must have at most 4000001 parts/,
    );
  });

  it('is the place in a Slurm array, whatever its first number and step', () => {
    const task = (id: string, count: string, more: object = {}) => ({
      SLURM_ARRAY_TASK_ID: id,
      SLURM_ARRAY_TASK_COUNT: count,
      ...more,
    });
    expect(shardOfEnvironment(task('0', '8'))).toMatchObject({ number: 1, count: 8 });
    expect(shardOfEnvironment(task('8', '8', { SLURM_ARRAY_TASK_MIN: '1' }))).toMatchObject({ number: 8, count: 8 });
    // --array=10-30:10 has the tasks 10, 20 and 30.
    const stepped = { SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_STEP: '10' };
    expect(shardOfEnvironment(task('20', '3', stepped))).toMatchObject({ number: 2, count: 3 });
    // --array=1,2,9: the second task stands well, but the third has no place, so none may begin.
    const gaps = { SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '9' };
    expect(() => shardOfEnvironment(task('2', '3', gaps))).toThrow(/gaps: 3 tasks from 1 to 9.*--shard/);
    expect(() => shardOfEnvironment(task('9', '3', { SLURM_ARRAY_TASK_MIN: '1' }))).toThrow(/gaps/);
    expect(() => shardOfEnvironment({ SLURM_ARRAY_TASK_ID: '1' })).toThrow(/SLURM_ARRAY_TASK_COUNT: is missing/);
  });

  it('is the index of a Kubernetes job, whose manifest states the count', () => {
    expect(shardOfEnvironment({ JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '4' })).toMatchObject({
      number: 1,
      count: 4,
    });
    expect(() => shardOfEnvironment({ JOB_COMPLETION_INDEX: '0' })).toThrow(/JOB_COMPLETIONS: is missing/);
    expect(() => shardOfEnvironment({ JOB_COMPLETION_INDEX: '4', JOB_COMPLETIONS: '4' })).toThrow(/less than.*4/);
    expect(() => shardOfEnvironment({ JOB_COMPLETION_INDEX: 'x', JOB_COMPLETIONS: '4' })).toThrow(/whole number.*"x"/);
  });

  it('is nothing elsewhere', () => {
    expect(shardOfEnvironment({ HOME: '/root' })).toBeUndefined();
  });
});
