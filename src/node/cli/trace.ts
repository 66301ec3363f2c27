import { chromeTraceText, drawGantt, failure, playQuestion, timelineToText } from '../../index.js';
import { renderChart } from '../charts.js';
import { checkWritableFile, writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import { readChartFile, type ChartFile } from './chart-file.js';
import type { CliCommand, Outcome } from './command.js';
import { addOptions, readAll, textOf, type OptionRow } from './options.js';
import { readQuestion } from './question-options.js';
import { machineOptions, objectiveOption, precisionListOptions } from './question-rows.js';

const traceOptions: readonly OptionRow[] = [
  { flags: '--bits <n>', description: 'operand width: 1 to 16, or 32 (default: 4)' },
  ...precisionListOptions,
  { flags: '--bandwidth <GB/s>', description: 'off-chip GB/s, "inf" for unlimited (default: the machine file)' },
  { flags: '--layer <name>', description: 'play this layer only, as it runs among the others' },
  { flags: '--out <file>', description: 'write the timeline as Chrome trace events, which ui.perfetto.dev opens' },
  { flags: '--chart <file>', description: 'draw the layer over time, into a file ending in .png or .svg' },
];

const HELP = [
  '',
  'Plays the mappings that the simulation chose, event by event: loads, tiles, stores and waits of every core.',
  '',
  'Examples:',
  '  accelsim trace --bits 4 --out trace.json',
  '  accelsim trace --layer layer4.1.conv2 --bits 4 --out trace.json --chart layer.png',
].join('\n');

/** Plays a network, or a layer of it, on a clock. */
export const trace = {
  description: 'Plays a network or a layer event by event, and writes or draws its timeline.',
  configure(command) {
    addOptions(command, [...machineOptions, objectiveOption, ...traceOptions]);
    command.addHelpText('after', HELP);
  },
  async run(options, terminal): Promise<Outcome> {
    const more = await importersFor(textOf(options, 'workload'));
    const { question, out, chart } = readAll({
      question: () => readOneRun(options, more),
      out: () => readOut(options),
      chart: () => readChart(options),
    });
    const timeline = playQuestion(question, textOf(options, 'layer'));
    // Everything is made before anything is written.
    const image = chart === undefined ? undefined : renderChart(drawGantt(timeline), chart.format);
    const text = out === undefined ? undefined : chromeTraceText(timeline);
    if (timeline.eventsLeftOut > 0) {
      const [kept, left] = [timeline.events.length, timeline.eventsLeftOut];
      terminal.warn(
        `the timeline holds the first ${kept} events; ${left} later ones are left out: ask for one --layer`,
      );
    }
    if (out !== undefined && text !== undefined) {
      writeWhole(out, text);
      terminal.note(`wrote ${out}`);
    }
    if (chart !== undefined && image !== undefined) {
      writeWhole(chart.file, image);
      terminal.note(`wrote ${chart.file}`);
    }
    terminal.out(timelineToText(timeline));
    return 'done';
  },
} as const satisfies CliCommand;

function readOneRun(
  options: Readonly<Record<string, unknown>>,
  more: Parameters<typeof readQuestion>[1],
): ReturnType<typeof readQuestion> {
  const question = readQuestion(options, more);
  const { bits, bandwidthsGBps = [] } = question;
  if (bits.length !== 1) throw failure('--bits', '', 'must be one width', bits.join(','));
  if (bandwidthsGBps.length > 1)
    throw failure('--bandwidth', '', 'must be one bandwidth', textOf(options, 'bandwidth'));
  return question;
}

function readOut(options: Readonly<Record<string, unknown>>): string | undefined {
  const file = textOf(options, 'out');
  if (file !== undefined) checkWritableFile(file);
  return file;
}

function readChart(options: Readonly<Record<string, unknown>>): ChartFile | undefined {
  const file = textOf(options, 'chart');
  if (file === undefined) return undefined;
  if (textOf(options, 'layer') === undefined)
    throw failure('--chart', '', 'draws one layer: name it with --layer', file);
  return readChartFile(file);
}
