import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-survey-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(['survey', ...args], { cwd });

describe.concurrent('accelsim survey', () => {
  test('compares networks by name, with parameters and from files, and writes only where it is told', async () => {
    const network = {
      name: 'mine',
      inputs: [{ name: 'x', channels: 16, height: 8, width: 8 }],
      layers: [{ name: 'conv', kind: 'convolution', input: 'x', outputChannels: 32, kernel: 3 }],
    };
    writeFileSync(join(cwd, 'mine.json'), JSON.stringify(network));
    const list = 'svhn,gpt2-decode:sequence=16,mine.json';
    const { code, stdout, stderr } = await run(
      '--workloads',
      list,
      '--bits',
      '8,4',
      '--bandwidth',
      'inf',
      '--out',
      'new',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^3 of 3 networks\nwrote new$/m);
    expect(stdout).toMatch(/^bandwidth +unlimited off-chip/m);
    expect(stdout).toMatch(/^network +MACs +parameters +8 bits +4 bits +time at/m);
    for (const name of ['svhn', 'gpt2-decode:sequence=16', 'mine']) expect(stdout).toContain(`\n${name} `);
    expect(readdirSync(join(cwd, 'new')).sort()).toEqual(['report.md', 'speedup.png', 'speedup.svg', 'survey.csv']);
    expect(readFileSync(join(cwd, 'new/report.md'), 'utf8')).toContain('](speedup.png)');
    expect(readFileSync(join(cwd, 'new/survey.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + 3 * 2);
  });

  test('says the same twice, and passes on its question', async () => {
    const args = ['--workloads', 'resnet20', '--bits', '4', '--mode', 'throughput', '--edge-bits', 'same'];
    const [one, two] = await Promise.all([run(...args), run(...args)]);
    expect(two).toEqual(one);
    expect(one.stdout).toMatch(/^question +throughput/m);
    expect(one.stdout).toMatch(/^precision +4 bits against 16 bits$/m);
  });

  test('tells of every mistake at once', async () => {
    const wrong = ['--workloads', 'resnet51,svhn:x=1', '--bits', '99', '--bandwidth', '1,2', '--arch', 'defalt'];
    const { code, stdout, stderr } = await run(...wrong);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^error: --arch: .*did you mean default\?/),
      expect.stringMatching(/^error: --workloads: .*"resnet51".*did you mean resnet/),
      expect.stringMatching(/^error: --workloads: x: no such parameter/),
      expect.stringMatching(/^error: --bits: .*"99"/),
      expect.stringMatching(/^error: --bandwidth: must be one bandwidth \(found "1,2"\)/),
    ]);
  });

  test('refuses a network named twice, whose rows could not be told apart', async () => {
    const { code, stderr } = await run('--workloads', 'svhn,resnet20,svhn');
    expect([code, stderr]).toEqual([1, 'error: --workloads: must name each network once (found "svhn")\n']);
  });

  test('a network by itself is no command, but means one', async () => {
    const { stderr } = await accelsimHere(['resnet50'], { cwd });
    expect(stderr).toBe(
      'error: accelsim: no such command (found "resnet50"); did you mean accelsim --workload resnet50?\n',
    );
  });
});
