import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });
const small = ['--images', '60', '--test-images', '50', '--epochs', '1', '--seeds', '2', '--channels', '2'];

describe('accelsim train', () => {
  test('trains every scheme at every width, says how far it is, and keeps results', async () => {
    const words = ['train', ...small, '--scheme', 'full-precision,pact', '--bits', '4,2', '--out', 'out'];
    const { code, stdout, stderr } = await run(...words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scheme +exact +4 bits +2 bits$/m);
    expect(stdout).toMatch(/^full-precision +\d+\.\d ± \d+\.\d +- +-$/m);
    expect(stdout).toMatch(/^pact +- +\d+\.\d ± \d+\.\d +\d+\.\d ± \d+\.\d$/m);
    // Two seeds of full precision once and PACT at two widths.
    expect(stderr).toMatch(/^1 of 6 trainings, about \d+ s left; full-precision, exact, seed 1: \d+\.\d %$/m);
    expect(stderr).toMatch(/^6 of 6 trainings; pact, 2 bits \(edges 8\), seed 2/m);
    const { schemaVersion, trainings } = JSON.parse(readFileSync(join(cwd, 'out', 'results.json'), 'utf8'));
    expect([schemaVersion, trainings.length]).toEqual([1, 6]);
    expect(trainings[1].plan).toMatchObject({ scheme: 'pact', bits: 4, edgeBits: 8, seed: 1 });
    expect(readdirSync(join(cwd, 'out'))).toEqual(['accuracy.png', 'accuracy.svg', 'results.json', 'trainings']);
    // Again: everything is there, and says the same.
    const again = await run(...words);
    expect(again.stdout).toBe(stdout);
    expect(again.stderr).not.toContain('left');
  });

  test('tells of every mistake at once', async () => {
    const { code, stderr } = await run(
      'train',
      '--scheme',
      'pakt',
      '--bits',
      '33',
      '--edge-bits',
      '0',
      '--noise',
      '-1',
      '--channels',
      '257',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/--scheme: must be full-precision, .*did you mean pact\?/);
    for (const option of ['--bits', '--edge-bits', '--noise', '--channels'])
      expect(stderr).toContain(`error: ${option}:`);
  });

  test('without images says what it needs', async () => {
    const { code, stderr } = await run('train', ...small, '--data', 'none');
    expect(code).toBe(1);
    expect(stderr).toContain('train-images-idx3-ubyte: no such file: MNIST is four files');
    mkdirSync(join(cwd, 'other'));
    for (const part of ['images-idx3', 'labels-idx1'])
      writeFileSync(join(cwd, 'other', `train-${part}-ubyte`), 'GIF89a');
    const other = await run('train', ...small, '--data', 'other');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(
      'error: other/train-images-idx3-ubyte: magic: must be 0x00000803: unsigned bytes, 3 dimensions (found "0x47494638")',
    );
    const many = await run('train', '--images', '60001');
    expect(many.stderr).toContain(
      'training images: must be a whole number from 1 to 60000, as many as the data has (found 60001)',
    );
  });

  test('cannot round by SAWB at widths that have no coefficients', async () => {
    const { code, stderr } = await run('train', ...small, '--scheme', 'pact-sawb', '--bits', '6');
    expect(code).toBe(1);
    expect(stderr).toContain('quantizer: bits: of sawb, no-zero, must be one of 2, 3, 4, 5, 8 (found 6)');
  });
});

describe('wide shortcuts', () => {
  test('stand in the label, cost speed, and have no published accuracy', async () => {
    const [narrow, wide] = await Promise.all([run('--bits', '2,4'), run('--bits', '2,4', '--shortcut-bits', '16')]);
    expect(narrow.stdout).toMatch(/^2 bits \(edges 8\) +7\.34x +72\.2 %$/m);
    expect(wide.stdout).toMatch(/^2 bits \(edges 8, shortcuts 16\) +2\.22x$/m);
    const conflict = await run('--precision', 'a.json', '--shortcut-bits', '16');
    expect(conflict.stderr).toContain('so --shortcut-bits would have no effect');
  });
});
