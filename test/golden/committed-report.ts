import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Terminal } from '../../src/node/cli/command.js';

const silent: Terminal = { out: () => {}, note: () => {}, warn: () => {} };

/** A folder of `reports/`. */
export function committedReport(name: string): string {
  return fileURLToPath(new URL(`../../reports/${name}`, import.meta.url));
}

/** Has a report written into a folder that is gone afterwards: the same files as are committed, with the same bytes. */
export function expectCommitted(name: string, write: (folder: string, terminal: Terminal) => unknown): void {
  const folder = mkdtempSync(join(tmpdir(), `accelsim-${name}-`));
  try {
    expect(write(folder, silent)).toBe('done');
    expectSameFiles(folder, committedReport(name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A PNG may differ in a pixel from one processor to the next, not in its size; the SVG beside it may not at all. */
export function expectSameFiles(written: string, committed: string): void {
  expect(readdirSync(written).sort()).toEqual(readdirSync(committed).sort());
  for (const file of readdirSync(written)) {
    const [ours, theirs] = [written, committed].map((folder) => readFileSync(join(folder, file)));
    if (file.endsWith('.png')) expect(headOf(ours!), file).toEqual(headOf(theirs!));
    else expect(ours!.toString('utf8'), file).toBe(theirs!.toString('utf8'));
  }
}

/** Signature, width and height. */
function headOf(png: Buffer): Buffer {
  return png.subarray(0, 24);
}
