import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStudy } from '../../src/index.js';
import { threadsExecutor } from '../../src/node/explore/executor/threads.js';
import { keyOf } from '../../src/node/explore/key.js';
import { writeDurably } from '../../src/node/explore/store/durable-file.js';
import { FolderStore } from '../../src/node/explore/store/folder-store.js';
import { readStudyOf } from '../../src/node/explore/study-folder.js';
import { builtThread, buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from './small-study.js';

const PATIENCE_MS = 600_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-disk-'));
const disk = join(folder, 'disk');
mkdirSync(disk);

/** A disk of that size, or more room on it. False where this user may not. */
function hasDisk(kib: number, how: 'mount' | 'remount'): boolean {
  const options = how === 'mount' ? `size=${kib}k` : `remount,size=${kib}k`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'accelsim-test', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Too small for the points; for the tables made of them; large enough. The points alone take some 240 KiB. */
const SIZES_KIB = [96, 420, 16_384] as const;
const isMounted = hasDisk(SIZES_KIB[0], 'mount');
const what = isMounted ? 'a tmpfs that is full' : 'writes that fail with ENOSPC, as no tmpfs may be mounted here';
console.warn(`full disk: tested with ${what}`);

let accelsim: BuiltPackage;
let undisturbed: ReturnType<typeof outcomeIn>;

beforeAll(async () => {
  accelsim = await buildPackage();
  const study = writeSmallStudy(folder);
  expect((await accelsim.start(['explore', study, '--out', 'undisturbed'], folder).ended).code).toBe(0);
  undisturbed = outcomeIn(join(folder, 'undisturbed'));
}, PATIENCE_MS);
afterAll(() => {
  if (isMounted) execFileSync('umount', [disk]);
  rmSync(folder, { recursive: true, force: true });
});

describe(`a study on ${what}`, () => {
  it('ends with one error that says what is safe, leaves no half of a file, and goes on when there is room', {
    timeout: PATIENCE_MS,
  }, async () => {
    await (isMounted ? onSmallDisk() : withFailingWrites());
  });
});

async function onSmallDisk(): Promise<void> {
  const out = join(disk, 'out');
  const errors: string[] = [];
  for (const [at, kib] of SIZES_KIB.entries()) {
    if (at > 0) expect(hasDisk(kib, 'remount')).toBe(true);
    const { code, stderr } = await accelsim.start(['explore', 'small.json', '--out', out], folder).ended;
    const isEnough = at === SIZES_KIB.length - 1;
    expect(code).toBe(isEnough ? 0 : 1);
    expect(stderr).not.toMatch(/bug:|set aside/);
    errors.push(...stderr.split('\n').filter((line) => line.startsWith('error:')));
    expect(errors).toHaveLength(isEnough ? at : at + 1);
    const { keys, strangers } = storedIn(out);
    expect(strangers).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
    if (at === 0) {
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.length).toBeLessThan(SMALL_POINTS);
    } else expect(keys).toHaveLength(SMALL_POINTS);
    if (!isEnough) expect(readdirSync(out).sort()).toEqual(['points', 'study.json']);
  }
  expect(errors[0]).toMatch(
    /no space left on the device; [\d,]+ points are safe in it: make room, and the same command/,
  );
  expect(errors[1]).toMatch(/no space left on the device; the points themselves are safe: make room/);
  expect(outcomeIn(out)).toEqual(undisturbed);
}

async function withFailingWrites(): Promise<void> {
  const study = readStudyOf(join(folder, 'undisturbed'));
  const threadFile = await builtThread();
  const { signal } = new AbortController();
  const out = join(folder, 'shim');
  let room = SIZES_KIB[0] * 1024;
  const run = async (): Promise<number> => {
    const store = await FolderStore.open(
      out,
      (line) => expect.fail(line),
      (path, bytes) => {
        room -= bytes.length;
        if (room < 0) return Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
        return writeDurably(path, bytes);
      },
    );
    const executor = threadsExecutor({ workers: 2, threadFile });
    await runStudy(study, { executor, store, keyOf, signal });
    return store.size;
  };
  await expect(run()).rejects.toThrow(/no space left on the device; \d+ points are safe in it: make room/);
  const { keys, strangers } = storedIn(out);
  expect(strangers).toEqual([]);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.length).toBeLessThan(SMALL_POINTS);
  room = Infinity;
  expect(await run()).toBe(SMALL_POINTS);
  const { keys: all } = storedIn(out);
  expect(new Set(all).size).toBe(all.length);
}
