import { describe, expect, test } from 'vitest';
import { tinyGrid, tinyRuns } from '../../../test/fixtures/runs.js';
import type { ChartInput, ChartKind, Drawing } from './index.js';
import { ENERGY_COMPONENTS } from '../../performance/index.js';
import type { Run } from '../../performance/result.js';
import { charts, defaultChartKind, drawAllCharts, drawChart, FONT_FAMILY } from './index.js';

/** The shape of the default machine: 14.0 times denser at 2 bits than at 16. */
const macArea = { model: 'polynomial', productUm2: 1, linearUm2: 1.843, constantUm2: 11.982 } as const;
const one: ChartInput = { runs: [tinyRuns().run], macArea };
const several: ChartInput = { runs: tinyGrid(), macArea };
const kinds = Object.keys(charts) as ChartKind[];

/** The one run as if of a network and a precision for which an accuracy is published. */
const withAccuracy: ChartInput = {
  ...one,
  runs: one.runs.map((run) => ({
    ...run,
    result: { ...run.result, workload: { name: 'resnet50', batch: 1 }, precision: { bits: 4, edgeBits: 8 } },
  })),
};

interface Dataset {
  readonly label: string;
  readonly data: readonly (number | null | { x: number; y: number })[];
}

function datasetsOf({ configuration }: Drawing): Dataset[] {
  return configuration.data.datasets as unknown as Dataset[];
}

describe.each(kinds)('%s', (kind) => {
  const drawing = drawChart(kind, withAccuracy);

  test('is a plain value: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
    visit(drawing, (value, path) => {
      expect(['string', 'number', 'boolean', 'object'], path).toContain(typeof value);
      if (typeof value === 'number') expect(Number.isFinite(value), path).toBe(true);
    });
  });

  test('has a title, units on its axes, and the shipped font in a size that can be halved', () => {
    const { options } = drawing.configuration;
    const texts = JSON.stringify(options);
    expect((options as { plugins: { title: { text: string } } }).plugins.title.text).not.toBe('');
    expect(texts).toMatch(/\((bits|times|µs|µJ|mJ|KiB|MiB|GMAC\/s|MACs per)/);
    visit(options, (value, path) => {
      if (path.endsWith('.family')) expect(value).toBe(FONT_FAMILY);
      if (path.endsWith('font.size')) expect(value).toBeGreaterThanOrEqual(16);
    });
  });

  test('no two of its fills have the same lightness', () => {
    const fills = datasetsOf(drawing).map(
      (dataset) => (dataset as unknown as { backgroundColor: string }).backgroundColor,
    );
    const distinct = [...new Set(fills)].map(luminance).sort((a, b) => a - b);
    for (const [index, level] of distinct.entries()) {
      if (index > 0) expect(level - (distinct[index - 1] ?? 0), fills.join()).toBeGreaterThan(0.04);
    }
  });
});

test('several runs ask for a comparison, one for its layers', () => {
  expect([defaultChartKind(several), defaultChartKind(one)]).toEqual(['speedup', 'layer-time']);
});

test('a chart of one run refuses several', () => {
  expect(() => drawChart('roofline', several)).toThrow(/--chart-kind: roofline draws one run \(found "4 runs"\)/);
});

test('all charts of several runs have names of their own', () => {
  const names = drawAllCharts(several).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('4-bit-64-GBps/roofline');
  expect(names).toContain('16-bit-unlimited/layer-time');
  expect(drawAllCharts(withAccuracy).map(({ name }) => name)).toEqual(kinds);
});

describe('figures in the charts', () => {
  test('energy: of an inference in mJ by component for several runs, of each layer in uJ for one', () => {
    const bars = datasetsOf(drawChart('energy', several));
    // The hand-made machine has no shared buffer: no bar, no entry in the legend.
    expect(bars.map(({ label }) => label)).toEqual([
      'MACs',
      'registers',
      'scratchpads',
      'interconnect',
      'off-chip memory',
      'vector units',
      'leakage',
    ]);
    const sums = [0, 1, 2, 3].map((at) => bars.reduce((sum, { data }) => sum + Number(data[at]), 0));
    const totals = several.runs.map(({ result }) => result.totals.energyMj!);
    expect(sums).toEqual(totals.map((total) => expect.closeTo(total, 12)));
    // 1,024,000 MACs of 4 / 16 pJ, then a layer without any.
    expect(datasetsOf(drawChart('energy', one))[0]?.data.slice(0, 2)).toEqual([0.256, 0]);
    expect(JSON.stringify(drawChart('energy', several).configuration.data.labels)).toContain('0.305 TOPS/W');
  });

  test('energy: says what the machine gives no figure for', () => {
    const run = tinyRuns().run;
    const unknown = Object.fromEntries([...ENERGY_COMPONENTS, 'total'].map((part) => [part, null]));
    const energyPj = { ...run.result.totals.energyPj, ...unknown };
    const layers = run.result.layers.map((layer) => ({ ...layer, energyPj }));
    const result = { ...run.result, layers, totals: { ...run.result.totals, energyPj, topsPerWatt: null } };
    const drawing = drawChart('energy', { ...one, runs: [{ ...run, result }] });
    expect(datasetsOf(drawing)).toEqual([]);
    expect(JSON.stringify(drawing.configuration.options)).toContain('gives no figure for MACs, registers, scratchpads');
  });

  test('speedup: a bar per bandwidth, the peak ratio as a line', () => {
    const [unlimited, limited, peak] = datasetsOf(drawChart('speedup', several));
    expect([unlimited?.label, limited?.label, peak?.label]).toEqual(['unlimited', '64 GB/s', 'peak ratio']);
    expect([unlimited?.data, limited?.data, peak?.data]).toEqual([
      [1, 26 / 7],
      [1, 5],
      [1, 4],
    ]);
  });

  test('speedup: the baseline is seen beside a single run', () => {
    const { configuration } = drawChart('speedup', one);
    expect(configuration.data.labels).toEqual(['16 bits', '4 bits']);
    expect(configuration.data.datasets.map(({ data }) => data)).toEqual([
      [1, 5],
      [1, 4],
    ]);
  });

  test('speedup: the published point is marked only beside the runs it is about', () => {
    const published = (workload: string, edgeBits: number | null, machine = 'default'): string[] => {
      const runs = several.runs.map((run) => ({
        ...run,
        result: {
          ...run.result,
          arch: { ...run.result.arch, name: machine },
          workload: { name: workload, batch: 1 },
          precision: { ...run.result.precision, edgeBits },
        },
      }));
      const datasets = datasetsOf(drawChart('speedup', { ...several, runs }));
      return datasets.flatMap(({ label }) => (label.startsWith('published') ? [label] : []));
    };
    expect(published('resnet50', 8)).toEqual(['published: 4.5x at 4 bits, 64 GB/s (PACT)']);
    expect(published('tiny-net', 8)).toEqual([]);
    expect(published('resnet50', 8, 'my-machine')).toEqual([]);
    // The study keeps 8 bits in the first and last layer.
    expect(published('resnet50', null)).toEqual([]);
  });

  test('MAC area: density at 2 bits and what was published', () => {
    const [density, area, measured, published] = datasetsOf(drawChart('mac-area', one));
    // (256 + 1.843 x 32 + 11.982) / (4 + 1.843 x 4 + 11.982) = 326.958 / 23.354
    expect(density?.data.at(-1)).toBeCloseTo(14.0, 2);
    expect(area?.data.at(-1)).toBeCloseTo(1 / 14, 3);
    expect(measured?.data.at(-1)).toBeCloseTo(2203.2 / 124.9, 6);
    expect(published?.data.at(-1)).toBe(14);
  });

  test('MAC area: a table that ends at 8 bits is compared with its widest, and only where it has rows', () => {
    const rows = [
      { bits: 4, areaUm2: 20 },
      { bits: 8, areaUm2: 60 },
    ];
    const drawing = drawChart('mac-area', { ...one, macArea: { model: 'table', rows } });
    const [density, , measured, published] = datasetsOf(drawing);
    expect(density?.data).toEqual([null, null, null, null, 1, 1, 3, 3]);
    expect(measured?.data.at(-1)).toBeCloseTo(687.6 / 124.9, 6);
    expect(published).toBeUndefined();
    expect(JSON.stringify(drawing)).toContain('relative to one MAC of 8 bits');
  });

  test('layer time: array, vector unit and waiting add up to the latency', () => {
    const bars = datasetsOf(drawChart('layer-time', one)).map(({ data }) => data);
    expect(bars).toEqual([
      [1.3, 0, 0.25],
      [0, 0.2, 0],
      [0.1, 0, 0.15],
    ]);
  });

  test('traffic: by layer for one run, by run for several', () => {
    const kib = datasetsOf(drawChart('traffic', one)).map(({ data }) => data);
    expect(kib).toEqual([
      [16, 0, 24],
      [32, 0, 0],
      [0, 0, 0.25],
    ]);
    expect(drawChart('traffic', several).configuration.data.labels).toContainEqual(['4 bits', '64 GB/s']);
    const weights = datasetsOf(drawChart('traffic', several))[0]?.data;
    // 65,536 + 180,224 and 16,384 + 24,576 bytes, in MiB
    expect(weights).toEqual([0.234375, 0.234375, 0.0390625, 0.0390625]);
  });

  test('roofline: no point is above the roof, layers without traffic stand at the edge', () => {
    const quiet = { ...tinyRuns().run };
    const layers = quiet.result.layers.map((layer) =>
      layer.name === 'fc' ? { ...layer, offChipBytes: { weights: 0, inputs: 0, outputs: 0, total: 0 } } : layer,
    );
    const drawing = drawChart('roofline', { macArea, runs: [{ ...quiet, result: { ...quiet.result, layers } }] });
    const [roof, compute, none] = datasetsOf(drawing);
    const ridge = roof?.data[1] as { x: number; y: number };
    expect(ridge).toEqual({ x: 16, y: 1024 });
    for (const point of (compute?.data ?? []) as { x: number; y: number }[]) {
      expect(point.y).toBeLessThanOrEqual(Math.min(ridge.y, 64 * point.x));
    }
    const { max } = (drawing.configuration.options as unknown as { scales: { x: { max: number } } }).scales.x;
    expect(none?.data).toEqual([{ x: max, y: 320 }]);
  });

  test('roofline: names layers that are there, and is none for a network without MACs', () => {
    expect(JSON.stringify(drawChart('roofline', one))).toContain('named: every layer with MACs');
    const { run } = tinyRuns();
    const many = Array.from({ length: 6 }, (_, at) => ({ ...run.result.layers[0]!, name: `layer ${at}` }));
    const deep = { ...run, result: { ...run.result, layers: many } };
    expect(JSON.stringify(drawChart('roofline', { macArea, runs: [deep] }))).toContain('named: the 5 layers with MACs');
    const layers = run.result.layers.filter(({ macs }) => macs === 0);
    const totals = { ...run.result.totals, macs: 0, peakMacsPerCycle: 0 };
    const without = { macArea, runs: [{ ...run, result: { ...run.result, layers, totals } }] };
    expect(() => drawChart('roofline', without)).toThrow('roofline needs a layer with MACs: none of these has any');
    expect(drawAllCharts(without).map(({ name }) => name)).not.toContain('roofline');
  });

  test('what is tiny has a unit of its own, so that no tick is a power of ten', () => {
    const shrunk = (run: Run, by: number): Run => {
      const scaled = <T extends object>(figures: T): T => {
        const entries = Object.entries(figures).map(([key, value]) => [
          key,
          value === null ? null : Number(value) / by,
        ]);
        return Object.fromEntries(entries) as T;
      };
      const { result } = run;
      const of = <T extends Pick<Run['result']['layers'][number], 'offChipBytes' | 'energyPj'>>(part: T): T => ({
        ...part,
        offChipBytes: scaled(part.offChipBytes),
        energyPj: scaled(part.energyPj),
      });
      return { ...run, result: { ...result, layers: result.layers.map(of), totals: of(result.totals) } };
    };
    // 245,760 bytes of weights of 630,784 in all move at 16 bits: a 1024th of that is 240 bytes, 0.234 KiB.
    const few = several.runs.map((run) => shrunk(run, 1024));
    const drawing = drawChart('traffic', { macArea, runs: few });
    expect(JSON.stringify(drawing.configuration.options)).toContain('off-chip traffic (KiB)');
    expect(datasetsOf(drawing)[0]?.data[0]).toBe(0.234375);
    expect(datasetsOf(drawing).at(-1)?.label).toMatch(/^compulsory/);
    const unitOf = (kind: ChartKind, runs: readonly Run[]): string | undefined =>
      /\((MiB|KiB|bytes|mJ|µJ|nJ)\)/.exec(
        JSON.stringify(drawChart(kind, { macArea, runs }).configuration.options),
      )?.[1];
    expect(unitOf('traffic', [shrunk(few[0]!, 1024)])).toBe('bytes');
    expect([unitOf('energy', few), unitOf('energy', [shrunk(few[0]!, 1024)])]).toEqual(['µJ', 'nJ']);
  });

  test('deep networks get a taller chart with every name', () => {
    const { run } = tinyRuns();
    const layers = Array.from({ length: 100 }, (_, index) => ({ ...run.result.layers[0]!, name: `layer ${index}` }));
    const drawing = drawChart('layer-time', { macArea, runs: [{ ...run, result: { ...run.result, layers } }] });
    expect(drawing.heightPx).toBeGreaterThan(100 * 18);
    expect(drawing.configuration.data.labels).toHaveLength(100);
    expect(JSON.stringify(drawing.configuration.options)).toContain('"autoSkip":false');
  });
});

function visit(value: unknown, see: (value: unknown, path: string) => void, path = ''): void {
  if (value === null) return;
  see(value, path);
  if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) visit(inner, see, `${path}.${key}`);
}

/** Relative luminance 0..1 of `#rrggbb`: what a greyscale print keeps. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('accuracy against speedup: a point where accuracy is published, and full precision as a line', () => {
  const runs = tinyGrid().map((run) => ({
    ...run,
    result: {
      ...run.result,
      workload: { name: 'resnet50', batch: 1 },
      precision: { bits: run.result.precision.bits, edgeBits: 8 },
    },
  }));
  const [line, ...rest] = datasetsOf(drawChart('accuracy-speedup', { runs, macArea }));
  const speedup = runs.find(({ result }) => result.precision.bits === 4)!.speedup!.value;
  // PACT, Tables 6 to 8: 76.5 at 4 bits, 76.9 in full precision; nothing at 16.
  expect(line!.data).toEqual([{ x: speedup, y: 76.5 }]);
  expect(rest.at(-1)!.data.map((point) => (point as { y: number }).y)).toEqual([76.9, 76.9]);
});

test('accuracy against speedup: half a point of accuracy does not fill the height', () => {
  const runs = tinyGrid().map((run) => ({
    ...run,
    result: { ...run.result, workload: { name: 'resnet50', batch: 1 }, precision: { bits: 4, edgeBits: 8 } },
  }));
  const { options } = drawChart('accuracy-speedup', { runs, macArea }).configuration;
  // 76.5 at 4 bits and 76.9 in full precision: around 77, two points either way.
  expect(options).toMatchObject({ scales: { y: { min: 75, max: 79 } } });
});

test('accuracy against speedup is refused, and left out of all charts, where nothing is published', () => {
  expect(() => drawChart('accuracy-speedup', several)).toThrow(
    '--chart-kind: accuracy-speedup needs a run whose accuracy is published',
  );
  expect(drawAllCharts(several).map(({ name }) => name)).not.toContain('accuracy-speedup');
});

test('accuracy against speedup of several networks: told apart by shape, in full precision each at its own height', () => {
  const of = (name: string): Run[] =>
    tinyGrid()
      .filter(({ result }) => result.arch.bandwidthGBps === 64)
      .map((run) => ({
        ...run,
        result: {
          ...run.result,
          workload: { name, batch: 1 },
          precision: { bits: run.result.precision.bits, edgeBits: 8 },
        },
      }));
  const runs = ['alexnet', 'resnet18', 'resnet50'].flatMap(of);
  const drawing = drawChart('accuracy-speedup', { runs, macArea });
  const datasets = datasetsOf(drawing) as unknown as {
    pointStyle: string;
    pointTexts: string[];
    data: { y: number | null }[];
  }[];
  const lines = datasets.slice(0, -1);
  expect(new Set(lines.map(({ pointStyle }) => pointStyle)).size).toBe(3);
  // PACT, Tables 3 to 8, at 4 bits, with the width beside each point.
  expect(lines.map(({ data, pointTexts }) => [data[0]!.y, ...pointTexts])).toEqual([
    [55.7, '4 bits'],
    [69.2, '4 bits'],
    [76.5, '4 bits'],
  ]);
  const full = datasets.at(-1)!;
  expect(full.data.map(({ y }) => y)).toEqual([55.1, 55.1, null, 70.4, 70.4, null, 76.9, 76.9]);
  expect(full.pointTexts.filter((text) => text !== '')[1]).toBe('resnet18, full precision: 70.4 %');
  expect(JSON.stringify(drawing.configuration.options)).toContain('arXiv:1805.06085v2');
  expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
});
