import { describe, expect, it } from 'vitest';
import { tinyResults, tinyStudy } from '../../../../test/fixtures/study.js';
import { summariseStudy, type PointResult, type PreparedStudy } from '../../../explore/index.js';
import type { Drawing, PlainObject } from '../drawing.js';
import { FONT_FAMILY } from '../index.js';
import { drawAllStudyCharts, drawStudyChart, parseHeatMapAxes, studyCharts, type StudyChartKind } from './index.js';
import { spread } from './study-chart.js';

const study = tinyStudy();
const summary = await summariseStudy(study, () => tinyResults(study));
const kinds = Object.keys(studyCharts) as StudyChartKind[];

function setsOf({ configuration }: Drawing): readonly PlainObject[] {
  return configuration.data.datasets;
}

function subtitleOf({ configuration }: Drawing): string {
  return (configuration.options as unknown as { plugins: { subtitle: { text: string[] } } }).plugins.subtitle.text.join(
    '\n',
  );
}

async function drawOf(kind: StudyChartKind, changes: Partial<PreparedStudy>, own?: PointResult[]): Promise<Drawing> {
  const changed = tinyStudy(changes);
  return drawStudyChart(kind, await summariseStudy(changed, () => own ?? tinyResults(changed)));
}

describe.each(kinds)('%s', (kind) => {
  const drawing = drawStudyChart(kind, summary);

  it('is a plain value: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
  });

  it('says what was asked, with no line too long for its width', () => {
    expect(subtitleOf(drawing)).toContain('tiny: tiny-net, batch 1, latency, 18 points');
    for (const line of subtitleOf(drawing).split('\n')) expect(line.length).toBeLessThanOrEqual(112);
  });

  it('has the shipped font in a size that can be halved', () => {
    const fonts = [...JSON.stringify(drawing).matchAll(/"family":"([^"]+)","size":(\d+)/g)];
    expect(fonts.length).toBeGreaterThan(0);
    for (const [, family, size] of fonts) expect([family, Number(size) >= 16]).toEqual([FONT_FAMILY, true]);
  });

  it('depends on the summary alone', () => {
    expect(drawStudyChart(kind, summary)).toEqual(drawing);
  });
});

describe('the front', () => {
  it('has the third objective as size and lightness, and units on every axis', () => {
    const drawing = drawStudyChart('front', summary);
    expect(setsOf(drawing).map(({ label, data }) => [label, data])).toEqual([
      // Areas 10, 20, 40: thirds by ratios end at 15.9 and 25.2.
      ['front, area (mm2) 10.0 to 15.9', [{ x: 8.125, y: 4.5 }]],
      ['front, area (mm2) 15.9 to 25.2', [{ x: 4.125, y: 5 }]],
      ['front, area (mm2) 25.2 to 40.0', [{ x: 2.125, y: 6 }]],
      ['dominated', expect.any(Array)],
    ]);
    expect(new Set(setsOf(drawing).map(({ backgroundColor }) => backgroundColor)).size).toBe(4);
    expect(JSON.stringify(drawing.configuration.options)).toContain('latency (ms), logarithmic; less is better');
    expect(JSON.stringify(drawing.configuration.options)).toContain('energy (mJ); less is better');
    expect(subtitleOf(drawing)).toContain('A  least latency: bits 4, cores 4, bandwidth 64');
    expect(subtitleOf(drawing)).toContain('B  least energy and least area: bits 4, cores 1, bandwidth 64');
  });

  it('of two objectives is a line of steps', async () => {
    const [front] = setsOf(await drawOf('front', { objectives: ['latencyMs', 'areaMm2'] }));
    expect(front).toMatchObject({ label: 'on the front', stepped: 'before', showLine: true });
  });

  it('of thousands of points thins what is dominated, and says so', async () => {
    const template = tinyResults()[0]!;
    const many = Array.from({ length: 20_000 }, (_, index): PointResult => {
      const [latencyMs, energyMj] = [1 + (index % 141) / 20, 1 + Math.floor(index / 141) / 20];
      return { ...template, index, metrics: { ...template.metrics!, latencyMs, energyMj } };
    });
    const drawing = await drawOf('front', { objectives: ['latencyMs', 'energyMj'] }, many);
    const dominated = setsOf(drawing).at(-1)!['data'] as unknown[];
    expect(dominated.length).toBeGreaterThan(300);
    expect(dominated.length).toBeLessThanOrEqual(48 * 32);
    expect(subtitleOf(drawing)).toContain(
      `19,999 dominated, ${dominated.length.toLocaleString('en')} drawn: one where many are close`,
    );
  });
});

describe('speedup by precision', () => {
  it('is the latency of the baseline over the latency, machine by machine', () => {
    const drawing = drawStudyChart('speedup-by-precision', summary);
    expect(drawing.configuration.data.labels).toEqual(['16', '8', '4']);
    expect(setsOf(drawing).map(({ label, data }) => [label, data])).toEqual([
      ['cores 4', [1, 2, 4]],
      ['cores 2', [1, 2, 4]],
      ['cores 1', [1, 2, 4]],
    ]);
    expect(subtitleOf(drawing)).toContain('all with bandwidth 64');
    expect(JSON.stringify(drawing.configuration.options)).toContain('speedup over 16 bits (times)');
  });

  it('shows gaps where a point has no answer', async () => {
    const own = tinyResults().filter(({ values }) => values['bits'] !== 8 || values['cores'] !== 2);
    expect(setsOf(await drawOf('speedup-by-precision', {}, own))[1]!['data']).toEqual([1, null, 4]);
  });
});

describe('the heat map', () => {
  it('takes the two axes that move the first objective most, and says what it does with the others', () => {
    const drawing = drawStudyChart('heat-map', summary);
    expect(subtitleOf(drawing)).toContain('latency (ms), the best over bandwidth, with areaMm2 <= 40');
    const cells = setsOf(drawing).flatMap(({ data, cellTexts }) =>
      (data as unknown as { x: string; y: string }[]).map(
        ({ x, y }, at) => `${x} ${y} ${(cellTexts as string[])[at]!}`,
      ),
    );
    // Bits by cores, behind 64 GB/s: bits / 4 x (8 / cores + 1 / 8).
    expect(cells.toSorted()).toEqual([
      '1 16 32.5',
      '1 4 8.13',
      '1 8 16.3',
      '2 16 16.5',
      '2 4 4.13',
      '2 8 8.25',
      '4 16 8.50',
      '4 4 2.13',
      '4 8 4.25',
    ]);
  });

  it('goes from dark for the best to light, whichever way is better', async () => {
    const lightness = (drawing: Drawing): number[] =>
      setsOf(drawing).map(({ backgroundColor }) => Number.parseInt((backgroundColor as string).slice(3, 5), 16));
    const least = lightness(drawStudyChart('heat-map', summary));
    expect(least).toEqual(least.toSorted((a, b) => a - b));
    const greatest = lightness(await drawOf('heat-map', { objectives: ['inferencesPerSecond'] }));
    expect(greatest).toEqual(greatest.toSorted((a, b) => b - a));
  });

  it('has a legend in the unit of the metric all along, and no shades where all is one', async () => {
    expect(setsOf(drawStudyChart('heat-map', summary)).map(({ label }) => label)).toEqual([
      '2.13 to 3.35 ms',
      '3.35 to 5.27 ms',
      '5.27 to 8.31 ms',
      '8.31 to 13.1 ms',
      '13.1 to 20.6 ms',
      '20.6 to 32.5 ms',
    ]);
    expect(setsOf(await drawOf('heat-map', { objectives: ['utilization'] })).map(({ label }) => label)).toEqual([
      '0.500',
    ]);
  });
});

describe('a heat map of axes that are asked for', () => {
  const drawn = (text: string) =>
    drawStudyChart('heat-map', summary, { heatMap: parseHeatMapAxes(text, study, '--heat-map') });
  const labelsOf = ({ configuration }: Drawing) => {
    const { x, y } = (configuration.options as unknown as { scales: Record<'x' | 'y', { labels: string[] }> }).scales;
    return [x.labels, y.labels];
  };

  it('goes across by the first and up by the second, whichever is longer', () => {
    expect(labelsOf(drawn('cores,bandwidth'))).toEqual([
      ['1', '2', '4'],
      ['8', '64'],
    ]);
    expect(labelsOf(drawn('bandwidth, cores'))).toEqual([
      ['8', '64'],
      ['1', '2', '4'],
    ]);
    expect(subtitleOf(drawn('bandwidth,cores'))).toContain('latency (ms), the best over bits');
    // 4 bits on 2 cores: 8 / 2 + 8 / 8 = 5 ms behind 8 GB/s, 8 / 2 + 8 / 64 = 4.125 behind 64.
    const best = setsOf(drawn('bandwidth,cores')).flatMap(({ data, cellTexts }) =>
      (data as unknown as { x: string; y: string }[]).flatMap(({ x, y }, at) =>
        y === '2' ? [`${x} ${(cellTexts as string[])[at]!}`] : [],
      ),
    );
    expect(best.toSorted()).toEqual(['64 4.13', '8 5.00']);
  });

  it.each([
    ['cores', '--heat-map: must be two axes of the study, across and up'],
    ['cores,cores', 'must be two axes of the study, across and up'],
    ['cores,bits,bandwidth', 'its axes are bits, cores, bandwidth'],
    ['core,bits', 'must be an axis that varies in this study (found "core"); did you mean cores?'],
    ['cores,clockGHz', 'must be an axis that varies in this study (found "clockGHz"); its axes are bits, cores'],
  ])('refuses %s', (text, message) => {
    expect(() => drawn(text)).toThrow(message);
  });

  it('refuses more places than a picture has', () => {
    const levels = Array.from({ length: 100 }, (_, at) => ({ ...study.axes[0]!.levels[0]!, label: at }));
    const axes = study.axes.map((own) => ({ ...own, levels }));
    expect(() => parseHeatMapAxes('bits,cores', { ...study, axes }, '--heat-map')).toThrow(
      'must have at most 4096 places together (found 10000)',
    );
  });
});

describe('parallel coordinates', () => {
  it('breaks long texts of levels into lines that end before the next axis, and says what it leaves out', async () => {
    const [first, ...others] = study.axes;
    const longest = 'weight-stationary, output-stationary, pixel-channel-parallel, input-stationary';
    const levels = first!.levels.map((level, at) => ({
      ...level,
      label: [longest, 'four words of text', level.label][at]!,
    }));
    const axes = [{ ...first!, levels }, ...others];
    const labels = new Map(first!.levels.map(({ label }, at) => [label, levels[at]!.label]));
    const results = tinyResults().map((result) => ({
      ...result,
      values: { ...result.values, [first!.name]: labels.get(result.values[first!.name]!)! },
    }));
    const [verticals] = setsOf(await drawOf('parallel-coordinates', { axes }, results)).slice(-1);
    const texts = (verticals!['levelTexts'] as string[]).filter((text) => text !== '');
    expect(texts[0]).toBe('weight-stationary,\noutput-stationary,\npixel-channel-par…');
    expect(texts[1]).toBe('four words of text');
    for (const line of texts.join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(18);
  });

  const drawing = drawStudyChart('parallel-coordinates', summary);

  it('has a line for each point across all axes and objectives, interrupted between points', () => {
    const [front] = setsOf(drawing);
    const data = front!['data'] as unknown as { x: number | null; y: number | null }[];
    // Three axes and three objectives, and a gap, for each of three points.
    expect(data).toHaveLength(3 * 7);
    // 4 bits is the last of three levels, 4 cores too, 64 GB/s the last of two; then the least latency.
    expect(data.slice(0, 4).map(({ y }) => y)).toEqual([1, 1, 1, 0]);
    expect(data[6]).toEqual({ x: null, y: null });
  });

  it('names every line, with its unit', () => {
    const verticals = setsOf(drawing).at(-1)!;
    expect((verticals['headTexts'] as string[][]).filter((lines) => lines.length > 0)).toEqual([
      ['bits'],
      ['cores'],
      ['bandwidth'],
      ['latency (ms)', 'less is better'],
      ['energy (mJ)', 'less is better'],
      ['area (mm2)', 'less is better'],
    ]);
  });
});

describe('sensitivity', () => {
  it('has a bar for each axis and objective, the axis that moves the first most on top', () => {
    const drawing = drawStudyChart('sensitivity', summary);
    expect(drawing.configuration.data.labels).toEqual(['cores', 'bits', 'bandwidth']);
    expect(setsOf(drawing).map(({ label, barTexts }) => [label, barTexts])).toEqual([
      ['latency', ['4.02x', '4.00x', '1.62x']],
      ['energy', ['1.33x', '4.00x', '1.08x']],
      ['area', ['4.00x', '1.00x', '1.41x']],
    ]);
  });
});

describe('a study that lacks something', () => {
  it('has fewer charts, and an error says why', async () => {
    const small = tinyStudy({ objectives: ['latencyMs'], axes: study.axes.slice(1, 2) });
    const own = await summariseStudy(small, () => tinyResults().filter(({ values }) => values['bandwidth'] === 64));
    expect(drawAllStudyCharts(own).map(({ name }) => name)).toEqual(['parallel-coordinates', 'sensitivity']);
    expect(() => drawStudyChart('front', own)).toThrow('--chart-kind: front needs two objectives');
    expect(() => drawStudyChart('heat-map', own)).toThrow('heat-map needs two axes that vary');
    expect(() => drawStudyChart('speedup-by-precision', own)).toThrow('needs an axis that sets bits or precision');
  });

  it('without any point has no chart at all', async () => {
    const none = await summariseStudy(study, () => []);
    expect(drawAllStudyCharts(none)).toEqual([]);
  });
});

it('a spread has first and last, and no more than asked', () => {
  expect(spread([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  expect(spread([1, 2], 3)).toEqual([1, 2]);
});
