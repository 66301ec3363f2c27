import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../errors.js';
import { readStudy, readStudyValue, studyNeeds } from './read-study.js';
import type { AxisFile, StudyJson } from './schema.js';

const base = { name: 'mine', workloads: ['resnet50'], objectives: ['latencyMs'] };

/** Labels of the levels of one axis. */
function labelsOf(axis: AxisFile): unknown[] {
  return readStudyValue({ ...base, axes: [axis] }, 'mine.json').axes[0]!.levels.map(({ label }) => label);
}

/** The issues, without the name of the file. */
function issuesOf(study: unknown): string[] {
  try {
    readStudyValue(study, 'mine.json');
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.message.split('\n').map((line) => line.replace('mine.json: ', ''));
  }
  return [];
}

const withAxes = (...axes: unknown[]): unknown => ({ ...base, axes });

describe('readStudy', () => {
  it('by hand: what is left out is filled in', () => {
    const study = readStudy(
      `{
        "name": "mine",
        "workloads": ["resnet50", { "workload": "mobilenet-v2", "weight": 2 }],
        "axes": [{ "field": "bits", "values": [16, 4] }],
        "constraints": ["areaMm2 <= 30"],
        "objectives": ["latencyMs", "areaMm2"]
      }`,
      'mine.json',
    );
    expect(study).toEqual({
      schemaVersion: 1,
      name: 'mine',
      description: null,
      machine: 'default',
      workloads: [
        { workload: 'resnet50', weight: 1 },
        { workload: 'mobilenet-v2', weight: 2 },
      ],
      mean: 'geometric',
      batch: 1,
      mode: 'latency',
      precision: { bits: 16, edgeBits: 8 },
      axes: [
        {
          name: 'bits',
          fields: ['bits'],
          levels: [
            { label: 16, set: { bits: 16 } },
            { label: 4, set: { bits: 4 } },
          ],
        },
      ],
      constraints: [{ metric: 'areaMm2', comparison: '<=', limit: 30 }],
      objectives: ['latencyMs', 'areaMm2'],
      sampler: { kind: 'grid' },
      seed: 1,
    });
  });

  it('keeps what mappings are chosen for where the file says it', () => {
    const axes = [{ field: 'cores', values: [1] }];
    expect(readStudyValue({ ...base, mappingObjective: 'energy', axes }, 'mine.json').mappingObjective).toBe('energy');
  });

  it('says what has to be read for it', () => {
    const axes = [
      { field: 'workload', values: ['resnet50', 'unet'] },
      { field: 'precision', values: [4, 'hawq-v3'] },
    ];
    const { workloads: _, ...others } = base;
    expect(studyNeeds(readStudyValue({ ...others, machine: 'edge-16x16', axes }, 'mine.json'))).toEqual({
      machine: 'edge-16x16',
      workloads: ['resnet50', 'unet'],
      precisionLists: ['hawq-v3'],
    });
  });

  it('tells a range that leaves what is allowed once for each end, not for each value', () => {
    const axes = [{ field: 'cores', range: { from: -1, to: 5000, step: 1 } }];
    expect(issuesOf({ ...base, axes })).toEqual([
      'axes[0].range: cores: must be at least 1 (found -1)',
      'axes[0].range: cores: must be at most 4096 (found 4097)',
    ]);
  });

  it('tells every mistake of a text, each with its line', () => {
    const text = `{
  "name": "mine",
  "workloads": ["resnet50"],
  "axes": [
    { "field": "scratchpad.capacityKib", "values": [64] },
    { "field": "offChip.bandwidthGBps", "values": [64, "fast"] }
  ],
  "objectives": ["latencyMs"]
}`;
    expect(() => readStudy(text, 'mine.json')).toThrow(
      'mine.json:5:16: axes[0].field: must be the path of a field of the machine file (found "scratchpad.capacityKib"); did you mean scratchpad.capacityKiB?\n' +
        'mine.json:6:56: axes[1].values[1]: offChip.bandwidthGBps: must be a number from 0.001 to 1000000000 or "inf" (found "fast")',
    );
    expect(() => readStudy('{ "name": "a", "name": "b" }', 'mine.json')).toThrow(
      'mine.json:1:16: name: given twice, first in line 1',
    );
  });

  it.each<[string, AxisFile, unknown[]]>([
    ['a list', { field: 'cores', values: [8, 16] }, [8, 16]],
    ['steps', { field: 'scratchpad.capacityKiB', range: { from: 64, to: 100, step: 16 } }, [64, 80, 96]],
    ['steps of tenths', { field: 'clockGHz', range: { from: 0.1, to: 0.7, step: 0.2 } }, [0.1, 0.3, 0.5, 0.7]],
    ['a number of steps', { field: 'clockGHz', range: { from: 1, to: 2, count: 3 } }, [1, 1.5, 2]],
    ['powers of two', { field: 'offChip.bandwidthGBps', powersOfTwo: { from: 0.5, to: 4 } }, [0.5, 1, 2, 4]],
    ['one value for two fields', { fields: ['array.rows', 'array.columns'], values: [8, 16] }, [8, 16]],
    [
      'a value for each of two fields',
      {
        fields: ['cores', 'array.rows'],
        tuples: [
          [4, 32],
          [16, 16],
        ],
      },
      ['4 x 32', '16 x 16'],
    ],
    [
      'lists and what is left out',
      { field: 'array.dataflows', values: [['weight-stationary', 'output-stationary']] },
      ['weight-stationary, output-stationary'],
    ],
    [
      'a section that may be missing',
      { field: 'sharedBuffer', values: [null, { capacityKiB: 64 }] },
      ['none', '{"capacityKiB":64}'],
    ],
    [
      'levels by name',
      { name: 'mac', levels: { switched: {}, dense: { 'mac.kind': 'dedicated', 'mac.designBits': 'run' } } },
      ['switched', 'dense'],
    ],
  ])('takes %s as an axis', (_, axis, labels) => {
    expect(labelsOf(axis)).toEqual(labels);
  });

  it('calls linked axes by all they set, or as they are called', () => {
    const fields = ['array.rows', 'array.columns'];
    const [plain] = readStudyValue(withAxes({ fields, values: [8] }), 'mine.json').axes;
    expect(plain).toMatchObject({
      name: 'array.rows + array.columns',
      levels: [{ set: { 'array.rows': 8, 'array.columns': 8 } }],
    });
    expect(readStudyValue(withAxes({ name: 'side', fields, values: [8] }), 'mine.json').axes[0]!.name).toBe('side');
  });

  it.each<[string, unknown, string]>([
    [
      'no subject',
      withAxes({ values: [1] }),
      'axes[0]: must have one of field, fields and levels (found "none of them")',
    ],
    [
      'two lists',
      withAxes({ field: 'cores', values: [1], range: { from: 1, to: 2, step: 1 } }),
      'axes[0]: must have one of values, range and powersOfTwo (found "values and range")',
    ],
    [
      'tuples of one field',
      withAxes({ field: 'cores', tuples: [[1]] }),
      'axes[0]: must have one of values, range and powersOfTwo (found "tuples")',
    ],
    [
      'a short tuple',
      withAxes({ fields: ['cores', 'array.rows'], tuples: [[1, 2], [1]] }),
      'axes[0].tuples[1]: must have 2 values, one for each of the fields (found [1])',
    ],
    [
      'no step',
      withAxes({ field: 'cores', range: { from: 1, to: 2 } }),
      'axes[0].range: must have one of step and count',
    ],
    [
      'backwards',
      withAxes({ field: 'cores', range: { from: 3, to: 2, step: 1 } }),
      'axes[0].range.to: must be at least from (3) (found 2)',
    ],
    [
      'endless',
      withAxes({ field: 'clockGHz', range: { from: 1, to: 2, step: 1e-9 } }),
      'axes[0].range: must have at most 10000 values (found 1000000001)',
    ],
    [
      'no power',
      withAxes({ field: 'cores', powersOfTwo: { from: 1, to: 12 } }),
      'axes[0].powersOfTwo.to: must be a power of two (found 12)',
    ],
    [
      'halves of cores',
      withAxes({ field: 'cores', range: { from: 1, to: 2, step: 0.5 } }),
      'axes[0].range: cores: must be a whole number from 1 to 4096 (found 1.5)',
    ],
    [
      'odd bits',
      withAxes({ field: 'bits', values: [16, 24] }),
      'axes[0].values[1]: bits: must be an integer from 1 to 16, or 32 (bits) (found 24)',
    ],
    [
      'a level twice',
      withAxes({ field: 'cores', values: [1, 1] }),
      'axes[0].values[1]: must be another value than those before (found 1)',
    ],
    [
      'a field twice',
      withAxes({ field: 'cores', values: [1] }, { name: 'c', fields: ['cores', 'clockGHz'], values: [1] }),
      'axes[1]: sets cores, which is set by axes[0] (cores) too',
    ],
    [
      'a section and its field',
      withAxes({ field: 'array.rows', values: [1] }, { name: 'a', levels: { x: { array: {} } } }),
      'axes[1]: sets array, which is set by axes[0] (array.rows) too',
    ],
    [
      'a name twice',
      withAxes({ name: 'a', field: 'cores', values: [1] }, { name: 'a', field: 'clockGHz', values: [1] }),
      'axes[1]: must have another name than the axes before (found "a")',
    ],
    ...['index', 'LatencyMs', 'workload'].map((name): [string, unknown, string] => [
      `the name of a column: ${name}`,
      withAxes({ name, field: 'cores', values: [1] }),
      `axes[0].name: must not be a column that every table of a study has (found "${name}")`,
    ]),
    [
      'a name that steers a terminal',
      withAxes({ name: 'a\u001b[2J', field: 'cores', values: [1] }),
      'axes[0].name: must be without control characters (found "a\\u001b[2J")',
    ],
    [
      'levels without a name',
      withAxes({ levels: { x: {} } }),
      'axes[0]: must have a name, as its levels set fields of their own',
    ],
    [
      'a last name',
      withAxes({ field: 'capacity', values: [1] }),
      'axes[0].field: must be the path of a field of the machine file (found "capacity"); did you mean scratchpad.capacityKiB?',
    ],
    [
      'a slip',
      withAxes({ field: 'aray.rows', values: [1] }),
      'axes[0].field: must be the path of a field of the machine file (found "aray.rows"); did you mean array.rows?',
    ],
    [
      'bits twice over',
      withAxes({ field: 'bits', values: [4] }, { field: 'precision', values: [8] }),
      'axes: must set precision, or bits and edgeBits, not both',
    ],
    [
      'a list and an axis',
      { ...base, axes: [{ field: 'bits', values: [4] }], precision: { list: 'x' } },
      'precision.list: must be left out, as an axis sets bits',
    ],
    [
      'workloads twice over',
      withAxes({ field: 'workload', values: ['unet'] }),
      'workloads: must be left out, as an axis sets workload',
    ],
    [
      'an objective of mappings twice over',
      {
        ...base,
        mappingObjective: 'energy',
        axes: [{ field: 'mappingObjective', values: ['latency', 'energy'] }],
      },
      'mappingObjective: must be left out, as an axis sets mappingObjective',
    ],
    [
      'an objective of mappings that is a metric',
      { ...base, mappingObjective: 'latencyMs', axes: [{ field: 'cores', values: [1] }] },
      'mappingObjective: must be "latency", "off-chip-bytes", "energy" or "energy-delay" (found "latencyMs"); did you mean "latency"?',
    ],
    [
      'an axis of them with a slip',
      withAxes({ field: 'mappingObjective', values: ['energi'] }),
      'axes[0].values[0]: mappingObjective: must be "latency", "off-chip-bytes", "energy" or "energy-delay" (found "energi"); did you mean "energy"?',
    ],
    [
      'a workload twice',
      { ...base, workloads: ['unet', 'unet'], axes: [{ field: 'cores', values: [1] }] },
      'workloads[1]: must name each workload once (found "unet")',
    ],
    [
      'a level without workload',
      { name: 'mine', objectives: ['latencyMs'], axes: [{ name: 'n', levels: { a: { workload: 'unet' }, b: {} } }] },
      'axes[0].levels.b: must set workload, as another level does',
    ],
    [
      'no workload',
      { name: 'mine', objectives: ['latencyMs'], axes: [{ field: 'cores', values: [1] }] },
      'must have workloads, or an axis that sets workload',
    ],
    [
      'a constraint',
      { ...base, axes: [{ field: 'cores', values: [1] }], constraints: ['areaMm <= 30'] },
      'constraints[0]: no such metric; did you mean areaMm2? (found "areaMm <= 30")',
    ],
    [
      'an objective',
      { ...base, objectives: ['latency'], axes: [{ field: 'cores', values: [1] }] },
      'objectives[0]: must be "latencyMs", "energyMj", "areaMm2", "energyDelayMjMs", "offChipBytes", "inferencesPerSecond", "utilization", "totalCycles" or "top1Percent" (found "latency"); did you mean "latencyMs"?',
    ],
    [
      'a sampler',
      { ...base, sampler: { kind: 'nsga2' }, axes: [{ field: 'cores', values: [1] }] },
      'sampler.kind: must be "grid", "latin-hypercube" or "nsga-2" (found "nsga2"); did you mean "nsga-2"?',
    ],
    [
      'a field of the file',
      { ...base, machin: 'default', axes: [{ field: 'cores', values: [1] }] },
      'machin: unknown field; did you mean machine?',
    ],
  ])('refuses %s', (_, study, message) => {
    expect(issuesOf(study)).toContain(message);
  });

  it('is typed as its schema says', () => {
    const typed: StudyJson = {
      name: 'typed',
      workloads: ['unet'],
      axes: [{ field: 'cores', values: [1] }],
      objectives: ['latencyMs'],
    };
    expect(readStudyValue(typed, 'typed').name).toBe('typed');
  });
});
