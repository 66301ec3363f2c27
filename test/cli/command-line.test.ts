import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsim } from '../fixtures/built-package.js';
import { accelsimHere } from '../fixtures/command-here.js';
import { runSource } from '../fixtures/run-source.js';

/** Tests run in a folder that is not the repository's: a user's. */
let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const repository = (...parts: string[]): string => join(import.meta.dirname, '..', '..', ...parts);
const run = (...args: string[]): ReturnType<typeof accelsim> => accelsim(args, { cwd });

describe.concurrent('the command', () => {
  test('needs no options, and says the same twice', async () => {
    const [bare, named] = await Promise.all([run(), run('--arch', 'default', '--workload', 'resnet50', '--bits', '4')]);
    expect(bare.code).toBe(0);
    expect(named).toEqual(bare);
  });

  test('without a chart no chart library is loaded', async () => {
    const [plain, drawn] = await Promise.all([
      runSource('test/fixtures/loaded-modules.ts', ['--bits', '4'], { cwd }),
      runSource('test/fixtures/loaded-modules.ts', ['--bits', '4', '--chart', 'loaded.png'], { cwd }),
    ]);
    expect(drawn.stdout).toMatch(/chartjs-node-canvas/);
    expect(plain.stdout).not.toMatch(/chart|canvas|dejavu/);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(repository('package.json'), 'utf8'));
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('a reader that hangs up, as head does, is no error', async () => {
    // 24 runs of layers as CSV are more than a pipe holds.
    const { code, stderr } = await accelsim(
      ['--format', 'csv', '--bits', '16,8,4,2', '--bandwidth', 'inf,64,32,16,8,4'],
      { cwd, hangUp: true },
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  // Linux has a device that is always full.
  test('a full disk behind > is told in one line, and is no success', async () => {
    const [tsx, main] = [createRequire(import.meta.url).resolve('tsx'), repository('src', 'node', 'cli', 'main.ts')];
    const full = openSync('/dev/full', 'w');
    const endOf = async (...args: string[]): Promise<[number, string]> => {
      const child = spawn(process.execPath, ['--import', pathToFileURL(tsx).href, main, ...args], {
        stdio: ['ignore', full, 'pipe'],
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      });
      const said = child.stderr!.setEncoding('utf8').toArray();
      const [code] = (await once(child, 'close')) as [number];
      return [code, (await said).join('')];
    };
    const ends = await Promise.all([
      endOf('--workload', repository('examples', 'lenet.json'), '--format', 'json'),
      endOf('--help'),
    ]);
    closeSync(full);
    for (const end of ends) expect(end).toEqual([1, 'error: standard output: no space left on the device\n']);
  });

  test('names that would steer a terminal are written out, in results and beside them', async () => {
    const shipped = readFileSync(repository('arch', 'default.json'), 'utf8');
    writeFileSync(join(cwd, 'steers.json'), shipped.replace('"name": "default"', '"name": "ma\\u001b[31mchine"'));
    const { stdout } = await run('--arch', 'steers.json', '--bits', '4');
    expect(stdout).toMatch(/^machine +ma\\u001b\[31mchine: 16 cores/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a bug is called one, with its trace and exit code 2', async () => {
    // Breaks a function that the text report needs, as a bug would.
    const broken = encodeURIComponent("String.prototype.padEnd = () => { throw new TypeError('broken'); };");
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${broken}` };
    const { code, stdout, stderr } = await accelsim(['--bits', '4'], { cwd, env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^bug: .*please report it.*\nTypeError: broken\n +at /);
  });
});

// What most tests of commands rest on: they ask in their own process.
describe.concurrent('a process of its own', () => {
  test.each([
    ['a run', 0, ['--workload', 'svhn', '--format', 'csv']],
    ['warnings and a file', 0, ['compare', 'default', 'rapid-like', '--workload', 'svhn', '--chart', 'layers.svg']],
    ['help', 0, ['explain', '--help']],
    ['mistakes', 1, ['--arch', 'defalt', '--bits', '99', '--batch', 'x']],
    ['an option that there is not', 1, ['--bitz', '4']],
    ['an argument that is missing', 1, ['compare', 'default']],
    ['a folder that is not there', 1, ['merge', 'part', '--out', 'merged']],
  ])('ends as one that is shared does: %s', async (_, code, args) => {
    const own = await accelsim(args, { cwd });
    expect(own.code, own.stderr).toBe(code);
    expect(own.stdout + own.stderr).not.toBe('');
    expect(await accelsimHere(args, { cwd })).toEqual(own);
  });
});
