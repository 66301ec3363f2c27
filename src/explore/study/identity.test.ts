import { describe, expect, it } from 'vitest';
import { MODEL_VERSION } from '../../simulate/index.js';
import { keysOf, pointIdentity } from './identity.js';
import type { PreparedStudy } from './prepared-study.js';
import { dense, smallStudy, testKey } from './studies.test-data.js';

const study = smallStudy();
const point = { values: { bits: 8, cores: 2 } };
const identity = (of: PreparedStudy, values: Record<string, string | number> = point.values): string =>
  pointIdentity(of, { values }, testKey);

describe('pointIdentity', () => {
  it('is canonical JSON with the version of the model', () => {
    const parsed: unknown = JSON.parse(identity(study));
    expect(parsed).toMatchObject({
      machine: { cores: 2 },
      question: { model: MODEL_VERSION, batch: 1, mode: 'latency' },
    });
    expect(identity(study)).not.toContain('sources');
  });

  it('does not hang on words, order, objectives or how axes are called', () => {
    const same: PreparedStudy[] = [
      { ...study, name: 'other', description: 'words', seed: 9, objectives: ['areaMm2'] },
      { ...study, constraints: [{ metric: 'areaMm2', comparison: '<=', limit: 1 }] },
      { ...study, machine: { ...study.machine, name: 'other', description: 'words' } },
      { ...study, machine: Object.fromEntries(Object.entries(study.machine).toReversed()) as never },
      { ...study, axes: study.axes.toReversed() },
      { ...study, networks: { tiny: { ...study.networks['tiny']!, description: 'words' } } },
      { ...study, mappingObjective: 'latency' },
      smallStudy({ axes: [{ field: 'cores', values: [2, 3] }], precision: { bits: 8 } }),
    ];
    for (const other of same.slice(0, -1)) expect(identity(other)).toBe(identity(study));
    expect(identity(same.at(-1)!, { cores: 2 })).toBe(identity(study));
  });

  it('hangs on all that the answer depends on', () => {
    const others: PreparedStudy[] = [
      { ...study, machine: { ...study.machine, clockGHz: 2 } },
      {
        ...study,
        networks: { tiny: { ...study.networks['tiny']!, layers: study.networks['tiny']!.layers.slice(0, 2) } },
      },
      { ...study, mode: 'throughput' },
      { ...study, mappingObjective: 'energy' },
      { ...study, mappingObjective: 'off-chip-bytes' },
      { ...study, batch: 2 },
      { ...study, precision: { ...study.precision, edgeBits: 'same' } },
      { ...study, precision: { ...study.precision, kvCacheBits: 4 } },
      {
        ...study,
        workloads: [...study.workloads, { workload: 'dense', weight: 1 }],
        networks: { ...study.networks, dense },
      },
    ];
    const texts = [
      identity(study),
      identity(study, { bits: 4, cores: 2 }),
      identity(study, { bits: 8, cores: 1 }),
      ...others.map((other) => identity(other)),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('of two workloads hangs on their weights and mean', () => {
    const both = smallStudy({ workloads: ['tiny', 'dense'] });
    const heavier = { ...both, workloads: [{ workload: 'tiny', weight: 2 }, both.workloads[1]!] };
    expect(new Set([both, heavier, { ...both, mean: 'arithmetic' as const }].map((one) => identity(one))).size).toBe(3);
  });

  it('is what keys are made of', () => {
    expect(keysOf(study, testKey)(point)).toBe(testKey(identity(study)));
  });
});
