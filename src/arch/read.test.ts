import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../errors.js';
import type { ArchJson } from './index.js';
import { archJsonSchema, dataflows, macKinds, readArch, readArchValue, toArchJson } from './index.js';

const valid = {
  $schema: './schema.json',
  name: 'small',
  clockGHz: 1,
  cores: 2,
  array: { rows: 8, columns: 4, dataflows: ['output-stationary'], preload: 'exposed' },
  mac: {
    kind: 'dedicated',
    designBits: 'run',
    referenceBits: 16,
    area: { model: 'table', rows: [{ bits: 16, areaUm2: 200 }], sources: { rows: 'assumed: a test' } },
  },
  scratchpad: { capacityKiB: 64, sources: { capacityKiB: 'assumed: a test' } },
  vectorUnit: { lanes: 4 },
  offChip: { bandwidthGBps: 'inf', latencyNs: 100 },
  sources: { cores: 'assumed: a test' },
} satisfies ArchJson;

function issuesOf(value: unknown): readonly string[] {
  try {
    readArchValue(value, 'my.json');
    return [];
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.message.split('\n');
  }
}

describe('readArch', () => {
  it('reads a machine; "inf" is an unlimited channel', () => {
    const spec = readArch(JSON.stringify(valid), 'my.json');
    expect(spec).toEqual({ ...valid, offChip: { bandwidthGBps: Infinity, latencyNs: 100 } });
  });

  it('comes back the same through toArchJson', () => {
    expect(toArchJson(readArch(JSON.stringify(valid), 'my.json'))).toEqual(valid);
    const limited = { ...valid, offChip: { bandwidthGBps: 12.5, latencyNs: 0 } };
    expect(JSON.parse(JSON.stringify(toArchJson(readArchValue(limited, 'my.json'))))).toEqual(limited);
  });

  it('tells a wrong unit by the field that was meant, with its line', () => {
    const text = JSON.stringify(valid, null, 2).replace('"capacityKiB": 64', '"capacityMiB": 64');
    expect(() => readArch(text, 'my.json')).toThrow(
      /^my\.json:\d+:5: scratchpad\.capacityMiB: unknown field; did you mean capacityKiB\?/,
    );
  });

  it('refuses a source of a field that is not there', () => {
    const value = { ...valid, scratchpad: { capacityKiB: 64, sources: { capacity: 'x' } } };
    expect(issuesOf(value)).toHaveLength(1);
    expect(issuesOf(value)[0]).toContain(
      'my.json: scratchpad.sources.capacity: unknown field; did you mean capacityKiB?',
    );
  });

  it('tells every issue at once', () => {
    expect(issuesOf({ ...valid, cores: 0, clockGHz: 'fast', vectorUnit: {} })).toHaveLength(3);
  });

  const array = valid.array;
  const refused: readonly [string, object, string][] = [
    ['no core', { cores: 0 }, 'cores'],
    ['half a core', { cores: 1.5 }, 'cores'],
    ['absurdly many cores', { cores: 1e6 }, 'cores'],
    ['a negative clock', { clockGHz: -1 }, 'clockGHz'],
    ['a clock that is no number', { clockGHz: Number.NaN }, 'clockGHz'],
    ['an absurd array', { array: { ...array, rows: 2 ** 20 } }, 'array.rows'],
    ['no dataflow', { array: { ...array, dataflows: [] } }, 'array.dataflows'],
    [
      'a dataflow twice',
      { array: { ...array, dataflows: ['output-stationary', 'output-stationary'] } },
      'array.dataflows',
    ],
    ['a dataflow nobody has', { array: { ...array, dataflows: ['no-local-reuse'] } }, 'array.dataflows[0]'],
    ['an unknown preload', { array: { ...array, preload: 'sometimes' } }, 'array.preload'],
    ['an unknown MAC', { mac: { ...valid.mac, kind: 'serial' } }, 'mac.kind'],
    ['a field of another MAC', { mac: { ...valid.mac, modeBits: [16] } }, 'mac.modeBits'],
    ['an empty scratchpad', { scratchpad: { capacityKiB: 0 } }, 'scratchpad.capacityKiB'],
    ['a scratchpad without area', { scratchpad: { capacityKiB: 1, areaMm2PerMiB: 0 } }, 'scratchpad.areaMm2PerMiB'],
    ['no vector lane', { vectorUnit: { lanes: 0 } }, 'vectorUnit.lanes'],
    ['no bandwidth', { offChip: { bandwidthGBps: 0, latencyNs: 1 } }, 'offChip.bandwidthGBps'],
    ['a bandwidth in words', { offChip: { bandwidthGBps: 'Infinity', latencyNs: 1 } }, 'offChip.bandwidthGBps'],
    ['a negative latency', { offChip: { bandwidthGBps: 1, latencyNs: -1 } }, 'offChip.latencyNs'],
    ['an empty name', { name: '' }, 'name'],
    ['an empty source', { sources: { cores: '' } }, 'sources.cores'],
  ];

  it.each(refused)('refuses %s', (_, change, path) => {
    const issues = issuesOf({ ...valid, ...change });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(`my.json: ${path}: `);
  });
});

describe('archJsonSchema', () => {
  const schema = archJsonSchema();

  it('refuses tables of MACs that end below the width that area and energy are counted in', () => {
    const area = { model: 'table', rows: [{ bits: 8, areaUm2: 100 }] };
    const energy = { model: 'table', rows: [{ bits: 4, energyPj: 1 }] };
    expect(issuesOf({ ...valid, mac: { ...valid.mac, area, energy } })).toEqual([
      'my.json: mac.area.rows: must have a row of 16 bits or more; the widest has 8 (found [{"bits":8,"areaUm2":100}])',
      'my.json: mac.energy.rows: must have a row of 16 bits or more; the widest has 4 (found [{"bits":4,"energyPj":1}])',
    ]);
  });

  it('refuses units of a fixed width that lies beyond their tables', () => {
    const energy = { model: 'table', rows: [{ bits: 16, energyPj: 1 }] };
    expect(issuesOf({ ...valid, mac: { ...valid.mac, designBits: 32, energy } })).toEqual([
      'my.json: mac.area.rows: must have a row of 32 bits or more; the widest has 16 (found [{"bits":16,"areaUm2":200}])',
      'my.json: mac.energy.rows: must have a row of 32 bits or more; the widest has 16 (found [{"bits":16,"energyPj":1}])',
    ]);
  });

  it('refuses unknown fields and lists the choices of every table', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false, title: 'accelsim machine' });
    const text = JSON.stringify(schema);
    for (const name of [...Object.keys(dataflows), ...Object.keys(macKinds)]) expect(text).toContain(`"${name}"`);
  });

  it('describes every field', () => {
    expect(undescribed(schema, '')).toEqual([]);
  });
});

/** Paths of the properties that say nothing of themselves. */
function undescribed(node: unknown, path: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const properties = 'properties' in node && typeof node.properties === 'object' ? (node.properties ?? {}) : {};
  const silent = Object.entries(properties)
    .filter(([, property]) => typeof property !== 'object' || property === null || !('description' in property))
    .map(([name]) => `${path}.${name}`);
  return [...silent, ...Object.entries(node).flatMap(([name, child]) => undescribed(child, `${path}.${name}`))];
}
