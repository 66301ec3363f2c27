import { join } from 'node:path';
import type { ChartInput } from '../../index.js';
import { drawAllCharts, formats } from '../../index.js';
import type { ImageFormat } from '../charts.js';
import { imageFormats, renderChart } from '../charts.js';
import { writeWhole } from '../files.js';

/**
 * Writes a whole report: `result.json`, `layers.csv`, `report.md`, and every chart in every image format. Nothing is
 * written before all of it is made.
 */
export function writeReportFolder(folder: string, input: ChartInput): void {
  const images = drawAllCharts(input).flatMap(({ name, drawing }) =>
    (Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
      name,
      file: `${name}.${format}`,
      format,
      content: renderChart(drawing, format),
    })),
  );
  const shown = images.filter(({ format }) => format === 'png').map(({ name, file }) => `![${name}](${file})`);
  const files: { file: string; content: string | Uint8Array }[] = [
    { file: 'result.json', content: formats.json.write(input.runs) },
    { file: 'layers.csv', content: formats.csv.write(input.runs) },
    { file: 'report.md', content: `${formats.markdown.write(input.runs)}\n## Charts\n\n${shown.join('\n\n')}\n` },
    ...images,
  ];
  for (const { file, content } of files) writeWhole(join(folder, file), content);
}
