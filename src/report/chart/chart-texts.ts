import { annotatedOf, type Annotated, type Box, type DrawnChart, type DrawnElement } from './drawn-chart.js';
import { FONT_FAMILY, INK } from './theme.js';

const LABEL_PX = 15;
const GAP_PX = 12;
const POINT_PX = 8;

/** Figures of bars and points, then texts beside points where they cover nothing. */
export function drawTexts(chart: DrawnChart): void {
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

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
