import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { PointResult } from '../../../index.js';
import { FolderStore } from './folder-store.js';

const root = mkdtempSync(join(tmpdir(), 'accelsim-store-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
let folder = '';
beforeEach(() => {
  folder = join(root, String(count++));
});

const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
const figures: PointResult['metrics'] = {
  latencyMs: 1 / 3,
  energyMj: null,
  areaMm2: 1e-7,
  energyDelayMjMs: null,
  offChipBytes: 2 ** 53 - 1,
  inferencesPerSecond: 3000,
  utilization: 0.1 + 0.2,
  totalCycles: 1,
  top1Percent: 76.1,
};

function result(index: number, values: PointResult['values'] = { bits: 4, 'näme\n"': 'inf' }): PointResult {
  return { key: keyOf(String(index)), index, values, metrics: figures, feasible: true, error: null };
}
const results = (from: number, to: number): PointResult[] =>
  Array.from({ length: to - from }, (_, at) => result(from + at));

async function opened(warnings: string[] = []): Promise<FolderStore> {
  return FolderStore.open(folder, (line) => warnings.push(line));
}

async function contentOf(store: FolderStore): Promise<PointResult[]> {
  const loaded: PointResult[] = [];
  for await (const one of store.load()) loaded.push(one);
  return loaded.sort((a, b) => a.index - b.index);
}

const pointFiles = (): string[] => readdirSync(join(folder, 'points'));
const pathOf = (name: string): string => join(folder, 'points', name);

describe('a folder of points', () => {
  it('gives back what was put in, in this process and the next', async () => {
    const poisoned: PointResult = { ...result(7), metrics: null, feasible: false, error: 'no room for "conv"\n' };
    const store = await opened();
    await store.append('b', results(0, 7));
    await store.append('a', [poisoned]);
    const all = [...results(0, 7), poisoned];
    expect(await contentOf(store)).toEqual(all);
    const again = await opened();
    expect(again.size).toBe(8);
    expect(await contentOf(again)).toEqual(all);
    expect(await again.result(poisoned.key)).toEqual(poisoned);
    expect([again.has(keyOf('3')), again.has(keyOf('8'))]).toEqual([true, false]);
    expect(await again.result(keyOf('8'))).toBeUndefined();
    expect(pointFiles()).toEqual(['a.ndjson', 'b.ndjson']);
  });

  it('counts a point once, however many files have it', async () => {
    const store = await opened();
    // Another process that knew nothing of the first.
    const other = await opened();
    await store.append('one', results(0, 4));
    await other.append('two', results(2, 6));
    const both = await opened();
    expect(both.size).toBe(6);
    expect(await contentOf(both)).toEqual(results(0, 6));
    await both.append('three', results(1, 5));
    expect(pointFiles()).toEqual(['one.ndjson', 'two.ndjson']);
  });

  it('sets a file aside if any byte of it is wrong or missing, says so, and trusts the others', async () => {
    const store = await opened();
    await store.append('good', results(0, 3));
    await store.append('bad', results(3, 6));
    const whole = readFileSync(pathOf('bad.ndjson'));
    const wrong = fc.oneof(
      fc.integer({ min: 0, max: whole.length - 1 }).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
        const changed = Buffer.from(whole);
        changed[at] = changed[at]! ^ change;
        return changed;
      }),
      fc.uint8Array({ minLength: 1, maxLength: 200 }).map((more) => Buffer.concat([whole, more])),
    );
    await fc.assert(
      fc.asyncProperty(wrong, async (bytes) => {
        writeFileSync(pathOf('bad.ndjson'), bytes);
        const warnings: string[] = [];
        const reopened = await opened(warnings);
        expect(await contentOf(reopened)).toEqual(results(0, 3));
        expect(warnings).toHaveLength(1);
        expect(warnings[0]).toMatch(/bad\.ndjson .*set aside.*not answered/);
        expect([existsSync(pathOf('bad.ndjson')), existsSync(join(folder, 'set-aside', 'bad.ndjson'))]).toEqual([
          false,
          true,
        ]);
      }),
      { numRuns: 200 },
    );
    const reopened = await opened();
    await reopened.append('bad', results(3, 6));
    expect(readFileSync(pathOf('bad.ndjson'))).toEqual(whole);
  });

  it('removes what ended processes have left unfinished, and nothing of those that live', async () => {
    const store = await opened();
    await store.append('a', results(0, 1));
    const host = hostname().replaceAll(/[^\w-]/g, '-');
    // The number of a process that has just ended.
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const alive = process.ppid;
    const names = [`.${host}.${ended}.abc.0.tmp`, `.${host}.${alive}.abc.0.tmp`, `.elsewhere.1.abc.0.tmp`];
    // A process of another time that had the number of this one.
    names.push(`.${host}.${process.pid}.other.0.tmp`);
    for (const name of names) writeFileSync(pathOf(name), 'half');
    expect((await opened()).size).toBe(1);
    expect(new Set(pointFiles())).toEqual(new Set([names[2], names[1], 'a.ndjson']));
  });

  it('keeps a chunk whole or not at all when the disk is full, and says what is safe', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const store = await FolderStore.open(
      folder,
      () => undefined,
      () => Promise.reject(full),
    );
    const before = await opened();
    await before.append('a', results(0, 3));
    await expect(store.append('b', results(3, 6))).rejects.toThrow(
      /no space left on the device; 0 points are safe in it: make room, and the same command goes on/,
    );
    expect(pointFiles()).toEqual(['a.ndjson']);
    expect(store.has(keyOf('3'))).toBe(false);
  });

  it('refuses a folder that is a file', async () => {
    writeFileSync(folder, '');
    await expect(opened()).rejects.toThrow(/: (is there already, but is no folder|a part of this path is a file)/);
  });
});
