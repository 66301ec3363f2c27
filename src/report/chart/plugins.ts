import { FONT_FAMILY, INK } from './theme.js';

/**
 * What chart.js lacks and these charts need, driven by plain fields of their datasets:
 * - `valueLabels: { decimals, suffix, place }`: the figure of each bar in its foot, or of each point below it,
 *   in `color`
 * - `pointTexts: string[]`: a text beside a point, empty for none
 * - `alignWithDataset: number`: points stand where the bars of that dataset do
 * - `whiskers: number[]`: how far a line through each point reaches up and down, in units of the y axis
 * and by one of their axes:
 * - `tickValues: number[]`: where the ticks are
 * They also paint the ground white, which a canvas is not.
 */
export interface ChartPlugin {
  readonly id: string;
  readonly afterBuildTicks?: (chart: unknown, args: { readonly scale: DrawnScale }) => void;
  readonly beforeDraw?: (chart: DrawnChart) => void;
  readonly beforeDatasetsDraw?: (chart: DrawnChart) => void;
  readonly afterDatasetsDraw?: (chart: DrawnChart) => void;
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
  readonly chartArea: Box;
  readonly data: { readonly datasets: readonly Annotated[] };
  readonly scales: { readonly [axis: string]: { getPixelForValue(value: number): number } };
  getDatasetMeta(index: number): { readonly data: readonly DrawnElement[] };
}

export interface DrawnScale {
  readonly options: object;
  ticks: { value: number; significand?: number }[];
}

export interface DrawnElement {
  x: number;
  readonly y: number;
  /** Where a bar begins. */
  readonly base?: number;
}

/** A rectangle on the canvas, in pixels. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The fields of a dataset that the plugins read. */
export interface Annotated {
  readonly data: readonly unknown[];
  readonly valueLabels?: {
    readonly decimals: number;
    readonly suffix: string;
    readonly place: 'foot' | 'below';
    readonly color: string;
  };
  readonly pointTexts?: readonly string[];
  readonly alignWithDataset?: number;
  readonly whiskers?: readonly (number | null)[];
  readonly borderColor?: unknown;
}

const LABEL_PX = 15;
const GAP_PX = 12;
const POINT_PX = 8;
/** Half the width of a whisker's end. */
const CAP_PX = 6;

/** Of all charts; those of studies have one more. */
export const commonPlugin: ChartPlugin = {
  id: 'accelsim',
  afterBuildTicks: placeTicks,
  beforeDraw: paintGround,
  beforeDatasetsDraw: alignPoints,
  afterDatasetsDraw: (chart) => {
    drawWhiskers(chart);
    drawTexts(chart);
  },
};

function placeTicks(_: unknown, { scale }: { readonly scale: DrawnScale }): void {
  const { tickValues } = scale.options as { readonly tickValues?: readonly number[] };
  // A logarithmic axis labels a tick by its first digit, and leaves some out: here none.
  if (tickValues !== undefined) scale.ticks = tickValues.map((value) => ({ value, significand: 1 }));
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

function drawWhiskers(chart: DrawnChart): void {
  const { ctx, scales } = chart;
  const axis = scales['y'];
  if (axis === undefined) return;
  const pixelsPerUnit = Math.abs(axis.getPixelForValue(1) - axis.getPixelForValue(0));
  ctx.save();
  for (const [index, { whiskers = [], borderColor = INK }] of annotatedOf(chart)) {
    ctx.fillStyle = borderColor;
    for (const [at, { x, y }] of chart.getDatasetMeta(index).data.entries()) {
      const reach = (whiskers[at] ?? 0) * pixelsPerUnit;
      if (!(reach > 0)) continue;
      ctx.fillRect(x - 1, y - reach, 2, 2 * reach);
      for (const end of [y - reach, y + reach]) ctx.fillRect(x - CAP_PX, end - 1, 2 * CAP_PX, 2);
    }
  }
  ctx.restore();
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
    for (const [at, element] of chart.getDatasetMeta(index).data.entries()) {
      drawValue(ctx, dataset, at, element);
      if (dataset.pointTexts !== undefined) taken.push(boxAround(element));
    }
  }
  for (const [index, { pointTexts = [] }] of annotatedOf(chart)) {
    const points = chart.getDatasetMeta(index).data;
    for (const [at, text] of pointTexts.entries()) {
      const point = points[at];
      if (text !== '' && point !== undefined) drawBeside(chart, text, point, taken);
    }
  }
  ctx.restore();
}

function drawValue(
  ctx: DrawnChart['ctx'],
  { data, valueLabels }: Annotated,
  at: number,
  { x, y, base = y }: DrawnElement,
): void {
  const value = data[at];
  if (valueLabels === undefined || typeof value !== 'number') return;
  ctx.textAlign = 'center';
  ctx.fillStyle = valueLabels.color;
  const text = `${value.toFixed(valueLabels.decimals)}${valueLabels.suffix}`;
  ctx.fillText(text, x, valueLabels.place === 'foot' ? base - GAP_PX : y + 1.6 * GAP_PX);
  ctx.fillStyle = INK;
}

/** Right of the point, a little below if that is free, else left of it: the first place that covers nothing; else nowhere. */
function drawBeside({ ctx, chartArea }: DrawnChart, text: string, { x, y }: DrawnElement, taken: Box[]): void {
  const width = ctx.measureText(text).width;
  for (const left of [x + GAP_PX, x - GAP_PX - width]) {
    for (const line of [1, 2, 0, 3, -1, -2]) {
      const middle = y + line * LABEL_PX;
      const box = { left, right: left + width, top: middle - LABEL_PX / 2, bottom: middle + LABEL_PX / 2 };
      if (!inside(box, chartArea) || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      ctx.textAlign = 'left';
      ctx.strokeText(text, left, middle);
      ctx.fillText(text, left, middle);
      return;
    }
  }
}

function boxAround({ x, y }: DrawnElement): Box {
  return { left: x - POINT_PX, right: x + POINT_PX, top: y - POINT_PX, bottom: y + POINT_PX };
}

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

function annotatedOf({ data }: DrawnChart): [number, Annotated][] {
  return data.datasets.map((dataset, index) => [index, dataset]);
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
