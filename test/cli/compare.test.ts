import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-compare-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });

describe.concurrent('accelsim compare', () => {
  test('sets two machines side by side, says why and draws it', async () => {
    const args = ['--workload', 'resnet20', '--bits', '4', '--chart', 'layers.png'];
    const { code, stdout, stderr } = await run('compare', 'default', 'rapid-like', ...args);
    expect([code, stderr]).toEqual([
      0,
      'warning: 2 layers compute on rapid-like with 8-bit operands in the 16-bit mode, no faster than with 16-bit operands; ' +
        'only memory and traffic gain by the narrower width\nwrote layers.png\n',
    ]);
    expect(stdout).toMatch(/^rapid-like is [\d.]+x (faster|slower) than default/m);
    for (const heading of ['Side by side', 'Why', 'Layers that differ most'])
      expect(stdout).toMatch(new RegExp(`^${heading}$`, 'm'));
    expect(existsSync(join(cwd, 'layers.png'))).toBe(true);
  });

  test('takes files, and tells machines of one name apart; every option holds for both', async () => {
    const machine = JSON.parse(readFileSync(new URL('../../arch/default.json', import.meta.url), 'utf8')) as object;
    writeFileSync(join(cwd, 'twice.json'), JSON.stringify({ ...machine, cores: 32 }));
    const args = ['--workload', 'resnet20', '--bits', '8,4', '--bandwidth', '32', '--format', 'json'];
    const { code, stdout } = await run('compare', 'default', 'twice.json', ...args);
    expect(code).toBe(0);
    const { comparisons } = JSON.parse(stdout) as {
      comparisons: {
        precision: { bits: number };
        figures: Record<string, { first: number; second: number; ratio: number }>;
      }[];
    };
    expect(comparisons.map(({ precision }) => precision.bits)).toEqual([8, 4]);
    for (const { figures } of comparisons) {
      expect(figures['bandwidthGBps']).toEqual({ first: 32, second: 32, ratio: 1 });
      expect(figures['peakMacsPerCycle']!.ratio).toBe(2);
    }
    const text = await run('compare', 'default', 'twice.json', '--workload', 'resnet20');
    expect(text.stdout).toContain('default (A)');
    expect(text.stdout).toContain('default (B)');
  });

  test('tells of every mistake at once', async () => {
    const { code, stdout, stderr } = await run('compare', 'defalt', 'nope', '--bits', '99', '--chart', 'a.gif');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^error: first machine: .*did you mean default\?/),
      expect.stringMatching(/^error: --bits: .*"99"/),
      expect.stringMatching(/^error: second machine: no such machine or file \(found "nope"\)/),
      expect.stringMatching(/^error: --chart: must end in \.png or \.svg \(found "a\.gif"\)/),
    ]);
    const one = await run('compare', 'default');
    expect([one.code, one.stderr]).toEqual([1, "error: missing required argument 'second'\n"]);
  });
});

describe.concurrent('accelsim --iso-area chip', () => {
  const question = ['--iso-area', 'chip', '--workload', 'resnet20', '--bits', '16,2'];

  test('shows the best split, draws it, and says how far it is', async () => {
    const { code, stdout, stderr } = await run(
      ...question,
      '--bandwidth',
      '8',
      '--chart',
      'split.svg',
      '--out',
      'split',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^0 of 48 arrays\n(.*\n)*48 of 48 arrays\nwrote split\nwrote split\.svg\n$/);
    expect(stdout).toMatch(/^The best split$/m);
    expect(stdout).toMatch(/^Speedup over 16 bits$/m);
    expect(readFileSync(join(cwd, 'split.svg'), 'utf8')).toContain('<svg');
    expect(readdirSync(join(cwd, 'split')).sort()).toEqual([
      'cycles-8-GBps.png',
      'cycles-8-GBps.svg',
      'figures.json',
      'report.md',
    ]);
  });

  test('array is what runs without it', async () => {
    const args = ['--workload', 'resnet20', '--bits', '4', '--format', 'csv'];
    const [stated, silent] = await Promise.all([run('--iso-area', 'array', ...args), run(...args)]);
    expect(stated).toEqual(silent);
    expect(stated.code).toBe(0);
  });

  test.each([
    [['--arch', 'eyeriss-like'], /^error: machine eyeriss-like: scratchpad\.areaMm2PerMiB: must be stated/],
    [['--chart', 'x.png', '--bandwidth', '8,16'], /^error: --chart: draws one bandwidth; ask for one/],
    [['--chart', 'x.png', '--chart-kind', 'speedup'], /^error: --chart-kind: has no effect on --iso-area chip/],
    [['--iso-area', 'core'], /^error: option '--iso-area <what>' argument 'core' is invalid|is given twice/i],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await run(...question, ...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
