import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../test/fixtures/runs.js';
import { ENERGY_COMPONENTS, type EnergyPj } from '../performance/index.js';
import type { NetworkResult, Run } from '../performance/result.js';
import { energyLine, energyText, explainEnergy, missingEnergy } from './energy.js';
import { explain } from './explain.js';
import { documentToText } from './text.js';
import { toTable } from './to-table.js';

const { baseline, run } = tinyRuns();
const { energyPj } = run.result.totals;

function withEnergy(changes: Partial<EnergyPj>): NetworkResult {
  return { ...run.result, totals: { ...run.result.totals, energyPj: { ...energyPj, ...changes }, topsPerWatt: null } };
}

describe('energyLine', () => {
  it('says the total, operations for each joule, and where it goes, largest part first', () => {
    // 7,549,984 pJ (see the fixture): 4,734,976 off-chip, 2,304,000 in the scratchpad, 288,000 in MACs;
    // 2 x 1,152,000 operations.
    expect(energyLine(run.result)).toBe(
      '7.55 uJ, 0.305 TOPS/W (2 operations a MAC): off-chip memory 62.7%, scratchpads 30.5%, MACs 3.8%, registers 1.9%, ' +
        'interconnect 1.0%, leakage 0.1%, vector units < 0.1%',
    );
  });

  it('says which table the figures come from, and at which node', () => {
    const arch = { ...run.result.arch, energyTable: 'some-45nm', technologyNm: 14 };
    expect(energyLine({ ...run.result, arch })).toMatch(/vector units < 0\.1% \(by some-45nm at 14 nm\)$/);
  });

  it('names what is not known, and gives the rest', () => {
    expect(
      energyLine(withEnergy({ leakage: null, interconnect: null, scratchpad: 0, registers: 0, total: null })),
    ).toBe(
      'not given by this machine for interconnect, leakage; off-chip memory 4.73 uJ, MACs 0.288 uJ, vector units 1.02 nJ',
    );
    const nothing = Object.fromEntries(Object.keys(energyPj).map((part) => [part, null]));
    expect(energyLine(withEnergy({ ...nothing, sharedBuffer: 0 }))).toBe('not given by this machine');
  });
});

it('energyText takes the unit that suits', () => {
  expect([1.5, 99, 99_999, 250_000, 8.2e6, 1.57e9, 2.5e8].map(energyText)).toEqual([
    '1.50 pJ',
    '99.0 pJ',
    '100 nJ',
    '0.250 uJ',
    '8.20 uJ',
    '1.57 mJ',
    '0.250 mJ',
  ]);
});

describe('explainEnergy', () => {
  const text = documentToText(explainEnergy(baseline.result, run.result)).replace(/\s+/g, ' ');

  it('says what precision saved, and in which parts', () => {
    // 43,113,504 - 7,549,984 = 35,563,520 pJ, of which 31,653,888 - 4,734,976 off-chip, 9,216,000 - 2,304,000 in the scratchpad
    expect(text).toContain('7.55 uJ instead of 43.1 uJ: 5.71x less, 0.305 instead of 0.0534 TOPS/W');
    expect(text).toContain('75.7% is saved in off-chip memory and 19.4% in scratchpads.');
    expect(text).toContain('off-chip memory 31.7 uJ 73.4% 4.73 uJ 62.7% 6.69x');
    expect(text).toContain('all 43.1 uJ 100.0% 7.55 uJ 100.0% 5.71x');
    expect(text).not.toContain('shared buffer');
  });

  it('is a part of the explanation, and says what is missing where energies are not known', () => {
    expect(explain(baseline, run)).toContain('Where the energy goes');
    expect(explainEnergy(baseline.result, withEnergy({ leakage: null, total: null }))).toEqual([
      { kind: 'heading', text: 'Where the energy goes' },
      { kind: 'paragraph', text: 'Machine tiny gives no energy for leakage, so there is no total.' },
    ]);
  });
});

describe('missingEnergy', () => {
  const all = Object.fromEntries([...ENERGY_COMPONENTS, 'total'].map((part) => [part, null]));

  it('says each lack once, and nothing of machines that give all', () => {
    const [leakage, none] = [withEnergy({ leakage: null, total: null }), withEnergy(all)];
    expect(missingEnergy([run.result, leakage, leakage, none])).toEqual([
      { kind: 'paragraph', text: 'Machine tiny gives no energy for leakage, so there is no total.' },
      { kind: 'paragraph', text: 'Machine tiny gives no energy for any component, so there is no total.' },
    ]);
  });

  it('stands in the comparison of several runs in place of a table, or beside it', () => {
    const textOf = (lacking: Run['result']) => toTable([baseline, run].map((one) => ({ ...one, result: lacking })));
    expect(textOf(withEnergy(all))).toContain('Machine tiny gives no energy for any component');
    expect(textOf(run.result)).not.toContain('gives no energy');
    const mixed = toTable([baseline, { ...run, result: withEnergy({ leakage: null, total: null }) }]);
    expect(mixed).toMatch(/Energy\n-+\n[^]*uJ[^]*Machine tiny gives no energy for leakage/);
  });
});
