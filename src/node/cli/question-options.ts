import type { Importers, Network, Objective, PolicyChoice, Question } from '../../index.js';
import {
  failure,
  MODES,
  objectiveNames,
  parseBandwidthList,
  parseBits,
  parseBitsList,
  parseEdgeBits,
  parseMemoryChoice,
  parsePacking,
  residualSums,
  withBatch,
} from '../../index.js';
import type { WorkloadJson } from '../inputs.js';
import { readArchFile, readWorkloadJson } from '../inputs.js';
import { openPrecision } from '../precision-files.js';
import { machineAsAsked } from './asked-machine.js';
import { readImportOptions } from './import-options.js';
import { optional, parseCount, readAll, textOf } from './options.js';
import { DEFAULT_ARCH, DEFAULT_WORKLOAD } from './question-rows.js';

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
