import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccelsimError, type ArchJson, resolveMachine, toArchJson } from '../index.js';
import { readArchFile } from './inputs.js';
import { shippedNames } from './shipped.js';

const table = {
  name: 'my own',
  rows: [{ component: 'register', bits: 16, energyPj: 0.16, technologyNm: 14, source: 'assumed: for the test' }],
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-energy-'));
});

/** Writes the default machine with this for its `energy`, and gives its path. */
function machineFile(name: string, energy: NonNullable<ArchJson['energy']>): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...toArchJson(readArchFile('default')), energy }));
  return path;
}

function messageOf(file: string): string {
  try {
    readArchFile(file);
  } catch (error) {
    if (error instanceof AccelsimError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a machine file that names a table of energies', () => {
  it.each(shippedNames('arch'))('%s comes with it, so that all but what its area leaves open is known', (name) => {
    const spec = readArchFile(name);
    expect(typeof spec.energy?.table).toBe('object');
    const { energy, area } = resolveMachine(spec, { bits: 8 });
    const { leakageMw, ...others } = energy;
    expect(Object.entries(others).filter(([, figure]) => figure === null)).toEqual([]);
    expect(leakageMw === null).toBe(area.coresMm2 === null);
  });

  it('may name a file that stands beside it', () => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify(table));
    const { energy } = resolveMachine(readArchFile(machineFile('beside.json', { table: 'own.json' })), { bits: 8 });
    expect(energy).toMatchObject({ table: 'my own', registerPjPerBit: 0.01, scratchpadPjPerBit: null });
  });

  it('may have it written out', () => {
    const { energy } = resolveMachine(readArchFile(machineFile('inline.json', { table: table as never })), { bits: 8 });
    expect(energy.registerPjPerBit).toBe(0.01);
  });

  it('refuses a table that is not there, with the nearest', () => {
    const file = machineFile('typo.json', { table: 'horowitz-45' });
    expect(messageOf(file)).toBe(
      `${file}: energy.table: no such energy table or file (found "horowitz-45"); did you mean horowitz-45nm? ` +
        'shipped: bit-fusion-45nm, horowitz-45nm, tpu-v4i-7nm; or give a file',
    );
  });

  it('refuses a table with mistakes by its own name and lines', () => {
    const rows = [{ ...table.rows[0], energyPj: -1, source: undefined }];
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ ...table, rows }, null, 1));
    const message = messageOf(machineFile('points-to-bad.json', { table: 'bad.json' }));
    expect(message).toMatch(/^bad\.json:\d+:\d+: rows\[0\]\.source: missing; /);
    expect(message).toContain('rows[0].energyPj: must be at least 0 (found -1)');
  });
});
