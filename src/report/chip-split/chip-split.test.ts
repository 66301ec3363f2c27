import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readArch } from '../../arch/index.js';
import { studyChipSplit } from '../../explore/index.js';
import { buildNetwork } from '../../workload/index.js';
import { drawChipSplit } from '../chart/chip-split.js';
import { chipSplitToCsv, chipSplitToJson, chipSplitToMarkdown, chipSplitToText } from './index.js';

const root = new URL('../../../', import.meta.url);
const shipped = readArch(readFileSync(new URL('arch/default.json', root), 'utf8'), 'default.json');
const arch = {
  ...shipped,
  cores: 1,
  array: { ...shipped.array, rows: 8, columns: 8 },
  scratchpad: { ...shipped.scratchpad, capacityKiB: 8 },
};
const network = buildNetwork({
  name: 'two',
  inputs: [{ name: 'x', channels: 8, height: 16, width: 16 }],
  layers: [
    { name: 'a', kind: 'convolution', input: 'x', outputChannels: 64, kernel: 3, padding: 1 },
    { name: 'b', kind: 'convolution', input: 'a', outputChannels: 8, kernel: 1 },
  ],
});
const study = studyChipSplit({ arch, network, mode: 'latency', bits: [16, 4], bandwidthsGBps: [4, Infinity] });
const flat = (text: string): string => text.replace(/\s+/g, ' ');

test('the text names the budget, the best splits and what they gain', () => {
  const text = flat(chipSplitToText(study));
  const { series } = study;
  expect(text).toMatch(/budget 0\.0\d+ mm2 of a chip of/);
  expect(text).toContain('Speedup over 16 bits');
  for (const { best, standingResult } of series) {
    expect(text).toContain(`${best.shape.rows} x ${best.shape.columns}`);
    expect(text).toContain(standingResult.totals.totalCycles.toLocaleString('en-US'));
  }
  expect(text).not.toContain('NaN');
});

test('the Markdown shows every split, and marks the best of each column once', () => {
  const charts = new Map([[4, 'cycles.png']]);
  const markdown = chipSplitToMarkdown(study, charts);
  expect(markdown).toContain('](cycles.png)');
  expect(markdown).toContain('## Every split, unlimited');
  expect(markdown.match(/\d \\\*/g)).toHaveLength(study.series.length);
  expect(chipSplitToMarkdown(study)).not.toContain('## Charts');
});

test('JSON and CSV have every point, the best and the standing one marked', () => {
  const json = JSON.parse(chipSplitToJson(study)) as { series: { bandwidthGBps: unknown; points: unknown[] }[] };
  expect(json.series.map(({ bandwidthGBps }) => bandwidthGBps)).toEqual([4, 4, 'inf', 'inf']);
  const [header, ...rows] = chipSplitToCsv(study)
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  expect(rows).toHaveLength(json.series.reduce((sum, { points }) => sum + points.length, 0));
  for (const column of ['best', 'standing'])
    expect(rows.filter((row) => row[header!.indexOf(column)] === '1')).toHaveLength(4);
});

test('the chart has a line for each width at its bandwidth, with its best split on it', () => {
  const { datasets } = drawChipSplit(study, 4).configuration.data;
  expect(datasets.map(({ label }) => label)).toEqual(['16 bits', '4 bits', 'best split', 'the machine as it stands']);
  const drawn = study.series.filter(({ bandwidthGBps }) => bandwidthGBps === 4);
  drawn.forEach(({ best }, at) => {
    const point = { x: 100 * best.macFraction, y: best.totalCycles };
    expect(datasets[at]!['data']).toContainEqual(point);
    expect(datasets[2]!['data']).toContainEqual(point);
  });
});
