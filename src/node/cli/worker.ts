import { availableParallelism } from 'node:os';
import { failure, plural } from '../../index.js';
import { setEngine } from '../explore/executor/engine.js';
import { QUEUE_NAME } from '../queue/job.js';
import { parseRedisAddress } from '../queue/redis-address.js';
import { runWorker } from '../queue/worker.js';
import type { CliCommand, Outcome } from './command.js';
import { exitCodes, section } from './help.js';
import { interruptible } from './interrupt.js';
import { addOptions, parseCount, readAll, textOf, type OptionRow } from './options.js';

const DEFAULT_PATIENCE_SECONDS = 15;
const MAX_SECONDS = 86_400;
const MAX_CONCURRENCY = 1024;

const workerOptions: readonly OptionRow[] = [
  { flags: '--queue <url>', description: 'the Redis server: redis://host:port' },
  { flags: '--concurrency <n>', description: 'chunks at once (default: as many as the computer runs in parallel)' },
  {
    flags: '--patience <seconds>',
    description: `a worker not heard of for so long is taken for dead (default: ${DEFAULT_PATIENCE_SECONDS})`,
  },
  { flags: '--idle <seconds>', description: 'end after so long without work (default: never)' },
];

/** One of the processes, here or on other computers, that answer the points of studies in a queue. */
export const worker = {
  description: 'Answers points of whatever studies are explored with --queue, until it is stopped.',
  configure(command) {
    addOptions(command, workerOptions);
    command.addHelpText('after', workerHelp);
  },
  async run(options, terminal): Promise<Outcome> {
    const question = readAll({
      address: () => readQueue(textOf(options, 'queue')),
      concurrency: () => countOf(options, 'concurrency', MAX_CONCURRENCY) ?? availableParallelism(),
      patienceSeconds: () => countOf(options, 'patience', MAX_SECONDS) ?? DEFAULT_PATIENCE_SECONDS,
      idleSeconds: () => countOf(options, 'idle', MAX_SECONDS),
    });
    const { address, concurrency } = question;
    setEngine(concurrency);
    const { chunks, points } = await interruptible(
      (signal) =>
        runWorker(
          {
            ...question,
            say: (line) => terminal.note(line),
            onReady: () =>
              terminal.note(`working for ${QUEUE_NAME} at ${address.name}, ${plural(concurrency, 'chunk')} at once`),
          },
          signal,
        ),
      () => terminal.note('stopping: the chunks in hand are finished; once more ends at once'),
    );
    terminal.note(`answered ${plural(points, 'point')} in ${plural(chunks, 'chunk')}`);
    return 'done';
  },
} as const satisfies CliCommand;

function readQueue(text: string | undefined): ReturnType<typeof parseRedisAddress> {
  if (text === undefined) throw failure('--queue', '', 'is missing: the Redis server, such as redis://localhost:6379');
  return parseRedisAddress(text, '--queue');
}

function countOf(options: Readonly<Record<string, unknown>>, name: string, most: number): number | undefined {
  const text = textOf(options, name);
  return text === undefined ? undefined : parseCount(text, `--${name}`, most);
}

function workerHelp(): string {
  return [
    '',
    ...section('Examples', [
      'redis-server --port 6379 --appendonly yes',
      'accelsim worker --queue redis://localhost:6379',
      'accelsim explore study.json --queue redis://localhost:6379',
    ]),
    ...section('Stopping', [
      'Ctrl-C, or SIGTERM, finishes the chunks in hand. A worker that is killed loses its chunks to another.',
    ]),
    ...exitCodes(),
  ].join('\n');
}
