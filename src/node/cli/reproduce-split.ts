import { join } from 'node:path';
import type { ArchSpec, ChipSplitStudy, Network } from '../../index.js';
import {
  chipSplitToJson,
  chipSplitToMarkdown,
  chipSplitToText,
  drawChipSplit,
  STUDIED_BANDWIDTHS_GBPS,
  studyChipSplit,
} from '../../index.js';
import { imageFormats, renderChart, type ImageFormat } from '../charts.js';
import { writeWhole } from '../files.js';
import type { Outcome, Terminal } from './command.js';
import { showProgress } from './progress.js';

const BITS = [16, 8, 4, 2] as const;

/** Asks whether a machine that may split its area anew at each width keeps the memory it has. */
export function reproduceSplit(arch: ArchSpec, network: Network, folder: string, terminal: Terminal): Outcome {
  const question = { arch, network, mode: 'latency', bits: BITS, bandwidthsGBps: STUDIED_BANDWIDTHS_GBPS } as const;
  const study = studyChipSplit(question, showProgress(terminal, 'array'));
  writeSplitFolder(folder, study);
  terminal.note(`wrote ${folder}`);
  terminal.out(chipSplitToText(study));
  return 'done';
}

/** The report, its figures and a chart for each bandwidth. */
export function writeSplitFolder(folder: string, study: ChipSplitStudy): void {
  const bandwidthsGBps = [...new Set(study.series.map(({ bandwidthGBps }) => bandwidthGBps))];
  const nameOf = (bandwidthGBps: number): string =>
    `cycles-${bandwidthGBps === Infinity ? 'unlimited' : `${bandwidthGBps}-GBps`}`;
  const charts = bandwidthsGBps.flatMap((bandwidthGBps) => {
    const drawing = drawChipSplit(study, bandwidthGBps);
    return (Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
      file: `${nameOf(bandwidthGBps)}.${format}`,
      content: renderChart(drawing, format),
    }));
  });
  const pictures = new Map(bandwidthsGBps.map((bandwidthGBps) => [bandwidthGBps, `${nameOf(bandwidthGBps)}.png`]));
  writeWhole(join(folder, 'report.md'), chipSplitToMarkdown(study, pictures));
  writeWhole(join(folder, 'figures.json'), chipSplitToJson(study));
  for (const { file, content } of charts) writeWhole(join(folder, file), content);
}
