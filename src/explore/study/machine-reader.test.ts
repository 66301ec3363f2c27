import { describe, expect, it } from 'vitest';
import { archOf } from '../../../test/properties/machines.test-data.js';
import { archSchema, readArchValue, toArchJson } from '../../arch/index.js';
import { AccelsimError } from '../../errors.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { MachineReader } from './machine-reader.js';
import { MachineVariants } from './machine-with.js';

const base = { ...toArchJson(archOf({ cores: 2 })), technologyNm: 16, description: 'of this test' };

/** What readers make of each variant of the machine: the value, or the whole message. */
function outcomes(read: (machine: JsonObject) => unknown, variants: readonly Record<string, JsonValue>[]): unknown[] {
  const levels = variants.map((set, label) => ({ label, set }));
  const fields = [...new Set(variants.flatMap((set) => Object.keys(set)))];
  const machines = new MachineVariants(base, [{ name: 'any', fields, levels }]);
  return variants.map((_, level) => {
    try {
      return read(machines.at([level]));
    } catch (error) {
      if (!(error instanceof AccelsimError)) throw error;
      return error.message;
    }
  });
}

/** Right and wrong ones in turn, so that neither is taken for the other when it is seen again. */
const variants: readonly Record<string, JsonValue>[] = [
  {},
  { cores: 4, 'array.rows': 8 },
  { cores: 0 },
  { cores: 4, 'array.rows': 8 },
  { cores: 0, 'array.rows': 0, 'offChip.bandwidthGBps': -1 },
  { 'array.rows': 0 },
  { 'offChip.bandwidthGBps': 'inf' },
  { 'scratchpad.capacityKib': 64 },
  { vectorUnit: null },
  { 'energy.table': 'horowitz-45nm' },
  // Each right by itself: the table is scaled to a node that is not stated.
  { 'energy.table': 'horowitz-45nm', technologyNm: null },
  { technologyNm: null },
  { technologyNm: 16 },
  { fields: 1 },
  { 'schedule.prefetch': 'next-layer' },
  { 'offChip.memory': 'LPDDR5' },
  { clockGHz: '1' },
  { clockGHz: 1 },
];

describe('reading machines that share sections', () => {
  it('makes of each what reading it by itself makes, right or wrong', () => {
    const reader = new MachineReader('point');
    const alone = outcomes((machine) => readArchValue(machine, 'point'), variants);
    expect(outcomes((machine) => reader.read(machine), variants)).toEqual(alone);
    // Fields in the same order, too: points are told alike by their text.
    expect(JSON.stringify(outcomes((machine) => reader.read(machine), variants))).toBe(JSON.stringify(alone));
    expect(alone.filter((one) => typeof one === 'string')).toHaveLength(8);
  });

  it('checks across sections, of which the schema has a rule', () => {
    expect(archSchema.def.checks).not.toHaveLength(0);
    const across = outcomes((machine) => new MachineReader('point').read(machine), variants)[10];
    expect(across).toMatch('point: technologyNm: missing; must be stated');
  });

  it('gives the same object for the same section', () => {
    const reader = new MachineReader('point');
    const [one, other] = outcomes((machine) => reader.read(machine), [{ cores: 4 }, { cores: 8 }]) as [
      JsonObject,
      JsonObject,
    ];
    expect(other['array']).toBe(one['array']);
  });
});
