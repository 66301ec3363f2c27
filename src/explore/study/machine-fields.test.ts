import { describe, expect, it } from 'vitest';
import { archJsonSchema } from '../../arch/index.js';
import { fieldIssues, fieldsOfForm, machineFields, nearestField } from './machine-fields.js';

describe('machineFields', () => {
  it('are those of the generated schema', () => {
    // Walked another way: every property of the JSON schema, whatever form it stands in.
    const paths = new Set<string>();
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, inner] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [name, field] of Object.entries(inner as object)) {
            if (['$schema', 'name', 'description', 'sources'].includes(name)) continue;
            paths.add(path === '' ? name : `${path}.${name}`);
            visit(field, path === '' ? name : `${path}.${name}`);
          }
        } else if (key === 'anyOf' || key === 'oneOf') for (const form of inner as unknown[]) visit(form, path);
      }
    };
    visit(archJsonSchema(), '');
    expect([...machineFields().keys()].sort()).toEqual([...paths].sort());
    for (const path of ['cores', 'array', 'array.rows', 'mac.kind', 'mac.designBits', 'offChip.bandwidthGBps'])
      expect(machineFields().has(path)).toBe(true);
  });

  it('take what some form of the file takes', () => {
    const rulesFor = (path: string, value: unknown) => fieldIssues(path, value).map(({ rule }) => rule);
    expect(rulesFor('mac.kind', 'dedicated')).toEqual([]);
    expect(rulesFor('mac.kind', 'analogue')).toEqual([
      'must be "configurable", "dedicated", "bit-serial", "fused" or "floating-point"',
    ]);
    expect(rulesFor('offChip.bandwidthGBps', 'inf')).toEqual([]);
    expect(rulesFor('cores', 0)).toEqual(['must be at least 1']);
    expect(rulesFor('sharedBuffer', undefined)).toEqual([]);
    expect(rulesFor('scratchpad', undefined)).toEqual(['must be an object']);
  });

  it('know the fields of each form of a section', () => {
    expect(fieldsOfForm('mac', 'kind', 'dedicated')!.has('designBits')).toBe(true);
    expect(fieldsOfForm('mac', 'kind', 'dedicated')!.has('modeBits')).toBe(false);
    expect(fieldsOfForm('array', 'preload', 'exposed')).toBeUndefined();
  });

  it('are found by a slip, by the last name and by a slip of that', () => {
    expect(nearestField('scratchpad.capacityKB', [])).toBe('scratchpad.capacityKiB');
    expect(nearestField('dataflows', [])).toBe('array.dataflows');
    expect(nearestField('edgebits', ['edgeBits'])).toBe('edgeBits');
    expect(nearestField('bandwidthGbs', [])).toBe('offChip.bandwidthGBps');
    expect(nearestField('flavour', [])).toBeUndefined();
  });
});
