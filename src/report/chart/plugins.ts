import { drawTexts } from './chart-texts.js';
import { annotatedOf, type ChartPlugin, type DrawnChart, type DrawnScale } from './drawn-chart.js';
import { INK } from './theme.js';

/** Half the width of a whisker's end. */
const CAP_PX = 6;

/**
 * What chart.js lacks and these charts need, driven by plain fields of their datasets:
 * - `valueLabels: { decimals, suffix, place }`: the figure of each bar in its foot, or of each point below it,
 *   in `color`
 * - `pointTexts: string[]`: a text beside a point, empty for none
 * - `alignWithDataset: number`: points stand where the bars of that dataset do
 * - `whiskers: number[]`: how far a line through each point reaches up and down, in units of the y axis
 * and by one of their axes:
 * - `tickValues: number[]`: where the ticks are
 * They also paint the ground white, which a canvas is not. Of all charts; those of studies have one more.
 */
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
