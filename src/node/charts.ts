import { createRequire } from 'node:module';
import type { ChartConfiguration as ChartJsConfiguration } from 'chart.js';
import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import type { Drawing } from '../index.js';
import { chartPlugins, FONT_FAMILY } from '../index.js';

const require = createRequire(import.meta.url);

/** Files a chart can be drawn into; options and checks derive from the keys. */
export const imageFormats = {
  png: { mimeType: 'image/png' },
  svg: { mimeType: 'image/svg+xml' },
} as const satisfies Record<string, { mimeType: string }>;

export type ImageFormat = keyof typeof imageFormats;

/** One renderer per size and format, kept: each holds a chart.js of its own, which takes memory and time to make. */
const renderers = new Map<string, ChartJSNodeCanvas>();

/**
 * Draws a chart. The bytes depend on the drawing alone: the font comes with the package, so a machine without fonts
 * draws the same. The libraries are loaded on the first call only.
 */
export function renderChart({ widthPx, heightPx, configuration }: Drawing, format: ImageFormat): Uint8Array {
  const key = `${widthPx} ${heightPx} ${format}`;
  let renderer = renderers.get(key);
  if (renderer === undefined) {
    renderer = makeRenderer(widthPx, heightPx, format);
    renderers.set(key, renderer);
  }
  // chart.js keeps notes in what it is given: it gets a copy.
  const copy = structuredClone(configuration) as unknown as ChartJsConfiguration;
  // The type of the library names raster formats only; its canvas of type svg answers to its own.
  const mimeType = imageFormats[format].mimeType as 'image/png';
  const image = renderer.renderToBufferSync(copy, mimeType);
  return format === 'svg' ? settleSvg(image) : image;
}

/**
 * The library numbers the parts of its drawings from the start of the process, so a drawing would depend on those before
 * it: here they get numbers in the order of their appearance. Hundredths of a pixel are enough for outlines, and make
 * files a third smaller.
 */
function settleSvg(svg: Buffer): Buffer {
  const numbers = new Map<string, number>();
  const settled = svg
    .toString('utf8')
    .replace(/( id="|url\(#|href="#)([\w-]+)/g, (_, before: string, id: string) => {
      if (!numbers.has(id)) numbers.set(id, numbers.size);
      return `${before}part${numbers.get(id)}`;
    })
    .replace(/ d="[^"]*"/g, (path) =>
      path.replace(/\d+\.\d{3,}/g, (figure) => String(Number(Number(figure).toFixed(2)))),
    );
  return Buffer.from(settled, 'utf8');
}

function makeRenderer(width: number, height: number, format: ImageFormat): ChartJSNodeCanvas {
  // A CommonJS package whose names an import would not see.
  const { ChartJSNodeCanvas: Canvas } = require('chartjs-node-canvas') as typeof import('chartjs-node-canvas');
  const renderer = new Canvas({
    width,
    height,
    ...(format === 'svg' ? { type: 'svg' } : {}),
    plugins: { modern: [...chartPlugins] },
    chartCallback: ({ defaults }) => {
      defaults.font.family = FONT_FAMILY;
    },
  });
  for (const [file, weight] of Object.entries({ 'DejaVuSans.ttf': 'normal', 'DejaVuSans-Bold.ttf': 'bold' })) {
    renderer.registerFont(require.resolve(`dejavu-fonts-ttf/ttf/${file}`), { family: FONT_FAMILY, weight });
  }
  return renderer;
}
