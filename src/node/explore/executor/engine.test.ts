import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { engineFlags, youngMiB } from './engine.js';

describe('the settings of V8', () => {
  it('are flags that the V8 of this Node knows, and none where a core is left over', () => {
    expect(engineFlags(0)).toEqual([]);
    const flags = engineFlags(1_000_000);
    expect(flags).toContain('--no-parallel-scavenge');
    // Node does not start with a flag that is unknown to it.
    const { status, stderr } = spawnSync(process.execPath, [...flags, '--eval', '']);
    expect([status, String(stderr)]).toEqual([0, '']);
  });

  it('give many threads less room each, so that together they need no more than a GiB while that will do', () => {
    const gib = 2 ** 30;
    const each = (memoryBytes: number): number[] =>
      [1, 4, 5, 8, 16, 64].map((threads) => youngMiB(threads, memoryBytes));
    expect(each(64 * gib)).toEqual([256, 256, 204, 128, 64, 64]);
    // An eighth of the memory is 256 MiB.
    expect(each(2 * gib)).toEqual([256, 64, 64, 64, 64, 64]);
    expect(youngMiB(1)).toBeGreaterThanOrEqual(64);
  });
});
