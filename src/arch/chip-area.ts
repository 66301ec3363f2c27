import { BYTES_PER_KIB, BYTES_PER_MIB, um2ToMm2 } from '../units.js';
import type { MachineArea } from './machine.js';
import { memories } from './memory/index.js';
import type { ArchSpec } from './schema.js';

/** What a run settles of the area of its chip. */
export interface BuiltChip {
  /** Processing elements of one core, um2 of the MAC unit of one, and the operand width they are built for. */
  readonly elements: number;
  readonly elementAreaUm2: number;
  readonly designBits: number;
  /** Whether a dataflow of the machine holds an operand that is loaded behind the fold before it. */
  readonly preloads: boolean;
  /** Of all channels; `Infinity` for an unlimited one. */
  readonly bandwidthGBps: number;
  /** Channels of a kind of memory; null where a bandwidth is all that is said. */
  readonly channels: number | null;
}

/** Area of a chip by component: those that its file gives no figure for are null, those that it does not have 0. */
export function chipArea(spec: ArchSpec, chip: BuiltChip): MachineArea {
  const { scratchpad, sharedBuffer, vectorUnit, cores, energy } = spec;
  const macArrayMm2 = cores * um2ToMm2(chip.elements * chip.elementAreaUm2);
  const registersMm2 = registerArea(spec, chip);
  const ofScratchpad = memoryArea(scratchpad, energy?.scratchpadBanks);
  const scratchpadMm2 = ofScratchpad === null ? null : cores * ofScratchpad;
  const sharedBufferMm2 = sharedBuffer === undefined ? 0 : memoryArea(sharedBuffer, energy?.sharedBufferBanks);
  const { areaUm2PerLane, lanes } = vectorUnit;
  const vectorUnitMm2 = areaUm2PerLane === undefined ? null : cores * um2ToMm2(lanes * areaUm2PerLane);
  const interconnectMm2 = interconnectArea(spec);
  const parts = { macArrayMm2, registersMm2, scratchpadMm2, sharedBufferMm2, vectorUnitMm2, interconnectMm2 };
  return withInterface({ ...parts, coresMm2: sumOf(Object.values(parts)) }, interfaceArea(spec, chip));
}

/** The area of a chip whose off-chip interface takes so much. */
export function withInterface(
  cores: Omit<MachineArea, 'offChipInterfaceMm2' | 'totalMm2'>,
  offChipInterfaceMm2: number | null,
): MachineArea {
  return { ...cores, offChipInterfaceMm2, totalMm2: sumOf([cores.coresMm2, offChipInterfaceMm2]) };
}

/** Null where a part is. */
function sumOf(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

/**
 * Registers beside those of the MAC units, whose own area holds their operands' and their accumulator's: what is loaded
 * behind the fold before it needs a place to be loaded into.
 */
function registerArea({ array, cores }: ArchSpec, { elements, designBits, preloads }: BuiltChip): number | null {
  const bits = array.registerBits ?? (preloads ? designBits : 0);
  if (bits === 0) return 0;
  const { areaUm2PerRegisterBit: bitUm2 } = array;
  return bitUm2 === undefined ? null : cores * um2ToMm2(elements * bits * bitUm2);
}

interface MemorySpec {
  readonly capacityKiB: number;
  readonly areaMm2PerMiB?: number | undefined;
  readonly peripheryUm2PerBank?: number | undefined;
}

/** Cells by capacity, and what each bank has whatever its capacity: small memories take more for a bit. */
function memoryArea({ capacityKiB, areaMm2PerMiB, peripheryUm2PerBank = 0 }: MemorySpec, banks = 1): number | null {
  if (areaMm2PerMiB === undefined) return null;
  return (areaMm2PerMiB * capacityKiB * BYTES_PER_KIB) / BYTES_PER_MIB + um2ToMm2(banks * peripheryUm2PerBank);
}

/** A chip of one core that states no interconnect has none: its core is at the channel. */
function interconnectArea({ interconnect, cores }: ArchSpec): number | null {
  if (interconnect === undefined) return cores === 1 ? 0 : null;
  const { areaMm2PerCore, areaUm2PerBytePerCycle, bandwidthBytesPerCycle } = interconnect;
  if (areaMm2PerCore === undefined && areaUm2PerBytePerCycle === undefined) return null;
  // The schema sees to it that an area by bandwidth comes with a bandwidth.
  return cores * (areaMm2PerCore ?? 0) + um2ToMm2((areaUm2PerBytePerCycle ?? 0) * (bandwidthBytesPerCycle ?? 0));
}

/**
 * Nobody knows how large the interface of an unlimited channel is. What the file states goes before what the kind of
 * memory has.
 */
function interfaceArea({ offChip }: ArchSpec, { bandwidthGBps, channels }: BuiltChip): number | null {
  const { areaMm2PerGBps, memory } = offChip;
  if (areaMm2PerGBps !== undefined) return bandwidthGBps === Infinity ? null : bandwidthGBps * areaMm2PerGBps;
  const ofMemory = memory === undefined ? null : memories[memory].areaMm2PerChannel;
  const areaMm2PerChannel = offChip.areaMm2PerChannel ?? ofMemory;
  return areaMm2PerChannel === null || channels === null ? null : channels * areaMm2PerChannel;
}
