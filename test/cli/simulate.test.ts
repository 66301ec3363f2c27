import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

/** Tests run in a folder that is not the repository's: a user's. */
let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const repository = (...parts: string[]): string => join(import.meta.dirname, '..', '..', ...parts);
const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });

describe.concurrent('the default command', () => {
  test('shows ResNet50 at 4 bits with its speedup over 16', async () => {
    const { code, stdout, stderr } = await run('--arch', 'arch/default.json', '--bits', '4');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^workload +resnet50, batch 1$/m);
    expect(stdout).toMatch(/^precision +4 bits, first and last MAC layer 8 bits$/m);
    expect(stdout).toMatch(/^conv1 +conv +8 +118\.0/m);
    expect(stdout).toMatch(/^fc +linear +8 +2\.0/m);
    expect(stdout).toMatch(/^\d\.\d\dx = 4\.00x peak x \d\.\d\dx utilization x \d\.\d\dx memory relief$/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(121);
    // Piped: no colour.
    expect(stdout).not.toMatch(/\u001b/);
  });

  test('lists make the speedup table', async () => {
    const { code, stdout } = await run('--bits', '16,4', '--bandwidth', 'inf,64');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^precision +unlimited +64 GB\/s +top-1$/m);
    expect(stdout).toMatch(/^16 bits +1\.00x +1\.00x +-$/m);
  });

  test('JSON holds the floors of the model', async () => {
    const { code, stdout } = await run('--format', 'json', '--bits', '8', '--batch', '2');
    expect(code).toBe(0);
    const { schemaVersion, arch, workload, layers, totals } = JSON.parse(stdout);
    expect([schemaVersion, workload]).toEqual([1, { name: 'resnet50', batch: 2 }]);
    const bytesPerCycle = arch.bandwidthGBps / arch.clockGHz;
    let cycles = 0;
    for (const layer of layers) {
      expect(layer.totalCycles).toBe(layer.computeCycles + layer.stallCycles);
      expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.offChipBytes.total / bytesPerCycle);
      if (layer.macs > 0) expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.macs / layer.peakMacsPerCycle);
      cycles += layer.totalCycles;
    }
    expect(cycles).toBe(totals.totalCycles);
  });

  test('CSV has a row per run and layer', async () => {
    const { stdout } = await run(
      '--format',
      'csv',
      '--bits',
      '8,4',
      '--mode',
      'throughput',
      '--dataflow',
      'output-stationary',
      '--edge-bits',
      'same',
    );
    const [header = '', ...rows] = stdout.trimEnd().split('\n');
    const layers = JSON.parse(readFileSync(repository('workloads', 'resnet50.json'), 'utf8')).layers;
    expect(rows).toHaveLength(2 * layers.length);
    const [first = []] = rows.map((row) => row.split(','));
    const at = (name: string): string | undefined => first[header.split(',').indexOf(name)];
    expect(['mode', 'bits', 'edgeBits', 'layer', 'dataflow', 'weightBits'].map(at)).toEqual([
      'throughput',
      '8',
      '',
      'conv1',
      'output-stationary',
      '8',
    ]);
  });

  test('a precision file gives each layer its bits', async () => {
    writeFileSync(
      join(cwd, 'bits.json'),
      '{ "default": { "weightBits": 2, "activationBits": 4 }, "layers": { "fc": { "weightBits": 8 } } }',
    );
    const { code, stdout } = await run('--precision', 'bits.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^precision +by layer, from bits\.json$/m);
    expect(stdout).toMatch(/^conv1 +conv +2\/4 /m);
    expect(stdout).toMatch(/^fc +linear +8\/4 /m);
  });

  test('a machine of the user wins over the shipped one of the same path', async () => {
    const own = mkdtempSync(join(cwd, 'own-'));
    mkdirSync(join(own, 'arch'));
    const shipped = readFileSync(repository('arch', 'default.json'), 'utf8');
    writeFileSync(join(own, 'arch', 'default.json'), shipped.replace('"name": "default"', '"name": "mine"'));
    const { stdout } = await accelsimHere(['--arch', 'arch/default.json'], { cwd: own });
    expect(stdout).toMatch(/^machine +mine:/);
  });
});

describe.concurrent('files', () => {
  test('--out writes the report with all charts, and nothing else', async () => {
    const { code, stdout, stderr } = await run('--bits', '4', '--out', 'new/report');
    expect([code, stderr]).toEqual([0, 'wrote new/report\n']);
    expect(stdout).toContain('Speedup over 16 bits');
    const names = ['accuracy-speedup', 'energy', 'layer-time', 'mac-area', 'roofline', 'speedup', 'traffic'];
    const charts = names.flatMap((name) => [`${name}.png`, `${name}.svg`]);
    expect(readdirSync(join(cwd, 'new/report')).sort()).toEqual(
      [...charts, 'layers.csv', 'report.md', 'result.json'].sort(),
    );
    const report = readFileSync(join(cwd, 'new/report/report.md'), 'utf8');
    const images = [...report.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file = '']) => file);
    expect(images).toHaveLength(names.length);
    expect(images.filter((file) => !existsSync(join(cwd, 'new/report', file)))).toEqual([]);
    expect(JSON.parse(readFileSync(join(cwd, 'new/report/result.json'), 'utf8')).precision).toEqual({
      bits: 4,
      edgeBits: 8,
    });
  });

  test('--chart draws the comparison of several runs, or the kind that is asked for', async () => {
    const [several, one] = await Promise.all([
      run('--bits', '16,4', '--chart', 'speedup.png'),
      run('--chart', 'charts/roof.svg', '--chart-kind', 'roofline'),
    ]);
    expect([several.stderr, one.stderr]).toEqual(['wrote speedup.png\n', 'wrote charts/roof.svg\n']);
    expect(readFileSync(join(cwd, 'speedup.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(join(cwd, 'charts/roof.svg'), 'utf8')).toMatch(/<svg/);
  });
});

describe.concurrent('explain', () => {
  test('says in words why 4 bits are faster than 16', async () => {
    const { code, stdout, stderr } = await run('explain', '--bits', '16,4');
    expect([code, stderr]).toEqual([0, '']);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('resnet50, batch 1');
    const [, whole, ...factors] = /(\S+)x = (\S+)x peak x (\S+)x utilization x (\S+)x memory relief/.exec(text) ?? [];
    expect(Number(whole)).toBeCloseTo(
      factors.map(Number).reduce((product, factor) => product * factor),
      1,
    );
    for (const heading of [
      'Where it comes from',
      'What began to fit on chip',
      'What holds the layers back',
      'What a simple estimate says',
      'One step narrower',
    ]) {
      expect(stdout).toContain(`\n${heading}\n---`);
    }
  });

  test('the first width is what the second is compared with', async () => {
    const { stdout } = await run('explain', '--bits', '4,16', '--bandwidth', 'inf');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/16 bits, compared with 4 bits.*\dx slower/);
  });
});

describe.concurrent('help', () => {
  test('help names formats, charts, shipped machines and workloads, examples and exit codes', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect([code, stderr]).toEqual([0, '']);
    const machines = readdirSync(repository('arch'))
      .filter((file) => file.endsWith('.json') && file !== 'schema.json')
      .map((file) => file.replace('.json', ''));
    for (const word of [...machines, 'resnet50', 'markdown', 'layer-time', 'Examples', 'Exit codes', 'explain'])
      expect(stdout).toContain(word);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    expect((await run('explain', '--help')).stdout).toContain('accelsim explain --bits 16,4');
  });
});
