import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArch, readArchValue, resolveMachine, toArchJson } from '../index.js';
import { readEnergyTable } from './energy-table.js';
import { messageOf } from './message.test-data.js';
import type { EnergySpec } from './schema.js';
import { energyScale } from './technology.js';

const folder = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const base = readArch(textOf('arch/default.json'), 'default.json');
const table = readEnergyTable(textOf('energy/horowitz-45nm.json'), 'horowitz-45nm.json');

/** The default machine with this for its `energy`. */
const energyOf = (energy: EnergySpec, more: object = {}) =>
  resolveMachine(readArchValue({ ...toArchJson(base), energy, ...more }, 'mine.json'), { bits: 8 }).energy;

describe('machineEnergy', () => {
  it('scales a table to the node of the machine', () => {
    const energy = energyOf({ table, offChipMemory: 'LPDDR4' });
    const scale = energyScale(45, 14);
    expect(energy.table).toBe('horowitz-45nm');
    expect(energy.registerPjPerBit).toBeCloseTo(0.009 * energyScale(40, 14), 12);
    // 96 KiB, between 32 KiB (10 pJ) and 1 MiB (50 pJ for 32 bits): exponent ln 5 / ln 32
    expect(energy.scratchpadPjPerBit).toBeCloseTo((10 / 32) * 3 ** (Math.log(5) / Math.log(32)) * scale, 12);
    expect(energy.interconnectPjPerBitHop).toBeCloseTo((20.74 / 256) * energyScale(32, 14), 12);
    // 16 cores, 4 hops.
    expect(energy.interconnectHops).toBe(4);
    expect(energy.offChipPjPerBit).toBe(8);
    // A 32-bit addition and three 32-bit registers.
    expect(energy.vectorOperationPj).toBeCloseTo(0.1 * scale + 96 * 0.009 * energyScale(40, 14), 12);
    const { area } = resolveMachine(base, { bits: 8 });
    expect(energy.leakageMw).toBeCloseTo(31.3 * area.coresMm2!, 9);
    expect(energy.sharedBufferPjPerBit).toBe(0);
  });

  it('takes what the file states as it is', () => {
    const energy = energyOf({
      table,
      registerPjPerBit: 0.001,
      scratchpadPjPerBit: 0.25,
      interconnectPjPerBitHop: 0.5,
      interconnectHops: 2,
      vectorOperationPj: 3,
      leakageMwPerMm2: 0,
    });
    expect(energy).toMatchObject({
      registerPjPerBit: 0.001,
      scratchpadPjPerBit: 0.25,
      interconnectPjPerBitHop: 0.5,
      interconnectHops: 2,
      vectorOperationPj: 3,
      leakageMw: 0,
      offChipPjPerBit: null,
    });
  });

  it('opens one bank at a time: 12 banks of 8 KiB take what 8 KiB take', () => {
    const energy = energyOf({ table, scratchpadBanks: 12 });
    expect(energy.scratchpadPjPerBit).toBeCloseTo((5 / 32) * energyScale(45, 14), 12);
  });

  it('takes the figure of offChip before that of the table', () => {
    const offChip = { bandwidthGBps: 64, latencyNs: 100, energyPjPerBit: 11 };
    expect(energyOf({ table, offChipMemory: 'LPDDR4' }, { offChip }).offChipPjPerBit).toBe(11);
  });

  it('gives nothing where there is nothing, and nothing for a table that was not read', () => {
    for (const energy of [energyOf({}), energyOf({ table: 'horowitz-45nm' })]) {
      expect(energy).toMatchObject({
        table: null,
        fixedMac: null,
        registerPjPerBit: null,
        scratchpadPjPerBit: null,
        interconnectPjPerBitHop: null,
        offChipPjPerBit: null,
        vectorOperationPj: null,
        leakageMw: null,
      });
    }
  });

  it('refuses a memory that the table has no row of, with the nearest', () => {
    expect(messageOf(() => energyOf({ table, offChipMemory: 'LPDR4' }))).toMatch(
      /^machine default: energy\.offChipMemory: the table has DRAM, DDR3.* \(found "LPDR4"\); did you mean LPDDR4\?$/,
    );
  });

  it('refuses a table where there is no node to scale it to, and a node that no rule covers', () => {
    const { technologyNm: _, sources: __, ...nowhere } = toArchJson(base);
    const message = messageOf(() => readArchValue({ ...nowhere, energy: { table: 'horowitz-45nm' } }, 'mine.json'));
    expect(message).toBe(
      'mine.json: technologyNm: missing; must be stated: the figures of energy.table are scaled to it',
    );
    expect(messageOf(() => energyOf({}, { technologyNm: 3 }))).toMatch(/^mine\.json: technologyNm: .*7/);
  });
});
