import { failure } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import { kibToBytes } from '../../units.js';
import type { OffChip } from '../off-chip.js';
import type { ArchSpec } from '../schema.js';
import type { EnergySpec } from './schema.js';
import type { EnergyTable } from './energy-table.js';
import { type FixedMacPoints, TableFigures } from './table-figures.js';

/** Assumed of a vector unit: operations have this many bits, two operands and one result. */
const VECTOR_BITS = 32;
const VECTOR_REGISTERS = 3;

/** What the parts of a machine take, at its own node; null where its file gives no figure. */
export interface MachineEnergy {
  /** Null where the file does not say. */
  readonly technologyNm: number | null;
  /** Name of the table that figures come from; null where the file states all there is. */
  readonly table: string | null;
  /** Of fixed-point MACs; null also where the `mac` section states its own. */
  readonly fixedMac: FixedMacPoints | null;
  /** Written and read once. */
  readonly registerPjPerBit: number | null;
  readonly scratchpadPjPerBit: number | null;
  /** 0 where there is none. */
  readonly sharedBufferPjPerBit: number | null;
  readonly interconnectPjPerBitHop: number | null;
  readonly interconnectHops: number;
  readonly offChipPjPerBit: number | null;
  readonly vectorOperationPj: number | null;
  /** Of the whole chip but for its off-chip interface, which is no logic. */
  readonly leakageMw: number | null;
}

/**
 * Energies of a machine: figures that its file states (of external memory: that its `offChip` section gives), else
 * those of its table at its node. A table that is named and
 * not read (only the edge reads files) gives none.
 * @throws AccelsimError if the table has no row for the machine's memory
 */
export function machineEnergy(
  spec: ArchSpec,
  { energyPjPerBit: ofMemory }: Pick<OffChip, 'energyPjPerBit'>,
  areaMm2: number | null,
  source: string,
): MachineEnergy {
  const stated: EnergySpec = spec.energy ?? {};
  const table = tableOf(stated);
  const figures = table === null ? null : new TableFigures(table, nodeOf(spec, source));
  const registerPjPerBit = stated.registerPjPerBit ?? figures?.registerPjPerBit() ?? null;
  const memoryPjPerBit = (capacityKiB: number, banks = 1) => figures?.memoryPjPerBit(kibToBytes(capacityKiB) / banks);
  const leakageMwPerMm2 = stated.leakageMwPerMm2 ?? figures?.leakageMwPerMm2() ?? null;
  return {
    technologyNm: spec.technologyNm ?? null,
    table: table?.name ?? null,
    fixedMac: figures?.fixedMac() ?? null,
    registerPjPerBit,
    scratchpadPjPerBit:
      stated.scratchpadPjPerBit ?? memoryPjPerBit(spec.scratchpad.capacityKiB, stated.scratchpadBanks) ?? null,
    sharedBufferPjPerBit:
      spec.sharedBuffer === undefined
        ? 0
        : (stated.sharedBufferPjPerBit ??
          memoryPjPerBit(spec.sharedBuffer.capacityKiB, stated.sharedBufferBanks) ??
          null),
    interconnectPjPerBitHop: stated.interconnectPjPerBitHop ?? figures?.interconnectPjPerBit() ?? null,
    interconnectHops: stated.interconnectHops ?? Math.sqrt(spec.cores),
    offChipPjPerBit: ofMemory ?? offChip(stated, figures, source),
    vectorOperationPj: stated.vectorOperationPj ?? vectorOperation(figures, registerPjPerBit),
    leakageMw: leakageMwPerMm2 === null || areaMm2 === null ? null : leakageMwPerMm2 * areaMm2,
  };
}

function tableOf({ table }: EnergySpec): EnergyTable | null {
  return table === undefined || typeof table === 'string' ? null : table;
}

function nodeOf({ technologyNm }: ArchSpec, source: string): number {
  if (technologyNm !== undefined) return technologyNm;
  throw failure(source, 'technologyNm', 'must be stated: the figures of energy.table are scaled to it');
}

function offChip({ offChipMemory: memory }: EnergySpec, figures: TableFigures | null, source: string): number | null {
  if (memory === undefined || figures === null) return null;
  const energyPj = figures.offChipPjPerBit(memory);
  if (energyPj !== null) return energyPj;
  const memories = figures.memories();
  const nearest = nearestName(memory, memories);
  const rule = memories.length === 0 ? 'the table has no off-chip rows' : `the table has ${memories.join(', ')}`;
  throw failure(
    source,
    'energy.offChipMemory',
    rule,
    memory,
    nearest === undefined ? undefined : `did you mean ${nearest}?`,
  );
}

/** An addition of 32 bits with its operands and its result in registers. */
function vectorOperation(figures: TableFigures | null, registerPjPerBit: number | null): number | null {
  const addPj = figures?.addPj(VECTOR_BITS) ?? null;
  return addPj === null || registerPjPerBit === null ? null : addPj + VECTOR_REGISTERS * VECTOR_BITS * registerPjPerBit;
}
