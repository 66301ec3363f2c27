// Design-space exploration as users run it: whole commands of the built program, each in a process of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type * as Accelsim from '../src/index.js';
import type * as KeyModule from '../src/node/explore/key.js';
import type * as StoreModule from '../src/node/explore/store/folder-store.js';
import type * as StudyModule from '../src/node/explore/study-folder.js';

/** ResNet50 on many machines; `cores` sets how many. */
function study(cores: number, bandwidths: number, capacities: number): object {
  return {
    name: `bench-${cores}`,
    machine: 'default',
    workloads: ['resnet50'],
    axes: [
      { field: 'bits', values: [16, 8, 4, 2] },
      {
        name: 'array',
        fields: ['array.rows', 'array.columns'],
        tuples: [
          [16, 16],
          [32, 32],
        ],
      },
      { field: 'cores', range: { from: 8, to: 7 + cores, step: 1 } },
      { field: 'offChip.bandwidthGBps', range: { from: 8, to: 8 * bandwidths, step: 8 } },
      { field: 'scratchpad.capacityKiB', range: { from: 64, to: 32 + 32 * capacities, step: 32 } },
    ],
    objectives: ['latencyMs', 'offChipBytes'],
  };
}

interface Timed {
  readonly points: number;
  readonly seconds: number;
  /** Of all cores, threads and helpers included. */
  readonly cpuSeconds: number;
  readonly residentMiB: number;
}

/** Runs studies of ResNet50 and prints rates, the gain of a second worker, what the store costs, and memory. */
export async function benchExplore(built: URL): Promise<void> {
  const main = fileURLToPath(new URL('node/cli/main.js', built));
  const folder = mkdtempSync(join(tmpdir(), 'accelsim-bench-'));
  try {
    const small = [8, 16, 8] as const;
    const rate = ({ points, seconds }: Timed): number => points / seconds;
    const one = await run(main, folder, small, ['--workers', '1']);
    console.log(
      `explore: ${one.points} points of ResNet50, ${rate(one).toFixed(0)} a second with one worker, start and report ` +
        `included (aim 1000); ${one.cpuSeconds.toFixed(1)} s of CPU in ${one.seconds.toFixed(1)} s`,
    );
    const medium = await run(main, folder, [10, 16, 8], ['--workers', '2']);
    const large = await run(main, folder, [98, 16, 8], ['--workers', '2']);
    const alone = await run(main, folder, [98, 16, 8], ['--workers', '1']);
    // What the computer has to give: of two commands, each with a worker, neither waits for the other.
    const both = await Promise.all([1, 2].map(() => run(main, folder, [49, 16, 8], ['--workers', '1'])));
    const side = Math.min(...both.map(rate)) * 2;
    console.log(
      `explore: 2 workers answer ${(rate(large) / rate(alone)).toFixed(2)} times as many points a second as one ` +
        `(aim 1.8); two commands side by side ${(side / rate(alone)).toFixed(2)} times; ` +
        `${alone.cpuSeconds.toFixed(0)} s of CPU with one worker, ${large.cpuSeconds.toFixed(0)} s with two`,
    );
    console.log(
      `explore: ${large.points} points in ${large.seconds.toFixed(0)} s with 2 workers (aim < 120 s for 100,000); ` +
        `${large.residentMiB.toFixed(0)} MiB resident, ${medium.residentMiB.toFixed(0)} MiB for ${medium.points} points`,
    );
    await benchStore(built, join(folder, 'study0'), join(folder, 'store'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One process answers and stores, so that each waits for the other: what storing takes is all overhead. */
async function benchStore(built: URL, begun: string, folder: string): Promise<void> {
  const load = async <Module>(path: string): Promise<Module> => (await import(new URL(path, built).href)) as Module;
  const { inProcess, runStudy } = await load<typeof Accelsim>('index.js');
  const { FolderStore } = await load<typeof StoreModule>('node/explore/store/folder-store.js');
  const { readStudyOf } = await load<typeof StudyModule>('node/explore/study-folder.js');
  const { keyOf } = await load<typeof KeyModule>('node/explore/key.js');
  const store = await FolderStore.open(folder, console.warn);
  const append = store.append.bind(store);
  let storeMs = 0;
  store.append = async (...args) => {
    const start = performance.now();
    await append(...args);
    storeMs += performance.now() - start;
  };
  const start = performance.now();
  const { signal } = new AbortController();
  const { evaluated } = await runStudy(readStudyOf(begun), { executor: inProcess, store, keyOf, signal });
  const share = (100 * storeMs) / (performance.now() - start - storeMs);
  console.log(
    `store: ${storeMs.toFixed(0)} ms for ${evaluated} points, ${share.toFixed(1)}% of answering them (aim < 10%)`,
  );
}

let count = 0;

const execute = promisify(execFile);

async function run(
  main: string,
  folder: string,
  size: readonly [number, number, number],
  args: readonly string[],
): Promise<Timed> {
  const file = join(folder, `study${count++}.json`);
  writeFileSync(file, JSON.stringify(study(...size)));
  const out = file.replace('.json', '');
  const start = performance.now();
  // The peak of the whole process, threads included, is told by the system as it ends.
  const words = [
    '--import',
    'data:text/javascript,process.on("exit",()=>{const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();' +
      'console.error("kib",maxRSS,"us",userCPUTime+systemCPUTime)})',
  ];
  const ended = await execute(process.execPath, [...words, main, 'explore', file, '--out', out, ...args], {
    maxBuffer: 2 ** 26,
  });
  const seconds = (performance.now() - start) / 1000;
  const used = [...ended.stderr.matchAll(/kib (\d+) us (\d+)/g)];
  const most = (at: number): number => Math.max(...used.map((match) => Number(match[at])));
  const points = readFileSync(join(out, 'results.csv'), 'utf8').split('\n').length - 2;
  return { points, seconds, cpuSeconds: most(2) / 1e6, residentMiB: most(1) / 1024 };
}
