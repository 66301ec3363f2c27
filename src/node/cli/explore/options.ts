import { basename, join } from 'node:path';
import type { Shard } from '../../explore/shard.js';
import type { ExecutorChoice, ExecutorName, ExecutorOptions } from '../../explore/executor/index.js';
import { failure, samplerOf, type PreparedStudy } from '../../../index.js';
import { executors } from '../../explore/executor/index.js';
import { parseShard, shardOfEnvironment } from '../../explore/shard.js';
import { checkWritableFolder } from '../../files.js';
import { parseRedisAddress, type RedisAddress } from '../../queue/redis-address.js';
import { parseCount, readAll, textOf, type OptionRow } from '../options.js';

/** Where studies are kept whose command says nothing. */
const DEFAULT_PARENT = 'reports';
const DEFAULT_EXECUTOR: ExecutorName = 'threads';
const MAX_WORKERS = 1024;

export const exploreOptions: readonly OptionRow[] = [
  { flags: '--out <folder>', description: `the study's folder (default: ${DEFAULT_PARENT}/ and the file's name)` },
  { flags: '--dry-run', description: 'say how many points there are and how long they may take, and end' },
  {
    flags: '--executor <name>',
    description: `who answers the points (default: ${DEFAULT_EXECUTOR})`,
    choices: Object.keys(executors),
  },
  { flags: '--queue <url>', description: 'have the points answered by workers of a Redis server: redis://host:port' },
  { flags: '--workers <n>', description: 'threads at once (default: as many as the computer runs in parallel)' },
  {
    flags: '--shard <i/N>',
    description: 'answer the i-th of N parts only, 1/N to N/N (default: what a Slurm array or a Kubernetes job says)',
  },
];

/** What a command line of `explore` comes to. */
export interface ExploreQuestion {
  readonly folder: string;
  readonly isDryRun: boolean;
  readonly executor: ExecutorChoice;
  readonly executorOptions: ExecutorOptions;
  readonly shard: Shard | undefined;
}

/** @throws AccelsimError with the issues of all options */
export function readExplore(options: Readonly<Record<string, unknown>>, operand: string): ExploreQuestion {
  const name = executorOf(options);
  const executor: ExecutorChoice = executors[name];
  const { folder, workers, queue, shard } = readAll({
    folder: () => readFolder(textOf(options, 'out') ?? defaultFolder(operand)),
    workers: () => readWorkers(textOf(options, 'workers'), name, executor),
    queue: () => readQueue(textOf(options, 'queue'), name, executor),
    shard: () => readShard(textOf(options, 'shard')),
  });
  return { folder, isDryRun: options['dryRun'] === true, executor, executorOptions: { workers, queue }, shard };
}

/** @throws AccelsimError where the study's sampler can not be cut, and a cluster or an option asks for that */
export function checkShard({ sampler }: PreparedStudy, shard: Shard | undefined, file: string): void {
  if (shard === undefined || shard.count === 1 || !samplerOf(sampler).learns) return;
  const rule = `${sampler.kind} chooses points by what others came to, so ${shard.saidBy} can not have a part of it`;
  const part = `${shard.number}/${shard.count}`;
  throw failure(`${file}: sampler`, '', rule, part, 'run the whole of it with --shard 1/1, or use another sampler');
}

function readFolder(folder: string): string {
  checkWritableFolder(folder);
  return folder;
}

function defaultFolder(operand: string): string {
  return join(DEFAULT_PARENT, basename(operand).replace(/\.json$/i, ''));
}

/** The executor that is named, or else the one whose own option is given. */
function executorOf(options: Readonly<Record<string, unknown>>): ExecutorName {
  const named = textOf(options, 'executor');
  if (named !== undefined) return named as ExecutorName;
  const choices: readonly [string, ExecutorChoice][] = Object.entries(executors);
  const asked = choices.find(([, { needs }]) => needs !== undefined && textOf(options, needs) !== undefined);
  return (asked?.[0] ?? DEFAULT_EXECUTOR) as ExecutorName;
}

function readQueue(text: string | undefined, name: string, { heeds, needs }: ExecutorChoice): RedisAddress | undefined {
  if (text === undefined) {
    if (needs === 'queue')
      throw failure(
        '--queue',
        '',
        `is missing: --executor ${name} needs it`,
        undefined,
        'such as redis://localhost:6379',
      );
    return undefined;
  }
  if (!heeds.includes('queue'))
    throw failure('--queue', '', `means nothing to --executor ${name}`, text, 'leave one of them out');
  return parseRedisAddress(text, '--queue');
}

function readWorkers(text: string | undefined, name: string, { heeds }: ExecutorChoice): number | undefined {
  if (text === undefined) return undefined;
  if (!heeds.includes('workers'))
    throw failure('--workers', '', `means nothing to --executor ${name}`, text, 'leave it out');
  return parseCount(text, '--workers', MAX_WORKERS);
}

function readShard(text: string | undefined): Shard | undefined {
  return text === undefined ? shardOfEnvironment(process.env) : parseShard(text, '--shard');
}
