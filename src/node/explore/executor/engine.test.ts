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
    expect([1, 4, 5, 8, 16, 64].map(youngMiB)).toEqual([256, 256, 204, 128, 64, 64]);
  });
});
