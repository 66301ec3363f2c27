import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AccelsimError } from '../index.js';
import { checkWritableFile, checkWritableFolder, isFile, isFolder, isReadable, readText, writeWhole } from './files.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]): string => join(folder, ...names);

describe('reading', () => {
  test('a text, without its byte order mark', () => {
    writeFileSync(at('a.json'), '\ufeff{ "µ": 1 }');
    expect(readText(at('a.json'))).toBe('{ "µ": 1 }');
  });

  test.each([
    ['nothing there', 'none.json', 'no such file or folder'],
    ['a folder', '.', 'is a folder, not a file'],
    ['a file taken for a folder', 'file/inside.json', 'a part of this path is a file, not a folder'],
    ['bytes that are no text', 'binary', 'is not a text file \\(UTF-8\\)'],
    ['a link to itself', 'loop', 'the links of this path lead in a circle'],
  ])('%s', (_, name, rule) => {
    writeFileSync(at('file'), '');
    writeFileSync(at('binary'), Uint8Array.of(0xc3, 0x28));
    symlinkSync(at('loop'), at('loop'));
    expect(() => readText(at(name))).toThrow(AccelsimError);
    expect(() => readText(at(name))).toThrow(new RegExp(`^${at(name)}: ${rule}`));
  });
});

test('a pipe is read to its end, once, and no further than a file may be long', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  expect([isFile(at('pipe')), isReadable(at('pipe')), isReadable(folder)]).toEqual([false, true, false]);
  const write = (bytes: number): void => {
    spawn('sh', ['-c', `head -c ${bytes} /dev/zero | tr '\\0' a > '${at('pipe')}'`], { stdio: 'ignore' });
  };
  // More than a pipe holds at a time.
  write(200_000);
  expect(readText(at('pipe'))).toBe('a'.repeat(200_000));
  write(64 * 1024 * 1024 + 1);
  expect(() => readText(at('pipe'))).toThrow(`${at('pipe')}: must be at most 67108864 bytes`);
});

test.each(['none', 'file/inside', 'loop', 'loop/inside', 'x'.repeat(300)])(
  'a path that leads nowhere is neither file nor folder: %s',
  (name) => {
    writeFileSync(at('file'), '');
    symlinkSync(at('loop'), at('loop'));
    expect([isFile(at(name)), isFolder(at(name))]).toEqual([false, false]);
    expect([isFile(at('file')), isFolder(folder)]).toEqual([true, true]);
  },
);

describe('writing', () => {
  test('makes missing folders, replaces what was there, leaves nothing else', () => {
    writeWhole(at('new', 'deep', 'a.txt'), 'one');
    writeWhole(at('new', 'deep', 'a.txt'), 'two');
    expect(readFileSync(at('new', 'deep', 'a.txt'), 'utf8')).toBe('two');
    expect(readdirSync(at('new', 'deep'))).toEqual(['a.txt']);
  });

  test('a name that is taken by a folder is refused and leaves nothing', () => {
    mkdirSync(at('taken', 'inside'), { recursive: true });
    expect(() => writeWhole(at('taken'), 'text')).toThrow(AccelsimError);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('a file in place of a folder is refused before anything is written', () => {
    writeFileSync(at('file'), '');
    expect(() => checkWritableFolder(at('file'))).toThrow(/file: must be a folder to write into/);
    expect(() => checkWritableFolder(at('file', 'sub'))).toThrow(AccelsimError);
    expect(() => checkWritableFile(at('file', 'a.png'))).toThrow(AccelsimError);
    expect(() => checkWritableFile(folder)).toThrow(/is a folder, not a file/);
    expect(() => checkWritableFile(at('x'.repeat(300)))).toThrow(/x: the name is too long$/);
  });

  test('a folder that does not exist yet is not made by the check', () => {
    checkWritableFolder(at('later', 'on'));
    checkWritableFile(at('later', 'a.png'));
    expect(readdirSync(folder)).toEqual([]);
  });
});
