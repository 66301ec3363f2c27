import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../src/errors.js';
import { buildNetwork, importFlags, importNetwork, importers } from '../../src/workload/index.js';
import type { FileContent, ImportOptions, Importer, ImporterName } from '../../src/workload/index.js';
import { importerSamples } from './importers.test-data.js';

/** As an edge hands a file over: nothing but the decoding is Node's. */
function content(bytes: Uint8Array): FileContent {
  return {
    bytes,
    text() {
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return undefined;
      }
    },
  };
}

/** What is thrown, where it is the user's to mend. */
function complaintOf(act: () => unknown): AccelsimError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
}

const optionNames = Object.keys(importFlags) as (keyof ImportOptions)[];
const anOption: Required<{ [Name in keyof ImportOptions]: NonNullable<ImportOptions[Name]> }> = {
  scalesimReading: 'same-padding',
  dimensions: { batch: 1 },
};

describe.each(Object.keys(importers) as ImporterName[])('the %s importer', (name) => {
  const importer: Importer = importers[name];
  const samples = importerSamples[name].map((make) => make());
  const file = `sample${importer.endings[0]}`;

  it('has samples, a description and endings', () => {
    expect(samples.length).toBeGreaterThan(0);
    expect(importer.description).not.toBe('');
    expect(importer.endings.length).toBeGreaterThan(0);
    for (const ending of importer.endings) expect(ending).toMatch(/^\.[a-z0-9]+$/);
  });

  it('knows its own content, and is found by it and by the ending', () => {
    for (const sample of samples) {
      expect(importer.sniff(content(sample))).toBe(true);
      expect(importNetwork(content(sample), file).form).toBe(name);
      expect(importNetwork(content(sample), file.toUpperCase()).form).toBe(name);
      expect(importNetwork(content(sample), 'no-ending').form).toBe(name);
    }
  });

  it('makes a network that a network file could hold, with notes of one line', () => {
    for (const sample of samples) {
      const { json, network } = importNetwork(content(sample), file);
      expect(network.layers.length).toBeGreaterThan(0);
      const again = buildNetwork(JSON.parse(JSON.stringify(json)));
      expect({ ...network, notes: undefined }).toEqual({ ...again, notes: undefined });
      for (const note of network.notes ?? []) expect(note).toMatch(/^\S(?:.*\S)?$/);
    }
  });

  it('gives the same answer to the same file, whatever came between', () => {
    const [first] = samples;
    const before = JSON.stringify(importNetwork(content(first!), file));
    for (const sample of samples) importNetwork(content(sample), file);
    complaintOf(() => importNetwork(content(first!.slice(0, 10)), file));
    expect(JSON.stringify(importNetwork(content(first!), file))).toBe(before);
  });

  it('leaves the bytes it was given as they are', () => {
    for (const sample of samples) {
      const copy = sample.slice();
      importNetwork(content(sample), file);
      expect(sample).toEqual(copy);
    }
  });

  it('refuses options that mean nothing to it', () => {
    for (const option of optionNames.filter((candidate) => !importer.options.includes(candidate))) {
      const complaint = complaintOf(() => importNetwork(content(samples[0]!), file, { [option]: anOption[option] }));
      expect(complaint?.message).toMatch(new RegExp(`^${importFlags[option]}: means nothing for`));
    }
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a byte-order mark', Uint8Array.of(0xef, 0xbb, 0xbf)],
    ['zeros', new Uint8Array(1000)],
    ['ones', new Uint8Array(1000).fill(0xff)],
    ['a word', new TextEncoder().encode('hello')],
    ['braces', new TextEncoder().encode('{}')],
    ['brackets without end', new TextEncoder().encode('['.repeat(100_000))],
    ['commas', new TextEncoder().encode(','.repeat(100_000))],
  ])('refuses %s, naming the file', (_, bytes) => {
    const complaint = complaintOf(() => importNetwork(content(bytes), file));
    expect(complaint?.issues.length).toBeGreaterThan(0);
    for (const issue of complaint!.issues) expect(issue.source).toBe(file);
  });

  it('refuses or reads a damaged file, and throws nothing else', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.nat(255), fc.nat(40)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), damage, (sample, steps) => {
        const complaint = complaintOf(() => importNetwork(content(steps.reduce(damaged, sample)), file));
        for (const issue of complaint?.issues ?? []) expect(issue.rule).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

/** One byte changed, some cut out, some doubled, the end lost, or a byte put in. */
function damaged(
  bytes: Uint8Array,
  [place, way, value, length]: readonly [number, number, number, number],
): Uint8Array {
  const at = bytes.length === 0 ? 0 : place % bytes.length;
  const [head, cut, tail] = [bytes.slice(0, at), bytes.slice(at, at + length), bytes.slice(at + length)];
  const put = Uint8Array.of(value);
  const ways = [
    [head, put, bytes.slice(at + 1)],
    [head, tail],
    [head, cut, cut, tail],
    [head],
    [head, put, bytes.slice(at)],
  ];
  return Uint8Array.from(ways[way]!.flatMap((part) => [...part]));
}
