import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoo } from '../../src/index.js';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });

describe.concurrent('accelsim workload', () => {
  test('lists every network', async () => {
    const { code, stdout } = await run('workload', 'list');
    expect(code).toBe(0);
    for (const name of Object.keys(zoo))
      expect(stdout).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} +\\S`, 'm'));
  });

  test('shows one, for what it is asked to be built for', async () => {
    const [colon, option] = await Promise.all([
      run('workload', 'show', 'bert-base:sequence=384'),
      run('workload', 'show', 'bert-base', '--param', 'sequence=384'),
    ]);
    expect(colon.code).toBe(0);
    expect(option).toEqual(colon);
    expect(colon.stdout).toMatch(/^network +bert-base:sequence=384$/m);
    expect(colon.stdout).toMatch(/^encoder\.layer\.0\.attention\.self\.scores +matmul +4608x384x1 +113,246,208 /m);
  });

  test('exports one that simulates like its name', async () => {
    const { code, stdout, stderr } = await run('workload', 'export', 'gpt2-decode:sequence=32', '--out', 'mine.json');
    expect([code, stdout, stderr]).toEqual([0, '', 'wrote mine.json\n']);
    const [printed, fromFile, byName] = await Promise.all([
      run('workload', 'export', 'mine.json'),
      run('--workload', 'mine.json', '--bits', '8', '--kv-cache-bits', '2', '--format', 'json'),
      run('--workload', 'gpt2-decode:sequence=32', '--bits', '8', '--kv-cache-bits', '2', '--format', 'json'),
    ]);
    expect(JSON.parse(printed.stdout).layers).toHaveLength(
      JSON.parse(readFileSync(join(cwd, 'mine.json'), 'utf8')).layers.length,
    );
    expect(byName.code).toBe(0);
    expect(fromFile).toEqual(byName);
    expect(JSON.parse(byName.stdout).precision).toEqual({ bits: 8, edgeBits: null, kvCacheBits: 2 });
  });

  test.each([
    [['workload', 'show', 'bert-bas'], 'no such workload or file (found "bert-bas"); did you mean bert-base?'],
    [['workload', 'show', 'bert-base:sequnce=1'], 'sequnce: no such parameter; did you mean sequence?'],
    [['workload', 'show', 'bert-base', 'gpt2'], 'accelsim: takes <name> and options only (found "gpt2")'],
    [['workload', 'lst'], "unknown command 'lst'\n(Did you mean list?)"],
    [['workload', 'show'], "missing required argument 'name'"],
    [
      ['workload', 'export', 'bert-base', '--param', 'sequence=513'],
      'must be a whole number from 1 to 512 (found 513)',
    ],
    [['--workload', 'bert-base:sequence=0'], '--workload: sequence: must be a whole number from 1 to 512 (found 0)'],
    [['--kv-cache-bits', '4'], '--kv-cache-bits: resnet50 keeps no keys and values; leave it out'],
    [
      ['--workload', 'vgg16', '--shortcut-bits', '16'],
      '--shortcut-bits: vgg16 has no residual shortcuts; leave it out',
    ],
    [['--workload', 'gpt2-decode', '--kv-cache-bits', '17'], '--kv-cache-bits: must be an integer from 1 to 16'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
