import { expect, test } from 'vitest';
import { runSource } from '../../test/fixtures/run-source.js';
import { tinyGrid } from '../../test/fixtures/runs.js';
import { tinyResults, tinyStudy } from '../../test/fixtures/study.js';
import { drawAllCharts, drawChart } from '../index.js';
import { renderChart } from './charts.js';
import type { ImageFormat } from './charts.js';
import { drawAllStudyCharts, summariseStudy } from '../index.js';
import type { Drawing, PointResult } from '../index.js';

const macArea = { model: 'polynomial', productUm2: 1, linearUm2: 1.843, constantUm2: 11.982 } as const;
const input = { runs: tinyGrid(), macArea };

const draw = (drawing: Drawing, format: ImageFormat): Buffer => Buffer.from(renderChart(drawing, format));

test('every chart is drawn in its size, with the same bytes each time', () => {
  for (const { drawing } of drawAllCharts(input)) {
    const png = draw(drawing, 'png');
    // A PNG begins with its signature; width and height stand at byte 16.
    expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([drawing.widthPx, drawing.heightPx]);
    expect(draw(drawing, 'png').equals(png)).toBe(true);
    const svg = draw(drawing, 'svg').toString('utf8');
    expect(svg).toContain(`width="${drawing.widthPx}" height="${drawing.heightPx}"`);
    expect(draw(drawing, 'svg').equals(Buffer.from(svg))).toBe(true);
  }
});

test('every reference of an SVG leads to a part of it', () => {
  const svg = draw(drawChart('roofline', { ...input, runs: input.runs.slice(0, 1) }), 'svg').toString('utf8');
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const references = [...svg.matchAll(/(?:url\(#|href="#)([^")]+)/g)].map(([, id]) => id);
  expect(references.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
  expect(references.filter((id) => !ids.includes(id))).toEqual([]);
});

test('a whisker is drawn as long as it is asked, and changes nothing else of the axes', () => {
  const drawing = drawChart('speedup', input);
  const { data } = drawing.configuration;
  const withWhiskers = (reach: number): Drawing => ({
    ...drawing,
    configuration: {
      ...drawing.configuration,
      data: {
        ...data,
        datasets: data.datasets.map((dataset, at) => (at === 0 ? { ...dataset, whiskers: [reach, reach] } : dataset)),
      },
    },
  });
  /** Height of the tallest rectangle that is two pixels wide. */
  const tallest = (reach: number): number => {
    const svg = draw(withWhiskers(reach), 'svg').toString('utf8');
    const heights = [...svg.matchAll(/<(?:rect|path)[^>]*/g)].flatMap(([part]) => {
      const rect = /width="2(?:\.0+)?"[^>]*height="([\d.]+)"/.exec(part);
      return rect === null ? [] : [Number(rect[1])];
    });
    return Math.max(0, ...heights);
  };
  expect(tallest(0)).toBe(0);
  expect(tallest(0.5)).toBeGreaterThan(10);
  expect(tallest(1) / tallest(0.5)).toBeCloseTo(2, 1);
});

test('charts of a study with a hundred thousand points are no larger than a page takes', async () => {
  const study = tinyStudy();
  const template = tinyResults(study)[0]!;
  // All of one machine, so that no axis moves anything; on a plane, every fifth of which nothing dominates.
  const results = Array.from({ length: 100_000 }, (_, index): PointResult => {
    const [across, up] = [((index * 7919) % 100_003) / 100_003, ((index * 104_729) % 100_003) / 100_003];
    const behind = index % 5 === 0 ? 1 : 1 + ((index * 31) % 97) / 50;
    const [latencyMs, energyMj] = [(0.1 + across) * behind, (0.1 + up * (1 - across)) * behind];
    const areaMm2 = (0.1 + (1 - up) * (1 - across)) * behind;
    return { ...template, index, metrics: { ...template.metrics!, latencyMs, energyMj, areaMm2 } };
  });
  const summary = await summariseStudy(study, () => results);
  expect(summary.front.length).toBeGreaterThan(10_000);
  const drawn = drawAllStudyCharts(summary);
  expect(drawn.map(({ name }) => name)).toEqual(['front', 'heat-map', 'parallel-coordinates']);
  for (const { name, drawing } of drawn) {
    const svg = draw(drawing, 'svg');
    expect(svg.length, name).toBeLessThan(1_000_000);
    expect(draw(drawing, 'svg').equals(svg)).toBe(true);
  }
});

test('drawing leaves the configuration as it was', () => {
  const drawing = drawChart('traffic', input);
  const before = structuredClone(drawing);
  draw(drawing, 'png');
  expect(drawing).toEqual(before);
});

test('an SVG needs no font of its reader: its texts are paths', () => {
  expect(draw(drawChart('speedup', input), 'svg').toString('utf8')).not.toContain('<text');
});

test('the same bytes whether or not system fonts are loaded, and the labels are in them', async () => {
  const [withFonts, without] = await Promise.all(
    [{}, { DISABLE_SYSTEM_FONTS_LOAD: '1' }].map((env) => runSource('test/fixtures/draw-charts.ts', [], { env })),
  );
  expect(withFonts?.stderr).toBe('');
  expect(without).toEqual(withFonts);
  // Four files that differ: would the labels be missing, the two charts that differ in a word would be the same.
  const digests = without?.stdout.trim().split('\n') ?? [];
  expect(digests).toHaveLength(4);
  expect(new Set(digests).size).toBe(4);
});

test('a process that loads no system fonts knows the shipped ones, in both weights', async () => {
  const { stdout } = await runSource('test/fixtures/registered-fonts.ts', [], {
    env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
  });
  expect(stdout).toBe('DejaVu Sans 400 700\n');
});
