import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { macKinds, readArch, resolveMachine } from '../arch/index.js';
import { buildNetwork } from '../workload/index.js';
import { FIXED_MAC_45NM_PJ, MAC_CANDIDATES, macBudgetMm2, withMac } from './mac-candidates.js';
import { MAC_STUDY_BITS, studyMacs } from './mac-study.js';

const root = new URL('../../', import.meta.url);
const arch = readArch(readFileSync(new URL('arch/default.json', root), 'utf8'), 'default.json');
/** Three layers, of which the one between the edges is as narrow as is asked. */
const network = buildNetwork({
  name: 'three',
  inputs: [{ name: 'x', channels: 8, height: 16, width: 16 }],
  layers: [
    { name: 'a', kind: 'convolution', input: 'x', outputChannels: 64, kernel: 3, padding: 1 },
    { name: 'b', kind: 'convolution', input: 'a', outputChannels: 128, kernel: 3, padding: 1 },
    { name: 'c', kind: 'convolution', input: 'b', outputChannels: 8, kernel: 1 },
  ],
});

describe('withMac', () => {
  it('gives every kind of unit the silicon of the machine, and wastes less than a twentieth of it', () => {
    // 256 MACs of 16 bits: 0.6522 * 256 + 1.2021 * 32 + 7.815 = 213.2454 um2 each.
    expect(macBudgetMm2(arch)).toBeCloseTo(0.054_590_8, 6);
    for (const candidate of MAC_CANDIDATES)
      for (const bits of MAC_STUDY_BITS) {
        const { area } = resolveMachine(withMac(arch, candidate), { bits });
        const spent = area.macArrayMm2 / (arch.cores * macBudgetMm2(arch));
        expect(spent).toBeLessThanOrEqual(1 + 1e-9);
        expect(spent).toBeGreaterThan(0.95);
      }
  });

  it('keeps a budget that the machine states', () => {
    expect(macBudgetMm2({ ...arch, array: { ...arch.array, macBudgetMm2: 0.25 } })).toBe(0.25);
  });

  it('covers every kind', () => {
    const { area } = arch.mac;
    const kinds = MAC_CANDIDATES.map(({ mac }) => mac(area, FIXED_MAC_45NM_PJ).kind);
    expect(new Set(kinds)).toEqual(new Set(Object.keys(macKinds)));
  });
});

describe('FIXED_MAC_45NM_PJ', () => {
  it.each([
    [2, 0.0575],
    [4, 0.1202],
    [8, 0.2977],
    [16, 0.9474],
  ])('gives a MAC of %i bits the %f pJ that Bit Fusion synthesised, within 2.3 %%', (bits, energyPj) => {
    const { productPj, linearPj, constantPj } = FIXED_MAC_45NM_PJ;
    const fitted = productPj * bits ** 2 + 2 * linearPj * bits + constantPj;
    expect(Math.abs(fitted / energyPj - 1)).toBeLessThan(0.023);
  });
});

describe('studyMacs', () => {
  it('runs every kind at every width, never slower nor at more energy with fewer bits', () => {
    const done: number[] = [];
    const { columns } = studyMacs({ arch, network, mode: 'latency' }, (runs) => done.push(runs));
    expect(columns.map(({ candidate }) => candidate)).toEqual(MAC_CANDIDATES);
    expect(done).toEqual(Array.from({ length: MAC_CANDIDATES.length * MAC_STUDY_BITS.length + 1 }, (_, run) => run));
    for (const { candidate, points } of columns) {
      expect(points.map(({ bits }) => bits)).toEqual([...MAC_STUDY_BITS]);
      for (const [at, point] of points.entries()) {
        const wider = points[at - 1];
        if (wider === undefined) continue;
        expect(point.macEnergyPj).toBeLessThanOrEqual(wider.macEnergyPj);
        expect(point.peakMacsPerCycle).toBeGreaterThanOrEqual(wider.peakMacsPerCycle);
        // Units built for the run change the shape of the array as well.
        if (candidate.short !== 'dedicated') {
          expect(point.result.totals.totalCycles).toBeLessThanOrEqual(wider.result.totals.totalCycles);
        }
      }
    }
  });
});
