import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
  writeFileSync(join(cwd, 'bits.csv'), 'layer,weightBits,activationBits,weightGroupSize\n*,4,8,128\nconv1,8,8,\n');
  writeFileSync(join(cwd, 'net.csv'), 'Layer, M, N, K,\nfirst, 8, 16, 32,\nsecond, 8, 16, 16,\n');
  writeFileSync(join(cwd, 'net-bits.csv'), 'layer,weightBits,activationBits\nstem,8,8\nbody,4,4\n');
  writeFileSync(join(cwd, 'names.json'), '{ "layers": { "stem": "first", "body": "second" } }');
});
afterAll(() => rmSync(cwd, { recursive: true }));
const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });

describe.concurrent('bits by layer', () => {
  test('by the name of a list', async () => {
    const { code, stdout, stderr } = await run('--workload', 'resnet50', '--precision', 'hawq-v3-size-0.5');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^layer4\.0\.conv1 +conv +8 /m);
    expect(stdout).toMatch(/^layer4\.0\.conv2 +conv +4 /m);
  });

  test('from a table', async () => {
    const { code, stdout } = await run('--precision', 'bits.csv', '--format', 'csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/,layer1\.0\.conv1,convolution,\d+,4,8,/);
  });

  test('for a SCALE-Sim topology, by a map of names, with what was decided of it', async () => {
    const args = ['--workload', 'net.csv', '--precision', 'net-bits.csv', '--layer-names', 'names.json'];
    const { code, stdout, stderr } = await run(...args, '--format', 'csv');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: a topology has no graph: 1 of 2 layers read the layer above/);
    expect(stdout).toMatch(/,first,linear,4096,8,8,/);
    expect(stdout).toMatch(/,second,linear,2048,4,4,/);
  });

  test.each([
    ['a list that is none', ['--precision', 'hawq-v3-sise-0.5'], /did you mean hawq-v3-size-0\.5\?/],
    [
      'a list for another network',
      ['--precision', 'resnet18/ant'],
      /resnet18\/ant: is a list for resnet18, not for resnet50/,
    ],
    ['names without a list', ['--layer-names', 'names.json'], /--layer-names: needs --precision/],
    [
      'names that are not in the list',
      ['--precision', 'bits.csv', '--layer-names', 'names.json'],
      /names\.json: layers\.stem: bits\.csv names no such layer/,
    ],
    [
      'an option for another form of file',
      ['--scalesim-reading', 'same-padding'],
      /--scalesim-reading: means nothing for resnet50/,
    ],
  ])('refused with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test('the lists, and one of them', async () => {
    const [list, show] = await Promise.all([
      run('precision', 'list'),
      run('precision', 'show', 'resnet50/nncf-manual'),
    ]);
    expect(list.stdout).toMatch(/^resnet50\/nncf-manual +NNCF, mixed 8 and 4 bits set by hand$/m);
    expect(show.stdout).toMatch(/^# source: https:\/\/github\.com\/openvinotoolkit\/nncf[^]*\nfc,4,4\n/m);
  });
});

test('a network goes to SCALE-Sim and comes back with the same MACs', async () => {
  const { code, stderr } = await run('workload', 'export', 'resnet18', '--format', 'scalesim', '--out', 'r18.csv');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: left out, a topology has only layers with MACs: maxpool/);
  const { stdout } = await run('workload', 'show', 'r18.csv');
  expect(stdout).toMatch(/1,814,073,344/);
});
