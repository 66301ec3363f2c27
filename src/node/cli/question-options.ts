import type { ArchSpec, DataflowName, Question } from '../../index.js';
import {
  BASELINE_BITS,
  dataflows,
  failure,
  MODES,
  parseBandwidthList,
  parseBits,
  parseBitsList,
  parseEdgeBits,
  withBatch,
} from '../../index.js';
import { readArchFile, readPrecisionFile, readWorkloadFile } from '../inputs.js';
import type { OptionRow } from './options.js';
import { parseCount, readAll, textOf } from './options.js';

const DEFAULT_ARCH = 'arch/default.json';
const DEFAULT_WORKLOAD = 'resnet50';

/** What every command that simulates asks: which machine, which network, how wide, how fast a memory. */
export const machineOptions: readonly OptionRow[] = [
  { flags: '--arch <file>', description: `machine, a file or a shipped name (default: ${DEFAULT_ARCH})` },
  { flags: '--workload <name>', description: `network, a shipped name or a file (default: ${DEFAULT_WORKLOAD})` },
  { flags: '--batch <n>', description: 'samples per inference (default: what the workload file says)' },
  { flags: '--mode <mode>', description: `question asked (default: ${MODES[0]})`, choices: MODES },
  {
    flags: '--dataflow <name>',
    description: 'use only this dataflow in place of those of the machine file',
    choices: Object.keys(dataflows),
  },
  {
    flags: '--edge-bits <n>',
    description: 'least bits of the first and last MAC layer, "same" for no exception (default: 8)',
  },
  { flags: '--shortcut-bits <n>', description: 'least bits of residual shortcuts (default: as the rest)' },
];

export const precisionOptions: readonly OptionRow[] = [
  { flags: '--bits <list>', description: 'operand widths, one run each: 1 to 16, or 32 (default: 4)' },
  { flags: '--precision <file>', description: 'bits of each layer from a file, in place of --bits and --edge-bits' },
  {
    flags: '--bandwidth <list>',
    description: 'off-chip GB/s, one run each, "inf" for unlimited (default: the machine file)',
  },
  { flags: '--baseline-bits <n>', description: `what speedups are measured against (default: ${BASELINE_BITS})` },
];

type Options = Readonly<Record<string, unknown>>;

/**
 * Reads the options and the files they name.
 * @throws AccelsimError with the issues of all options and files
 */
export function readQuestion(options: Options): Question {
  const given = (name: string): string | undefined => textOf(options, name);
  const { arch, network, batch, bits, edgeBits, shortcutBits, policy, bandwidthsGBps, baselineBits } = readAll({
    arch: () => readArchFile(given('arch') ?? DEFAULT_ARCH, '--arch'),
    network: () => readWorkloadFile(given('workload') ?? DEFAULT_WORKLOAD, '--workload'),
    batch: () => optional(given('batch'), (text) => parseCount(text, '--batch')),
    bits: () => parseBitsList(given('bits') ?? '4', '--bits'),
    edgeBits: () => optional(given('edgeBits'), (text) => parseEdgeBits(text, '--edge-bits')),
    shortcutBits: () => optional(given('shortcutBits'), (text) => parseBits(text, '--shortcut-bits')),
    policy: () => optional(given('precision'), (file) => readPrecisionFile(file)),
    bandwidthsGBps: () => optional(given('bandwidth'), (text) => parseBandwidthList(text, '--bandwidth')),
    baselineBits: () => optional(given('baselineBits'), (text) => parseBits(text, '--baseline-bits')),
    conflicts: () => refuseConflicts(options),
  });
  return {
    arch: withDataflow(arch, given('dataflow')),
    network: batch === undefined ? network : withBatch(network, batch),
    bits,
    edgeBits,
    shortcutBits,
    policy,
    bandwidthsGBps,
    baselineBits,
    mode: MODES.find((mode) => mode === given('mode')) ?? MODES[0],
  };
}

function optional<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

function refuseConflicts(options: Options): void {
  if (textOf(options, 'precision') === undefined) return;
  const flags = { bits: '--bits', edgeBits: '--edge-bits', shortcutBits: '--shortcut-bits' };
  const flag = Object.entries(flags).find(([name]) => textOf(options, name) !== undefined)?.[1];
  if (flag === undefined) return;
  throw failure(
    '--precision',
    '',
    `gives each layer its bits, so ${flag} would have no effect`,
    undefined,
    'leave one of them out',
  );
}

function withDataflow(arch: ArchSpec, name: string | undefined): ArchSpec {
  const dataflow = (Object.keys(dataflows) as DataflowName[]).find((known) => known === name);
  return dataflow === undefined ? arch : { ...arch, array: { ...arch.array, dataflows: [dataflow] } };
}
