import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../../test/fixtures/runs.js';
import type { Survey, SurveyRow } from '../../explore/index.js';
import { drawSurvey } from './survey.js';

const { baseline, run } = tinyRuns();
const parts = { edges: 0, vectorUnit: 0, groups: 0, array: 0, memory: 0 };

function row(name: string, ...values: readonly number[]): SurveyRow {
  const points = values.map((value, index) => {
    const factors = { peak: 2 ** (index + 1), utilization: 1, memoryRelief: 1 };
    return { bits: 8 / 2 ** index, result: run.result, speedup: { ...run.speedup!, value, factors }, parts };
  });
  return { name, macs: 1, parameters: 1, baseline: baseline.result, points };
}

const survey: Survey = {
  baselineBits: 16,
  bits: [8, 4, 2],
  focusBits: 4,
  rows: [row('slow', 1.6, 1.8, 1.9), row('fast', 2.4, 4.8, 7.8), row('middling', 2, 3.9, 7)],
};

interface Dataset {
  readonly label: string;
  readonly pointStyle: string;
  readonly backgroundColor: string;
  readonly showLine?: boolean;
  readonly data: readonly (number | { readonly x: number | null; readonly y: string })[];
}

describe('the chart of a survey', () => {
  const drawing = drawSurvey(survey);
  const datasets = drawing.configuration.data.datasets as unknown as Dataset[];
  const { scales } = drawing.configuration.options as unknown as {
    scales: Record<
      'x' | 'xBelow' | 'y',
      { min: number; max: number; tickValues: number[]; ticks: { font: { size: number } } }
    >;
  };

  it('is a plain value: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
  });

  it('has the ratios of peaks on top, then networks by their speedup at the middle width', () => {
    expect(drawing.configuration.data.labels).toEqual([
      'ratio of peaks',
      'fast  4.80x',
      'middling  3.90x',
      'slow  1.80x',
    ]);
    expect(datasets.slice(0, 3).map(({ label, data }) => [label, data])).toEqual([
      ['8 bits', [2, 2.4, 2, 1.6]],
      ['4 bits', [4, 4.8, 3.9, 1.8]],
      ['2 bits', [8, 7.8, 7, 1.9]],
    ]);
  });

  it('draws a line at each ratio, from the first row to the last, and nothing between lines', () => {
    const line = datasets.at(-1)!;
    expect(line.showLine).not.toBe(false);
    expect(line.data.slice(0, 4)).toEqual([
      { x: 2, y: 'ratio of peaks' },
      { x: 2, y: 'slow  1.80x' },
      { x: null, y: 'slow  1.80x' },
      { x: 4, y: 'ratio of peaks' },
    ]);
  });

  it('tells widths apart by shape and by lightness, for a print in grey', () => {
    const points = datasets.slice(0, 3);
    expect(new Set(points.map(({ pointStyle }) => pointStyle)).size).toBe(3);
    const lightness = points.map(({ backgroundColor }) => Number.parseInt(backgroundColor.slice(3, 5), 16));
    for (const [index, level] of lightness.entries())
      if (index > 0) expect(lightness[index - 1]! - level).toBeGreaterThan(30);
  });

  it('has the same axis above and below, with a tick at each doubling inside of it', () => {
    for (const { min, max, tickValues, ticks } of [scales.x, scales.xBelow]) {
      expect([min < 1.6, max > 8]).toEqual([true, true]);
      expect(tickValues).toEqual([1.5, 2, 3, 4, 6, 8]);
      expect(ticks.font.size).toBeGreaterThanOrEqual(16);
    }
  });

  it('grows with the networks, and leaves out names only where a canvas ends', () => {
    const many = drawSurvey({ ...survey, rows: Array.from({ length: 500 }, (_, index) => row(`n${index}`, 2, 4, 8)) });
    expect(drawing.heightPx).toBeLessThan(500);
    expect(many.heightPx).toBe(8000);
    expect(JSON.stringify(many.configuration.options)).toContain('"autoSkip":true');
    expect(JSON.stringify(drawing.configuration.options)).not.toContain('"autoSkip":true');
  });
});
