import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from '../explore/small-study.js';
import { buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { describeWith, redisServer, slurm } from '../fixtures/describe-with.js';
import { hasSaid } from '../fixtures/start-node.js';
import { RedisServer } from './redis-server.js';
import { SlurmCluster } from './slurm-cluster.js';

const PATIENCE_MS = 300_000;
const run = promisify(execFile);
const text = readFileSync(fileURLToPath(new URL('../../docs/cluster.md', import.meta.url)), 'utf8');

/** The one block of the document with this label. */
function block(label: string): string {
  const found = Array.from(text.matchAll(/^```(.*)\n([^]*?)^```$/gm)).filter(([, info]) => info === label);
  expect(found).toHaveLength(1);
  return found[0]![2]!;
}

const folder = mkdtempSync(join(tmpdir(), 'accelsim-cluster-'));
let accelsim: BuiltPackage;
let undisturbed: ReturnType<typeof outcomeIn>;

beforeAll(async () => {
  accelsim = await buildPackage();
  // What a user has installed from the registry.
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'npx'),
    `#!/bin/sh\nshift\nexec '${process.execPath}' '${accelsim.path('node/cli/main.js')}' "$@"\n`,
  );
  chmodSync(join(folder, 'bin', 'npx'), 0o755);
  const alone = place('alone');
  expect((await accelsim.start(['explore', 'study.json', '--out', 'whole'], alone).ended).code).toBe(0);
  undisturbed = outcomeIn(join(alone, 'whole'));
}, PATIENCE_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a study in it. */
function place(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  copyFileSync(join(path, writeSmallStudy(path)), join(path, 'study.json'));
  return path;
}

/** Types commands into a shell. */
async function shell(commands: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`;
  await run('sh', ['-e', '-c', commands], { cwd, env: { ...process.env, ...env, PATH: path } });
}

function expectUndisturbed(whole: string): void {
  expect(outcomeIn(whole)).toEqual(undisturbed);
  const { keys, strangers } = storedIn(whole);
  expect([keys.length, new Set(keys).size, strangers]).toEqual([SMALL_POINTS, SMALL_POINTS, []]);
}

describeWith(slurm, 'the Slurm array of docs/cluster.md, on a real Slurm', () => {
  it('comes to the same as one computer, to the byte', { timeout: PATIENCE_MS }, async () => {
    const cwd = place('slurm');
    writeFileSync(join(cwd, 'explore.sbatch'), block('sh slurm-script'));
    const cluster = await SlurmCluster.start(join(folder, 'cluster'));
    try {
      await shell(block('sh slurm-submit'), cwd, cluster.env);
    } finally {
      await cluster.stop();
    }
    for (const task of [0, 1, 2, 3])
      expect(readFileSync(join(cwd, `explore-${task}.log`), 'utf8')).toContain(
        `part ${task + 1} of 4 as the Slurm array says`,
      );
    expectUndisturbed(join(cwd, 'whole'));
  });
});

interface Container {
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly workingDir: string;
}

describe('the Kubernetes job of docs/cluster.md', () => {
  const { apiVersion, kind, metadata, spec } = JSON.parse(block('json kubernetes'));
  const pod = spec.template.spec;
  const containers: readonly Container[] = pod.containers;

  it('is an indexed job whose parts fit together', () => {
    expect({ apiVersion, kind, mode: spec.completionMode }).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      mode: 'Indexed',
    });
    expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(spec.parallelism).toBeLessThanOrEqual(spec.completions);
    expect(['Never', 'OnFailure']).toContain(pod.restartPolicy);
    expect(containers).toHaveLength(1);
    const [{ env, volumeMounts, workingDir }] = containers as [Container];
    expect(env).toEqual([{ name: 'JOB_COMPLETIONS', value: String(spec.completions) }]);
    expect(volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }: { name: string }) => name));
    expect(workingDir).toBe(volumeMounts[0]!.mountPath);
  });

  it('comes to the same as one computer, pod by pod', { timeout: PATIENCE_MS }, async () => {
    const cwd = place('kubernetes');
    const [{ command, env }] = containers as [Container];
    const stated = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const pods = Array.from({ length: spec.completions }, (_, index) =>
      shell(command.join(' '), cwd, { ...stated, JOB_COMPLETION_INDEX: String(index) }),
    );
    await Promise.all(pods);
    await shell(block('sh kubernetes-merge'), cwd);
    expectUndisturbed(join(cwd, 'whole'));
  });
});

describeWith(redisServer, 'the queue of docs/cluster.md, on a real Redis', () => {
  it('comes to the same as one computer', { timeout: PATIENCE_MS }, async () => {
    const cwd = place('queue');
    const server = await RedisServer.start(join(folder, 'redis'));
    const here = (commands: string): string => {
      expect(commands).toContain('redis://head-node:6379');
      return commands.replace('redis://head-node:6379', server.url);
    };
    try {
      const [, , ...words] = here(block('sh queue-worker')).trim().split(' ');
      const worker = accelsim.start(words, cwd);
      await hasSaid(worker, 'working for');
      await shell(here(block('sh queue-explore')), cwd);
      worker.process.kill('SIGTERM');
      const { code, stderr } = await worker.ended;
      expect(code).toBe(0);
      expect(stderr).toMatch(/stopping.*\nanswered 560 points in \d+ chunks/);
    } finally {
      await server.stop();
    }
    expectUndisturbed(join(cwd, 'whole'));
  });
});
