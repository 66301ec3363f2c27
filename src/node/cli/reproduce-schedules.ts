import { join } from 'node:path';
import type { ArchSpec, Network } from '../../index.js';
import {
  drawScheduleGains,
  scheduleStudyToJson,
  scheduleStudyToMarkdown,
  scheduleStudyToText,
  studySchedules,
} from '../../index.js';
import { imageFormats, renderChart, type ImageFormat } from '../charts.js';
import { writeWhole } from '../files.js';
import type { Outcome, Terminal } from './command.js';
import { showProgress } from './progress.js';

const CHART = 'speedups';

/** Asks how much of the gain beyond linear is left when the 16-bit baseline may fuse and prefetch. */
export function reproduceSchedules(arch: ArchSpec, network: Network, folder: string, terminal: Terminal): Outcome {
  const study = studySchedules({ arch, network, mode: 'latency' }, showProgress(terminal, 'run'));
  const drawing = drawScheduleGains(study);
  const files: { readonly file: string; readonly content: string | Uint8Array }[] = [
    { file: 'report.md', content: scheduleStudyToMarkdown(study, `${CHART}.png`) },
    { file: 'figures.json', content: scheduleStudyToJson(study) },
    ...(Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
      file: `${CHART}.${format}`,
      content: renderChart(drawing, format),
    })),
  ];
  for (const { file, content } of files) writeWhole(join(folder, file), content);
  terminal.note(`wrote ${folder}`);
  terminal.out(scheduleStudyToText(study));
  return 'done';
}
