import { FONT_FAMILY, INK } from './theme.js';

/**
 * What chart.js lacks and these charts need, driven by plain fields of their datasets:
 * - `valueLabels: { decimals, suffix, place }`: the figure of each bar at its foot, or of each point below it
 * - `pointTexts: string[]`: a text beside a point, empty for none
 * - `alignWithDataset: number`: points stand where the bars of that dataset do
 * and by one of their axes:
 * - `tickValues: number[]`: where the ticks are
 * They also paint the ground white, which a canvas is not.
 * Any renderer passes the list to chart.js as `plugins`; without it the charts are poorer, not wrong.
 */
export interface ChartPlugin {
  readonly id: string;
  readonly afterBuildTicks: (chart: unknown, args: { readonly scale: DrawnScale }) => void;
  readonly beforeDraw: (chart: DrawnChart) => void;
  readonly beforeDatasetsDraw: (chart: DrawnChart) => void;
  readonly afterDatasetsDraw: (chart: DrawnChart) => void;
}

/** As much of a chart.js chart as the plugins touch, said without the types of a browser. */
export interface DrawnChart {
  readonly ctx: {
    fillStyle: unknown;
    strokeStyle: unknown;
    lineWidth: number;
    font: string;
    textAlign: string;
    textBaseline: string;
    lineJoin: string;
    fillText(text: string, x: number, y: number): void;
    strokeText(text: string, x: number, y: number): void;
    measureText(text: string): { readonly width: number };
    fillRect(x: number, y: number, width: number, height: number): void;
    save(): void;
    restore(): void;
  };
  readonly width: number;
  readonly height: number;
  readonly chartArea: { readonly left: number; readonly right: number };
  readonly data: { readonly datasets: readonly unknown[] };
  getDatasetMeta(index: number): { readonly data: readonly DrawnElement[] };
}

export interface DrawnScale {
  readonly options: object;
  ticks: { value: number }[];
}

interface DrawnElement {
  x: number;
  readonly y: number;
  /** Where a bar begins. */
  readonly base?: number;
}

interface Annotated {
  readonly data: readonly unknown[];
  readonly valueLabels?: { readonly decimals: number; readonly suffix: string; readonly place: 'foot' | 'below' };
  readonly pointTexts?: readonly string[];
  readonly alignWithDataset?: number;
}

const LABEL_PX = 15;
const GAP_PX = 12;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const chartPlugins: readonly ChartPlugin[] = [
  {
    id: 'accelsim',
    afterBuildTicks: placeTicks,
    beforeDraw: paintGround,
    beforeDatasetsDraw: alignPoints,
    afterDatasetsDraw: drawTexts,
  },
];

function placeTicks(_: unknown, { scale }: { readonly scale: DrawnScale }): void {
  const { tickValues } = scale.options as { readonly tickValues?: readonly number[] };
  if (tickValues !== undefined) scale.ticks = tickValues.map((value) => ({ value }));
}

function paintGround({ ctx, width, height }: DrawnChart): void {
  ctx.save();
  ctx.fillStyle = '#ffffff';
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
}

function alignPoints(chart: DrawnChart): void {
  for (const [index, dataset] of annotatedOf(chart)) {
    if (dataset.alignWithDataset === undefined) continue;
    const bars = chart.getDatasetMeta(dataset.alignWithDataset).data;
    for (const [at, point] of chart.getDatasetMeta(index).data.entries()) point.x = bars[at]?.x ?? point.x;
  }
}

function drawTexts(chart: DrawnChart): void {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `${LABEL_PX}px "${FONT_FAMILY}"`;
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = '#ffffff';
  ctx.fillStyle = INK;
  const taken: Box[] = [];
  for (const [index, dataset] of annotatedOf(chart)) {
    const elements = chart.getDatasetMeta(index).data;
    for (const [at, element] of elements.entries()) {
      const value = valueText(dataset, at);
      const y = dataset.valueLabels?.place === 'foot' ? (element.base ?? element.y) - GAP_PX : element.y + 1.6 * GAP_PX;
      if (value !== '') draw(ctx, 'center', value, element.x, y);
      const text = dataset.pointTexts?.[at] ?? '';
      if (text !== '') drawBeside(chart, text, element, taken);
    }
  }
  ctx.restore();
}

/** Right of the point, else left of it, else above or below: the first place that is free; else nowhere. */
function drawBeside({ ctx, chartArea }: DrawnChart, text: string, { x, y }: DrawnElement, taken: Box[]): void {
  const width = ctx.measureText(text).width;
  const places = [0, -1, 1].flatMap((line) => [
    { align: 'left', at: x + GAP_PX, left: x + GAP_PX, y: y + line * LABEL_PX },
    { align: 'right', at: x - GAP_PX, left: x - GAP_PX - width, y: y + line * LABEL_PX },
  ]);
  for (const place of places) {
    const box = {
      left: place.left,
      right: place.left + width,
      top: place.y - LABEL_PX / 2,
      bottom: place.y + LABEL_PX / 2,
    };
    if (box.left < chartArea.left || box.right > chartArea.right || taken.some((other) => overlap(box, other)))
      continue;
    taken.push(box);
    draw(ctx, place.align, text, place.at, place.y);
    return;
  }
}

function draw(ctx: DrawnChart['ctx'], align: string, text: string, x: number, y: number): void {
  ctx.textAlign = align;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

function valueText({ data, valueLabels }: Annotated, at: number): string {
  const datum = data[at];
  if (valueLabels === undefined) return '';
  const value = typeof datum === 'object' && datum !== null && 'y' in datum ? datum.y : datum;
  return typeof value === 'number' ? `${value.toFixed(valueLabels.decimals)}${valueLabels.suffix}` : '';
}

function annotatedOf({ data }: DrawnChart): [number, Annotated][] {
  return data.datasets.map((dataset, index) => [index, dataset as Annotated]);
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
