import { describe, expect, it } from 'vitest';
import { archOf } from '../../../test/properties/machines.test-data.js';
import { readArchValue, toArchJson, withMemory } from '../../arch/index.js';
import { MachineVariants, machineWith } from './machine-with.js';
import type { StudyAxis } from './study-axis.js';

const machine = toArchJson(archOf({ cores: 2 }));

describe('machineWith', () => {
  it('sets fields and leaves the rest and the machine it was given alone', () => {
    const before = JSON.stringify(machine);
    const changed = machineWith(machine, { cores: 4, 'array.rows': 8, 'offChip.bandwidthGBps': 'inf' });
    expect(changed).toEqual({
      ...machine,
      cores: 4,
      array: { ...machine.array, rows: 8 },
      offChip: { ...machine.offChip, bandwidthGBps: 'inf' },
    });
    expect(JSON.stringify(machine)).toBe(before);
  });

  it('makes sections that are missing and leaves out what is null', () => {
    const shared = machineWith(machine, { 'sharedBuffer.capacityKiB': 64, 'offChip.burstBytes': null });
    expect(shared['sharedBuffer']).toEqual({ capacityKiB: 64 });
    expect(shared['offChip']).not.toHaveProperty('burstBytes');
    expect(machineWith(machine, { interconnect: null })).not.toHaveProperty('interconnect');
  });

  it('drops what another form of a section does not know, unless it is set too', () => {
    const dedicated = machineWith(machine, { 'mac.kind': 'dedicated', 'mac.designBits': 'run' });
    expect(dedicated['mac']).not.toHaveProperty('modeBits');
    expect(readArchValue(dedicated, 'varied').mac).toMatchObject({ kind: 'dedicated', designBits: 'run' });
    const both = machineWith(machine, { 'mac.kind': 'dedicated', 'mac.modeBits': [8] });
    expect(() => readArchValue(both, 'varied')).toThrow('varied: mac.modeBits: unknown field');
  });

  it('leaves of a channel that is given a kind of memory its latency, as --memory does', () => {
    const spec = readArchValue(machine, 'given');
    for (const stated of [{}, { channels: 2 }]) {
      const channels = 'channels' in stated ? { 'offChip.channels': 2 } : {};
      const set = { 'offChip.memory': 'LPDDR5', ...channels };
      const varied = readArchValue(machineWith(machine, set), 'varied');
      const { sources: _, ...offChip } = varied.offChip;
      const { sources: _s, ...expected } = withMemory(spec, { memory: 'LPDDR5', ...stated }).offChip;
      expect(JSON.parse(JSON.stringify(offChip))).toEqual(JSON.parse(JSON.stringify(expected)));
    }
    const stated = machineWith(machine, { 'offChip.memory': 'HBM2', 'offChip.areaMm2PerGBps': 0.5 });
    expect(stated['offChip']).toMatchObject({ memory: 'HBM2', areaMm2PerGBps: 0.5 });
    expect(machineWith(machine, { 'offChip.memory': null })).toEqual(machine);
  });

  it('drops nothing where the form stays', () => {
    expect(machineWith(machine, { 'mac.kind': 'configurable' })).toEqual(machine);
  });
});

describe('MachineVariants', () => {
  const sets = [
    { cores: 4, 'array.rows': 8, 'scratchpad.capacityKiB': 64 },
    { cores: 8, 'scratchpad.capacityKiB': 64, 'array.rows': 8 },
    { 'mac.kind': 'dedicated', 'mac.designBits': 'run', 'array.rows': 8 },
    { 'mac.kind': 'dedicated', 'mac.modeBits': [8] },
    { 'sharedBuffer.capacityKiB': 64, interconnect: null, 'offChip.burstBytes': null },
    {},
  ];

  /** An axis with a level for each set. */
  const axis: StudyAxis = {
    name: 'any',
    fields: [...new Set(sets.flatMap((set) => Object.keys(set)))],
    levels: sets.map((set, label) => ({ label, set })),
  };
  const clock: StudyAxis = {
    name: 'clock',
    fields: ['clockGHz', 'array.columns', 'bits'],
    levels: [
      { label: 'slow', set: { clockGHz: 0.5, 'array.columns': 4, bits: 4 } },
      { label: 'fast', set: { clockGHz: 2, 'array.columns': 8, bits: 4 } },
    ],
  };

  it('are the machines that machineWith makes', () => {
    const variants = new MachineVariants(machine, [axis]);
    for (const [level, set] of [...sets, ...sets].entries())
      expect(variants.at([level % sets.length])).toEqual(machineWith(machine, set));
  });

  it('of two axes that set fields of a section have both, and nothing that is no field of a machine', () => {
    const variants = new MachineVariants(machine, [axis, clock]);
    for (const [level, set] of sets.entries()) {
      for (const [speed, clockGHz] of [0.5, 2].entries()) {
        const both = { ...set, clockGHz, 'array.columns': speed === 0 ? 4 : 8 };
        expect(variants.at([level, speed])).toEqual(machineWith(machine, both));
      }
    }
  });

  it('share the sections in which the same is set, and all others', () => {
    const variants = new MachineVariants(machine, [axis, clock]);
    const [one, two] = [variants.at([0, 0]), variants.at([1, 1])];
    expect(variants.at([0, 0])['array']).toBe(one['array']);
    expect(variants.at([0, 1])['scratchpad']).toBe(one['scratchpad']);
    expect(two['mac']).toBe(machine.mac);
    expect(two['cores']).toBe(8);
  });
});
