import type { Drawing, PlainObject } from '../chart/drawing.js';
import { axis, baseOptions, FILLS, INK, PUBLISHED } from '../chart/theme.js';
import { outcomesOf, spreadOf, type TrainingOutcome } from './outcome.js';
import { comparedOf } from './render.js';
import { study } from './study.js';

/** Points that are told apart in grey too. */
const STYLES = [
  { pointStyle: 'circle', color: FILLS.dark, dash: [] },
  { pointStyle: 'rect', color: FILLS.middle, dash: [10, 6] },
  { pointStyle: 'triangle', color: '#7a7a7a', dash: [3, 4] },
  { pointStyle: 'rectRot', color: PUBLISHED, dash: [] },
  { pointStyle: 'star', color: '#4c8a2b', dash: [14, 4, 3, 4] },
  { pointStyle: 'crossRot', color: INK, dash: [2, 2] },
  { pointStyle: 'rectRounded', color: '#8d5fb3', dash: [8, 3] },
] as const;

const SIZE = { widthPx: 1200, heightPx: 750 } as const;

/** The charts of the findings, by the name of their file. */
export function findingsCharts(
  outcomes: readonly TrainingOutcome[],
): { name: string; title: string; drawing: Drawing }[] {
  return [
    { name: 'accuracy', title: 'Accuracy by scheme and width', drawing: drawAccuracy(outcomes) },
    { name: 'clip-levels', title: 'Clipping levels during the training', drawing: drawClipLevels(outcomes) },
    { name: 'edges', title: 'Accuracy by width of the first and last layer', drawing: drawEdges(outcomes) },
  ];
}

/** Accuracy by width: a line through the means of each scheme, with the deviation of its runs. */
export function drawAccuracy(outcomes: readonly TrainingOutcome[]): Drawing {
  const compared = comparedOf(outcomes);
  const widths = [...new Set(compared.flatMap(({ plan }) => (plan.bits === null ? [] : [plan.bits])))].sort(
    (a, b) => b - a,
  );
  const schemes = [...new Set(compared.map(({ plan }) => plan.scheme))];
  const datasets = schemes.map((scheme, at) => {
    const runs = widths.map((bits) => outcomesOf(compared, { scheme, bits }).map(({ accuracy }) => accuracy));
    const exact = outcomesOf(compared, { scheme, bits: null }).map(({ accuracy }) => accuracy);
    // A scheme that rounds nothing is the same at every width.
    return lineWithSpread(scheme, runs.every((own) => own.length === 0) ? widths.map(() => exact) : runs, at);
  });
  return lineChart(
    'Accuracy by scheme and width',
    [subtitleOf(compared), 'means over seeds, and the standard deviation of the runs'],
    widths.map((bits) => `${bits} bits`),
    datasets,
    { x: axis('weights and activations (bits)', { offset: true }), y: accuracyAxis(datasets) },
  );
}

/** Each layer's clipping level after each pass, of the first training with PACT at 4 bits. */
export function drawClipLevels(outcomes: readonly TrainingOutcome[]): Drawing {
  const [run] = outcomesOf(comparedOf(outcomes), { scheme: 'pact', bits: 4 });
  const epochs = run?.epochs ?? [];
  const layers = Object.keys(epochs[0]?.clipLevels ?? {});
  const datasets = layers.map((layer, at): PlainObject => {
    const levels = epochs.map(({ clipLevels }) => clipLevels[layer] ?? null);
    return lineOf(layer, [run!.plan.startLevel, ...levels], at);
  });
  return lineChart(
    'PACT: clipping levels during the training',
    [run === undefined ? '' : `${run.plan.network}, 4 bits, seed ${run.plan.seed}`],
    ['start', ...epochs.map((_, at) => String(at + 1))],
    datasets,
    {
      x: axis('passes over the training images (epochs)'),
      y: axis('clipping level (unit of the activations)', { beginAtZero: true }),
    },
  );
}

/** Accuracy by width of the first and last layer, around a middle of 2 bits. */
export function drawEdges(outcomes: readonly TrainingOutcome[]): Drawing {
  const own = outcomesOf(outcomes, {
    scheme: 'pact',
    bits: 2,
    levelDecay: study.levelDecay,
    startLevel: study.startLevel,
  });
  const runs = study.edges.map((edgeBits) => outcomesOf(own, { edgeBits }).map(({ accuracy }) => accuracy));
  const datasets = [lineWithSpread('pact, 2 bits in the middle', runs, 0)];
  return lineChart(
    'PACT at 2 bits: what the first and last layer add',
    [subtitleOf(own), 'means over seeds, and the standard deviation of the runs'],
    study.edges.map((bits) => (bits === null ? 'exact' : `${bits} bits`)),
    datasets,
    { x: axis('first and last layer (bits)', { offset: true }), y: accuracyAxis(datasets) },
  );
}

/** An axis that shows the whole of every spread, and no more than all images. */
function accuracyAxis(datasets: readonly Spreading[]): PlainObject {
  const ends = datasets.flatMap(({ data, whiskers }) =>
    data.flatMap((mean, at) => (mean === null ? [] : [mean - (whiskers[at] ?? 0), mean + (whiskers[at] ?? 0)])),
  );
  const range =
    ends.length === 0
      ? {}
      : { suggestedMin: Math.max(0, Math.min(...ends)), suggestedMax: Math.min(100, Math.max(...ends)) };
  return axis('test images told right (%)', range);
}

interface Spreading extends PlainObject {
  readonly data: readonly (number | null)[];
  readonly whiskers: readonly (number | null)[];
}

function lineWithSpread(label: string, runs: readonly (readonly number[])[], at: number): Spreading {
  const percent = (value: number): number => 100 * value;
  const means = runs.map((own) => (own.length === 0 ? null : percent(spreadOf(own).mean)));
  const deviations = runs.map((own) => (own.length === 0 ? null : percent(spreadOf(own).deviation)));
  return { ...lineOf(label, means, at), data: means, whiskers: deviations };
}

function lineOf(label: string, data: readonly (number | null)[], at: number): PlainObject {
  const { pointStyle, color, dash } = STYLES[at % STYLES.length]!;
  return {
    type: 'line',
    label,
    data,
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 3,
    pointStyle,
    pointRadius: 7,
    pointBorderWidth: 2,
  };
}

function lineChart(
  title: string,
  subtitle: readonly string[],
  labels: readonly string[],
  datasets: readonly PlainObject[],
  scales: PlainObject,
): Drawing {
  return {
    ...SIZE,
    configuration: { type: 'line', data: { labels, datasets }, options: baseOptions({ title, subtitle }, scales) },
  };
}

function subtitleOf(outcomes: readonly TrainingOutcome[]): string {
  const [first] = outcomes;
  if (first === undefined) return '';
  const { network, epochs } = first.plan;
  return `${network}, ${epochs === 1 ? '1 pass' : `${epochs} passes`} over the training images`;
}
