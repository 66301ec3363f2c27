import { expect, test } from 'vitest';
import type { Run } from '../performance/result.js';
import { tinyGrid, tinyRuns } from '../../test/fixtures/runs.js';
import { toMarkdown } from './to-markdown.js';
import { toTable } from './to-table.js';

test('one run is shown whole', () => {
  expect(toTable([tinyRuns().run])).toMatchSnapshot();
});

test('several runs are shown as a speedup table', () => {
  expect(toTable(tinyGrid())).toMatchSnapshot();
});

/** The first and last layer at 8 bits, as the paper has them at least. */
const withEdges = ({ result: { precision } }: Run): Run['result']['precision'] =>
  precision.bits === 4 ? { bits: 4, edgeBits: 8 } : precision;

test('published accuracy stands beside speedup, only where it is published, with its source', () => {
  const known = tinyGrid().map((run) => ({
    ...run,
    result: { ...run.result, workload: { name: 'resnet50', batch: 1 }, precision: withEdges(run) },
  }));
  const text = toTable(known);
  expect(text).toMatch(/^precision .* top-1$/m);
  expect(text).toMatch(/^16 bits .*x +-$/m);
  expect(text).toMatch(/^4 bits \(edges 8\) .*x +76\.5 %$/m);
  expect(text).toContain('Not simulated');
  expect(toTable(tinyGrid())).not.toContain('top-1');
});

test('a network without MACs has no peak, and nothing of it is used', () => {
  const { run } = tinyRuns();
  const totals = { ...run.result.totals, macs: 0, peakMacsPerCycle: 0, utilization: 0 };
  const text = toTable([{ ...run, result: { ...run.result, totals } }]);
  expect(text).not.toMatch(/^peak /m);
  expect(text).toMatch(/^utilization +no MACs: only the vector unit works$/m);
});

test('the Markdown says the same', () => {
  expect(toMarkdown([tinyRuns().run])).toMatchSnapshot();
});

test('a run without baseline and narrower precision has neither in its report', () => {
  const text = toTable([tinyRuns().baseline]);
  expect(text).not.toMatch(/Speedup|faster|narrower precision:/);
  expect(toTable([tinyRuns().baseline, tinyRuns().baseline])).not.toContain('Speedup over');
});

test('the layer table fits 120 columns with figures as long as those of ResNet50', () => {
  const { run } = tinyRuns();
  const layers = run.result.layers.map((layer) => ({
    ...layer,
    name: 'stage4.block3.add',
    macs: 115_605_504,
    totalCycles: 1_234_567,
    computeCycles: 1_234_567,
    offChipBytes: { weights: 4_718_592, inputs: 1_605_632, outputs: 1_605_632, total: 7_929_856 },
    resident: ['input', 'output', 'weights'] as const,
  }));
  const lines = toTable([{ ...run, result: { ...run.result, layers } }]).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('no colour codes, no tabs, no spaces at the ends of lines', () => {
  for (const text of [toTable(tinyGrid()), toTable([tinyRuns().run])]) {
    expect(text).not.toMatch(/\u001b|\t| $/m);
    expect(text.endsWith('\n')).toBe(true);
  }
});

test('warnings stand in the Markdown, each once', () => {
  const { run } = tinyRuns();
  const warned = { ...run, result: { ...run.result, warnings: ['mind the *gap*'] } };
  expect(toMarkdown([warned, warned]).match(/mind the \\\*gap\\\*/g)).toHaveLength(1);
});

test('a layer name can not break out of a Markdown table', () => {
  const { run } = tinyRuns();
  const layers = run.result.layers.map((layer) => ({ ...layer, name: 'a|b\n<img>' }));
  const rows = toMarkdown([{ ...run, result: { ...run.result, layers } }]).split('\n');
  expect(rows.filter((row) => row.startsWith('| a\\|b \\<img\\> |'))).toHaveLength(3);
});
