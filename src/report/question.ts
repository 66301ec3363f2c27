import type { MachineArea } from '../arch/machine.js';
import { memoriesWithArea } from '../arch/memory/index.js';
import { packings } from '../arch/packing/index.js';
import { objectives } from '../mapping/index.js';
import type { Mode, NetworkResult } from '../performance/result.js';
import type { Fact } from './document.js';
import { bandwidth, bitWidth, given, grouped, percent, plural, significant } from './figures.js';

/** What was asked and of which machine: a figure means nothing without it. */
export function questionFacts(result: NetworkResult): Fact[] {
  return [
    { label: 'machine', value: machineLine(result) },
    { label: 'array', value: result.arch.arrayChoice },
    // A network without MACs asks for no peak, and has none.
    ...(result.totals.macs === 0 ? [] : [{ label: 'peak', value: peakLine(result) }]),
    { label: 'bandwidth', value: bandwidthLine(result) },
    { label: 'packing', value: packingLine(result) },
    { label: 'area', value: areaLine(result) },
    { label: 'workload', value: workloadLine(result) },
    { label: 'precision', value: precisionLine(result) },
    { label: 'question', value: modeLine(result.mode) },
    ...objectiveFacts(result),
  ];
}

export function machineLine({ arch }: NetworkResult): string {
  const cores = `${grouped(arch.cores)} ${arch.cores === 1 ? 'core' : 'cores'}`;
  return (
    `${arch.name}: ${cores} of ${arch.rows} x ${arch.columns} processing elements (${arch.macKind} MACs), ` +
    `${given(arch.clockGHz)} GHz, ${given(arch.scratchpadKiBPerCore)} KiB scratchpad per core`
  );
}

export function workloadLine({ workload }: NetworkResult): string {
  return `${workload.name}, batch ${grouped(workload.batch)}`;
}

export function modeLine(mode: Mode): string {
  return {
    latency: 'latency: one inference from start to end, weights off-chip when it starts',
    throughput: 'throughput: one inference after another, weights may stay on chip between them',
  }[mode];
}

/** Nothing where mappings were chosen for the fewest cycles, as they are unless another objective is asked for. */
export function objectiveFacts({ objective }: Pick<NetworkResult, 'objective'>): Fact[] {
  if (objective === undefined) return [];
  return [{ label: 'objective', value: `${objective}: ${objectives[objective].description}` }];
}

/** `4 bits, first and last MAC layer 8 bits`. */
export function precisionLine({ precision }: NetworkResult): string {
  const cache = precision.kvCacheBits === undefined ? '' : `, key-value cache ${bitWidth(precision.kvCacheBits)}`;
  if (precision.bits === null) return `by layer, from ${precision.source ?? 'a list'}${cache}`;
  const edges = precision.edgeBits === null ? '' : `, first and last MAC layer ${bitWidth(precision.edgeBits)}`;
  const { shortcutBits } = precision;
  const shortcuts = shortcutBits === undefined ? '' : `, residual shortcuts ${bitWidth(shortcutBits)}`;
  return `${bitWidth(precision.bits)}${edges}${shortcuts}${cache}`;
}

/** `4 bits (edges 8)`: short enough for a row of a table or the label of an axis. */
export function precisionLabel(precision: NetworkResult['precision']): string {
  const exceptions = precisionExceptions(precision);
  const width = bitWidth(precision.bits);
  return exceptions.length === 0 ? width : `${width} (${exceptions.join(', ')})`;
}

/** `edges 8`, `shortcuts 16`: what has another width than the rest. */
export function precisionExceptions({ edgeBits, shortcutBits, kvCacheBits }: NetworkResult['precision']): string[] {
  return [
    ...(edgeBits === null ? [] : [`edges ${edgeBits}`]),
    ...(shortcutBits === undefined ? [] : [`shortcuts ${shortcutBits}`]),
    ...(kvCacheBits === undefined ? [] : [`cache ${kvCacheBits}`]),
  ];
}

/** `4 bits, 64 GB/s`: tells a run from the others of its question. */
export function runLabel(result: NetworkResult): string {
  return `${precisionLabel(result.precision)}, ${bandwidth(result.arch.bandwidthGBps)}`;
}

function peakLine({ arch, totals }: NetworkResult): string {
  const teraMacs = (totals.peakMacsPerCycle * arch.clockGHz) / 1e3;
  return `${grouped(totals.peakMacsPerCycle)} MACs per cycle at this precision, ${significant(teraMacs)} TMAC/s`;
}

/** `64 GB/s off-chip, shared by all cores`; of a kind of memory also what of its peak was left. */
function bandwidthLine({ arch: { bandwidthGBps, memory, effectiveGBps } }: NetworkResult): string {
  const shared = 'off-chip, shared by all cores';
  if (memory === null) return `${bandwidth(bandwidthGBps)} ${shared}`;
  const peak = `${memory.name}, ${plural(memory.channels, 'channel')}, ${bandwidth(bandwidthGBps)} peak ${shared}`;
  if (effectiveGBps === null) return `${peak}; nothing moved`;
  return `${peak}; ${significant(effectiveGBps)} GB/s (${percent(effectiveGBps / bandwidthGBps)}) while it was at work`;
}

/** `machine default with LPDDR5 (5 channels), byte packing`: what a picture has to say of it. */
export function machineTitle({ arch: { name, memory, packing } }: NetworkResult): string {
  const channels = memory === null ? '' : ` with ${memory.name} (${plural(memory.channels, 'channel')})`;
  return `machine ${name}${channels}${packing === 'dense' ? '' : `, ${packing} packing`}`;
}

/** What distinguishes runs on one machine file that the bandwidth does not tell: nothing where it is the usual. */
export function storageFacts({ arch }: NetworkResult): Fact[] {
  const { memory, packing } = arch;
  const peak = `${bandwidth(arch.bandwidthGBps)} peak off-chip, shared by all cores`;
  return [
    ...(memory === null
      ? []
      : [{ label: 'memory', value: `${memory.name}, ${plural(memory.channels, 'channel')}, ${peak}` }]),
    ...(packing === 'dense' ? [] : [{ label: 'packing', value: `${packing}: ${packings[packing].description}` }]),
  ];
}

function packingLine({ arch: { packing } }: NetworkResult): string {
  return `${packing}: ${packings[packing].description}`;
}

function areaLine({ arch: { area, memory } }: NetworkResult): string {
  const parts = areaParts(area)
    .filter(({ mm2 }) => mm2 !== 0)
    .map(({ name, mm2 }) => `${name} ${mm2 === null ? 'not given' : `${significant(mm2)} mm2`}`);
  if (area.totalMm2 !== null) return `${significant(area.totalMm2)} mm2: ${parts.join(', ')}`;
  const ofMemory = area.offChipInterfaceMm2 === null && memory !== null ? ` (${INTERFACE_HINT})` : '';
  return `${parts.join(', ')}${ofMemory}`;
}

/** What to do about a kind of memory whose interface has no known area. */
export const INTERFACE_HINT = `that of ${memoriesWithArea.join(', ')} is known; state offChip.areaMm2PerChannel for others`;

/** The components of a chip as reports call them; 0 for what it does not have. */
export function areaParts(area: MachineArea): { readonly name: string; readonly mm2: number | null }[] {
  return [
    { name: 'MAC array', mm2: area.macArrayMm2 },
    { name: 'registers', mm2: area.registersMm2 },
    { name: 'scratchpad', mm2: area.scratchpadMm2 },
    { name: 'shared buffer', mm2: area.sharedBufferMm2 },
    { name: 'vector unit', mm2: area.vectorUnitMm2 },
    { name: 'interconnect', mm2: area.interconnectMm2 },
    { name: 'off-chip interface', mm2: area.offChipInterfaceMm2 },
  ];
}
