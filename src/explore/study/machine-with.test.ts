import { describe, expect, it } from 'vitest';
import { archOf } from '../../../test/properties/machines.test-data.js';
import { readArchValue, toArchJson } from '../../arch/index.js';
import { machineWith } from './machine-with.js';

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

  it('drops nothing where the form stays', () => {
    expect(machineWith(machine, { 'mac.kind': 'configurable' })).toEqual(machine);
  });
});
