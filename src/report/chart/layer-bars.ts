import type { Drawing, PlainObject } from './drawing.js';
import { axis, baseOptions } from './theme.js';

/** Height of one bar with its name; room for a name of 16 pixels. */
const BAR_PX = 22;
/** Title, axis and legend. */
const FRAME_PX = 230;
/** Canvases have limits; beyond this many layers names are left out, evenly. */
const MAX_HEIGHT_PX = 8000;

interface LayerBars {
  readonly names: readonly string[];
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly unit: string;
  /** Stacked in this order, one figure a layer. */
  readonly datasets: readonly PlainObject[];
}

/** Lying bars, first layer on top, as tall as the network is deep: every name can be read. */
export function layerBars({ names, title, subtitle, unit, datasets }: LayerBars): Drawing {
  const heightPx = Math.min(MAX_HEIGHT_PX, Math.max(500, FRAME_PX + BAR_PX * names.length));
  return {
    widthPx: 1200,
    heightPx,
    configuration: {
      type: 'bar',
      data: {
        labels: names,
        datasets: datasets.map((dataset) => ({
          ...dataset,
          barPercentage: 0.95,
          categoryPercentage: 0.9,
          maxBarThickness: 40,
        })),
      },
      options: baseOptions(
        { title, subtitle },
        {
          x: axis(unit, { stacked: true, position: 'top', beginAtZero: true }),
          y: axis('layer', { stacked: true, grid: { display: false } }, { autoSkip: heightPx === MAX_HEIGHT_PX }),
        },
        { indexAxis: 'y' },
      ),
    },
  };
}
