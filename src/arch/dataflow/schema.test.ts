import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../errors.js';
import { readValue } from '../../json/index.js';
import { completeDataflow } from './dataflow.js';
import { dataflowOf, dataflowSchema, resolveDataflow } from './index.js';

function issuesOf(value: unknown): readonly string[] {
  try {
    readValue(value, 'my.json', dataflowSchema);
    return [];
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.message.split('\n');
  }
}

const side = (...unroll: string[]) => ({ unroll, systolic: true });
const stated = { name: 'mine', stationary: 'weights', axes: { rows: side('inputChannels') } };

describe('a dataflow in a machine file', () => {
  it('may be the name of one that is built in', () => {
    expect(resolveDataflow(readValue('row-stationary', 'my.json', dataflowSchema))).toBe(dataflowOf('row-stationary'));
  });

  it('may be stated, and says the same as a preset that states it', () => {
    const value = {
      name: 'like weight-stationary',
      stationary: 'weights',
      axes: {
        rows: side('inputChannels', 'kernelRows', 'kernelColumns'),
        columns: side('outputChannels'),
      },
    };
    const { name, description, ...rest } = dataflowOf('weight-stationary');
    expect(resolveDataflow(readValue(value, 'my.json', dataflowSchema))).toEqual({
      ...rest,
      name: 'like weight-stationary',
      description: 'stated by the machine file',
    });
    expect([name, description]).not.toContain('like weight-stationary');
  });

  it('does not hop unless it says so', () => {
    const spec = readValue({ ...stated, axes: { depth: { unroll: ['batch'] } } }, 'my.json', dataflowSchema);
    expect(resolveDataflow(spec).axes).toEqual({ depth: { unroll: ['batch'], systolic: false } });
  });

  it('is told by the nearest name when misspelt', () => {
    expect(issuesOf('weight-stationery').join()).toContain('weight-stationary');
  });

  it('must not mix loops of different operands on one side', () => {
    const [issue, ...others] = issuesOf({ ...stated, axes: { rows: side('inputChannels', 'outputColumns') } });
    expect(issue).toContain('my.json: axes.rows.unroll: must unroll loops of one kind');
    expect(issue).toContain('reduction (inputChannels, kernelRows, kernelColumns)');
    expect(others).toEqual([]);
    const both = issuesOf({
      ...stated,
      axes: { rows: side('groups', 'batch'), columns: side('outputChannels', 'kernelRows') },
    });
    expect(both).toHaveLength(2);
  });

  it('may flatten groups with output channels, unless inputs stay', () => {
    const axes = { columns: side('groups', 'outputChannels') };
    expect(issuesOf({ ...stated, axes })).toEqual([]);
    expect(issuesOf({ ...stated, stationary: 'outputs', axes })).toEqual([]);
    expect(issuesOf({ ...stated, stationary: 'inputs', axes })).toEqual([
      expect.stringContaining('axes.columns.unroll: must not flatten groups with outputChannels where inputs stay'),
    ]);
  });

  it('must not unroll a loop twice, on one side or on two', () => {
    expect(issuesOf({ ...stated, axes: { rows: side('batch'), depth: side('outputRows', 'batch') } })).toEqual([
      expect.stringContaining('axes.depth.unroll: must not unroll batch again, which lies on rows'),
    ]);
    expect(issuesOf({ ...stated, axes: { rows: side('batch', 'batch') } })).toEqual([
      expect.stringContaining('axes.rows.unroll: must not unroll batch again, which lies on rows'),
    ]);
  });

  it('must unroll something', () => {
    expect(issuesOf({ ...stated, axes: {} })).toEqual([
      expect.stringContaining('axes: must unroll at least one loop along some axis'),
    ]);
    expect(issuesOf({ ...stated, axes: { rows: side() } }).join()).toContain('axes.rows.unroll');
  });

  it('must not take the name of one that is built in, but may take any other', () => {
    expect(issuesOf({ ...stated, name: 'row-stationary' })).toEqual([
      expect.stringContaining('name: must not be the name of a dataflow that is built in'),
    ]);
    for (const name of ['constructor', 'toString']) expect(issuesOf({ ...stated, name })).toEqual([]);
  });

  it('knows no other field, side or loop', () => {
    expect(issuesOf({ ...stated, systolic: true }).join()).toContain('systolic');
    expect(issuesOf({ ...stated, axes: { planes: side('batch') } }).join()).toContain('planes');
    expect(issuesOf({ ...stated, axes: { rows: side('outputChanels') } }).join()).toContain('outputChannels');
  });
});

describe('completeDataflow', () => {
  it('says whether a fold may hold channels of several groups', () => {
    const of = (...unroll: ('groups' | 'outputChannels')[]) =>
      completeDataflow({
        name: 'x',
        description: 'x',
        stationary: 'weights',
        axes: { columns: { unroll, systolic: false } },
      }).mixesGroups;
    expect([of('groups'), of('outputChannels'), of('outputChannels', 'groups')]).toEqual([false, false, true]);
  });
});
