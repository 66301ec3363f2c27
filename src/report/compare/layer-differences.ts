import type { MachineComparison } from '../../explore/index.js';
import type { LayerResult } from '../../performance/result.js';
import { cyclesToMilliseconds } from '../../units.js';
import { ratioText } from './names.js';

/** One layer on both machines. */
export interface LayerDifference {
  readonly first: LayerResult;
  readonly second: LayerResult;
  readonly firstUs: number;
  readonly secondUs: number;
  /** What the second takes beyond the first: below 0 where it is faster. */
  readonly differenceUs: number;
  /** Of the differences of all layers, either way, 0..1; 0 where there are none. */
  readonly shareFraction: number;
  /** What changed, in words. */
  readonly why: readonly string[];
}

/** Every layer, that which differs most first; of equals the earlier one. */
export function layerDifferences({ first, second }: MachineComparison): LayerDifference[] {
  const pairs = first.layers.map((one, at) => {
    const other = second.layers[at]!;
    const firstUs = microseconds(one.totalCycles, first.arch.clockGHz);
    const secondUs = microseconds(other.totalCycles, second.arch.clockGHz);
    return { first: one, second: other, firstUs, secondUs, differenceUs: secondUs - firstUs };
  });
  const all = pairs.reduce((sum, { differenceUs }) => sum + Math.abs(differenceUs), 0);
  return pairs
    .map((pair) => ({
      ...pair,
      shareFraction: all === 0 ? 0 : Math.abs(pair.differenceUs) / all,
      why: changes(pair.first, pair.second),
    }))
    .toSorted((a, b) => b.shareFraction - a.shareFraction);
}

function microseconds(cycles: number, clockGHz: number): number {
  return 1e3 * cyclesToMilliseconds(cycles, clockGHz);
}

/** Less than this is no change worth a word. */
const NOTABLE = 1.05;

function changes(first: LayerResult, second: LayerResult): string[] {
  const stays = (name: string): string => `${name} ${name === 'weights' ? 'stay' : 'stays'}`;
  const gained = second.resident.filter((operand) => !first.resident.includes(operand));
  const lost = first.resident.filter((operand) => !second.resident.includes(operand));
  return [
    ...peakChange(first.peakMacsPerCycle, second.peakMacsPerCycle),
    ...(first.bound === second.bound ? [] : [`bound by ${first.bound}, then ${second.bound}`]),
    ...gained.map((operand) => `${stays(operand)} on chip`),
    ...lost.map((operand) => `${stays(operand)} on chip no longer`),
    ...bytesChange(first.offChipBytes.total, second.offChipBytes.total),
    ...(first.mapping.dataflow === second.mapping.dataflow
      ? []
      : [`${first.mapping.dataflow ?? 'vector unit'}, then ${second.mapping.dataflow ?? 'vector unit'}`]),
    ...utilizationChange(first, second),
  ];
}

function peakChange(first: number, second: number): string[] {
  return first === second || first === 0 ? [] : [`${ratioText(second / first)} the peak per cycle`];
}

function bytesChange(first: number, second: number): string[] {
  if (first === second) return [];
  if (second === 0) return ['moves nothing off-chip'];
  if (first === 0) return ['moves bytes off-chip'];
  const ratio = second / first;
  return ratio < NOTABLE && ratio > 1 / NOTABLE ? [] : [`${ratioText(ratio)} the bytes moved`];
}

/** Part of the peak while computing. */
function utilizationChange(first: LayerResult, second: LayerResult): string[] {
  const whileComputing = ({ macs, peakMacsPerCycle, computeCycles }: LayerResult): number =>
    macs === 0 ? 0 : macs / (peakMacsPerCycle * computeCycles);
  const ratio = whileComputing(second) / whileComputing(first);
  if (!(ratio > 0) || (ratio < NOTABLE && ratio > 1 / NOTABLE)) return [];
  return [`array ${ratioText(ratio)} as full`];
}
