import { BASELINE_BITS, dataflows, memoryNames, MODES, objectiveNames, packingNames } from '../../index.js';
import { importOptions } from './import-options.js';
import type { OptionRow } from './options.js';

export const DEFAULT_ARCH = 'arch/default.json';
export const DEFAULT_WORKLOAD = 'resnet50';

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

/** Bits that a list gives each layer. */
export const precisionListOptions: readonly OptionRow[] = [
  {
    flags: '--precision <name>',
    description:
      'bits of each layer, a name of "accelsim precision list" or a file, in place of --bits, --edge-bits and --shortcut-bits',
  },
  {
    flags: '--layer-names <file>',
    description: 'what --precision calls each layer and what the network does, JSON: {"layers": {"theirs": "ours"}}',
  },
];

export const precisionOptions: readonly OptionRow[] = [
  { flags: '--bits <list>', description: 'operand widths, one run each: 1 to 16, or 32 (default: 4)' },
  ...precisionListOptions,
  {
    flags: '--bandwidth <list>',
    description: 'off-chip GB/s, one run each, "inf" for unlimited (default: the machine file)',
  },
  { flags: '--baseline-bits <n>', description: `what speedups are measured against (default: ${BASELINE_BITS})` },
];
