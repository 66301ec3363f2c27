import type { BitsFormatName, BitsQuestion, MinimisedFigureName } from '../../index.js';
import {
  AccelsimError,
  additiveFigureNames,
  additiveFigures,
  bitsFormats,
  bitsToPrecisionFile,
  failure,
  leastBudgets,
  readSensitivity,
  searchBits,
  sensitivityOf,
  show,
  minimisedFigures,
} from '../../index.js';
import { checkWritableFile, readText, writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import type { CliCommand, Outcome } from './command.js';
import { addOptions, type OptionRow, readAll, textOf } from './options.js';
import { showProgress } from './progress.js';
import { readQuestion } from './question-options.js';
import { machineOptions, objectiveOption } from './question-rows.js';

const DEFAULT_BITS = '8,4,2';

type Options = Readonly<Record<string, unknown>>;

const searchOptions: readonly OptionRow[] = [
  { flags: '--bits <list>', description: `widths to choose from (default: ${DEFAULT_BITS})` },
  { flags: '--bandwidth <GB/s>', description: 'off-chip GB/s, "inf" for unlimited (default: the machine file)' },
  {
    flags: '--minimise <name>',
    description: 'what is to be least (default: latency)',
    choices: Object.keys(minimisedFigures),
  },
  ...additiveFigureNames.map((name): OptionRow => {
    const { label, unit } = additiveFigures[name];
    return { flags: `--${name} <most>`, description: `budget of ${label}: sum over the layers at most, ${unit}` };
  }),
  {
    flags: '--sensitivity <file>',
    description: 'what each layer loses at each width, of "accelsim quantize" or measured',
  },
  {
    flags: '--rounds <n>',
    description: 'times to change each layer in the simulated network, 0 for none (default: 3)',
  },
  { flags: '--out <file>', description: 'write the precision as a file that --precision reads' },
  { flags: '--format <name>', description: 'form of the result (default: table)', choices: Object.keys(bitsFormats) },
];

const HELP = [
  '',
  'Examples:',
  '  accelsim search-bits --bits 8,4,2 --bops 40 --workload resnet18',
  '  accelsim search-bits --minimise energy --objective energy --size 4 --workload resnet18',
  '  accelsim quantize model.onnx --bits 8,4,2 --sensitivity loss.json',
  '  accelsim search-bits --workload model.onnx --sensitivity loss.json --loss 0.5 --out bits.json',
  '  accelsim --workload model.onnx --precision bits.json',
].join('\n');

/** Mixed precision: the width of each layer. */
export const searchBitsCommand = {
  description:
    'Chooses the bits of each layer: fastest, or least energy, within a budget of loss, size or bit operations.',
  configure(command) {
    addOptions(command, [...machineOptions, objectiveOption, ...searchOptions]);
    command.addHelpText('after', HELP);
  },
  async run(options, terminal): Promise<Outcome> {
    const given = (name: string): string | undefined => textOf(options, name);
    const more = await importersFor(given('workload'));
    const { question, out } = readAll({
      question: () => readBitsQuestion(options, more),
      out: () => readOut(given('out')),
    });
    const answer = searchBits(question, showProgress(terminal, 'simulation'));
    if (answer === undefined) throw impossible(question);
    for (const warning of answer.result.warnings) terminal.warn(warning);
    if (out !== undefined) {
      writeWhole(out, bitsToPrecisionFile(answer));
      terminal.note(`wrote ${out}`);
    }
    terminal.out(bitsFormats[(given('format') ?? 'table') as BitsFormatName](answer));
    return 'done';
  },
} as const satisfies CliCommand;

function readBitsQuestion(options: Options, more: Parameters<typeof readQuestion>[1]): BitsQuestion {
  const given = (name: string): string | undefined => textOf(options, name);
  const { asked, table, budgets, rounds } = readAll({
    asked: () => readQuestion({ ...options, bits: given('bits') ?? DEFAULT_BITS }, more),
    table: () => readLosses(given('sensitivity')),
    budgets: () => readBudgets(options),
    rounds: () => readRounds(given('rounds')),
  });
  const { arch, network, mode, objective, bits, edgeBits, bandwidthsGBps = [], shortcutBits, kvCacheBits } = asked;
  if (bandwidthsGBps.length > 1) throw failure('--bandwidth', '', 'must be one bandwidth', given('bandwidth'));
  if (shortcutBits !== undefined || kvCacheBits !== undefined) {
    throw failure(
      shortcutBits === undefined ? '--kv-cache-bits' : '--shortcut-bits',
      '',
      'is not known to search-bits',
    );
  }
  const minimise = (given('minimise') ?? 'latency') as MinimisedFigureName;
  if (table === undefined && (budgets.loss !== undefined || minimise === 'loss')) {
    const option = minimise === 'loss' ? '--minimise' : '--loss';
    throw failure(
      option,
      '',
      'needs --sensitivity, the file that says what each layer loses',
      minimise === 'loss' ? 'loss' : budgets.loss,
    );
  }
  const losses = table === undefined ? undefined : sensitivityOf(network, table, given('sensitivity')!);
  return {
    arch,
    network,
    mode,
    objective,
    bits,
    edgeBits,
    bandwidthGBps: bandwidthsGBps[0],
    minimise,
    budgets,
    losses,
    lossSource: given('sensitivity'),
    measure: table?.measure,
    rounds,
  };
}

/** Each budget that no choice keeps, or, where each can be kept by itself, all of them. */
function impossible(question: BitsQuestion): AccelsimError {
  const budgets = leastBudgets(question);
  const issues = budgets
    .filter(({ limit, least }) => least > limit)
    .map(({ budget, limit, least }) => {
      const rule = `must be at least ${show(least)} (${additiveFigures[budget].unit}): these widths allow no less`;
      return { source: `--${budget}`, path: '', rule, found: show(limit), hint: 'allow more, or add to --bits' };
    });
  if (issues.length > 0) return new AccelsimError(issues);
  const asked = budgets.map(({ budget }) => `--${budget}`).join(' and ');
  return failure('search-bits', '', `no choice of these widths keeps ${asked} at once`, undefined, 'allow more of one');
}

function readLosses(file: string | undefined): ReturnType<typeof readSensitivity> | undefined {
  return file === undefined ? undefined : readSensitivity(readText(file), file);
}

function readBudgets(options: Options): BitsQuestion['budgets'] {
  const read = readAll(
    Object.fromEntries(additiveFigureNames.map((name) => [name, () => readBudget(`--${name}`, textOf(options, name))])),
  );
  return Object.fromEntries(Object.entries(read).filter(([, limit]) => limit !== undefined));
}

function readBudget(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw failure(option, '', 'must be a number from 0', text);
  return value;
}

function readRounds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text.trim())) throw failure('--rounds', '', 'must be a whole number from 0 to 999', text);
  return Number(text);
}

function readOut(file: string | undefined): string | undefined {
  if (file !== undefined) checkWritableFile(file);
  return file;
}
