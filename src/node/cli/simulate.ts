import type { ChartInput, ChartKind, Format } from '../../index.js';
import { charts, defaultChartKind, drawChart, failure, formats, simulateRuns, warningsOf } from '../../index.js';
import type { ImageFormat } from '../charts.js';
import { renderChart } from '../charts.js';
import { checkWritableFolder, writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import { imageEndings, readChartFile } from './chart-file.js';
import { ISO_AREAS, splitChip } from './chip-split.js';
import type { CliCommand, Outcome } from './command.js';
import { simulateHelp } from './help.js';
import { addOptions, readAll, textOf } from './options.js';
import type { OptionRow } from './options.js';
import { writeReportFolder } from './report-folder.js';
import { readQuestion } from './question-options.js';
import { machineOptions, objectiveOption, precisionOptions } from './question-rows.js';

const outputOptions: readonly OptionRow[] = [
  {
    flags: '--iso-area <what>',
    description:
      'what a machine may spend anew at each precision: the area of its array (default), or that of array and scratchpads ' +
      'together: then the best split of the chip is shown in place of runs',
    choices: ISO_AREAS,
  },
  { flags: '--format <name>', description: 'form of the result (default: table)', choices: Object.keys(formats) },
  { flags: '--out <folder>', description: 'also write result.json, layers.csv, report.md and all charts' },
  { flags: '--chart <file>', description: `also draw one chart, into a file ending in ${imageEndings()}` },
  {
    flags: '--chart-kind <name>',
    description: 'which chart (default: speedup for several runs, layer-time for one)',
    choices: Object.keys(charts),
  },
];

/** The default command: one network on one machine, at one or several precisions and bandwidths. */
export const simulate = {
  description:
    'Simulates a network on a low-precision accelerator: cycles, off-chip traffic, and what bounds each layer.',
  configure(command) {
    addOptions(command, [...machineOptions, objectiveOption, ...precisionOptions, ...outputOptions]);
    command.addHelpText('after', simulateHelp);
  },
  async run(options, terminal): Promise<Outcome> {
    const more = await importersFor(textOf(options, 'workload'));
    const { question, chart, folder } = readAll({
      question: () => readQuestion(options, more),
      chart: () => readChart(options),
      folder: () => readFolder(options),
    });
    if (textOf(options, 'isoArea') === 'chip') {
      refuseKind(options);
      if ((question.objective ?? 'latency') !== 'latency')
        throw failure('--objective', '', 'has no effect on --iso-area chip, which looks for the fastest split');
      const named = (textOf(options, 'format') ?? 'table') as keyof typeof formats;
      return splitChip(question, { format: named, chart, folder }, terminal);
    }
    const input: ChartInput = { runs: simulateRuns(question), macArea: question.arch.mac.area };
    const format: Format = formats[(textOf(options, 'format') ?? 'table') as keyof typeof formats];
    const text = format.write(input.runs);
    // Everything is made before anything is written.
    const image =
      chart === undefined
        ? undefined
        : renderChart(drawChart(chart.kind ?? defaultChartKind(input), input), chart.format);
    for (const warning of warningsOf(input.runs)) terminal.warn(warning);
    if (folder !== undefined) {
      writeReportFolder(folder, input);
      terminal.note(`wrote ${folder}`);
    }
    if (chart !== undefined && image !== undefined) {
      writeWhole(chart.file, image);
      terminal.note(`wrote ${chart.file}`);
    }
    terminal.out(text);
    return 'done';
  },
} as const satisfies CliCommand;

function readChart(
  options: Readonly<Record<string, unknown>>,
): { file: string; format: ImageFormat; kind: ChartKind | undefined } | undefined {
  const file = textOf(options, 'chart');
  const kind = textOf(options, 'chartKind') as ChartKind | undefined;
  if (file === undefined) {
    if (kind === undefined) return undefined;
    throw failure('--chart-kind', '', 'needs --chart, the file to draw into', kind);
  }
  return { ...readChartFile(file), kind };
}

/** The chart of a split chip is of one kind. */
function refuseKind(options: Readonly<Record<string, unknown>>): void {
  const kind = textOf(options, 'chartKind');
  if (kind !== undefined)
    throw failure('--chart-kind', '', 'has no effect on --iso-area chip, which has one chart', kind);
}

function readFolder(options: Readonly<Record<string, unknown>>): string | undefined {
  const folder = textOf(options, 'out');
  if (folder !== undefined) checkWritableFolder(folder);
  return folder;
}
