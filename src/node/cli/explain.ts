import { explain as explainRuns, failure, simulateRuns, warningsOf } from '../../index.js';
import { importersFor } from '../importers.js';
import type { CliCommand, Outcome } from './command.js';
import { explainHelp } from './help.js';
import type { OptionRow } from './options.js';
import { addOptions, textOf } from './options.js';
import { readQuestion } from './question-options.js';
import { machineOptions, objectiveOption } from './question-rows.js';

const DEFAULT_BITS = '16,4';

const explainOptions: readonly OptionRow[] = [
  {
    flags: '--bits <from,to>',
    description: `two operand widths, the one to compare with first (default: ${DEFAULT_BITS})`,
  },
  { flags: '--bandwidth <GB/s>', description: 'off-chip GB/s, "inf" for unlimited (default: the machine file)' },
];

/** Says in words why one precision is faster than another. */
export const explain = {
  description: 'Explains in words why one precision is faster than another.',
  configure(command) {
    addOptions(command, [...machineOptions, objectiveOption, ...explainOptions]);
    command.addHelpText('after', explainHelp);
  },
  async run(options, terminal): Promise<Outcome> {
    const more = await importersFor(textOf(options, 'workload'));
    const question = readQuestion({ ...options, bits: textOf(options, 'bits') ?? DEFAULT_BITS }, more);
    const { bits, bandwidthsGBps = [] } = question;
    if (bits.length !== 2)
      throw failure('--bits', '', 'must be two widths, the one to compare with first', bits.join(','));
    if (bandwidthsGBps.length > 1)
      throw failure('--bandwidth', '', 'must be one bandwidth', textOf(options, 'bandwidth'));
    const runs = simulateRuns({ ...question, baselineBits: bits[0] });
    const [baseline, run] = runs;
    if (baseline === undefined || run === undefined) throw new Error(`expected two runs, got ${runs.length}`);
    for (const warning of warningsOf(runs)) terminal.warn(warning);
    terminal.out(explainRuns(baseline, run));
    return 'done';
  },
} as const satisfies CliCommand;
