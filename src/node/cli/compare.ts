import { comparisonFormats, compareMachines, drawMachineComparison, failure, warningsOf } from '../../index.js';
import { renderChart } from '../charts.js';
import { writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import { readArchFile } from '../inputs.js';
import { machineAsAsked } from './asked-machine.js';
import { imageEndings, readChartFile } from './chart-file.js';
import type { CliCommand, Outcome } from './command.js';
import { compareHelp } from './help.js';
import type { OptionRow } from './options.js';
import { addOptions, readAll, textOf } from './options.js';
import { readQuestion } from './question-options.js';
import { machineOptions, objectiveOption, precisionOptions } from './question-rows.js';

/** Those of every question but for the machine, which is said twice, and what speedups are measured against. */
const shared = [...machineOptions, objectiveOption, ...precisionOptions].filter(
  ({ flags }) => !flags.startsWith('--arch') && !flags.startsWith('--baseline-bits'),
);

const ownOptions: readonly OptionRow[] = [
  {
    flags: '--format <name>',
    description: 'form of the result (default: table)',
    choices: Object.keys(comparisonFormats),
  },
  {
    flags: '--chart <file>',
    description: `also draw the layers that differ most, into a file ending in ${imageEndings()}`,
  },
];

/** One network on two machines, side by side. */
export const compare = {
  description: 'Compares two machines on one network: what differs, in which layers, and why.',
  configure(command) {
    command.argument('<first>', 'machine, a file or a shipped name');
    command.argument('<second>', 'machine to compare it with');
    addOptions(command, [...shared, ...ownOptions]);
    command.addHelpText('after', compareHelp);
  },
  async run(options, terminal, [first = '', second = '']): Promise<Outcome> {
    const more = await importersFor(textOf(options, 'workload'));
    const read = readAll({
      question: () => readQuestion({ ...options, arch: first }, more, 'first machine'),
      second: () => readArchFile(second, 'second machine'),
      chart: () => {
        const file = textOf(options, 'chart');
        return file === undefined ? undefined : readChartFile(file);
      },
    });
    const { question, chart } = read;
    const comparisons = compareMachines(question, machineAsAsked(read.second, options));
    const [only] = comparisons;
    if (chart !== undefined && comparisons.length > 1)
      throw failure('--chart', '', 'draws one comparison', undefined, 'ask for one precision and one bandwidth');
    const image = chart === undefined ? undefined : renderChart(drawMachineComparison(only!), chart.format);
    const runs = comparisons.flatMap((one) => [one.first, one.second]);
    for (const warning of warningsOf(runs.map((result) => ({ result, speedup: null, narrower: null }))))
      terminal.warn(warning);
    if (chart !== undefined && image !== undefined) {
      writeWhole(chart.file, image);
      terminal.note(`wrote ${chart.file}`);
    }
    const format = (textOf(options, 'format') ?? 'table') as keyof typeof comparisonFormats;
    terminal.out(comparisonFormats[format](comparisons));
    return 'done';
  },
} as const satisfies CliCommand;
