import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../../test/fixtures/runs.js';
import type { Survey, SurveyRow, TimeParts } from '../../explore/index.js';
import { surveyToCsv, surveyToMarkdown, surveyToText, surveyWarnings } from './index.js';

const { baseline, run } = tinyRuns();
const nothing: TimeParts = { edges: 0, vectorUnit: 0, groups: 0, array: 0, memory: 0 };

/** The tiny network by another name, at 4 bits, `value` times faster for one reason. */
function row(name: string, value: number, part: keyof TimeParts): SurveyRow {
  const speedup = { ...run.speedup!, value };
  return {
    name,
    macs: 1_152_000,
    parameters: 12_345_678,
    baseline: baseline.result,
    points: [{ bits: 4, result: run.result, speedup, parts: { ...nothing, [part]: 4 / value - 1 } }],
  };
}

/** The fastest is not the first. */
const survey: Survey = {
  baselineBits: 16,
  bits: [4],
  focusBits: 4,
  rows: [
    row('deep', 2, 'groups'),
    row('tiny-net', 5, 'memory'),
    row('as-it-should', 3.95, 'array'),
    row('large-ends', 3.2, 'edges'),
  ],
};

describe('the survey as text', () => {
  const text = surveyToText(survey);
  const lines = text.split('\n');

  it('has a row for each network, the one that gains most on top', () => {
    const heads = lines.filter((line) => /\d{2}\.\d M +\d\.\d\dx/.test(line));
    // 2,000 cycles at 1 GHz, of which 400 in a layer bound by memory; 65,536 + 16,384 bytes began to fit.
    expect(heads[0]).toMatch(/^tiny-net +1\.15 M +12\.3 M +5\.00x +2\.00 us +20\.0% +2, 80\.0 KiB$/);
    expect(heads.map((line) => line.split(' ')[0])).toEqual(['tiny-net', 'as-it-should', 'large-ends', 'deep']);
  });

  it('sorts networks by what they gain, and says why', () => {
    const said = text.replace(/\s+/g, ' ');
    // 494,592 bytes before and 73,984 after.
    expect(said).toContain(
      'At 4 bits: 1 of 4 networks gains over 2% more than the ratio of peaks, 4.00x. Off-chip, 6.69x fewer bytes',
    );
    expect(said).toMatch(/More, mainly by waiting for memory \([^)]+\): tiny-net 5\.00x\. This saves 20\.0%/);
    expect(said).toContain('As the ratio of peaks, within 2%: as-it-should 3.95x.');
    expect(said).toMatch(/Less, mainly by first and last layer \([^)]+\): large-ends 3\.20x\. This costs 25\.0%/);
    expect(said).toMatch(/Less, mainly by convolutions in groups \([^)]+\): deep 2\.00x\. This costs 100\.0%/);
    expect(said).not.toContain('vector unit (');
  });

  it('adds up the parts to the time', () => {
    const at = lines.findIndex((line) => line.startsWith('Where the time goes'));
    const parts = lines.slice(at).find((line) => line.startsWith('large-ends'));
    expect(parts).toMatch(/^large-ends +3\.20x +\+25\.0% +- +- +- +- +125\.0%$/);
  });

  it('has lines that fit', () => {
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(110);
  });

  it('says so where none gains, and names networks whose weights fill the channel', () => {
    const weights = { ...baseline.result.totals.offChipBytes, weights: 90, inputs: 5, outputs: 5, total: 100 };
    const bound = baseline.result.layers.map((layer) => ({ ...layer, bound: 'memory' as const }));
    const starved = {
      ...row('decoder', 3.6, 'memory'),
      baseline: {
        ...baseline.result,
        layers: bound,
        totals: { ...baseline.result.totals, offChipBytes: weights },
      },
    };
    const said = surveyToText({ ...survey, rows: [starved] }).replace(/\s+/g, ' ');
    expect(said).toContain('At 4 bits: none of 1 network gains over 2% more than the ratio of peaks, 4.00x. -');
    expect(said).toMatch(/Being bound by memory is not enough\. .*: decoder 3\.60x\./);
    expect(text).not.toContain('Being bound by memory');
  });

  it('of one network compares it with none', () => {
    const lone = row('alone', 1.9, 'memory');
    const eight = { ...lone.points[0]!, bits: 8 };
    const said = surveyToText({ ...survey, bits: [8, 4], rows: [{ ...lone, points: [eight, ...lone.points] }] });
    expect(said.replace(/\s+/g, ' ')).toContain(
      'At 8 bits: none of 1 network gains over 2% more than the ratio of peaks, 4.00x: alone 1.90x.',
    );
    expect(said).not.toContain('least alone');
  });
});

describe('the survey as files', () => {
  it('is Markdown with its chart and its warnings', () => {
    const warned = { ...survey.rows[0]!, baseline: { ...baseline.result, warnings: ['not exact'] } };
    const chart = { title: 'Speedups', file: 'speedup.png' };
    const markdown = surveyToMarkdown({ ...survey, rows: [warned, ...survey.rows.slice(1)] }, chart);
    expect(markdown).toMatch(/^# Speedup over 16 bits of 4 networks\n/);
    expect(markdown).toContain('\n![Speedups](speedup.png)\n');
    expect(markdown).toContain('| tiny-net | 1.15 M | 12.3 M | 5.00x | 2.00 us | 20.0% | 2, 80.0 KiB |');
    expect(markdown).toMatch(/## Warnings\n\n- deep: not exact\n$/);
    expect(surveyToMarkdown(survey, chart)).not.toContain('Warnings');
  });

  it('is CSV with exact values, a row for each network and width', () => {
    const [header = '', first = '', ...more] = surveyToCsv(survey).trimEnd().split('\n');
    const cells = Object.fromEntries(first.split(',').map((cell, index) => [header.split(',')[index], cell]));
    expect(cells).toMatchObject({
      workload: 'deep',
      macs: '1152000',
      baselineBits: '16',
      baselineLatencyMs: '0.01',
      bits: '4',
      edgeBits: '',
      latencyMs: '0.002',
      speedup: '2',
      peakFactor: '4',
      memoryBoundFraction: '0.2',
      groupsPart: '1',
      beganToFitTensors: '2',
      beganToFitBaselineBytes: '81920',
    });
    expect(more).toHaveLength(3);
  });

  it('has no warnings where no run has', () => {
    expect(surveyWarnings(survey)).toEqual([]);
  });
});
