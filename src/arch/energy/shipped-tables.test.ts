import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EnergyRow, readEnergyTable, TableFigures } from './index.js';

/** The tables of the repository's `energy/`. */
const folder = new URL('../../../energy/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json');
const tableOf = (file: string) => readEnergyTable(readFileSync(new URL(file, folder), 'utf8'), file);

/** Rows of a table as `component bits or what else tells them apart` and pJ. */
function figuresOf(file: string, source: RegExp): [string, number][] {
  return tableOf(file)
    .rows.filter((row) => source.test(row.source))
    .map((row) => [label(row), row.component === 'leakage' ? row.powerMwPerMm2 : row.energyPj]);
}

function label(row: EnergyRow): string {
  switch (row.component) {
    case 'scratchpad':
      return `${row.component} ${row.capacityKiB} KiB ${row.wordBits}`;
    case 'buffer':
      return `${row.name} ${row.access}`;
    case 'off-chip':
      return `${row.memory} ${row.bits}`;
    case 'leakage':
      return row.component;
    default:
      return `${row.component} ${row.bits}`;
  }
}

it('ships the tables its README lists', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  const listed = [...readme.matchAll(/^\| \[([\w-]+\.json)\]\(\1\) \|/gm)].map((match) => match[1]);
  expect(new Set(listed)).toEqual(new Set(files));
});

it.each(files)('energy/%s goes by its own name', (file) => {
  expect(`${tableOf(file).name}.json`).toBe(file);
  expect(tableOf(file).description).toBeTruthy();
});

describe('published figures', () => {
  it("are Horowitz's at 45 nm (ISSCC 2014)", () => {
    expect(figuresOf('horowitz-45nm.json', /^Horowitz/)).toEqual([
      ['integer-add 8', 0.03],
      ['integer-add 16', 0.05],
      ['integer-add 32', 0.1],
      ['integer-multiply 8', 0.2],
      ['integer-multiply 32', 3.1],
      ['floating-point-add 16', 0.4],
      ['floating-point-add 32', 0.9],
      ['floating-point-multiply 16', 1.1],
      ['floating-point-multiply 32', 3.7],
      ['scratchpad 8 KiB 32', 5],
      ['scratchpad 32 KiB 32', 10],
      ['scratchpad 1024 KiB 32', 50],
      ['DRAM 32', 640],
    ]);
  });

  it("are Bit Fusion's MACs (uW at 500 MHz over 500) and buffers", () => {
    expect(figuresOf('bit-fusion-45nm.json', /bitfusion/).filter(([name]) => name !== 'leakage')).toEqual([
      ['mac 2', 0.057484],
      ['mac 4', 0.120203],
      ['mac 8', 0.29769],
      ['mac 16', 0.947376],
      ['WBUF read', 0.021],
      ['WBUF write', 0.029],
      ['IBUF read', 0.059],
      ['IBUF write', 0.114],
      ['OBUF read', 0.033],
      ['OBUF write', 0.073],
    ]);
  });

  it('come back from the rules as they are, at the node they were measured at', () => {
    const figures = new TableFigures(tableOf('horowitz-45nm.json'), 45);
    expect(figures.addPj(16)).toBe(0.05);
    expect([8, 32, 1024].map((kib) => figures.memoryPjPerBit(kib * 1024)! * 32)).toEqual([5, 10, 50]);
    expect(figures.offChipPjPerBit('DRAM')).toBe(20);
    expect(figures.offChipPjPerBit('HBM2')).toBe(3.9);
  });
});
