import type {
  ArchSpec,
  DataflowName,
  Importers,
  MemoryChoice,
  Network,
  Objective,
  PackingName,
  PolicyChoice,
  Question,
} from '../../index.js';
import {
  BASELINE_BITS,
  dataflows,
  failure,
  memoryNames,
  MODES,
  objectiveNames,
  packingNames,
  parseBandwidthList,
  parseBits,
  parseBitsList,
  parseEdgeBits,
  parseMemoryChoice,
  parsePacking,
  residualSums,
  withBatch,
  withMemory,
  withPacking,
} from '../../index.js';
import type { WorkloadJson } from '../inputs.js';
import { readArchFile, readWorkloadJson } from '../inputs.js';
import { openPrecision } from '../precision-files.js';
import { importOptions, readImportOptions } from './import-options.js';
import type { OptionRow } from './options.js';
import { parseCount, readAll, textOf } from './options.js';

const DEFAULT_ARCH = 'arch/default.json';
const DEFAULT_WORKLOAD = 'resnet50';

/** What every command that simulates asks: which machine, which network, how wide, how fast a memory. */
export const machineOptions: readonly OptionRow[] = [
  { flags: '--arch <file>', description: `machine, a file or a shipped name (default: ${DEFAULT_ARCH})` },
  {
    flags: '--workload <name>',
    description: `network, a name of "accelsim workload list" or a file (default: ${DEFAULT_WORKLOAD})`,
  },
  ...importOptions,
  { flags: '--batch <n>', description: 'samples per inference (default: what the workload file says)' },
  { flags: '--mode <mode>', description: `question asked (default: ${MODES[0]})`, choices: MODES },
  {
    flags: '--dataflow <name>',
    description: 'use only this dataflow in place of those of the machine file',
    choices: Object.keys(dataflows),
  },
  {
    flags: '--memory <name>',
    description: `off-chip memory in place of that of the machine file, N channels of it with ":N": ${memoryNames.join(', ')}`,
  },
  {
    flags: '--packing <name>',
    description: `how values lie in memory, on chip and off (default: the machine file): ${packingNames.join(', ')}`,
  },
  {
    flags: '--edge-bits <n>',
    description: 'least bits of the first and last MAC layer, "same" for no exception (default: 8)',
  },
  { flags: '--shortcut-bits <n>', description: 'least bits of residual shortcuts (default: as the rest)' },
  {
    flags: '--kv-cache-bits <n>',
    description: 'bits of the keys and values that a decoder keeps from step to step (default: as other tensors)',
  },
];

export const objectiveOption: OptionRow = {
  flags: '--objective <name>',
  description: `what mappings and residency are chosen for (default: ${objectiveNames[0]})`,
  choices: objectiveNames,
};

export const precisionOptions: readonly OptionRow[] = [
  { flags: '--bits <list>', description: 'operand widths, one run each: 1 to 16, or 32 (default: 4)' },
  {
    flags: '--precision <name>',
    description:
      'bits of each layer, a name of "accelsim precision list" or a file, in place of --bits, --edge-bits and --shortcut-bits',
  },
  {
    flags: '--layer-names <file>',
    description: 'what --precision calls each layer and what the network does, JSON: {"layers": {"theirs": "ours"}}',
  },
  {
    flags: '--bandwidth <list>',
    description: 'off-chip GB/s, one run each, "inf" for unlimited (default: the machine file)',
  },
  { flags: '--baseline-bits <n>', description: `what speedups are measured against (default: ${BASELINE_BITS})` },
];

type Options = Readonly<Record<string, unknown>>;

/** Options that say how wide layers are, which a file that says so leaves no room for. */
const widthFlags = { bits: '--bits', edgeBits: '--edge-bits', shortcutBits: '--shortcut-bits' } as const;

/**
 * Reads the options and the files they name.
 *
 * @param more importers that the workload needs, of `importersFor`
 * @param archAsked who names the machine
 * @throws AccelsimError with the issues of all options and files
 */
export function readQuestion(options: Options, more: Importers = {}, archAsked = '--arch'): Question {
  const given = (name: string): string | undefined => textOf(options, name);
  const { arch, workload, batch, bits, edgeBits, shortcutBits, kvCacheBits, precision, bandwidthsGBps, baselineBits } =
    readAll({
      arch: () => readArchFile(given('arch') ?? DEFAULT_ARCH, archAsked),
      workload: () =>
        readWorkloadJson(given('workload') ?? DEFAULT_WORKLOAD, '--workload', readImportOptions(options), more),
      batch: () => optional(given('batch'), (text) => parseCount(text, '--batch')),
      bits: () => parseBitsList(given('bits') ?? '4', '--bits'),
      edgeBits: () => optional(given('edgeBits'), (text) => parseEdgeBits(text, '--edge-bits')),
      shortcutBits: () => optional(given('shortcutBits'), (text) => parseBits(text, '--shortcut-bits')),
      kvCacheBits: () => optional(given('kvCacheBits'), (text) => parseBits(text, '--kv-cache-bits')),
      precision: () => optional(given('precision'), (file) => openPrecision(file, given('layerNames'), '--precision')),
      bandwidthsGBps: () => optional(given('bandwidth'), (text) => parseBandwidthList(text, '--bandwidth')),
      baselineBits: () => optional(given('baselineBits'), (text) => parseBits(text, '--baseline-bits')),
      memory: () => optional(given('memory'), (text) => parseMemoryChoice(text, '--memory')),
      packing: () => optional(given('packing'), (text) => parsePacking(text, '--packing')),
      conflicts: () => refuseConflicts(options),
    });
  const { policy, network } = withPolicy(workload, precision?.forWorkload(workload.network.name), options);
  if (kvCacheBits !== undefined && !network.tensors.some(({ role }) => role === 'cache'))
    throw failure('--kv-cache-bits', '', `${network.name} keeps no keys and values`, undefined, 'leave it out');
  if (shortcutBits !== undefined && residualSums(network).length === 0)
    throw failure('--shortcut-bits', '', `${network.name} has no residual shortcuts`, undefined, 'leave it out');
  return {
    arch: machineAsAsked(arch, options),
    network: batch === undefined ? network : withBatch(network, batch),
    bits,
    edgeBits,
    shortcutBits,
    kvCacheBits,
    policy,
    bandwidthsGBps,
    baselineBits,
    mode: MODES.find((mode) => mode === given('mode')) ?? MODES[0],
    objective: readObjective(options),
  };
}

/** Undefined where the command line leaves it to the simulation. */
export function readObjective(options: Options): Objective | undefined {
  return objectiveNames.find((name) => name === textOf(options, 'objective'));
}

/** Where the user says nothing of bits, those that the workload's file states hold, and a note says so. */
function withPolicy(
  { network, precision }: WorkloadJson,
  asked: PolicyChoice | undefined,
  options: Options,
): { readonly network: Network; readonly policy: PolicyChoice | undefined } {
  const isAsked = asked !== undefined || Object.keys(widthFlags).some((name) => textOf(options, name) !== undefined);
  if (precision === undefined || isAsked) return { network, policy: asked };
  const { length } = Object.keys(precision.layers);
  const { weightBits } = precision.default;
  const note = `bits are those that ${precision.source} states, of ${length} layers; others have ${weightBits}; --bits sets all`;
  return { network: { ...network, notes: [...(network.notes ?? []), note] }, policy: precision };
}

function optional<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

function refuseConflicts(options: Options): void {
  if (textOf(options, 'memory') !== undefined && textOf(options, 'bandwidth') !== undefined)
    throw failure(
      '--memory',
      '',
      'has a bandwidth of its own, so --bandwidth cannot be given too',
      undefined,
      'leave one of them out',
    );
  const names = textOf(options, 'layerNames');
  if (textOf(options, 'precision') === undefined) {
    if (names !== undefined) throw failure('--layer-names', '', 'needs --precision, whose names it translates', names);
    return;
  }
  const flag = Object.entries(widthFlags).find(([name]) => textOf(options, name) !== undefined)?.[1];
  if (flag === undefined) return;
  throw failure(
    '--precision',
    '',
    `gives each layer its bits, so ${flag} would have no effect`,
    undefined,
    'leave one of them out',
  );
}

/**
 * The machine with what options say in place of its file.
 * @throws AccelsimError if they cannot be read
 */
export function machineAsAsked(arch: ArchSpec, options: Options): ArchSpec {
  const memory = optional(textOf(options, 'memory'), (text) => parseMemoryChoice(text, '--memory'));
  const packing = optional(textOf(options, 'packing'), (text) => parsePacking(text, '--packing'));
  return withChoices(withDataflow(arch, textOf(options, 'dataflow')), memory, packing);
}

function withChoices(arch: ArchSpec, memory: MemoryChoice | undefined, packing: PackingName | undefined): ArchSpec {
  const remembering = memory === undefined ? arch : withMemory(arch, memory);
  return packing === undefined ? remembering : withPacking(remembering, packing);
}

function withDataflow(arch: ArchSpec, name: string | undefined): ArchSpec {
  const dataflow = (Object.keys(dataflows) as DataflowName[]).find((known) => known === name);
  return dataflow === undefined ? arch : { ...arch, array: { ...arch.array, dataflows: [dataflow] } };
}
