import type { ChartPlugin, DrawnChart, DrawnElement } from './drawn-chart.js';
import { FONT_FAMILY, INK } from './theme.js';

/**
 * What the charts of studies need beside, driven by plain fields of their datasets:
 * - `cells: { across, up, color }`: a rectangle at each point, one of so many across and up the chart, in the dataset's
 *   fill; with `cellTexts: string[]` a text in each, in `color`
 * - `levelTexts: string[]`: a text right of each point, level with it, on a ground that lines hardly shine through; a
 *   line feed breaks it
 * - `barTexts: string[]`: a text behind the end of each horizontal bar
 * - `headTexts: string[][]`: a text above each point, in lines
 */
export interface StudyAnnotated {
  readonly cells?: { readonly across: number; readonly up: number; readonly color: string };
  readonly cellTexts?: readonly string[];
  readonly levelTexts?: readonly string[];
  readonly barTexts?: readonly string[];
  readonly headTexts?: readonly (readonly string[])[];
  readonly backgroundColor?: unknown;
  readonly borderColor?: unknown;
}

const TEXT_PX = 15;
const LINE_PX = 1.25 * TEXT_PX;
const GAP_PX = 9;
/** Clear of the text of the topmost level. */
const HEAD_GAP_PX = 28;
const GROUND = '#ffffffe0';

export const studyPlugin: ChartPlugin = {
  id: 'accelsim-study',
  beforeDatasetsDraw: drawCells,
  afterDatasetsDraw: (chart) => {
    drawLevels(chart);
    drawBarTexts(chart);
    drawHeads(chart);
  },
};

function drawCells(chart: DrawnChart): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.font = `${TEXT_PX}px "${FONT_FAMILY}"`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { cells, cellTexts = [], backgroundColor, borderColor, points } of annotatedOf(chart)) {
    if (cells === undefined) continue;
    const width = (chartArea.right - chartArea.left) / cells.across;
    const height = (chartArea.bottom - chartArea.top) / cells.up;
    for (const [at, { x, y }] of points.entries()) {
      ctx.fillStyle = borderColor;
      ctx.fillRect(x - width / 2, y - height / 2, width, height);
      ctx.fillStyle = backgroundColor;
      ctx.fillRect(x - width / 2 + 0.5, y - height / 2 + 0.5, width - 1, height - 1);
      ctx.fillStyle = cells.color;
      if (cellTexts[at] !== undefined) ctx.fillText(cellTexts[at], x, y);
    }
  }
  ctx.restore();
}

function drawLevels(chart: DrawnChart): void {
  const { ctx } = chart;
  ctx.save();
  textStyle(chart);
  for (const { points, levelTexts = [] } of annotatedOf(chart)) {
    for (const [at, text] of levelTexts.entries()) {
      const point = points[at];
      if (text === '' || point === undefined) continue;
      const lines = text.split('\n');
      const height = lines.length * LINE_PX;
      const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
      ctx.fillStyle = GROUND;
      ctx.fillRect(point.x + GAP_PX - 2, point.y - height / 2, width + 4, height);
      ctx.fillStyle = INK;
      for (const [line, own] of lines.entries()) {
        ctx.fillText(own, point.x + GAP_PX, point.y + (line - (lines.length - 1) / 2) * LINE_PX);
      }
    }
  }
  ctx.restore();
}

function drawBarTexts(chart: DrawnChart): void {
  const { ctx } = chart;
  ctx.save();
  textStyle(chart);
  for (const { points, barTexts = [] } of annotatedOf(chart)) {
    for (const [at, text] of barTexts.entries()) {
      const point = points[at];
      if (text === '' || point === undefined) continue;
      ctx.strokeText(text, point.x + GAP_PX, point.y);
      ctx.fillText(text, point.x + GAP_PX, point.y);
    }
  }
  ctx.restore();
}

/** Ink with a white edge, from the left, level with its point. */
function textStyle({ ctx }: DrawnChart): void {
  ctx.font = `${TEXT_PX}px "${FONT_FAMILY}"`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = '#ffffff';
  ctx.fillStyle = INK;
}

function drawHeads(chart: DrawnChart): void {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `bold ${TEXT_PX}px "${FONT_FAMILY}"`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillStyle = INK;
  for (const { points, headTexts = [] } of annotatedOf(chart)) {
    for (const [at, lines] of headTexts.entries()) {
      const point = points[at];
      if (point === undefined) continue;
      for (const [line, text] of lines.entries()) {
        ctx.fillText(text, point.x, point.y - HEAD_GAP_PX - (lines.length - 1 - line) * LINE_PX);
      }
    }
  }
  ctx.restore();
}

function annotatedOf(chart: DrawnChart): (StudyAnnotated & { readonly points: readonly DrawnElement[] })[] {
  return chart.data.datasets.map((dataset, index) => ({
    ...(dataset as StudyAnnotated),
    points: chart.getDatasetMeta(index).data,
  }));
}
