import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { macAreaUm2, peakMacsPerCycle, readArch, resolveMachine, toArchJson } from './index.js';

/** The machine files of the repository's `arch/`. */
const folder = new URL('../../arch/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json');
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const machineOf = (name: string, bits: number) => resolveMachine(readArch(textOf(name), name), { bits });

it('ships the machines its README lists', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  const listed = [...readme.matchAll(/^\| \[([\w-]+\.json)\]\(\1\) \|/gm)].map((match) => match[1]);
  expect(new Set(listed)).toEqual(new Set(names));
  expect(names).toContain('default.json');
});

describe.each(names)('arch/%s', (name) => {
  const text = textOf(name);

  it('is a machine under its own name, at every width', () => {
    const spec = readArch(text, name);
    expect(`${spec.name}.json`).toBe(name);
    expect(spec.description).toBeTruthy();
    for (const bits of [1, 2, 3, 4, 5, 6, 7, 8, 16, 32]) {
      expect(peakMacsPerCycle(resolveMachine(spec, { bits }), bits, bits)).toBeGreaterThan(0);
    }
  });

  it('names its schema, and says everything it means: no field is left to a default', () => {
    const json: unknown = JSON.parse(text);
    expect(json).toMatchObject({ $schema: './schema.json' });
    expect(toArchJson(readArch(text, name))).toEqual(json);
  });

  it('says of every number where it comes from', () => {
    expect(withoutSource(JSON.parse(text), '')).toEqual([]);
  });
});

describe('default.json', () => {
  const spec = readArch(textOf('default.json'), 'default.json');
  const macArea = (bits: number) => macAreaUm2(spec.mac.area, bits, bits);

  it('has the 14x MAC density of PACT Fig. 6(b) between 16 and 2 bits', () => {
    expect(macArea(16) / macArea(2)).toBeCloseTo(14, 1);
  });

  it('has a 16-bit MAC of 2203.2 um2 at 45 nm, scaled to 14 nm', () => {
    expect(macArea(16) / (2203.2 * (14 / 45) ** 2)).toBeCloseTo(1, 3);
  });

  it('does 2, 4 and 8 times the 16-bit MACs per cycle at 8, 4 and 2 bits, in the same array', () => {
    const peaks = [16, 8, 4, 2].map((bits) => peakMacsPerCycle(machineOf('default.json', bits), bits, bits));
    expect(peaks.map((peak) => peak / peaks[0]!)).toEqual([1, 2, 4, 8]);
  });
});

describe('tpu-v1-like.json', () => {
  const tpu = machineOf('tpu-v1-like.json', 8);

  it('peaks at the published 92 TOPS, half of them at 8 by 16 bits', () => {
    // 65,536 MACs of two operations at 0.7 GHz: 91.75 TOPS
    expect((2 * peakMacsPerCycle(tpu, 8, 8) * tpu.clockGHz) / 1e3).toBeCloseTo(91.75, 2);
    expect(peakMacsPerCycle(tpu, 8, 16)).toBe(peakMacsPerCycle(tpu, 8, 8) / 2);
  });

  it('has the published 28 MiB on chip', () => {
    expect(tpu.scratchpadBytesPerCore).toBe(28 * 1024 * 1024);
  });
});

describe('rapid-like.json', () => {
  it.each([
    [4, 104.9],
    [8, 26.2],
  ])('peaks at %i bits at the published %f TOPS', (bits, tops) => {
    const machine = machineOf('rapid-like.json', bits);
    expect((2 * peakMacsPerCycle(machine, bits, bits) * machine.clockGHz) / 1e3).toBeCloseTo(tops, 1);
  });
});

/** Paths of the fields that hold numbers and have no entry in the `sources` beside them. */
function withoutSource(section: unknown, path: string): readonly string[] {
  if (typeof section !== 'object' || section === null) return [];
  const sources = 'sources' in section && typeof section.sources === 'object' ? (section.sources ?? {}) : {};
  return Object.entries(section).flatMap(([field, value]) => {
    if (field === 'sources') return [];
    const here = `${path}${field}`;
    if (Array.isArray(value) || typeof value !== 'object') {
      return holdsNumber(value) && !Object.hasOwn(sources, field) ? [here] : [];
    }
    return withoutSource(value, `${here}.`);
  });
}

/** Whether a field's value is a number, stands for one (`"inf"`, `"run"`) or is a list with one in it. */
function holdsNumber(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNumber);
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsNumber);
  return typeof value === 'number' || value === 'inf' || value === 'run';
}
