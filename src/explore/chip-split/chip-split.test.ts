import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArch, type ArchSpec } from '../../arch/index.js';
import { buildNetwork } from '../../workload/index.js';
import { MAC_CANDIDATES, withMac } from '../mac-candidates.js';
import { studyChipSplit } from './chip-split.js';
import { splitGains } from './gains.js';
import { capacityWithin, spentArea, splitShapes, withSplit } from './grid.js';

const root = new URL('../../../', import.meta.url);
const shipped = readArch(readFileSync(new URL('arch/default.json', root), 'utf8'), 'default.json');
const arch: ArchSpec = {
  ...shipped,
  cores: 1,
  array: { ...shipped.array, rows: 8, columns: 8 },
  scratchpad: { ...shipped.scratchpad, capacityKiB: 8 },
};
const network = buildNetwork({
  name: 'three',
  inputs: [{ name: 'x', channels: 8, height: 16, width: 16 }],
  layers: [
    { name: 'a', kind: 'convolution', input: 'x', outputChannels: 64, kernel: 3, padding: 1 },
    { name: 'b', kind: 'convolution', input: 'a', outputChannels: 32, kernel: 3, padding: 1 },
    { name: 'c', kind: 'convolution', input: 'b', outputChannels: 8, kernel: 1 },
  ],
});

describe('the grid', () => {
  it('has arrays of whole sides up to twice as flat or steep, the own one among them, small ones first', () => {
    const shapes = splitShapes({ ...arch, array: { ...arch.array, rows: 4, columns: 8 } });
    expect(shapes).toContainEqual({ rows: 4, columns: 8 });
    expect(shapes).toContainEqual({ rows: 5, columns: 6 });
    expect(shapes[0]).toEqual({ rows: 1, columns: 2 });
    // Of 4 rows 3/8 are not whole; 1 x 6 is three times as flat as 4 x 8.
    expect(shapes).not.toContainEqual({ rows: 1.5, columns: 3 });
    expect(shapes).not.toContainEqual({ rows: 1, columns: 6 });
    const elements = shapes.map(({ rows, columns }) => rows * columns);
    expect(elements).toEqual(elements.toSorted((a, b) => a - b));
  });

  it('has no array that a machine file could not state', () => {
    const shapes = splitShapes({ ...arch, array: { ...arch.array, rows: 65_536, columns: 65_536 } });
    expect(shapes.at(-1)).toEqual({ rows: 65_536, columns: 65_536 });
  });

  it('gives what an array leaves to the scratchpad, to the KiB', () => {
    const budget = spentArea(arch, 16);
    const capacityKiB = capacityWithin(arch, { rows: 4, columns: 8 }, 16, budget.spentMm2)!;
    // Half the MACs (32 of 213.2454 um2 and 16 x 0.5788 of registers) buy 7120 um2: 7.3 KiB at 1 mm2 for the MiB.
    expect(capacityKiB).toBe(15);
    expect(spentArea(withSplit(arch, { rows: 4, columns: 8 }, 15), 16).spentMm2).toBeLessThanOrEqual(budget.spentMm2);
    expect(spentArea(withSplit(arch, { rows: 4, columns: 8 }, 16), 16).spentMm2).toBeGreaterThan(budget.spentMm2);
    expect(capacityWithin(arch, { rows: 8, columns: 8 }, 16, budget.spentMm2)).toBe(8);
    expect(capacityWithin(arch, { rows: 32, columns: 32 }, 16, budget.spentMm2)).toBeUndefined();
  });

  it('scales a budget of MACs that the file states', () => {
    const budgeted = { ...arch, array: { ...arch.array, macBudgetMm2: 0.2 } };
    expect(withSplit(budgeted, { rows: 4, columns: 8 }, 9).array.macBudgetMm2).toBe(0.1);
  });

  it('says which figure is missing', () => {
    const blank = { ...arch, scratchpad: { capacityKiB: 8 } };
    expect(() => spentArea(blank, 16)).toThrow('machine default: scratchpad.areaMm2PerMiB: must be stated');
    const { areaUm2PerRegisterBit: _, ...array } = arch.array;
    expect(() => spentArea({ ...arch, array }, 16)).toThrow('array.areaUm2PerRegisterBit: must be stated');
  });
});

/** A cheap machine of every kind of MAC unit. */
const kinds = MAC_CANDIDATES.map((candidate) => [candidate.name, withMac(arch, candidate)] as const);

describe.each([['as shipped', arch] as const, ...kinds])('a chip split anew: %s', (_, machine) => {
  const question = {
    arch: machine,
    network,
    mode: 'latency',
    bits: [16, 4, 3],
    bandwidthsGBps: [4, Infinity],
  } as const;
  const study = studyChipSplit(question);

  it('is never slower than the machine as it stands, which is on the grid', () => {
    expect(study.series.map(({ bits, bandwidthGBps }) => [bandwidthGBps, bits])).toEqual(
      [4, Infinity].flatMap((bandwidthGBps) => [16, 4, 3].map((bits) => [bandwidthGBps, bits])),
    );
    for (const { best, standing, standingResult, points, speedup } of study.series) {
      expect(points).toContain(standing);
      expect(standing.totalCycles).toBe(standingResult.totals.totalCycles);
      expect(best.totalCycles).toBe(Math.min(...points.map(({ totalCycles }) => totalCycles)));
      expect(speedup.value).toBeGreaterThanOrEqual(1);
    }
  });

  it('never spends more than the budget, and says the same as a run of the machine it names', () => {
    for (const { best, bestResult, points, bits } of study.series) {
      for (const { area } of points) expect(area.spentMm2).toBeLessThanOrEqual(study.budget.spentMm2 * (1 + 1e-12));
      expect(bestResult.totals.totalCycles).toBe(best.totalCycles);
      expect(bestResult.totals.offChipBytes.total).toBe(best.offChipBytes);
      expect(spentArea(withSplit(machine, best.shape, best.capacityKiB), bits)).toEqual(best.area);
    }
  });
});

describe('studyChipSplit', () => {
  it('tells how far it has come, and passes on what a question says of widths', () => {
    const told: number[] = [];
    const asked = { arch, network, mode: 'latency', bits: [2], edgeBits: 'same' } as const;
    const { series, shapes } = studyChipSplit(asked, (done) => told.push(done));
    expect(told).toEqual([...shapes.keys(), shapes.length]);
    const [own] = series;
    expect(own!.bandwidthGBps).toBe(64);
    expect(own!.bestResult.precision.edgeBits).toBeNull();
    expect(own!.best.totalCycles).toBe(own!.bestResult.totals.totalCycles);
  });

  it('knows what the speedup over the baseline becomes', () => {
    const study = studyChipSplit({ arch, network, mode: 'latency', bits: [16, 4], bandwidthsGBps: [4] });
    const [wide, narrow] = study.series;
    const [gain] = splitGains(study);
    expect(gain).toMatchObject({ bits: 4, bandwidthGBps: 4 });
    expect(gain!.own).toBe(wide!.best.totalCycles / narrow!.best.totalCycles);
    expect(gain!.standing).toBe(wide!.standing.totalCycles / narrow!.standing.totalCycles);
    // One chip for both cannot beat the best there is at the narrow width.
    expect(gain!.kept).toBeLessThanOrEqual(gain!.own);
    expect(splitGains({ ...study, series: [narrow!] })).toEqual([]);
  });
});
