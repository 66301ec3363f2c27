import { failure } from '../../index.js';

/** One of several parts of a study, each run by a process of its own. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  /** Who said so, for messages. */
  readonly saidBy: string;
}

/** As a run counts parts: from 0. */
export function placeOf({ number, count }: Shard): { readonly index: number; readonly count: number } {
  return { index: number - 1, count };
}

/**
 * More parts than a study has points are nothing wrong: an array of a fixed size may be begun for a study of any. But no
 * cluster has more tasks in one array than Slurm does (slurm.conf, MaxArraySize: "may not exceed 4000001"); a larger
 * number is a slip.
 */
const MAX_SHARDS = 4_000_001;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `3/8`: the third of eight parts.
 * @throws AccelsimError naming `option`
 */
export function parseShard(text: string, option: string): Shard {
  const match = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text);
  const [number, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || !(number >= 1 && number <= count))
    throw failure(option, '', 'must be a part and the number of parts, such as 1/8 to 8/8', text);
  if (count > MAX_SHARDS) throw failure(option, '', `must be one of at most ${MAX_SHARDS} parts`, text);
  return { number, count, saidBy: option };
}

/** Clusters that number the processes of a job in their environment, in the order in which they are asked. */
const clusters: readonly ((environment: Environment) => Shard | undefined)[] = [slurmArray, kubernetesIndexedJob];

/**
 * The part that a cluster gives this process: of a Slurm array job, or of a Kubernetes indexed job.
 * @throws AccelsimError where the environment says something that can not be: an array with gaps, a count that is missing
 */
export function shardOfEnvironment(environment: Environment): Shard | undefined {
  for (const cluster of clusters) {
    const shard = cluster(environment);
    if (shard === undefined) continue;
    if (shard.count > MAX_SHARDS) throw failure(shard.saidBy, '', `must have at most ${MAX_SHARDS} parts`, shard.count);
    return shard;
  }
  return undefined;
}

/** `sbatch --array=0-7`, and any other first number and step. */
function slurmArray(environment: Environment): Shard | undefined {
  if (environment['SLURM_ARRAY_TASK_ID'] === undefined) return undefined;
  const id = wholeOf(environment, 'SLURM_ARRAY_TASK_ID');
  const count = wholeOf(environment, 'SLURM_ARRAY_TASK_COUNT');
  const first = wholeOf(environment, 'SLURM_ARRAY_TASK_MIN', 0);
  const step = wholeOf(environment, 'SLURM_ARRAY_TASK_STEP', 1);
  const last = wholeOf(environment, 'SLURM_ARRAY_TASK_MAX', first + (count - 1) * step);
  const number = (id - first) / step + 1;
  if (!Number.isInteger(number) || number < 1 || number > count || last !== first + (count - 1) * step) {
    const rule = `is of an array with gaps: ${count} tasks from ${first} to ${last} in steps of ${step}`;
    throw failure('SLURM_ARRAY_TASK_ID', '', rule, id, 'give --shard, or an array without gaps such as 0-7');
  }
  return { number, count, saidBy: 'the Slurm array' };
}

/** Kubernetes tells a pod its index from 0; the manifest must tell it the number of completions. */
function kubernetesIndexedJob(environment: Environment): Shard | undefined {
  if (environment['JOB_COMPLETION_INDEX'] === undefined) return undefined;
  const index = wholeOf(environment, 'JOB_COMPLETION_INDEX');
  const count = wholeOf(environment, 'JOB_COMPLETIONS');
  if (index >= count) {
    const rule = `must be less than JOB_COMPLETIONS, which is ${count}`;
    throw failure('JOB_COMPLETION_INDEX', '', rule, index, 'set JOB_COMPLETIONS to spec.completions, or give --shard');
  }
  return { number: index + 1, count, saidBy: 'the Kubernetes job' };
}

function wholeOf(environment: Environment, name: string, otherwise?: number): number {
  const text = environment[name];
  if (text === undefined && otherwise !== undefined) return otherwise;
  if (text === undefined)
    throw failure(name, '', 'is missing from the environment, where a cluster job runs', undefined, 'or give --shard');
  if (!/^\d+$/.test(text.trim())) throw failure(name, '', 'must be a whole number from 0', text, 'or give --shard');
  return Number(text);
}
