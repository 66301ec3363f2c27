import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archOf } from '../../../test/properties/machines.test-data.js';
import { countPoints, startSampler } from '../sampler/index.js';
import { evaluatePoints } from './evaluate.js';
import { prepareStudy, type StudySources } from './prepare-study.js';
import { readStudy, readStudyValue } from './read-study.js';
import { dense, tiny } from './studies.test-data.js';

const study = readStudyValue(
  {
    name: 'lists',
    workloads: ['tiny', 'dense'],
    axes: [{ field: 'precision', values: [16, 'mixed'] }],
    objectives: ['latencyMs'],
  },
  'lists.json',
);

const eight = { weightBits: 8, activationBits: 8 } as const;
const sources: StudySources = {
  machine: archOf({ capacityKiB: 4, bandwidthGBps: Infinity }),
  networks: { tiny, dense },
  precisionLists: {
    mixed: {
      tiny: {
        policy: 'per-layer',
        source: 'mixed',
        default: eight,
        layers: { body: { weightBits: 4, activationBits: 4 } },
      },
      dense: { policy: 'per-layer', source: 'mixed', default: eight, layers: {} },
    },
  },
};

describe('prepareStudy', () => {
  it('is plain JSON that holds all that points need, lists by workload among it', () => {
    const prepared = prepareStudy(study, sources);
    expect(JSON.parse(JSON.stringify(prepared))).toEqual(prepared);
    expect(prepared.machine.offChip.bandwidthGBps).toBe('inf');
    const [plain, mixed] = evaluatePoints(prepared, [...startSampler(prepared).next([])!]);
    expect(mixed!.error).toBeNull();
    expect(mixed!.metrics!.totalCycles).toBeLessThan(plain!.metrics!.totalCycles!);
  });

  it('refuses to go without what the study names', () => {
    expect(() => prepareStudy(study, { ...sources, networks: { tiny } })).toThrow(
      'lists: workloads: was not read (found "dense")',
    );
    const { tiny: ofTiny } = sources.precisionLists['mixed']!;
    expect(() => prepareStudy(study, { ...sources, precisionLists: { mixed: { tiny: ofTiny! } } })).toThrow(
      'lists: precision: was not read for dense (found "mixed")',
    );
  });
});

describe('the example', () => {
  it('is a study of some hundred points', () => {
    const file = 'examples/pact-neighbourhood.json';
    const example = readStudy(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'), file);
    const { points } = countPoints(example);
    expect(points).toBeGreaterThan(100);
    expect(points).toBeLessThan(500);
  });
});
