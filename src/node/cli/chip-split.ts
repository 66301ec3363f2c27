import type { Question } from '../../index.js';
import { chipSplitFormats, drawChipSplit, failure, studyChipSplit, warningsOf } from '../../index.js';
import { renderChart, type ImageFormat } from '../charts.js';
import { writeWhole } from '../files.js';
import type { Outcome, Terminal } from './command.js';
import { showProgress } from './progress.js';
import { writeSplitFolder } from './reproduce-split.js';

/** What a machine may spend on MACs: its array's area, or with it that of its memory; the first is the default. */
export const ISO_AREAS = ['array', 'chip'] as const;

/** Where the answer goes beside the terminal. */
export interface SplitOutput {
  readonly format: keyof typeof chipSplitFormats;
  readonly chart: { readonly file: string; readonly format: ImageFormat } | undefined;
  readonly folder: string | undefined;
}

/**
 * Splits the area of the machine anew between MACs and scratchpads, at each width and bandwidth of the question.
 * @throws AccelsimError when layers have widths of their own, or several bandwidths are to be drawn in one chart
 */
export function splitChip(question: Question, { format, chart, folder }: SplitOutput, terminal: Terminal): Outcome {
  const { policy, ...rest } = question;
  if (policy !== undefined)
    throw failure(
      '--iso-area',
      '',
      'chip splits the area at each of --bits, so layers cannot have widths of their own',
    );
  if (chart !== undefined && (question.bandwidthsGBps ?? []).length > 1)
    throw failure('--chart', '', 'draws one bandwidth', undefined, 'ask for one bandwidth, or for --out');
  const study = studyChipSplit(rest, showProgress(terminal, 'array'));
  const drawn = chart === undefined ? undefined : renderChart(drawChipSplit(study), chart.format);
  const runs = study.series.map(({ bestResult: result, speedup }) => ({ result, speedup, narrower: null }));
  for (const warning of warningsOf(runs)) terminal.warn(warning);
  if (folder !== undefined) {
    writeSplitFolder(folder, study);
    terminal.note(`wrote ${folder}`);
  }
  if (chart !== undefined && drawn !== undefined) {
    writeWhole(chart.file, drawn);
    terminal.note(`wrote ${chart.file}`);
  }
  terminal.out(chipSplitFormats[format](study));
  return 'done';
}
