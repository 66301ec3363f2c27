import type { ArchSpec, DataflowName } from '../../index.js';
import { dataflows, parseMemoryChoice, parsePacking, withMemory, withPacking } from '../../index.js';
import { optional, textOf } from './options.js';

/**
 * The machine with what options say in place of its file.
 * @throws AccelsimError if they cannot be read
 */
export function machineAsAsked(arch: ArchSpec, options: Readonly<Record<string, unknown>>): ArchSpec {
  const memory = optional(textOf(options, 'memory'), (text) => parseMemoryChoice(text, '--memory'));
  const packing = optional(textOf(options, 'packing'), (text) => parsePacking(text, '--packing'));
  const mapped = withDataflow(arch, textOf(options, 'dataflow'));
  const remembering = memory === undefined ? mapped : withMemory(mapped, memory);
  return packing === undefined ? remembering : withPacking(remembering, packing);
}

function withDataflow(arch: ArchSpec, name: string | undefined): ArchSpec {
  const dataflow = (Object.keys(dataflows) as DataflowName[]).find((known) => known === name);
  return dataflow === undefined ? arch : { ...arch, array: { ...arch.array, dataflows: [dataflow] } };
}
