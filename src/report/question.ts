import type { Mode, NetworkResult } from '../performance/result.js';
import type { Fact } from './document.js';
import { bandwidth, bitWidth, given, grouped, significant } from './figures.js';

/** What was asked and of which machine: a figure means nothing without it. */
export function questionFacts(result: NetworkResult): Fact[] {
  return [
    { label: 'machine', value: machineLine(result) },
    { label: 'array', value: result.arch.arrayChoice },
    { label: 'peak', value: peakLine(result) },
    { label: 'bandwidth', value: `${bandwidth(result.arch.bandwidthGBps)} off-chip, shared by all cores` },
    { label: 'area', value: areaLine(result) },
    { label: 'workload', value: workloadLine(result) },
    { label: 'precision', value: precisionLine(result) },
    { label: 'question', value: modeLine(result.mode) },
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

function areaLine({ arch: { area } }: NetworkResult): string {
  const parts = [
    { name: 'MAC array', mm2: area.macArrayMm2 },
    { name: 'scratchpad', mm2: area.scratchpadMm2 },
    { name: 'vector unit', mm2: area.vectorUnitMm2 },
  ].map(({ name, mm2 }) => `${name} ${mm2 === null ? 'not given' : `${significant(mm2)} mm2`}`);
  return area.totalMm2 === null ? parts.join(', ') : `${significant(area.totalMm2)} mm2: ${parts.join(', ')}`;
}
