import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../test/fixtures/runs.js';
import type { EnergyPj } from '../performance/index.js';
import type { NetworkResult } from '../performance/result.js';
import { energyLine, energyText, explainEnergy } from './energy.js';
import { explain } from './explain.js';
import { documentToText } from './text.js';

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
      'not given by this machine for interconnect, leakage; off-chip memory 4.73 uJ, MACs 0.288 uJ, vector units 1,024 pJ',
    );
    const nothing = Object.fromEntries(Object.keys(energyPj).map((part) => [part, null]));
    expect(energyLine(withEnergy({ ...nothing, sharedBuffer: 0 }))).toBe('not given by this machine');
  });
});

it('energyText takes the unit that suits', () => {
  expect([1.5, 99_999, 250_000, 8.2e6, 1.57e9, 2.5e8].map(energyText)).toEqual([
    '1.50 pJ',
    '99,999 pJ',
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

  it('is a part of the explanation where energies are known, and nothing where they are not', () => {
    expect(explain(baseline, run)).toContain('Where the energy goes');
    expect(explainEnergy(baseline.result, withEnergy({ leakage: null, total: null }))).toEqual([]);
  });
});
