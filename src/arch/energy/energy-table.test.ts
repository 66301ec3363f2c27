import { describe, expect, it } from 'vitest';
import { messageOf } from './message.test-data.js';
import { readEnergyTable } from './energy-table.js';

const row = { component: 'register', bits: 1, energyPj: 0.009, technologyNm: 40, source: 'a paper' };
const messageFor = (rows: unknown) =>
  messageOf(() => readEnergyTable(JSON.stringify({ name: 'mine', rows }, null, 1), 'mine.json'));

describe('readEnergyTable', () => {
  it('reads a table', () => {
    expect(readEnergyTable(JSON.stringify({ name: 'mine', rows: [row] }), 'mine.json').rows).toEqual([row]);
  });

  it.each([
    ['a row without a source', [{ ...row, source: undefined }], 'rows[0].source'],
    ['an unknown field, with the nearest', [{ ...row, energyPj: undefined, energypj: 1 }], 'did you mean energyPj?'],
    ['an unknown component', [{ ...row, component: 'regster' }], 'rows[0].component'],
    ['a negative energy', [{ ...row, energyPj: -1 }], 'rows[0].energyPj'],
    ['a node that no rule covers', [{ ...row, technologyNm: 5 }], 'rows[0].technologyNm'],
    ['a node of an external memory', [{ ...row, component: 'off-chip', memory: 'DDR3' }], 'technologyNm'],
    ['the same row twice', [row, { ...row, energyPj: 1 }], 'rows[1]: must not repeat row 0'],
    ['no rows', [], 'rows'],
  ])('refuses %s', (_what, rows, words) => {
    const message = messageFor(rows);
    expect(message).toContain(words);
    expect(message).toMatch(/^mine\.json:\d+:\d+: /);
  });
});
