import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArchFile, readWorkloadFile } from './inputs.js';
import { findData, packagePath, shippedNames } from './shipped.js';

let folder = '';
const home = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

test.each(['default', 'default.json', 'arch/default', 'arch/default.json', './arch/default.json'])(
  '%s is the shipped machine from any folder',
  (given) => {
    expect(findData('arch', given, '--arch')).toBe(packagePath('arch', 'default.json'));
  },
);

test('a file of the user wins over the package where a path is given', () => {
  mkdirSync('arch');
  writeFileSync('arch/default.json', '{}');
  expect(findData('arch', 'arch/default.json', '--arch')).toBe('arch/default.json');
  expect(findData('arch', 'default', '--arch')).toBe(packagePath('arch', 'default.json'));
});

test('a path to another folder is not answered from the package', () => {
  expect(() => findData('arch', 'mine/default.json', '--arch')).toThrow(
    '--arch: no such machine or file (found "mine/default.json")',
  );
  expect(() => findData('arch', 'workloads/default.json', '--arch')).toThrow('no such machine');
  expect(() => findData('arch', '../arch/default.json', '--arch')).toThrow('no such machine');
});

test('an unknown name gets the nearest and the list', () => {
  expect(() => findData('workloads', 'resnet5', '--workload')).toThrow(
    /^--workload: no such workload or file \(found "resnet5"\); did you mean resnet50\? see accelsim workload list; or give a file$/,
  );
  expect(() => findData('workloads', 'bert-bas:sequence=3', '--workload')).toThrow('did you mean bert-base?');
  expect(() => findData('arch', 'defalt', '--arch')).toThrow(
    /did you mean default\? shipped: .*default.*; or give a file$/,
  );
});

test('a file without ending is found when no shipped one has its name', () => {
  writeFileSync('mine', '{}');
  expect(findData('arch', 'mine', '--arch')).toBe('mine');
});

test('everything that is shipped can be read, schemas are not machines', () => {
  expect(shippedNames('arch')).not.toContain('schema');
  for (const name of shippedNames('arch')) expect(readArchFile(name).name).not.toBe('');
  for (const name of shippedNames('workloads')) expect(readWorkloadFile(name).layers.length).toBeGreaterThan(0);
});
